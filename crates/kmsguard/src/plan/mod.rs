//! From a service and a key to the steps that join them: the authorization, the wait, the provisioning, the check.
//!
//! A request is read as the raw document it is, so that everything wrong with it can be said at once. A plan with an error
//! has no steps.

mod authorization;
mod check;
mod deployment;
mod effective;
mod endpoint;
mod fault;
mod fields;
mod into;
mod json;
mod parameters;
mod quote;
mod read;
mod schematics;
mod step;
mod terraform;
mod written;

pub use check::{Amiss, AmissKind, BodyForm, Checked, WrittenIn, check};
pub use effective::{Effect, Ground, InEffect, Settling, effective};
pub use fault::{Fault, FaultKind};
pub use into::{Changed, Put, into};
pub use json::Json;
pub(crate) use quote::command;
pub use quote::{hcl_text, shell};
pub use step::{Note, NoteKind, Rest, Reversible, Step, StepId};
pub(crate) use terraform::leave_out;
pub use written::{Position, Syntax};

use serde_json::Value;

use crate::catalog::needs::{Generation, is_gen2_plan};
use crate::catalog::roles::Role;
use crate::catalog::services::{Delegation, SERVICES, Service, by_id, named, schematics as schematics_facts};
use crate::crn::Severity;
use crate::now::Now;
use crate::order::Arrange as _;

/// Something that the request does not say and the plan fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The field it stands for, as a JSON pointer into the request.
    pub pointer: String,
    /// The value.
    pub value: String,
    /// From what.
    pub because: String,
}

/// What is found while a request is read.
#[derive(Debug, Default)]
struct Draft {
    faults: Vec<Fault>,
    derived: Vec<Derived>,
}

impl Draft {
    fn fault(&mut self, pointer: impl Into<String>, kind: FaultKind) {
        self.faults.push(Fault { pointer: pointer.into(), kind });
    }

    fn derive(&mut self, pointer: &str, value: &str, because: &str) {
        self.derived.push(Derived {
            pointer: pointer.to_owned(),
            value: value.to_owned(),
            because: because.to_owned(),
        });
    }

    fn is_bad(&self) -> bool {
        self.faults.iter().any(|fault| fault.kind.severity() == Severity::Error)
    }
}

/// A plan: what is needed, what is wrong with the request, and the steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The service; none where the request names none that is known.
    pub service: Option<&'static Service>,
    /// The roles that the service needs on the key; where the request is too bad to tell, those it needs in every case.
    pub roles: Vec<&'static Role>,
    /// Whether it passes its authorization on to a service it depends on, as far as the request tells.
    pub delegation: bool,
    /// Everything wrong or suspicious, by its place in the request.
    pub faults: Vec<Fault>,
    /// Everything that was filled in, by its place in the request.
    pub derived: Vec<Derived>,
    /// The steps, in the order of their doing; none if a fault is an error.
    pub steps: Vec<Step>,
}

/// Makes a plan.
///
/// ```
/// let document = serde_json::json!({
///     "service": "event-streams-gen2",
///     "key": {"crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:\
///                     44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"},
/// });
/// let plan = kmsguard::plan::plan(&document, "2026-11-21T12:00:00Z".parse()?);
/// assert_eq!(plan.steps.len(), 5);
/// # Ok::<(), kmsguard::api::NowError>(())
/// ```
#[must_use]
pub fn plan(document: &Value, now: Now) -> Plan {
    let mut draft = Draft::default();
    let mut service = None;
    let mut steps = Vec::new();
    let mut roles = None;
    match document.as_object() {
        None => draft.fault("", FaultKind::NotARequest),
        Some(object) => {
            service = self::service(object, &mut draft);
            match service {
                Some(service) if service.id == schematics_facts::SCHEMATICS.id => {
                    steps = schematics::steps(object, now, &mut draft);
                }
                Some(service) => (steps, roles) = deployment::steps(service, object, now, &mut draft),
                None => {}
            }
        }
    }
    let (roles, delegation) = match (roles, service) {
        (Some(found), _) => (found.roles, found.delegation),
        (None, Some(service)) => always(service),
        (None, None) => (Vec::new(), false),
    };
    if draft.is_bad() {
        steps.clear();
        // Nothing is sent, so nothing needs to be filled in.
        draft.faults.retain(|fault| !matches!(fault.kind, FaultKind::Placeholder { .. }));
    }
    let Draft { mut faults, mut derived } = draft;
    faults.arrange_by(|first, second| order(first).cmp(&order(second)));
    faults.dedup();
    derived.arrange_by(|first, second| first.pointer.cmp(&second.pointer));
    Plan { service, roles, delegation, faults, derived, steps }
}

/// The names of the fields that a request for a service may have, those of all requests first.
#[must_use]
pub fn fields_of(service: &'static Service) -> Vec<&'static str> {
    if service.id == schematics_facts::SCHEMATICS.id { schematics::fields() } else { deployment::fields(service) }
}

/// What a service needs in every case.
fn always(service: &Service) -> (Vec<&'static Role>, bool) {
    let delegation = service.delegation == Delegation::Always;
    let delegator = delegation.then_some(&crate::catalog::roles::AUTHORIZATION_DELEGATOR);
    (service.roles.iter().copied().chain(delegator).collect(), delegation)
}

fn order(fault: &Fault) -> (&str, Severity, Option<crate::crn::Span>, &'static str) {
    let span = if let FaultKind::Crn(fault) = &fault.kind { Some(fault.span) } else { None };
    (&fault.pointer, fault.kind.severity(), span, fault.kind.code())
}

/// The service that a request names. Words that name two services need a plan that tells them apart.
fn service(object: &serde_json::Map<String, Value>, draft: &mut Draft) -> Option<&'static Service> {
    let Some(value) = object.get("service").filter(|value| !value.is_null()) else {
        let wants = "the id of a service, such as `event-streams-gen2` or `schematics`";
        draft.fault("/service", FaultKind::Missing { name: "service", wants });
        return None;
    };
    let Some(text) = value.as_str() else {
        draft.faults.push(fields::wrong("/service".to_owned(), value, "the id of a service"));
        return None;
    };
    if let Some(service) = by_id(text) {
        return Some(service);
    }
    let meant: Vec<&'static Service> = named(text).collect();
    let plan = object.get("plan").and_then(Value::as_str);
    let told = plan.and_then(|plan| {
        let generation = if is_gen2_plan(plan) { Generation::Gen2 } else { Generation::Classic };
        let mut told = meant.iter().copied().filter(|service| {
            service.plan(plan).is_some() || (generation == Generation::Gen2 && service.generation == generation)
        });
        told.next().filter(|_| told.next().is_none())
    });
    if let Some(service) = told {
        draft.derive("/service", service.id, "the plan tells which of the services of this name it is");
        return Some(service);
    }
    if let [service] = meant.as_slice() {
        draft.derive("/service", service.id, "the one service of this name that takes a key");
        return Some(service);
    }
    let ids = || SERVICES.iter().map(|service| service.id);
    let nearest = meant.first().map(|service| service.id).or_else(|| fields::nearest(text, ids().map(|id| (id, id))));
    let known = if meant.is_empty() { ids().collect() } else { meant.iter().map(|service| service.id).collect() };
    draft.fault("/service", FaultKind::UnknownService { text: text.to_owned(), nearest, known });
    None
}
