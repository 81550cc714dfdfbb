//! A policy in all the forms in which it can be sent.

use serde::Serialize;

use super::model::{Authorization, PolicyType};
use super::v1::V1Policy;
use super::v2::V2Policy;
use super::{cli, terraform, v1, v2};

/// A policy in the forms that can say all of it. A form that would say less, and so let more in, is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Forms {
    /// The body for `POST /v1/policies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v1: Option<V1Policy>,
    /// The body for `POST /v2/policies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v2: Option<V2Policy>,
    /// The command, to be run with the target's account chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cli: Option<String>,
    /// The resource for Terraform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terraform: Option<String>,
}

/// The forms of a policy. One that could not be read whole has none: what is left of it may mean more than it did.
#[must_use]
pub fn forms(policy: &Authorization) -> Forms {
    let whole = policy.is_readable()
        && !policy.template
        && !policy.roles.is_empty()
        && !policy.subjects.is_empty()
        && !policy.resources.is_empty()
        && !policy.subjects.iter().chain(&policy.resources).any(|side| side.unreadable);
    // What states no type is sent as what it was read as.
    let kind = match &policy.kind {
        PolicyType::Authorization | PolicyType::Absent => "authorization",
        PolicyType::Access => "access",
        PolicyType::Other(_) => return Forms { v1: None, v2: None, cli: None, terraform: None },
    };
    if !whole {
        return Forms { v1: None, v2: None, cli: None, terraform: None };
    }
    let v1 = v1::write(policy, kind);
    let authorization = kind == "authorization";
    Forms {
        v2: v2::write(policy, kind),
        cli: v1.as_ref().filter(|_| authorization).and_then(|body| cli::write(policy, body)),
        terraform: if authorization { terraform::write(policy) } else { None },
        v1,
    }
}
