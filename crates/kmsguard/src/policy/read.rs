//! From JSON to the model.

use serde_json::value::RawValue;

use super::document::{Node, Object};
use super::fault::{PolicyFault, PolicyFaultKind as Kind};
use super::model::{Authorization, PolicyType, State, Version};
use super::review::review;
use super::{flat, v1, v2};

/// Whether the members of a record are those of a policy, or of a template of policies, of whatever version.
pub fn looks_like_policy<'a>(members: impl Iterator<Item = &'a str>) -> bool {
    let (mut sides, mut roles, mut control, mut kind) = (false, false, false, false);
    let (mut policy, mut owner) = (false, false);
    for member in members {
        match member {
            "subjects" | "subject" | "resources" | "resource" => sides = true,
            "roles" => roles = true,
            "control" => control = true,
            "type" => kind = true,
            "policy" => policy = true,
            "committed" | "account_id" => owner = true,
            _ => {}
        }
    }
    (sides && (roles || control)) || (kind && control) || (policy && owner)
}

/// Reads a policy: a request, a response, or a record of a list, of either version, or of the older lists.
///
/// # Errors
///
/// [`PolicyFault`], when the record is no policy at all. Everything else that is wrong stands in
/// [`Authorization::problems`].
pub fn read(record: &RawValue) -> Result<Authorization, PolicyFault> {
    read_text(record.get())
}

/// Reads a policy from the text of one JSON value.
///
/// # Errors
///
/// As [`read`].
pub fn read_text(text: &str) -> Result<Authorization, PolicyFault> {
    let node: Node<'_> = serde_json::from_str(text).map_err(|_| PolicyFault::new(Kind::NotRead, ""))?;
    let Some(object) = node.object() else { return Err(PolicyFault::new(Kind::NotAPolicy, "")) };
    if !looks_like_policy(object.names()) {
        return Err(PolicyFault::new(Kind::NotAPolicy, ""));
    }
    Ok(match object.get("policy").and_then(Node::object) {
        Some(policy) if !object.has("roles") && !object.has("control") => {
            let mut template = read_object(policy);
            template.template = true;
            // The account is filled in when the template is assigned.
            template.problems.retain(|fault| !matches!(fault.kind, Kind::AccountMissing(_)));
            template.id = object.text("id").map(str::to_owned);
            template.created_by_id = object.text("created_by_id").map(str::to_owned);
            template.created_at = object.text("created_at").map(str::to_owned);
            template.state = state(object);
            for fault in &mut template.problems {
                fault.pointer.insert_str(0, "/policy");
            }
            template
        }
        _ => read_object(object),
    })
}

fn read_object(object: &Object<'_>) -> Authorization {
    let second = object.has("control")
        || (!object.has("roles") && !object.has("subjects") && (object.has("subject") || object.has("resource")));
    let mut policy = Authorization::empty(if second { Version::V2 } else { Version::V1 });
    if let Some(member) = object.repeated() {
        policy.problems.push(PolicyFault::new(Kind::Repeated { member: member.to_owned() }, ""));
    }
    read_common(object, &mut policy);
    if second {
        v2::read(object, &mut policy);
    } else if flat::is_flat(object) {
        flat::read(object, &mut policy);
    } else {
        v1::read(object, &mut policy);
    }
    // The older lists state the type nowhere; there its absence is no fault.
    if !object.has("type") && !flat::is_flat(object) {
        policy.problems.push(PolicyFault::new(Kind::TypeMissing, "/type"));
    }
    review(&mut policy);
    policy
}

fn read_common(object: &Object<'_>, policy: &mut Authorization) {
    let text = |name: &str| object.text(name).map(str::to_owned);
    policy.id = text("id");
    policy.description = text("description");
    policy.created_by_id = text("created_by_id");
    policy.created_at = text("created_at");
    policy.last_permit_at = text("last_permit_at");
    policy.conditional = object.has("rule") || object.has("pattern");
    policy.managed = object.has("template");
    policy.state = state(object);
    policy.kind = match object.get("type") {
        None => PolicyType::Absent,
        Some(Node::Text(text)) => match text.as_ref() {
            "authorization" => PolicyType::Authorization,
            "access" => PolicyType::Access,
            other => PolicyType::Other(other.to_owned()),
        },
        Some(_) => {
            let kind = Kind::WrongType { member: "type".to_owned(), expected: "a text" };
            policy.problems.push(PolicyFault::new(kind, "/type"));
            PolicyType::Absent
        }
    };
}

fn state(object: &Object<'_>) -> State {
    match object.get("state") {
        None => State::Active,
        Some(node) => match node.text() {
            Some("active") => State::Active,
            Some("deleted") => State::Deleted,
            _ => State::Other,
        },
    }
}
