//! Where names stand in an export: which texts are the name of an account, a user or a resource.

use core::ops::Range;

use super::pseudonym::Named;
use super::tokens::{Token, Tokens};

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

/// Finds the names in a text.
pub(super) fn find(text: &str) -> Names {
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
    names.names.sort_by_key(|name| name.at.start);
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
    let is_resource = attribute.is_none() && ["crn", "id", "guid", "kms_crn", "encryption_key"].into_iter().any(has);
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
        | "kms_name"
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
        | "user_email"
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
        find(text).names.iter().map(name).collect()
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
        let names = find(text);
        assert!(names.has_resource_pattern && !names.has_key_ring_pattern);
    }
}
