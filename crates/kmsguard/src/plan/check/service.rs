//! Of which service a body is: as the request says, or by what only one service has.

use serde_json::{Map, Value};

use crate::catalog::services::{SERVICES, Service, by_id, placement};

use super::super::fault::FaultKind;
use super::super::written::Node;
use super::super::{Draft, Fault};

/// The service of a body, and what is wrong with how the request names it.
pub(super) fn of(given: &Map<String, Value>, root: &Node) -> (Option<&'static Service>, Vec<Fault>) {
    if given.get("service").is_some_and(|service| !service.is_null()) {
        let mut request = given.clone();
        // A word for two generations is settled by the plan that the body names.
        let plan = root.member("resource_plan_id").and_then(|member| member.value.text());
        if let (None, Some(plan)) = (given.get("plan"), plan) {
            request.insert("plan".to_owned(), plan.into());
        }
        let mut draft = Draft::default();
        let service = super::super::service(&request, &mut draft);
        let word = given.get("service").and_then(Value::as_str);
        let meant = service.or_else(|| by_id(word?)).or_else(|| by_members(word?, root));
        let faults = if meant.is_some() { Vec::new() } else { draft.faults };
        return (meant, faults);
    }
    let service = by_plan(root).or_else(|| one(SERVICES.iter().copied().filter(|service| names_key(service, root))));
    let wants = "the id of a service: the body does not tell which it is for";
    let missing = Fault { pointer: "/service".to_owned(), kind: FaultKind::Missing { name: "service", wants } };
    (service, if service.is_some() { Vec::new() } else { vec![missing] })
}

/// Of the services that a word may mean, the one that takes its key where the body names one.
fn by_members(word: &str, root: &Node) -> Option<&'static Service> {
    one(crate::catalog::services::named(word).filter(|service| names_key(service, root)))
}

/// The service of the plan that the body names.
fn by_plan(root: &Node) -> Option<&'static Service> {
    let plan = root.member("resource_plan_id")?.value.text()?;
    one(SERVICES.iter().copied().filter(|service| service.plans.iter().any(|known| known.id == Some(plan))))
}

/// Whether the body names a key where a service takes it, be it at the wrong level.
fn names_key(service: &Service, root: &Node) -> bool {
    let Some(placement) = placement(service) else { return false };
    let pointers = placement.members.iter().filter_map(|member| member.json);
    pointers.into_iter().any(|pointer| {
        let inner = pointer.strip_prefix("/parameters").unwrap_or(pointer);
        root.at_pointer(pointer).is_some() || root.at_pointer(inner).is_some()
    })
}

fn one(mut services: impl Iterator<Item = &'static Service>) -> Option<&'static Service> {
    let first = services.next()?;
    services.next().is_none().then_some(first)
}
