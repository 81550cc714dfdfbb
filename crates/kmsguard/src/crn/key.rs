//! A CRN that is a key: the ids a KMS gives its instances and keys.

use super::grammar::parse;
use super::model::{Crn, Scope, ScopeType};
use super::views::Key;
use crate::catalog::regions;

/// Whether a text is a GUID: 8-4-4-4-12 hexadecimal digits, of either case.
#[must_use]
pub fn is_guid(text: &str) -> bool {
    let Ok(bytes) = <&[u8; 36]>::try_from(text.as_bytes()) else { return false };
    bytes.iter().enumerate().all(|(index, byte)| match index {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

/// Whether eight bytes are lower-case hexadecimal digits. They are looked at as one number, which is much cheaper than one by
/// one, above all in WebAssembly.
const fn are_digits(bytes: u64) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x80 * EACH;
    // The top bit of each byte that is at least `least`: no byte carries into the next one where all are ASCII.
    const fn at_least(bytes: u64, least: u8) -> u64 {
        bytes.wrapping_add((0x80 - least as u64) * EACH)
    }
    let figures = at_least(bytes, b'0') & !at_least(bytes, b'9' + 1);
    let letters = at_least(bytes, b'a') & !at_least(bytes, b'f' + 1);
    bytes & TOPS == 0 && (figures | letters) & TOPS == TOPS
}

/// Eight bytes as one number, the first the lowest; nothing, which is no digit, where there are fewer.
fn eight(bytes: &[u8], from: usize) -> u64 {
    bytes.get(from..).and_then(<[u8]>::first_chunk).map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Whether a text is a GUID as a KMS writes it, in lower case: ids are compared letter by letter.
pub(super) fn is_kms_id(text: &str) -> bool {
    let Ok(bytes) = <&[u8; 36]>::try_from(text.as_bytes()) else { return false };
    let [_, _, _, _, _, _, _, _, first, _, _, _, _, second, _, _, _, _, third, _, _, _, _, fourth, ..] = bytes;
    // A hyphen counts as a digit here, for it was looked at.
    let beside = |from: usize, hyphens: u64| eight(bytes, from) & !(hyphens * 0xff) | (hyphens * 0x30);
    [*first, *second, *third, *fourth] == [b'-'; 4]
        && are_digits(eight(bytes, 0))
        && are_digits(beside(9, 1 << 32))
        && are_digits(beside(17, (1 << 8) | (1 << 48)))
        && are_digits(eight(bytes, 25))
        && are_digits(eight(bytes, 28))
}

/// Whether a text is an account id: 32 lower-case hexadecimal digits.
pub(super) fn is_account_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 32
        && are_digits(eight(bytes, 0))
        && are_digits(eight(bytes, 8))
        && are_digits(eight(bytes, 16))
        && are_digits(eight(bytes, 24))
}

/// A text up to what stands before its last so many bytes, and those.
fn ending<'a>(text: &'a str, before: &str, length: usize) -> Option<(&'a str, &'a str)> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub(length)?)?;
    Some((rest.strip_suffix(before)?, end))
}

/// What is asked most: a key of an account in a public region. Its segments are of known lengths but for two, and every byte of
/// it is one that is known, so that no colon is looked for.
pub(super) fn plain_key(text: &str) -> Option<Crn<'_>> {
    let rest = text.strip_prefix("crn:v1:bluemix:public:")?;
    let (rest, resource) = ending(rest, ":key:", 36)?;
    let (rest, service_instance) = ending(rest, ":", 36)?;
    let (rest, account) = ending(rest, ":a/", 32)?;
    let (service_name, location) = match rest.strip_prefix("kms:") {
        Some(location) => ("kms", location),
        None => ("hs-crypto", rest.strip_prefix("hs-crypto:")?),
    };
    let is_right = !regions::is_unknown(service_name, location)
        && is_account_id(account)
        && is_kms_id(service_instance)
        && is_kms_id(resource);
    is_right.then_some(Crn {
        version: "v1",
        cname: "bluemix",
        ctype: "public",
        service_name,
        location,
        scope: Some(Scope { kind: ScopeType::Account, id: account }),
        service_instance,
        resource_type: "key",
        resource,
    })
}

/// Whether a text is the CRN of a key, with an account and GUIDs for the instance and the key.
///
/// ```
/// assert!(!kmsguard::crn::is_key_crn("crn:v1:bluemix:public:kms:us-south:a/1::key:2"));
/// ```
#[must_use]
pub fn is_key_crn(text: &str) -> bool {
    plain_key(text).is_some() || parse(text).is_ok_and(|crn| Key::try_from(crn).is_ok())
}

#[cfg(test)]
mod tests {
    use super::{is_account_id, is_kms_id, plain_key};

    const GUID: &str = "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4";
    const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";

    fn is_digit(byte: u8) -> bool {
        matches!(byte, b'0'..=b'9' | b'a'..=b'f')
    }

    /// Each text that differs from the given one in one byte.
    fn changed(text: &str, each: impl Fn(usize, u8, &str)) {
        for at in 0..text.len() {
            for byte in 0..=u8::MAX {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] = byte;
                if let Ok(text) = core::str::from_utf8(&bytes) {
                    each(at, byte, text);
                }
            }
        }
    }

    #[test]
    fn every_byte_of_an_id_is_looked_at() {
        changed(GUID, |at, byte, text| {
            let is_right = if GUID.as_bytes()[at] == b'-' { byte == b'-' } else { is_digit(byte) };
            assert_eq!(is_kms_id(text), is_right, "{text}");
        });
        changed(ACCOUNT, |_, byte, text| assert_eq!(is_account_id(text), is_digit(byte), "{text}"));
        for text in ["", "é", GUID.trim_start_matches('4'), &format!("{GUID}0"), ACCOUNT, &"é".repeat(18)] {
            assert!(!is_kms_id(text), "{text}");
        }
        for text in ["", ACCOUNT.trim_start_matches('0'), GUID, &"é".repeat(16)] {
            assert!(!is_account_id(text), "{text}");
        }
    }

    /// The short way says of no text what the grammar and the long way do not.
    #[test]
    fn the_short_way_is_as_strict_as_the_long_one() {
        for service in ["kms:us-south", "hs-crypto:eu-de"] {
            let key = format!("crn:v1:bluemix:public:{service}:a/{ACCOUNT}:{GUID}:key:{GUID}");
            assert!(plain_key(&key).is_some());
            changed(&key, |_, _, text| {
                let Some(crn) = plain_key(text) else { return };
                assert_eq!(super::parse(text), Ok(crn));
                assert!(super::is_key_crn(text));
                assert_eq!(
                    crate::crn::diagnose(&format!(" {text}"), crate::crn::Require::Key).fixed.as_deref(),
                    Some(text)
                );
            });
        }
    }
}
