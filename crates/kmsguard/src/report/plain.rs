//! Texts of inputs without characters that nobody sees.

use std::fmt::Write;

/// A text of an input, with every character that could move a terminal, turn the direction of a line or hide text shown as its escape.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, character| {
        if is_hidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
        shown
    })
}

/// A part of a JSON text that says the same, with every such character as JSON's own escape. Line ends part values and stay.
#[must_use]
pub fn plain_json(text: &str) -> String {
    let mut units = [0; 2];
    text.chars().fold(String::with_capacity(text.len()), |mut shown, character| {
        if is_hidden(character) && character != '\n' {
            for unit in character.encode_utf16(&mut units) {
                // A text takes everything.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(character);
        }
        shown
    })
}

/// Controls, marks of direction, characters without width, and those that XML knows no way to write.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::{plain, plain_json};

    #[test]
    fn nothing_of_an_input_moves_the_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\u{202e}c\nd"), "a\\u{1b}[31mb\\u{202e}c\\u{a}d");
        assert_eq!(plain("tag\u{e0041} soft\u{ad} none\u{ffff} é 漢"), "tag\\u{e0041} soft\\u{ad} none\\u{ffff} é 漢");
    }

    #[test]
    fn json_says_the_same_in_escapes() {
        let text = "a\u{9b}2J\u{202e}b\u{e0041}\u{7f}é漢\"\\";
        let json = serde_json::to_string(text).expect("a text is JSON");
        assert_ne!(plain_json(&json), json);
        assert!(!plain_json(&json).chars().any(super::is_hidden));
        assert_eq!(serde_json::from_str::<String>(&plain_json(&json)).expect("it is JSON"), text);
        assert_eq!(plain_json("{\"a\":\"é\"}\n"), "{\"a\":\"é\"}\n");
    }
}
