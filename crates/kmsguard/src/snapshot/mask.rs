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
        for byte in bytes.get_mut(range).unwrap_or_default() {
            match byte {
                _ if in_quotes => *byte = b'*',
                b'0'..=b'9' if number => *byte = b'1',
                _ => {}
            }
        }
    }
    // Whole texts were written over with ASCII, so what is left is UTF-8.
    String::from_utf8(bytes).unwrap_or_default()
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
        assert_eq!(masked(text, Mask::Values), "{\"a\": \"*\", \"c\": [1.1, -11e1, true, {\"d\": \"**\"}]} tail");
    }

    #[test]
    fn of_terraform_only_resources_of_ibm_stay() {
        let text = r#"{"format_version":"1.0","terraform_version":"1.11.4","variables":{"v":{"value":"s"}},"values":{"outputs":{"o":{"value":"s"}},"root_module":{"resources":[{"type":"ibm_kms_key","values":{"key_name":"k","payload":"s"}},{"type":"random_id","values":{"hex":"s"}}]}}}"#;
        let expected = r#"{"format_version":"1.0","terraform_version":"1.11.4","variables":{"v":{"value":"*"}},"values":{"outputs":{"o":{"value":"*"}},"root_module":{"resources":[{"type":"ibm_kms_key","values":{"key_name":"k","payload":"*"}},{"type":"random_id","values":{"hex":"*"}}]}}}"#;
        assert_eq!(masked(text, Mask::Secrets), expected);
    }
}
