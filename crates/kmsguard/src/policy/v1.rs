//! Version 1 of the policy API: `subjects`, `roles`, `resources`, attributes by `name`. It is also what the command prints.
//!
//! Source: IBM/platform-services-go-sdk, `iampolicymanagementv1`, as of 2026-06-29.

use serde::Serialize;

use super::document::{Node, Object};
use super::fault::{PolicyFault, PolicyFaultKind as Kind, SideName};
use super::model::{Attribute, Authorization, Operator, Side, Value, Version};
use super::obstacle::Obstacle;
use super::place::Place;
use super::role::Role;
use super::side::{Shape, read_side, wrong};

/// Reads the parts of a policy that version 1 writes in its own way.
pub(super) fn read(object: &Object<'_>, policy: &mut Authorization) {
    for (member, side) in [("subjects", SideName::Subject), ("resources", SideName::Resource)] {
        let sides = sides(object, member, side, &mut policy.problems);
        match side {
            SideName::Subject => policy.subjects = sides,
            SideName::Resource => policy.resources = sides,
        }
    }
    for member in ["subject", "resource", "control"] {
        if object.has(member) {
            policy.problems.push(PolicyFault::new(Kind::MixedVersions { member: member.to_owned() }, ""));
        }
    }
    policy.roles = roles(object.get("roles"), Place::Root.member("roles"), &mut policy.problems);
}

fn sides(object: &Object<'_>, member: &str, side: SideName, problems: &mut Vec<PolicyFault>) -> Vec<Side> {
    let shape = Shape { version: Version::V1, side };
    let place = Place::Root.member(member);
    match object.get(member) {
        // Attributes where the object around them should be: one side, of which nothing can be said.
        Some(Node::List(list)) if !list.is_empty() && list.iter().all(is_bare_attribute) => {
            problems.push(PolicyFault::new(Kind::WrapperMissing(side), place.pointer()));
            vec![Side { unreadable: true, ..Side::default() }]
        }
        Some(Node::List(list)) if !list.is_empty() => {
            list.iter().enumerate().map(|(index, node)| read_side(node, shape, place.item(index), problems)).collect()
        }
        Some(Node::List(_)) | None => {
            problems.push(PolicyFault::new(Kind::SideMissing(side), place.pointer()));
            Vec::new()
        }
        Some(_) => {
            problems.push(wrong(member, "a list", place));
            Vec::new()
        }
    }
}

fn is_bare_attribute(node: &Node<'_>) -> bool {
    node.object().is_some_and(|object| object.has("name") && !object.has("attributes"))
}

/// Reads a list of roles. A role that cannot be read stays in the list, so that nobody takes the others for all.
pub(super) fn roles(node: Option<&Node<'_>>, place: Place<'_>, problems: &mut Vec<PolicyFault>) -> Vec<Role> {
    let Some(Node::List(list)) = node else {
        problems.push(PolicyFault::new(Kind::NoRoles, place.pointer()));
        return vec![Role::unreadable()];
    };
    if list.is_empty() {
        problems.push(PolicyFault::new(Kind::NoRoles, place.pointer()));
    }
    let read = |node: &Node<'_>| {
        let object = match node {
            Node::Object(object) if object.repeated().is_none() => object,
            Node::Text(text) => return Some(Role::of_id(text)),
            _ => return None,
        };
        // `id` and `crn` are the words of the older interface.
        let id = ["role_id", "id", "crn"].iter().find_map(|name| object.text(name));
        let shown = object.text("display_name").or_else(|| object.text("displayName"));
        let mut role = id.map_or_else(|| shown.map(Role::named), |id| Some(Role::of_id(id)))?;
        role.display_name = shown.map(str::to_owned);
        Some(role)
    };
    list.iter()
        .enumerate()
        .map(|(index, node)| {
            read(node).unwrap_or_else(|| {
                problems.push(PolicyFault::new(Kind::NoRoles, place.item(index).pointer()));
                Role::unreadable()
            })
        })
        .collect()
}

/// A policy as version 1 takes it, and as `--file` of the command does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct V1Policy {
    /// `authorization`, as a rule.
    #[serde(rename = "type")]
    pub kind: String,
    /// What its author wrote about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Who is let in.
    pub subjects: Vec<V1Side>,
    /// What they may do.
    pub roles: Vec<WrittenRole>,
    /// What they are let in to.
    pub resources: Vec<V1Side>,
}

/// A subject or a resource of version 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct V1Side {
    /// All of these must hold.
    pub attributes: Vec<V1Attribute>,
}

/// An attribute of version 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct V1Attribute {
    /// The fact.
    pub name: String,
    /// How it is compared; left out for subjects that must be equal, as IBM's examples do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<&'static str>,
    /// With what.
    pub value: String,
}

/// A role, by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WrittenRole {
    /// The CRN of the role.
    pub role_id: String,
}

/// The policy as version 1 writes it, if it can.
pub(super) fn write(policy: &Authorization, kind: &str) -> Result<V1Policy, Obstacle> {
    let sides = |sides: &[Side], name| sides.iter().map(|side| write_side(side, name)).collect::<Result<Vec<_>, _>>();
    Ok(V1Policy {
        kind: kind.to_owned(),
        description: policy.description.clone(),
        subjects: sides(&policy.subjects, SideName::Subject)?,
        roles: written_roles(policy)?,
        resources: sides(&policy.resources, SideName::Resource)?,
    })
}

pub(super) fn written_roles(policy: &Authorization) -> Result<Vec<WrittenRole>, Obstacle> {
    let written = |role: &Role| {
        let role_id = role.id().ok_or_else(|| Obstacle::RoleId(role.text.clone()))?;
        Ok(WrittenRole { role_id })
    };
    policy.roles.iter().map(written).collect()
}

fn write_side(side: &Side, name: SideName) -> Result<V1Side, Obstacle> {
    let attribute = |attribute: &Attribute| {
        let value = match (&attribute.operator, &attribute.value) {
            (Operator::StringEquals | Operator::StringMatch, Value::Texts(texts)) => match texts.as_slice() {
                [text] => text.clone(),
                _ => return Err(attribute.obstacle(name)),
            },
            _ => return Err(attribute.obstacle(name)),
        };
        let operator = match (&attribute.operator, name) {
            (Operator::StringEquals, SideName::Subject) => None,
            (Operator::StringEquals, SideName::Resource) => Some("stringEquals"),
            _ => Some("stringMatch"),
        };
        Ok(V1Attribute { name: attribute.name.clone(), operator, value })
    };
    Ok(V1Side { attributes: side.attributes.iter().map(attribute).collect::<Result<_, _>>()? })
}
