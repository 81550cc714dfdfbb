//! What pages share: their style, and how one names what may run in it.

/// How a page looks in dark and in light, on paper, and to those who use a keyboard.
pub(crate) const STYLE: &str = include_str!("page.css");

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
