//! The plan that gives a part of a deployment its new key.

use serde_json::{Map, Value, json};

use super::answer::UntanglePlan;
use crate::api::{Json, Now, PlanRequest, PlanStep, plan};
use crate::catalog::services::{Call, Service, Set, placement};
use crate::crn::{Crn, parse};
use crate::impact::{How, PartOf, Share};
use crate::inventory::Inventory;

/// What stands in plans for the id that a key gets when it is made.
pub(super) const NEW_KEY_ID: &str = "NEW_KEY_ID";

/// The id that the plan engine is given in its place, for it checks ids.
const STAND_IN: &str = "00000000-0000-4000-8000-0000000000ff";

/// The plan of a part; none where it gets its key by no call, or where it is not known of which service it is. `key`: the CRN of the new
/// key, with [`NEW_KEY_ID`] in it.
pub(super) fn of_part(
    inventory: &Inventory,
    now: Now,
    share: &Share,
    part: &PartOf,
    key: &str,
) -> Option<UntanglePlan> {
    let [service] = part.services.as_slice() else { return None };
    if !matches!(part.how, How::InPlace | How::Anew) {
        return None;
    }
    let document = document(inventory, share, part, service, &key.replace(NEW_KEY_ID, STAND_IN))?;
    let answer = plan(&PlanRequest::new(document, now));
    let mut problems = answer.problems;
    for problem in &mut problems {
        named(&mut problem.message);
        problem.help.iter_mut().for_each(named);
    }
    Some(UntanglePlan { problems, steps: answer.steps.into_iter().map(step).collect() })
}

/// The request for a part: what is known of the deployment that stands, with the new key.
fn document(inventory: &Inventory, share: &Share, part: &PartOf, service: &Service, key: &str) -> Option<Value> {
    let placement = placement(service)?;
    let text = inventory.text(share.deployment);
    let crn = parse(text).ok()?;
    let key_crn = parse(key).ok()?;
    let mut document = Map::new();
    let mut put = |name: &str, value: Value| document.insert(name.to_owned(), value);
    put("service", json!(service.id));
    put("key", json!({"crn": key}));
    if let Some(account) = crn.account().filter(|account| Some(*account) != key_crn.account()) {
        put("source_account", json!(account));
    }
    if let Some(region) = crn.region() {
        put("region", json!(region));
    }
    let listed = inventory.instance(share.deployment);
    let first = part.removes.first().or(part.resources.first()).and_then(|crn| parse(inventory.text(*crn)).ok());
    let first = first.map(|crn: Crn<'_>| crn.resource).unwrap_or_default();
    match placement.call {
        Call::ResourceController => {
            let name = listed.and_then(|instance| instance.name).map(|name| inventory.text(name));
            if let Some(name) = name {
                put("name", json!(anew(name)));
            }
            let plan = listed.and_then(|instance| instance.plan).map(|plan| inventory.text(plan));
            if let Some(plan) = plan.filter(|plan| service.plan(plan).is_some()) {
                put("plan", json!(plan));
            }
            if let Some(group) = listed.and_then(|instance| instance.resource_group) {
                put("resource_group", json!({"id": inventory.text(group)}));
            }
        }
        Call::Bucket => {
            put("source_instance", json!(crn.service_instance));
            put("bucket", json!(anew(first)));
        }
        Call::Cluster => {
            put("cluster", json!(crn.service_instance));
            if placement.set == Set::AtCreation {
                put("worker_pool", json!(anew(first)));
            }
        }
        Call::BackupVault | Call::Vpc | Call::Integration | Call::Settings => return None,
    }
    Some(Value::Object(document))
}

/// The name of what is made beside another.
fn anew(name: &str) -> String {
    format!("{name}-2")
}

fn named(text: &mut String) {
    if text.contains(STAND_IN) {
        *text = text.replace(STAND_IN, NEW_KEY_ID);
    }
}

fn step(mut step: PlanStep) -> PlanStep {
    named(&mut step.title);
    if let Some(rest) = &mut step.rest {
        named(&mut rest.url);
        rest.headers.values_mut().for_each(named);
        rest.body.iter_mut().for_each(named_in);
    }
    step.curl.iter_mut().chain(&mut step.cli).chain(&mut step.terraform).chain(&mut step.console).for_each(named);
    for note in &mut step.notes {
        named(&mut note.reference);
        named(&mut note.text);
    }
    step
}

fn named_in(json: &mut Json) {
    match json {
        Json::Text(text) => named(text),
        Json::List(items) => items.iter_mut().for_each(named_in),
        Json::Object(members) => members.iter_mut().for_each(|(_, value)| named_in(value)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
