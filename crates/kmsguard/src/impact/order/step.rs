//! The steps of an order: what each waits for, how it is seen that it may go on, what it runs, and what brings it back.

use std::cmp::Reverse;

use serde::Serialize;

use super::leaving::{Leaver, Leaving};
use super::{Members, Step, Wait};
use crate::catalog::key_life::{DELETING, RESTORABLE_UNTIL};
use crate::crn::parse;
use crate::impact::action::{NamedInstance, NamedPolicy, Subject};
use crate::impact::affected::SUPPORT_TICKET;
use crate::impact::cover::brought_back;
use crate::impact::delete_instance;
use crate::impact::delete_key::{deletion, dual_authorization};
use crate::impact::key::{address, restore};
use crate::impact::set::Done;
use crate::impact::target::{Target, of_key};
use crate::impact::timeline::{Window, after};
use crate::inventory::{Inventory, KeyIndex, instance_of_key};
use crate::now::Now;
use crate::policy::{Origin, shell};

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OrderAction {
    /// A deployment, or a single resource, is deleted.
    DeleteInstance,
    /// An authorization is removed.
    RevokePolicy,
    /// The first of two people asks for the deletion of a key.
    AuthorizeKeyDeletion,
    /// A key is deleted, without force.
    DeleteKey,
    /// An instance of a KMS is deleted.
    DeleteKmsInstance,
}

/// A step of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrderStep {
    pub(crate) action: OrderAction,
    /// What it is on: its CRN, or its id.
    pub(crate) target: String,
    pub(crate) text: String,
    pub(crate) wait: Option<Wait>,
    /// What shows that it may go on.
    pub(crate) checks: Vec<Step>,
    pub(crate) commands: Vec<Step>,
    /// What brings it back.
    pub(crate) undo: Option<String>,
    pub(crate) undo_until: Option<Now>,
}

/// When the turn of a step is: the earliest date is the greatest when turned round, no date is less than any; then as its kind stands.
type Turn = (Option<Reverse<Now>>, u8);

/// The steps, by their dates, then as their kinds stand in the order. A step that waits without a date comes last.
pub(super) fn steps(inventory: &Inventory, now: Now, members: &Members<'_>, leaving: &Leaving<'_>) -> Vec<OrderStep> {
    let mut steps: Vec<(Turn, OrderStep)> = Vec::new();
    let mut put = |rank: u8, step: OrderStep| {
        let date = step.wait.as_ref().map_or(Some(now), |wait| wait.not_before).map(Reverse);
        steps.push(((date, rank), step));
    };
    for done in &members.deployments {
        if let Subject::Instance(named) = &done.subject {
            // What lies in a deployment goes before it.
            let is_part = parse(named.text).is_ok_and(|crn| !crn.resource.is_empty());
            put(u8::from(!is_part), of_deployment(inventory, now, named));
        }
    }
    for done in &members.policies {
        if let Subject::Policy(named) = &done.subject {
            // A service makes its own authorization anew as long as the user's stands.
            let rank = if named.policy.origin() == Origin::Service { 3 } else { 2 };
            put(rank, of_policy(now, named, leaving));
        }
    }
    for done in &members.keys {
        if let Subject::Key(target) = &done.subject {
            let delete = of_deletion(inventory, now, target, leaving);
            if let Some(first) = of_first_person(inventory, now, target, &delete) {
                put(4, first);
            }
            put(5, delete);
        }
    }
    for done in &members.instances {
        if let Subject::Instance(named) = &done.subject {
            put(6, of_kms(inventory, now, named, members, leaving));
        }
    }
    steps.sort_by(|(one, _), (two, _)| two.0.cmp(&one.0).then(one.1.cmp(&two.1)));
    steps.into_iter().map(|(_, step)| step).collect()
}

fn of_deployment(inventory: &Inventory, now: Now, named: &NamedInstance<'_>) -> OrderStep {
    let own = parse(named.text).map(|crn| crn.resource).ok().filter(|resource| !resource.is_empty());
    let name = named.listed.and_then(|instance| instance.name).map(|name| inventory.text(name)).or(own);
    let name = name.unwrap_or(named.text);
    let kept = delete_instance::kept(inventory, named, now);
    OrderStep {
        action: OrderAction::DeleteInstance,
        target: named.text.to_owned(),
        text: format!("delete `{name}`, and its data with it"),
        wait: None,
        checks: Vec::new(),
        commands: delete_instance::commands(named).into_iter().take(1).collect(),
        undo: kept.and(delete_instance::reclaimed(named)),
        undo_until: kept,
    }
}

fn of_policy(now: Now, named: &NamedPolicy<'_>, leaving: &Leaving<'_>) -> OrderStep {
    let concerned = |leaver: &Leaver<'_>| named.rows.iter().any(|row| leaver.policies.contains(row));
    let (wait, leavers) = leaving.wait(now, concerned).unzip();
    let id = shell(named.id);
    let made_by_service = named.policy.origin() == Origin::Service;
    OrderStep {
        action: OrderAction::RevokePolicy,
        target: named.id.to_owned(),
        text: format!("remove authorization `{}`", named.id),
        wait,
        checks: checks(&leavers.unwrap_or_default()),
        commands: vec![Step {
            text: "removes the authorization".to_owned(),
            command: format!("ibmcloud iam authorization-policy-delete {id} --force"),
        }],
        undo: Some(if made_by_service { SUPPORT_TICKET.to_owned() } else { brought_back(named.id) }),
        undo_until: None,
    }
}

