//! Where names stand in an export: which texts are the name of an account, a user or a resource.

use core::ops::Range;

use super::pseudonym::Named;
use super::tokens::{Token, Tokens};
use crate::ingest::{ERROR_MESSAGES, ExportKind};
use crate::order::Arrange as _;

/// A text that is a name as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) at: Range<usize>,
    pub(super) named: Named,
}

/// What an export names.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Texts that are names, in the order of their places.
    pub(super) names: Vec<Name>,
    /// The files of a manifest.
    pub(super) files: Vec<Range<usize>>,
    /// The messages of an error answer.
    pub(super) messages: Vec<Range<usize>>,
    /// Whether an authorization speaks of resources by a pattern: then their names must stay.
    pub(super) has_resource_pattern: bool,
    /// Whether one speaks of key rings by a pattern.
    pub(super) has_key_ring_pattern: bool,
}

/// An object or a list that is open, with the texts of its members.
#[derive(Default)]
struct Frame {
    is_list: bool,
    member: Range<usize>,
    texts: Vec<(Range<usize>, Range<usize>)>,
    /// Members that are no texts.
    others: Vec<Range<usize>>,
}

/// What a text is, where that decides which of its texts are names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Exports: names stand in members of known names.
    Export,
    /// Activity events: all texts may name something, but for those that are read.
    Events,
    /// An error answer: its texts are in the words of the service, names among them.
    Error,
    /// Something unknown: members themselves may be called by a name.
    Unknown,
}

impl Content {
    pub(super) const fn of(kind: ExportKind) -> Self {
        match kind {
            ExportKind::ActivityEvents => Self::Events,
            ExportKind::ErrorAnswer => Self::Error,
            ExportKind::Unknown => Self::Unknown,
            _ => Self::Export,
        }
    }
}

/// Finds the names in a text.
pub(super) fn find(text: &str, content: Content) -> Names {
    match content {
        Content::Export => find_known(text),
        _ => find_all(text, content),
    }
}

/// Takes every text for a name that is not known to be something else.
fn find_all(text: &str, content: Content) -> Names {
    let mut names = Names::default();
    let mut member = "";
    for token in Tokens::of(text) {
        match token {
            Token::Name(range) => {
                member = text.get(range.clone()).unwrap_or_default();
                if content == Content::Unknown {
                    names.names.push(Name { at: range, named: Named::Description });
                }
            }
            Token::Text(range) if content != Content::Unknown => {
                let value = text.get(range.clone()).unwrap_or_default();
                match content {
                    Content::Error if ERROR_MESSAGES.contains(&member) && !is_word(value) => names.messages.push(range),
                    Content::Error if ERROR_WORDS.contains(&member) && is_word(value) => {}
                    Content::Events if EVENT_WORDS.contains(&member) && is_word(value) => {}
                    Content::Events if member == "id" && !value.is_empty() && !is_crn(value) => {
                        names.names.push(Name { at: range, named: Named::User });
                    }
                    _ if value.is_empty() || is_crn(value) || is_id(value) => {}
                    _ => names.names.push(Name { at: range, named: Named::Description }),
                }
            }
            _ => {}
        }
    }
    names
}

/// Members of events that are read, or that say nothing of anybody.
const EVENT_WORDS: &[&str] = &["action", "eventTime", "outcome", "severity", "typeURI", "reasonType"];

/// Members of error answers that are read and hold no sentence.
const ERROR_WORDS: &[&str] = &[
    "code",
    "error",
    "error_code",
    "errorCode",
    "messageid",
    "status",
    "status_code",
    "statuscode",
    "statusCode",
    "collectionType",
];

/// Whether a text is one word as programs use them: a code, a date, a type.
fn is_word(text: &str) -> bool {
    text.len() <= 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b':' | b'+'))
}

/// Whether a text is a CRN as a whole, or one that stands for a user.
pub(super) fn is_crn(text: &str) -> bool {
    let text = text.strip_prefix("crn-").unwrap_or(text);
    text.starts_with("crn:v1:") && !text.contains(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '\\'))
}

fn find_known(text: &str) -> Names {
    let mut names = Names::default();
    let mut open = vec![Frame::default()];
    for token in Tokens::of(text) {
        let Some(frame) = open.last_mut() else { break };
        match token {
            Token::Open { object } => {
                let member = frame.member.clone();
                frame.others.push(member.clone());
                open.push(Frame { is_list: !object, member: if object { 0..0 } else { member }, ..Frame::default() });
            }
            Token::Close => {
                if open.len() > 1
                    && let Some(closed) = open.pop()
                {
                    close(text, closed, open.last_mut(), &mut names);
                }
            }
            Token::Name(range) => frame.member = range,
            Token::Text(range) => frame.texts.push((frame.member.clone(), range)),
            Token::Scalar(_) => frame.others.push(frame.member.clone()),
        }
    }
    // A text that is cut leaves things open.
    while let Some(closed) = open.pop() {
        close(text, closed, open.last_mut(), &mut names);
    }
    names.names.arrange_by_key(|name| name.at.start);
    names
}

