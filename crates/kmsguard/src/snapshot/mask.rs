//! Writes over what must not leave the machine on which it was exported: key material, passwords, tokens.
//!
//! What is written over keeps its length, so that every line and every place of the text stays what it was.

use core::ops::Range;

use super::tokens::{Token, Tokens};

/// Names of members that hold secrets, or parts of such names; lower case, without `_` and `-`.
///
/// Sources: IBM/keyprotect-go-client, `keys.go` (`payload`, `encryptedNonce`, `iv`), as of 2026-06-30; IBM/platform-services-go-sdk,
/// `resourcecontrollerv2` (`credentials`), as of 2026-06-29; the sensitive arguments of IBM-Cloud/terraform-provider-ibm, as of
/// 2026-08-05.
const SECRET_PARTS: &[&str] = &[
    "password",
    "passphrase",
    "secret",
    "credential",
    "apikey",
    "privatekey",
    "accesstoken",
    "refreshtoken",
    "iamtoken",
];

/// Names of members that hold secrets, whole.
const SECRET_NAMES: &[&str] = &[
    "encryptednonce",
    "iv",
    "token",
    "authorization",
    "certificate",
    "connectionstring",
    "connectionstrings",
    "userdata",
    "encrypteddatakey",
    "sharedkey",
];

/// The member that holds the material of a key as a text. As an object it wraps an activity event.
const KEY_MATERIAL: &str = "payload";

/// Parts of a Terraform document that hold values of any kind and no exports.
const TERRAFORM_PARTS: &[&str] = &["variables", "outputs", "output_changes", "checks", "user_data"];

/// How much of a text is written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mask {
    /// Secrets.
    Secrets,
    /// All values: nothing is known of what they are.
    Values,
}

/// A text with its secrets, or all its values, written over.
pub(super) fn masked(text: &str, mask: Mask) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in secrets(text, mask) {
        let number =
            text.get(range.clone()).is_some_and(|word| word.starts_with(|c: char| c == '-' || c.is_ascii_digit()));
        let in_quotes = text.as_bytes().get(range.start.wrapping_sub(1)) == Some(&b'"');
        let value = bytes.get_mut(range).unwrap_or_default();
        if in_quotes {
            write_over_text(value);
        } else if number {
            write_over_number(value);
        }
    }
    // Whole texts were written over with ASCII, so what is left is UTF-8.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Writes over a text between its quotation marks. What makes it no JSON stays: without it, a broken export would be read.
fn write_over_text(text: &mut [u8]) {
    let mut at = 0;
    while let Some(byte) = text.get(at).copied() {
        // So many bytes belong together, and so many of them stay.
        let (length, stays) = match byte {
            0..0x20 => (1, 1),
            b'\\' => match text.get(at + 1..).unwrap_or_default() {
                [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => (2, 0),
                // What is no number is no letter either when its digits are written over.
                [b'u', digits @ ..] => match digits.first_chunk().and_then(number_of) {
                    // Half of a pair may stand alone, which is no JSON.
                    Some(0xd800..=0xdfff) => (6, 6),
                    Some(_) => (6, 0),
                    None => (2, 2),
                },
                [_, ..] => (2, 2),
                [] => (1, 1),
            },
            _ => (1, 0),
        };
        let written = text.get_mut(at + stays..(at + length)).unwrap_or_default();
        written.fill(b'*');
        at += length;
    }
    // What stays of a character of several bytes would be none.
    if core::str::from_utf8(text).is_err() {
        text.iter_mut().filter(|byte| !byte.is_ascii()).for_each(|byte| *byte = b'*');
    }
}

/// The number that four hexadecimal digits are.
fn number_of(digits: &[u8; 4]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| Some(number * 16 + char::from(*digit).to_digit(16)?))
}

/// Writes over the digits of a number. A zero that begins it stays, and how large it is: both can make it one that cannot be read.
fn write_over_number(number: &mut [u8]) {
    let digits = number.iter_mut().take_while(|byte| !matches!(byte, b'e' | b'E'));
    for byte in digits.skip_while(|byte| matches!(byte, b'-' | b'0')).filter(|byte| byte.is_ascii_digit()) {
        *byte = b'1';
    }
}