fn of_deletion(inventory: &Inventory, now: Now, target: &Target<'_>, leaving: &Leaving<'_>) -> OrderStep {
    let label = target.label();
    let (wait, leavers) = leaving.wait(now, |leaver| leaver.is_registered_with(&label, target.id)).unzip();
    let mut checks = checks(&leavers.unwrap_or_default());
    let own = registrations(&label, target.guid(), target.id);
    if !checks.contains(&own) {
        checks.push(own);
    }
    OrderStep {
        action: OrderAction::DeleteKey,
        text: format!("delete key `{}`, without force", called(inventory, target)),
        wait,
        checks,
        commands: vec![Step {
            text: format!("deletes the key{}", address(target)),
            command: format!("ibmcloud kp key delete {} --instance-id {}", target.id, target.guid()),
        }],
        undo: Some(restore(target)),
        undo_until: None,
        target: label,
    }
}

/// What the first of two people does, where two must ask and none has.
fn of_first_person(inventory: &Inventory, now: Now, target: &Target<'_>, delete: &OrderStep) -> Option<OrderStep> {
    let (_, key) = target.key?;
    dual_authorization(inventory, key, now)?;
    Some(OrderStep {
        action: OrderAction::AuthorizeKeyDeletion,
        target: delete.target.clone(),
        text: format!(
            "let the first of two people ask for the deletion of key `{}`; another with the role Manager deletes it within seven days, or it lapses",
            called(inventory, target)
        ),
        wait: delete.wait.clone(),
        checks: delete.checks.clone(),
        commands: vec![Step {
            text: format!("gives the first of the two authorizations{}", address(target)),
            command: format!("ibmcloud kp key schedule-delete {} --instance-id {}", target.id, target.guid()),
        }],
        undo: None,
        undo_until: None,
    })
}

/// An instance of a KMS goes once none of its keys can be restored any more.
fn of_kms(
    inventory: &Inventory,
    now: Now,
    named: &NamedInstance<'_>,
    members: &Members<'_>,
    leaving: &Leaving<'_>,
) -> OrderStep {
    let name = named.listed.and_then(|instance| instance.name).map_or(named.text, |name| inventory.text(name));
    let of_set = |index: KeyIndex| {
        members.keys.iter().find_map(|done: &Done<'_>| match &done.subject {
            Subject::Key(target) if target.key.is_some_and(|(key, _)| key == index) => Some(target),
            _ => None,
        })
    };
    let keys = (0_u32..).map(KeyIndex).zip(&inventory.keys).filter(|(_, key)| key.instance == named.crn);
    let ends = keys.filter_map(|(index, key)| match of_set(index) {
        Some(target) => {
            let deleted = of_deletion(inventory, now, target, leaving).wait.map_or(Some(now), |wait| wait.not_before);
            Some(deleted.and_then(|deleted| after(deleted, RESTORABLE_UNTIL)))
        }
        None => match deletion(inventory, &of_key(inventory, index, key), now).window(now) {
            Window::Until(until) => Some(Some(until)),
            Window::Closed => None,
            Window::Unknown => Some(None),
        },
    });
    let ends: Vec<Option<Now>> = ends.collect();
    let not_before = ends.iter().copied().collect::<Option<Vec<Now>>>().and_then(|ends| ends.into_iter().max());
    let wait = (!ends.is_empty()).then(|| Wait {
        why: "its keys can be restored for 30 days, and no longer once it is gone".to_owned(),
        earliest: None,
        not_before,
        source: RESTORABLE_UNTIL.source,
    });
    let guid = parse(named.text).map_or("INSTANCE", |crn| crn.service_instance).to_owned();
    OrderStep {
        action: OrderAction::DeleteKmsInstance,
        target: named.text.to_owned(),
        text: format!("delete `{name}`, which holds no key any more"),
        wait: wait.or(Some(Wait {
            why: "it must hold no key".to_owned(),
            earliest: Some(now),
            not_before: Some(now),
            source: DELETING,
        })),
        checks: vec![Step {
            text: "lists no key".to_owned(),
            command: format!(
                "ibmcloud kp keys --instance-id {guid} --key-states active,suspended,deactivated --output json"
            ),
        }],
        commands: delete_instance::commands(named).into_iter().take(1).collect(),
        undo: None,
        undo_until: None,
    }
}

/// The name of a key, or its id.
fn called<'i>(inventory: &'i Inventory, target: &Target<'i>) -> &'i str {
    target.key.and_then(|(_, key)| key.name).map_or(target.id, |name| inventory.text(name))
}

/// What shows that deployments have let go of their keys.
fn checks(leavers: &[&Leaver<'_>]) -> Vec<Step> {
    let keys = leavers.iter().flat_map(|leaver| leaver.keys.iter().copied());
    let mut keys: Vec<&str> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    let check = |key: &&str| {
        let id = parse(key).map_or(*key, |crn| crn.resource);
        let instance = instance_of_key(key);
        let guid = instance.as_deref().and_then(|instance| parse(instance).ok()).map(|crn| crn.service_instance);
        registrations(key, guid.unwrap_or("INSTANCE"), id)
    };
    keys.iter().map(check).collect()
}

fn registrations(label: &str, guid: &str, id: &str) -> Step {
    Step {
        text: format!("lists none of them any more for key `{label}`"),
        command: format!("ibmcloud kp registrations --instance-id {guid} --key-id {id} --output json"),
    }
}
