//! Decisions in words: what is missing, what is not known and what would settle it.

use super::decide::{Missing, MissingKind};
use super::explain::NearMiss;
use super::reason::{Doubt, Mismatch, Note, Outcome, SideFact};
use crate::ingest::ExportKind;
use crate::order::Arrange as _;
use crate::policy::{Authorization, Operator, RoleKind, Side, SideName, Value};

/// What would settle a doubt: an export, or a fact that no export holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Settles {
    /// The kind of export; none for a fact.
    pub(crate) export: Option<ExportKind>,
    /// Whether the export is of the source's account, as opposed to the key's.
    pub(crate) of_source: bool,
    /// The name of the fact.
    pub(crate) fact: String,
    /// Why it is needed.
    pub(crate) why: String,
}

impl Settles {
    fn fact(fact: impl Into<String>, why: impl Into<String>) -> Self {
        Self { export: None, of_source: false, fact: fact.into(), why: why.into() }
    }

    fn export(kind: ExportKind, of_source: bool, fact: impl Into<String>, why: impl Into<String>) -> Self {
        Self { export: Some(kind), of_source, fact: fact.into(), why: why.into() }
    }
}

/// What would settle a doubt.
pub(crate) fn settles(doubt: &Doubt) -> Settles {
    match doubt {
        Doubt::FactUnknown(fact) => fact_unknown(fact),
        Doubt::AttributeUnknown(fact) => {
            let why = format!(
                "an authorization depends on `{}` of the {}, which no export shows",
                fact.attribute,
                fact.side.name()
            );
            Settles::fact(fact.attribute.as_str(), why)
        }
        Doubt::OperatorUnknown { fact, operator } => {
            let why = format!("an authorization compares `{}` by `{operator}`, which cannot be judged", fact.attribute);
            Settles::fact(fact.attribute.as_str(), why)
        }
        Doubt::ServiceNotNamed(side) => Settles::fact(
            "serviceName",
            format!("the {} of an authorization names kinds of services in place of one", side.name()),
        ),
        Doubt::SideUnreadable(side) => {
            Settles::fact("attributes", format!("the {} of an authorization cannot be read whole", side.name()))
        }
        Doubt::PolicyUnreadable => Settles::fact("policy", "an authorization cannot be read whole"),
        Doubt::TypeMissing => Settles::fact("type", "a policy does not say that it is an authorization"),
        Doubt::StateUnknown => {
            Settles::fact("state", "an authorization is in a state of which it is not known whether it is in force")
        }
        Doubt::Conditional => Settles::fact("rule", "an authorization holds under a condition only"),
        Doubt::Tags(_) => Settles::fact("tags", "an authorization depends on access tags"),
        Doubt::ScopeUnsupported { attribute } => Settles::fact(
            "scope-unsupported",
            format!(
                "an authorization is narrowed by `{attribute}`, a scope that the service does not honour, or may not"
            ),
        ),
        Doubt::RoleUnknown { role } => Settles::fact("role", format!("it is not known what the role `{role}` allows")),
        Doubt::DelegationNeed => Settles::export(
            ExportKind::ResourceInstances,
            true,
            "plan",
            "whether the service needs delegation depends on its plan and parameters",
        ),
        Doubt::DependentNeed { service } => Settles::export(
            ExportKind::ResourceInstances,
            true,
            "dependent",
            format!("whether the deployment works through `{service}` depends on its plan, parameters and state"),
        ),
        Doubt::AuthorizationsIncomplete => Settles::export(
            ExportKind::IamPolicies,
            false,
            "authorizations",
            "the authorizations of the key's account are missing or not all there",
        ),
    }
}

fn fact_unknown(fact: &SideFact) -> Settles {
    let why = format!("an authorization depends on `{}` of the {}", fact.attribute, fact.side.name());
    match (fact.attribute.as_str(), fact.side) {
        ("resourceGroupId", side) => {
            Settles::export(ExportKind::ResourceInstances, side == SideName::Subject, "resourceGroupId", why)
        }
        ("keyRing" | "resource" | "serviceInstance" | "accountId" | "serviceName", SideName::Resource) => {
            Settles::export(ExportKind::KmsKeys, false, fact.attribute.as_str(), why)
        }
        _ => Settles::fact(fact.attribute.as_str(), why),
    }
}

