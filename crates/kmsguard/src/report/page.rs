//! What pages share: their style, and how one names what may run in it.

use maud::{Markup, html};

/// How a page looks in dark and in light, on paper, and to those who use a keyboard.
pub(crate) const STYLE: &str = include_str!("page.css");

/// Filters what stands directly in the element of class `findings`, by words and by its `data-severity`.
pub(crate) const SCRIPT: &str = include_str!("page.js");

/// What the script filters with; hidden until it runs. `of`: what the choices are of.
pub(crate) fn filter<'a>(of: &str, choices: impl IntoIterator<Item = &'a str>) -> Markup {
    html! {
        fieldset.filter hidden {
            legend { "Filter" }
            div {
                label for="words" { "Words (press /)" }
                input type="search" id="words" autocomplete="off";
            }
            div {
                label for="severity" { (of) }
                select id="severity" {
                    option value="" { "all" }
                    @for choice in choices { option { (choice) } }
                }
            }
            output id="told" for="words severity" {}
        }
    }
}

/// The hash of a text as a policy for content names it.
#[cfg(test)]
pub(crate) fn hash(text: &str) -> String {
    use sha2::{Digest, Sha256};
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes = Sha256::digest(text.as_bytes());
    let mut shown = String::from("'sha256-");
    for three in bytes.chunks(3) {
        let number =
            (0..3).fold(0_u32, |number, place| number << 8 | u32::from(three.get(place).copied().unwrap_or(0)));
        for letter in 0..=three.len() {
            shown.push(LETTERS.get((number >> (18 - 6 * letter) & 63) as usize).copied().unwrap_or(b'?').into());
        }
        shown.extend(core::iter::repeat_n('=', 3 - three.len()));
    }
    shown + "'"
}