/// Something that is open: an object or a list.
#[derive(Default)]
struct Frame {
    is_secret: bool,
    /// What the member says of which the value comes next.
    next: Next,
    /// A resource of Terraform of another provider.
    is_foreign: bool,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Next {
    #[default]
    Value,
    Secret,
    /// A secret, unless it is an object or a list.
    SecretText,
    /// The type or the address of a resource, in a document of Terraform.
    Resource,
}

fn secrets(text: &str, mask: Mask) -> Vec<Range<usize>> {
    let terraform = is_terraform(text);
    let mut found = Vec::new();
    let mut open: Vec<Frame> = vec![Frame { is_secret: mask == Mask::Values, ..Frame::default() }];
    for token in Tokens::of(text) {
        let Some(frame) = open.last_mut() else { break };
        let is_secret = frame.is_secret || frame.next == Next::Secret;
        match token {
            Token::Open { .. } => {
                open.push(Frame { is_secret, ..Frame::default() });
            }
            Token::Close => {
                if open.len() > 1 {
                    open.pop();
                }
            }
            Token::Name(range) => {
                let name = text.get(range).unwrap_or_default();
                let in_terraform = terraform
                    && (TERRAFORM_PARTS.contains(&name)
                        || (frame.is_foreign && matches!(name, "values" | "change" | "attributes" | "instances")));
                frame.next = if is_secret_name(name) || in_terraform {
                    Next::Secret
                } else if name.eq_ignore_ascii_case(KEY_MATERIAL) {
                    Next::SecretText
                } else if terraform && matches!(name, "type" | "address") {
                    Next::Resource
                } else {
                    Next::Value
                };
            }
            Token::Text(range) => {
                let value = text.get(range.clone()).unwrap_or_default();
                if frame.next == Next::Resource {
                    frame.is_foreign = !value.split('.').any(|part| part.starts_with("ibm_"));
                }
                if is_secret || frame.next == Next::SecretText || is_credential(value) {
                    found.push(range);
                }
            }
            Token::Scalar(range) => {
                if is_secret || frame.next == Next::SecretText {
                    found.push(range);
                }
            }
        }
    }
    found
}

/// Whether a text is a document of Terraform: it says so before anything else.
fn is_terraform(text: &str) -> bool {
    let names = Tokens::of(text).take(12);
    names
        .into_iter()
        .any(|token| matches!(token, Token::Name(range) if text.get(range.clone()) == Some("terraform_version")))
}

fn is_secret_name(name: &str) -> bool {
    let plain: String = name.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect();
    SECRET_NAMES.contains(&plain.as_str()) || SECRET_PARTS.iter().any(|part| plain.contains(part))
}

/// Whether a text is a credential by its form, wherever it stands.
fn is_credential(value: &str) -> bool {
    let is_jwt = || value.starts_with("eyJ") && value.len() > 40 && value.split('.').count() == 3;
    value.starts_with("Bearer ") || value.starts_with("-----BEGIN ") || is_jwt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_written_over_and_keep_their_length() {
        let text = "{\"name\": \"k\",\n \"payload\": \"c2VjcmV0é\", \"iv\": null, \"admin_password\": {\"x\": [\"a\\\"b\", 12]},\n \
                    \"other\": \"Bearer abc\", \"crn\": \"crn:v1\"}";
        let expected = "{\"name\": \"k\",\n \"payload\": \"**********\", \"iv\": null, \"admin_password\": {\"x\": [\"****\", 11]},\n \
                        \"other\": \"**********\", \"crn\": \"crn:v1\"}";
        assert_eq!(masked(text, Mask::Secrets), expected);
        assert_eq!(masked(expected, Mask::Secrets), expected);
    }

    #[test]
    fn an_event_in_its_wrapper_is_no_key_material() {
        let text = r#"{"payload":{"action":"kms.secrets.wrap","payload":"c2VjcmV0"}}"#;
        let expected = r#"{"payload":{"action":"kms.secrets.wrap","payload":"********"}}"#;
        assert_eq!(masked(text, Mask::Secrets), expected);
    }

    #[test]
    fn of_something_unknown_only_the_shape_stays() {
        let text = "{\"a\": \"b\", \"c\": [1.5, -20e3, true, {\"d\": \"é\"}]} tail";
        assert_eq!(masked(text, Mask::Values), "{\"a\": \"*\", \"c\": [1.1, -11e3, true, {\"d\": \"**\"}]} tail");
    }

    #[test]
    fn what_makes_a_text_no_json_stays() {
        let cases = [
            (r#"{"iv": "a\"b\\c\/\u00e9d"}"#, r#"{"iv": "****************"}"#),
            (r#"{"iv": "a\xb\ud83dc"}"#, r#"{"iv": "*\x*\ud83d*"}"#),
            (r#"{"iv": "a\u12g4"}"#, r#"{"iv": "*\u****"}"#),
            (r#"{"iv": "\é"}"#, r#"{"iv": "\**"}"#),
            ("{\"iv\": \"a\tb\"}", "{\"iv\": \"*\t*\"}"),
            (r#"{"iv": [0123, -0.5, 7e999, 120]}"#, r#"{"iv": [0111, -0.1, 1e999, 111]}"#),
        ];
        for (text, expected) in cases {
            assert_eq!(masked(text, Mask::Secrets), expected);
            let is_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
            assert_eq!(is_json(text), is_json(expected), "{text}");
        }
    }

    #[test]
    fn of_terraform_only_resources_of_ibm_stay() {
        let text = r#"{"format_version":"1.0","terraform_version":"1.11.4","variables":{"v":{"value":"s"}},"values":{"outputs":{"o":{"value":"s"}},"root_module":{"resources":[{"type":"ibm_kms_key","values":{"key_name":"k","payload":"s"}},{"type":"random_id","values":{"hex":"s"}}]}}}"#;
        let expected = r#"{"format_version":"1.0","terraform_version":"1.11.4","variables":{"v":{"value":"*"}},"values":{"outputs":{"o":{"value":"*"}},"root_module":{"resources":[{"type":"ibm_kms_key","values":{"key_name":"k","payload":"*"}},{"type":"random_id","values":{"hex":"*"}}]}}}"#;
        assert_eq!(masked(text, Mask::Secrets), expected);
    }
}