/// Looks at the texts of something that ends. Texts of a list are its member's.
fn close(text: &str, closed: Frame, parent: Option<&mut Frame>, names: &mut Names) {
    if closed.is_list {
        if let Some(parent) = parent {
            parent.texts.extend(closed.texts);
        }
        return;
    }
    let word = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let has = |name: &str| {
        closed.texts.iter().map(|(member, _)| member).chain(&closed.others).any(|member| word(member) == name)
    };
    let first = |name: &str| closed.texts.iter().find(|(member, _)| word(member) == name).map(|(_, value)| word(value));
    let attribute = if has("value") { first("name").or_else(|| first("key")) } else { None };
    let own = parent.as_deref().map_or("", |parent| word(&parent.member));
    // What a resource of Terraform is called is a part of its address; zones, regions and the like are IBM's to name.
    let is_resource = attribute.is_none()
        && !has("provider_name")
        && !matches!(own, "zone" | "region" | "profile" | "operating_system" | "service" | "metadata");
    let by_pattern = || {
        first("operator").is_some_and(|operator| operator.starts_with("stringMatch"))
            || closed.texts.iter().any(|(member, value)| word(member) == "value" && word(value).contains(['*', '?']))
    };
    match attribute {
        Some("resource") => names.has_resource_pattern |= by_pattern(),
        Some("keyRing") => names.has_key_ring_pattern |= by_pattern(),
        _ => {}
    }
    for (member, value) in &closed.texts {
        let (member, content) = (word(member), word(value));
        if content.is_empty() {
            continue;
        }
        let named = match (attribute, member) {
            (Some(attribute), "value") => of_attribute(attribute, content),
            (Some(_), _) => None,
            (None, "file") if has("rows") && has("status") => {
                names.files.push(value.clone());
                None
            }
            // A key ring is called by its owner, and that is its id.
            (None, "id") if has("creationDate") && !has("crn") && content != "default" && !is_id(content) => {
                Some(Named::KeyRing)
            }
            (None, "message") if has("action") => Some(Named::Description),
            (None, member) => of_member(member, content, is_resource),
        };
        if let Some(named) = named {
            names.names.push(Name { at: value.clone(), named });
        }
    }
}

/// What the value of an attribute of a policy names.
fn of_attribute(attribute: &str, value: &str) -> Option<Named> {
    match attribute {
        "accountId" => Some(Named::Account),
        "iam_id" => Some(Named::User),
        "keyRing" if value != "default" => Some(Named::KeyRing),
        "resource" if !is_id(value) => Some(Named::Resource),
        _ => None,
    }
}

/// What a member names.
fn of_member(member: &str, value: &str, is_resource: bool) -> Option<Named> {
    match member {
        "account_id" | "accountId" | "account" | "target_account" | "source_account" | "source_service_account" => {
            Some(Named::Account)
        }
        "account_name"
        | "accountName"
        | "kms_name"
        | "keyName"
        | "resource_name"
        | "resourceName"
        | "instance_name"
        | "display_name"
        | "key_name"
        | "bucket_name"
        | "resource_group_name"
        | "alias"
        | "aliases"
        | "tags"
        | "Tags"
        | "user_tags"
        | "access_tags" => Some(Named::Resource),
        "name" if is_resource => Some(Named::Resource),
        "resource_group" if !is_id(value) => Some(Named::Resource),
        "description" => Some(Named::Description),
        "keyRingID" | "keyRingId" | "key_ring_id" if value != "default" => Some(Named::KeyRing),
        "created_by"
        | "createdBy"
        | "created_by_id"
        | "updated_by"
        | "updatedBy"
        | "deleted_by"
        | "deletedBy"
        | "restored_by"
        | "scheduled_reclaim_by"
        | "last_modified_by_id"
        | "iam_id"
        | "user"
        | "user_id"
        | "user_name"
        | "username"
        | "email"
        | "user_email"
        | "owner"
        | "initiatorName"
        | "initiatorId"
            if !value.contains("crn:v1:") =>
        {
            Some(Named::User)
        }
        _ => None,
    }
}

/// Whether a text is an id that a service made up, and no name that a person chose: hexadecimal digits and dashes, with at most a
/// region's prefix such as `r006-` before them.
pub(super) fn is_id(text: &str) -> bool {
    let body = match text.split_once('-') {
        Some((prefix, rest)) if prefix.len() == 4 && prefix.starts_with('r') && rest.len() >= 32 => rest,
        _ => text,
    };
    body.len() >= 20 && body.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Named)> {
        let name = |name: &Name| (text.get(name.at.clone()).unwrap_or("?").to_owned(), name.named);
        find(text, Content::Export).names.iter().map(name).collect()
    }

    #[test]
    fn names_are_told_from_words() {
        let text = r#"{"crn":"crn:v1:x","name":"payments","zone":{"name":"us-south-1","href":"h"},"aliases":["a","b"],
            "resource_group":{"id":"1","name":"Default"},"state":"active","createdBy":"IBMid-1","keyRingID":"default"}"#;
        let resource = |name: &str| (name.to_owned(), Named::Resource);
        assert_eq!(
            found(text),
            [
                resource("payments"),
                resource("a"),
                resource("b"),
                resource("Default"),
                ("IBMid-1".to_owned(), Named::User)
            ]
        );
    }

    #[test]
    fn attributes_of_policies_are_known_by_their_names() {
        let text = r#"{"id":"1","attributes":[{"name":"accountId","value":"a"},{"name":"serviceName","value":"kms"},
            {"key":"resource","operator":"stringMatch","value":"b-*"},{"name":"keyRing","value":["r","s"]},
            {"name":"resource","value":"6f3f4c1e-2f0a-4a55-8f0e-0d9c1b7a5e21"}]}"#;
        assert_eq!(
            found(text),
            [
                ("a".to_owned(), Named::Account),
                ("b-*".to_owned(), Named::Resource),
                ("r".to_owned(), Named::KeyRing),
                ("s".to_owned(), Named::KeyRing)
            ]
        );
        let names = find(text, Content::Export);
        assert!(names.has_resource_pattern && !names.has_key_ring_pattern);
    }
}
