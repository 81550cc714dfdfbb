//! Texts of users inside commands, HCL and addresses: whatever they hold, they stay one word.

use core::fmt::Write;

use super::json::Json;

/// One word of a POSIX shell.
///
/// ```
/// use kmsguard::plan::shell;
///
/// assert_eq!(shell("my-instance"), "my-instance");
/// assert_eq!(shell("it's; rm -rf $HOME"), r"'it'\''s; rm -rf $HOME'");
/// ```
#[must_use]
pub fn shell(text: &str) -> String {
    let safe = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b':' | b',' | b'@' | b'+')
    };
    if !text.is_empty() && text.bytes().all(safe) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A command of these words; words that come from users are quoted.
pub(crate) fn command<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(shell).collect();
    words.join(" ")
}

/// A text of HCL, quotes and all. `${` and `%{` would otherwise be run as templates.
///
/// ```
/// assert_eq!(kmsguard::plan::hcl_text("a\"${file(\"/etc/passwd\")}"), r#""a\"$${file(\"/etc/passwd\")}""#);
/// ```
#[must_use]
pub fn hcl_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut characters = text.chars().peekable();
    let mut before = None;
    while let Some(character) = characters.next() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Doubling is the rule, but of a longer run nobody can say which two belong together.
            '$' | '%' if characters.peek() == Some(&'{') && before == Some(character) => {
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            '$' | '%' if characters.peek() == Some(&'{') => {
                out.push(character);
                out.push(character);
            }
            character
                if character.is_control()
                    || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') =>
            {
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            character => out.push(character),
        }
        before = Some(character);
    }
    out.push('"');
    out
}

/// A value of HCL.
pub(crate) fn hcl(value: &Json, depth: usize) -> String {
    match value {
        Json::Text(text) => hcl_text(text),
        Json::List(items) => {
            let items: Vec<String> = items.iter().map(|item| hcl(item, depth)).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(members) if members.is_empty() => "{}".to_owned(),
        Json::Object(members) => {
            let is_name = |name: &str| {
                name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                    && name.starts_with(|first: char| first.is_ascii_alphabetic())
            };
            let mut out = String::from("{\n");
            for (name, value) in members {
                let name = if is_name(name) { name.clone() } else { hcl_text(name) };
                let _ = writeln!(out, "{}{name} = {}", "  ".repeat(depth + 1), hcl(value, depth + 1));
            }
            out + &"  ".repeat(depth) + "}"
        }
        other => other.compact(),
    }
}

/// A part of an address, percent-encoded but for what RFC 3986 leaves unreserved.
pub(crate) fn percent(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::{hcl_text, percent, shell};

    #[test]
    fn hostile_texts_stay_one_word() {
        assert_eq!(shell(""), "''");
        assert_eq!(shell("a b"), "'a b'");
        assert_eq!(shell("$(id)`id`"), "'$(id)`id`'");
        assert_eq!(shell("~root"), "'~root'");
        assert_eq!(hcl_text("$${x} %{if} $x"), r#""$\u0024{x} %%{if} $x""#);
        assert_eq!(percent("a b/ü?"), "a%20b%2F%C3%BC%3F");
    }
}
