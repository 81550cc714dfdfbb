//! Version 2 of the policy API: `subject`, `resource`, `control`, attributes by `key`, lists, conditions.
//!
//! Source: IBM/platform-services-go-sdk, `iampolicymanagementv1`, as of 2026-06-29. Terraform makes its authorizations with it, although
//! *Known issues* of the account documentation say that authorizations are of version 1 only.

use serde::Serialize;

use super::document::{Node, Object};
use super::fault::{PolicyFault, PolicyFaultKind as Kind, SideName};
use super::model::{Attribute, Authorization, Operator, Side, Value, Version};
use super::obstacle::Obstacle;
use super::place::Place;
use super::side::{Shape, read_side, wrong};
use super::v1::{WrittenRole, roles, written_roles};

/// Reads the parts of a policy that version 2 writes in its own way.
pub(super) fn read(object: &Object<'_>, policy: &mut Authorization) {
    let problems = &mut policy.problems;
    policy.subjects = side(object, "subject", "subjects", SideName::Subject, problems);
    policy.resources = side(object, "resource", "resources", SideName::Resource, problems);
    if object.has("roles") {
        problems.push(PolicyFault::new(Kind::MixedVersions { member: "roles".to_owned() }, ""));
    }
    let grant = object.get("control").and_then(Node::object).and_then(|control| {
        let foreign = control.names().find(|name| *name != "grant").map(str::to_owned);
        if let Some(member) = foreign.or_else(|| control.repeated().map(str::to_owned)) {
            // A misplaced brace puts the sides in here.
            problems.push(PolicyFault::new(Kind::MixedVersions { member }, "/control"));
        }
        control.get("grant").and_then(Node::object)
    });
    let listed = grant.and_then(|grant| grant.get("roles")).or_else(|| object.get("roles"));
    let (control, grant) = (Place::Root.member("control"), "grant");
    policy.roles = roles(listed, control.member(grant).member("roles"), problems);
}

fn side(object: &Object<'_>, member: &str, other: &str, side: SideName, problems: &mut Vec<PolicyFault>) -> Vec<Side> {
    let shape = Shape { version: Version::V2, side };
    let place = Place::Root.member(member);
    match object.get(member) {
        Some(node @ Node::Object(_)) => vec![read_side(node, shape, place, problems)],
        Some(_) => {
            problems.push(wrong(member, "an object", place));
            Vec::new()
        }
        None if object.has(other) => {
            problems.push(PolicyFault::new(Kind::MixedVersions { member: other.to_owned() }, ""));
            Vec::new()
        }
        None => {
            problems.push(PolicyFault::new(Kind::SideMissing(side), place.pointer()));
            Vec::new()
        }
    }
}

/// A policy as version 2 takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct V2Policy {
    /// `authorization`, as a rule.
    #[serde(rename = "type")]
    pub kind: String,
    /// What its author wrote about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Who is let in.
    pub subject: V2Side,
    /// What they may do.
    pub control: V2Control,
    /// What they are let in to.
    pub resource: V2Side,
}

/// A subject or a resource of version 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct V2Side {
    /// All of these must hold.
    pub attributes: Vec<V2Attribute>,
}

/// An attribute of version 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct V2Attribute {
    /// The fact.
    pub key: String,
    /// How it is compared.
    pub operator: String,
    /// With what.
    pub value: V2Value,
}

/// A value of version 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum V2Value {
    /// One text.
    Text(String),
    /// A list, for `…AnyOf`.
    Texts(Vec<String>),
    /// For `stringExists`.
    Bool(bool),
}

/// What a policy of version 2 grants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct V2Control {
    /// The grant.
    pub grant: V2Grant,
}

/// The roles that a policy of version 2 grants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct V2Grant {
    /// The roles.
    pub roles: Vec<WrittenRole>,
}

/// The policy as version 2 writes it, if it can.
pub(super) fn write(policy: &Authorization, kind: &str) -> Result<V2Policy, Obstacle> {
    let (subject, resource) = one_of_each(policy)?;
    Ok(V2Policy {
        kind: kind.to_owned(),
        description: policy.description.clone(),
        subject: write_side(subject, SideName::Subject)?,
        control: V2Control { grant: V2Grant { roles: written_roles(policy)? } },
        resource: write_side(resource, SideName::Resource)?,
    })
}

/// The subject and the resource, where there is one of each.
pub(super) fn one_of_each(policy: &Authorization) -> Result<(&Side, &Side), Obstacle> {
    match (policy.subjects.as_slice(), policy.resources.as_slice()) {
        ([subject], [resource]) => Ok((subject, resource)),
        ([_], _) => Err(Obstacle::SeveralSides(SideName::Resource)),
        _ => Err(Obstacle::SeveralSides(SideName::Subject)),
    }
}

fn write_side(side: &Side, name: SideName) -> Result<V2Side, Obstacle> {
    let attribute = |attribute: &Attribute| {
        let value = match (&attribute.operator, &attribute.value) {
            (Operator::Unknown(_), _) => None,
            (_, Value::Bool(value)) => Some(V2Value::Bool(*value)),
            (operator, Value::Texts(texts)) if operator.takes_list() => Some(V2Value::Texts(texts.clone())),
            (_, Value::Texts(texts)) => match texts.as_slice() {
                [text] => Some(V2Value::Text(text.clone())),
                _ => None,
            },
        };
        let value = value.ok_or_else(|| attribute.obstacle(name))?;
        Ok(V2Attribute { key: attribute.name.clone(), operator: attribute.operator.name().to_owned(), value })
    };
    Ok(V2Side { attributes: side.attributes.iter().map(attribute).collect::<Result<_, _>>()? })
}