/// The name of a role as the command line writes it.
pub(crate) const fn role_name(role: RoleKind) -> &'static str {
    match role {
        RoleKind::Reader => "Reader",
        RoleKind::ReaderPlus => "ReaderPlus",
        RoleKind::Writer => "Writer",
        RoleKind::Manager => "Manager",
        RoleKind::AuthorizationDelegator => "AuthorizationDelegator",
        RoleKind::Viewer => "Viewer",
        RoleKind::Platform | RoleKind::Service | RoleKind::Custom | RoleKind::Malformed(_) | RoleKind::Unreadable => {
            "another role"
        }
    }
}

/// What is missing, in one line; `name` gives the id of a policy.
pub(crate) fn missing_text(missing: &Missing, near: &[NearMiss], name: impl Fn(usize) -> String) -> String {
    let policies: Vec<String> = missing.policies.iter().map(|policy| format!("`{}`", name(*policy))).collect();
    let wrote = |what: &str| match policies.as_slice() {
        [] => what.to_owned(),
        policies => format!("{what}; {} would give it, had its role been written rightly", policies.join(", ")),
    };
    match (missing.kind, missing.role) {
        (MissingKind::Policy, _) => "no authorization covers it".to_owned(),
        (MissingKind::Delegation, _) => wrote("the role AuthorizationDelegator is missing"),
        (MissingKind::Role, role) => wrote(&format!("the role {} is missing", role.map_or("Reader", role_name))),
        (MissingKind::Dependent, _) => {
            format!("no authorization lets `{}` use the key for it", missing.name.as_deref().unwrap_or_default())
        }
        (MissingKind::Attribute, _) => {
            let note = near.iter().find(|near| missing.policies.contains(&near.policy)).map(|near| &near.note);
            let how = note.map_or(String::new(), |note| format!(": {}", note_text(note)));
            format!("authorization {} fails in one attribute only{how}", policies.join(", "))
        }
    }
}

/// How a condition fails, in one line: whose attribute it is, what the policy wants, and what the use has.
pub(crate) fn note_text(note: &Note) -> String {
    let side = match note.side {
        Some(SideName::Subject) => "subject ",
        Some(SideName::Resource) => "resource ",
        None => "",
    };
    let attribute = format!("{side}`{}`", note.attribute);
    let has = match &note.has {
        Some(has) => format!("the use has `{has}`"),
        None => "the use has none".to_owned(),
    };
    match &note.outcome {
        Outcome::Mismatch(Mismatch::ValueIsCrn) => format!("{attribute} is a whole CRN; use the GUID"),
        Outcome::Mismatch(Mismatch::NotNamed)
            if note.attribute == "serviceName" && note.side == Some(SideName::Subject) =>
        {
            "subject names neither `serviceName` nor `resourceGroupId`, and an account alone lets nobody in".to_owned()
        }
        Outcome::Mismatch(Mismatch::NotNamed) => format!("{attribute} is not named"),
        Outcome::Mismatch(Mismatch::Differs) => format!("{attribute} wants `{}`, {has}", note.wants),
        Outcome::Unknown(Doubt::FactUnknown(_)) => {
            format!("{attribute} wants `{}`, and what the use has is not known", note.wants)
        }
        Outcome::Unknown(doubt) => settles(doubt).why,
    }
}

/// Whom a policy lets in, in words.
pub(crate) fn subject_text(policy: &Authorization) -> String {
    policy.subjects.iter().map(side_text).collect::<Vec<_>>().join(", or ")
}

fn side_text(side: &Side) -> String {
    let word = |name: &str| {
        match name {
            "accountId" => "account",
            "serviceName" => "service",
            "serviceInstance" => "instance",
            "resourceGroupId" => "resource group",
            "resourceType" => "resource type",
            other => return other.to_owned(),
        }
        .to_owned()
    };
    let condition = |attribute: &crate::policy::Attribute| {
        let name = word(&attribute.name);
        match (&attribute.operator, &attribute.value) {
            (Operator::StringExists, Value::Bool(true)) => format!("any {name}"),
            (Operator::StringExists, Value::Bool(false)) => format!("no {name}"),
            (Operator::StringMatch | Operator::StringMatchAnyOf, value) => format!("{name} like `{}`", value.text()),
            (_, value) => format!("{name} `{}`", value.text()),
        }
    };
    // The service first, then where it is.
    let order = ["serviceName", "serviceInstance", "resourceType", "resource", "resourceGroupId"];
    let place = |name: &str| order.iter().position(|known| *known == name).unwrap_or(order.len());
    let mut attributes: Vec<&crate::policy::Attribute> = side.attributes.iter().collect();
    attributes.arrange_by_key(|attribute| place(&attribute.name));
    attributes.into_iter().map(condition).collect::<Vec<_>>().join(", ")
}
