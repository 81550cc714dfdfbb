//! Authorizations as answers show them.

use serde::Serialize;

use super::Problem;
use crate::inventory::{Inventory, Witness};
use crate::policy::{Attribute, Authorization, Origin, Side, State, Value};

/// One condition of a subject or a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttributeParts {
    /// The name of the fact.
    pub name: String,
    /// How it is compared: `stringEquals`, `stringMatch` and so on.
    pub operator: String,
    /// With what: one text, several, or `true` and `false` for `stringExists`.
    pub values: Vec<String>,
}

/// A subject or a resource: conditions that must all hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SideParts {
    /// The conditions, in the order in which they are written.
    pub attributes: Vec<AttributeParts>,
    /// Whether access tags narrow it.
    pub tags: bool,
}

/// An authorization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuthorizationParts {
    /// The id that IAM gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Whether it is in force.
    pub state: State,
    /// Whether it is a template of policies, which lets nobody in by itself.
    pub template: bool,
    /// Who made it.
    pub origin: Origin,
    /// Who is let in.
    pub subject: SideParts,
    /// What they are let in to.
    pub resource: SideParts,
    /// The roles, by their ids as written.
    pub roles: Vec<String>,
    /// When it last let somebody in, where the export says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_permit_at: Option<String>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

fn attribute(attribute: &Attribute) -> AttributeParts {
    let values = match &attribute.value {
        Value::Texts(texts) => texts.clone(),
        Value::Bool(value) => vec![value.to_string()],
    };
    AttributeParts { name: attribute.name.clone(), operator: attribute.operator.name().to_owned(), values }
}

/// The sides of a policy as one: real policies have exactly one of each.
fn side(sides: &[Side]) -> SideParts {
    SideParts {
        attributes: sides.iter().flat_map(|side| side.attributes.iter().map(attribute)).collect(),
        tags: sides.iter().any(|side| side.tags),
    }
}

impl AuthorizationParts {
    pub(super) fn of(authorization: &Authorization, problems: Vec<Problem>) -> Self {
        Self {
            id: authorization.id.clone(),
            state: authorization.state,
            template: authorization.template,
            origin: authorization.origin(),
            subject: side(&authorization.subjects),
            resource: side(&authorization.resources),
            roles: authorization.roles.iter().map(|role| role.text.clone()).collect(),
            last_permit_at: authorization.last_permit_at.clone(),
            problems,
        }
    }

    pub(super) fn of_row(inventory: &Inventory, policy: &Authorization, witness: Witness) -> Self {
        let problems = policy.problems.iter().map(|fault| Problem::of_policy(inventory, witness, fault));
        Self::of(policy, problems.collect())
    }
}
