//! From a service and a key to the steps that join them: the authorization, the wait, the provisioning, the check.
//!
//! A request is read as the raw document it is, so that everything wrong with it can be said at once. A plan with an error
//! has no steps.

mod authorization;
mod event_streams;
mod fault;
mod fields;
mod json;
mod parameters;
mod quote;
mod read;
mod schematics;
mod step;
mod terraform;

pub use authorization::roles;
pub use fault::{Fault, FaultKind};
pub use json::Json;
pub use quote::{hcl_text, shell};
pub use step::{Note, NoteKind, Rest, Reversible, Step, StepId};

use serde_json::Value;

use crate::catalog::services::{Service, event_streams as event_streams_facts, schematics as schematics_facts};
use crate::crn::Severity;
use crate::now::Now;

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
    match document.as_object() {
        None => draft.fault("", FaultKind::NotARequest),
        Some(object) => {
            service = self::service(object, &mut draft);
            steps = match service.map(|service| service.id) {
                Some(id) if id == event_streams_facts::GEN2.id => event_streams::steps(object, &mut draft),
                Some(id) if id == schematics_facts::SCHEMATICS.id => schematics::steps(object, now, &mut draft),
                _ => Vec::new(),
            };
        }
    }
    if draft.is_bad() {
        steps.clear();
    }
    let Draft { mut faults, mut derived } = draft;
    faults.sort_by(|first, second| order(first).cmp(&order(second)));
    faults.dedup();
    derived.sort_by(|first, second| first.pointer.cmp(&second.pointer));
    Plan { service, faults, derived, steps }
}

fn order(fault: &Fault) -> (&str, Severity, Option<crate::crn::Span>, &'static str) {
    let span = if let FaultKind::Crn(fault) = &fault.kind { Some(fault.span) } else { None };
    (&fault.pointer, fault.kind.severity(), span, fault.kind.code())
}

/// The services that plans are made for so far.
pub static PLANNED: &[&Service] = &[&event_streams_facts::GEN2, &schematics_facts::SCHEMATICS];

/// The service that a request names. Words that name two services need a plan that tells them apart.
fn service(object: &serde_json::Map<String, Value>, draft: &mut Draft) -> Option<&'static Service> {
    let known = || PLANNED.iter().map(|service| service.id);
    let Some(value) = object.get("service").filter(|value| !value.is_null()) else {
        let wants = "the id of a service, such as `event-streams-gen2` or `schematics`";
        draft.fault("/service", FaultKind::Missing { name: "service", wants });
        return None;
    };
    let Some(text) = value.as_str() else {
        draft.faults.push(fields::wrong("/service".to_owned(), value, "the id of a service"));
        return None;
    };
    if let Some(service) = PLANNED.iter().find(|service| service.id == text) {
        return Some(service);
    }
    let folded = text.to_ascii_lowercase();
    let candidate = PLANNED.iter().copied().find(|service| service.also.contains(&folded.as_str()));
    let plan = object.get("plan").and_then(Value::as_str);
    if let Some(service) = candidate
        && service.id == event_streams_facts::GEN2.id
        && plan.is_some_and(|plan| service.plan(plan).is_some())
    {
        draft.derive("/service", service.id, "the plan is one of the second generation");
        return Some(service);
    }
    let nearest = candidate.map(|service| service.id).or_else(|| fields::nearest(text, known().map(|id| (id, id))));
    draft.fault("/service", FaultKind::UnknownService { text: text.to_owned(), nearest, known: known().collect() });
    None
}
