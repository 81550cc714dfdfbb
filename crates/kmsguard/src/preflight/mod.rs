//! Whether a plan can be carried out as things stand, by what the exports show, before anything is sent.
//!
//! A layer of its own, because it needs what stands on both sides of the arrows: a plan is made without exports, and whether an
//! authorization covers it is for `authz` to say, which knows no plans. Absent evidence is never "fine": what no export shows is unknown,
//! with the command that would show it.

mod authorize;
mod deployment;
mod key;

use serde_json::Value;

use crate::authz::Wanted;
use crate::catalog::Source;
use crate::catalog::services::{Placement, Service, placement};
use crate::crn::{Crn, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Witness, account_command, instance_command};
use crate::now::Now;
use crate::order::Arrange as _;
use crate::plan::{Plan, StepId};

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CheckId {
    /// The key is in the list of keys of its instance.
    KeyExists,
    /// It is a root key.
    KeyType,
    /// It is active.
    KeyState,
    /// It does not expire soon.
    KeyExpiry,
    /// Its KMS is one whose keys the service takes.
    KeyService,
    /// Nothing else uses it.
    KeyUse,
    /// An authorization that is needed stands already, or is still to be made.
    Authorization,
    /// An authorization stands in the way of one that is to be made.
    AuthorizationConflict,
    /// An authorization has a scope that the service does not honour.
    AuthorizationScope,
    /// The plan of the service takes a key.
    ServicePlan,
    /// What is made can be changed later, and is not made already.
    Finality,
}

impl CheckId {
    /// The word for it, as answers write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::KeyExists => "key-exists",
            Self::KeyType => "key-type",
            Self::KeyState => "key-state",
            Self::KeyExpiry => "key-expiry",
            Self::KeyService => "key-service",
            Self::KeyUse => "key-use",
            Self::Authorization => "authorization",
            Self::AuthorizationConflict => "authorization-conflict",
            Self::AuthorizationScope => "authorization-scope",
            Self::ServicePlan => "service-plan",
            Self::Finality => "finality",
        }
    }
}

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// As the plan needs it.
    Fine,
    /// To be looked at; it does not stop the plan.
    Caution,
    /// The plan fails, or does something else than was meant.
    Bad,
    /// The exports do not tell.
    Unknown,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Check {
    pub(crate) id: CheckId,
    /// The CRN of the key it is about.
    pub(crate) key: Option<String>,
    pub(crate) standing: Standing,
    pub(crate) text: String,
    pub(crate) witnesses: Vec<Witness>,
    /// Authorizations, by their places.
    pub(crate) policies: Vec<usize>,
    /// What else it is about: the CRNs of deployments.
    pub(crate) resources: Vec<String>,
    /// What would settle it.
    pub(crate) wanted: Vec<Wanted>,
    /// The page that says why.
    pub(crate) source: Option<Source>,
}

impl Check {
    fn new(id: CheckId, key: Option<&str>, standing: Standing, text: impl Into<String>) -> Self {
        Self {
            id,
            key: key.map(str::to_owned),
            standing,
            text: text.into(),
            witnesses: Vec::new(),
            policies: Vec::new(),
            resources: Vec::new(),
            wanted: Vec::new(),
            source: None,
        }
    }

    fn seen(self, witness: Witness) -> Self {
        Self { witnesses: vec![witness], ..self }
    }

    fn wants(self, wanted: Wanted) -> Self {
        Self { wanted: vec![wanted], ..self }
    }

    fn because(self, source: Source) -> Self {
        Self { source: Some(source), ..self }
    }
}

/// What was looked at, and which steps of the plan are done already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Preflight {
    /// By key, then in the order of [`CheckId`].
    pub(crate) checks: Vec<Check>,
    /// The steps that need not be done, by their places in the plan.
    pub(crate) dropped: Vec<usize>,
}

/// What is looked at, and by what.
struct Looking<'a> {
    inventory: &'a Inventory,
    document: &'a Value,
    plan: &'a Plan,
    service: &'static Service,
    placement: Option<&'static Placement>,
    now: Now,
    checks: Vec<Check>,
}

/// Looks whether a plan can be carried out; none where the request names no service that is known.
pub(crate) fn preflight(inventory: &Inventory, document: &Value, plan: &Plan, now: Now) -> Option<Preflight> {
    let service = plan.service?;
    let mut looking =
        Looking { inventory, document, plan, service, placement: placement(service), now, checks: Vec::new() };
    for text in keys(document) {
        if let Ok(crn) = parse(text) {
            looking.key(text, &crn);
        }
    }
    let dropped = looking.authorizations();
    looking.service_plan();
    looking.finality();
    let Looking { mut checks, .. } = looking;
    checks.arrange_by(|one, other| {
        (one.key.is_none(), &one.key, one.id, &one.text).cmp(&(other.key.is_none(), &other.key, other.id, &other.text))
    });
    checks.dedup();
    Some(Preflight { checks, dropped })
}

/// The CRNs of the keys that a request names, in the order of its fields.
fn keys(document: &Value) -> Vec<&str> {
    let Some(fields) = document.as_object() else { return Vec::new() };
    let named = fields.values().filter_map(|value| value.as_str().or_else(|| value.get("crn")?.as_str()));
    let mut keys: Vec<&str> = Vec::new();
    for text in named {
        let is_key = parse(text).is_ok_and(|crn| crn.resource_type == "key");
        if is_key && !keys.contains(&text) {
            keys.push(text);
        }
    }
    keys
}

impl Looking<'_> {
    /// A field of the request that holds a text.
    fn field(&self, name: &str) -> Option<&str> {
        self.document.get(name).and_then(Value::as_str)
    }

    /// The account of the deployment, by the plan.
    fn account(&self) -> Option<&str> {
        self.plan.steps.iter().find(|step| step.id == StepId::Provision).map(|step| step.account.as_str())
    }
}

/// An export of a KMS instance that would settle something.
fn of_instance(kind: ExportKind, crn: &Crn<'_>, why: &str) -> Wanted {
    let instance = Crn { resource_type: "", resource: "", ..*crn }.to_string();
    let command = instance_command(kind, &instance);
    Wanted {
        export: Some(kind),
        name: kind.name().to_owned(),
        of: Some(instance),
        why: why.to_owned(),
        command,
        role: Some("Reader"),
    }
}

/// An export of an account that would settle something.
fn of_account(kind: ExportKind, account: Option<&str>, why: &str) -> Wanted {
    let command = account_command(kind).map(str::to_owned);
    let of = account.map(str::to_owned);
    Wanted { export: Some(kind), name: kind.name().to_owned(), of, why: why.to_owned(), command, role: Some("Viewer") }
}
