//! A CRN that is a key: the ids a KMS gives its instances and keys.

use super::grammar::parse;
use super::views::Key;

/// Whether a text is a GUID: 8-4-4-4-12 hexadecimal digits, of either case.
#[must_use]
pub fn is_guid(text: &str) -> bool {
    let Ok(bytes) = <&[u8; 36]>::try_from(text.as_bytes()) else { return false };
    bytes.iter().enumerate().all(|(index, byte)| match index {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

/// The digits of ids, as a table: a look into it is cheaper than two comparisons of ranges, above all in WebAssembly.
static DIGITS: [bool; 256] = {
    let mut digits = [false; 256];
    let mut byte = 0;
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    while byte < 256 {
        digits[byte] = matches!(byte as u8, b'0'..=b'9' | b'a'..=b'f');
        byte += 1;
    }
    digits
};

/// How many bytes are lower-case hexadecimal digits.
fn digits(bytes: &[u8]) -> usize {
    let mut count = 0;
    for byte in bytes {
        count += usize::from(DIGITS.get(usize::from(*byte)).copied().unwrap_or_default());
    }
    count
}

/// Whether a text is a GUID as a KMS writes it, in lower case: ids are compared letter by letter.
pub(super) fn is_kms_id(text: &str) -> bool {
    let Ok(bytes) = <&[u8; 36]>::try_from(text.as_bytes()) else { return false };
    let [_, _, _, _, _, _, _, _, first, _, _, _, _, second, _, _, _, _, third, _, _, _, _, fourth, ..] = bytes;
    [*first, *second, *third, *fourth] == [b'-'; 4] && digits(bytes) == 32
}

/// Whether a text is an account id: 32 lower-case hexadecimal digits.
pub(super) fn is_account_id(text: &str) -> bool {
    text.len() == 32 && digits(text.as_bytes()) == 32
}

/// Whether a text is the CRN of a key, with an account and GUIDs for the instance and the key.
///
/// ```
/// assert!(!kmsguard::crn::is_key_crn("crn:v1:bluemix:public:kms:us-south:a/1::key:2"));
/// ```
#[must_use]
pub fn is_key_crn(text: &str) -> bool {
    parse(text).is_ok_and(|crn| Key::try_from(crn).is_ok())
}
