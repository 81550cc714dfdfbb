//! Deleting a key.

use std::collections::BTreeSet;

use super::affected::{self, Affected, Column};
use super::key::{address, destroyed, doubts, restore};
use super::model::{Blocker, Certainty, Reason, ReasonKind, Step};
use super::set::World;
use super::target::Target;
use super::timeline::{self, Deletion, Event, EventKind, Expiry, Holder, HolderState, Window, moment};
use super::unseen::unseen;
use super::verdict;
use super::{Part, Verdict};
use crate::catalog::effects::Effect;
use crate::catalog::key_life::{DELETING, DUAL_AUTHORIZATION, DUAL_AUTHORIZATION_LAPSES, REGISTRATIONS};
use crate::crn::parse;
use crate::inventory::{Inventory, Key, KeyState, Scalar, Seen, Witness};
use crate::now::Now;

pub(super) fn assess(world: World<'_>, target: &Target<'_>, force: bool) -> Part {
    let World { inventory, now, .. } = world;
    let deletion = deletion(inventory, target, now);
    let window = deletion.window(now);
    let affected = rows(world, target, window, EXPIRED);
    let mut unknown = doubts(inventory, target, &affected);
    let used = affected.iter().any(|row| row.certainty == Certainty::Certain);
    if verdict::of_effects(&affected, &[]) != Verdict::Destroys {
        unknown.extend(unseen(inventory, target, used));
    }
    let settled = !unknown.iter().any(|needed| needed.decides);
    let timeline = timeline(inventory, target, &affected, deletion, now, settled);
    let blockers = blockers(world, target, force);
    let commands = commands(inventory, target, &affected, window, force, &blockers);
    Part { affected, timeline, blockers, commands, unknown }
}

const EXPIRED: &str = "the key cannot be restored: it has expired, or 30 days have passed since it was deleted";

/// What the deletion does to all that uses the key, where the key can be restored in that time. `closed`: why it cannot be, where it
/// cannot.
pub(super) fn rows(world: World<'_>, target: &Target<'_>, window: Window, closed: &str) -> Vec<Affected> {
    let column = Column { doing: "deleting its key", of: |family| Some(family.delete_key) };
    let mut affected = affected::rows(world, target, column);
    for row in &mut affected {
        limit(row, target, window, closed);
    }
    affected
}

pub(super) fn is_destroyed(target: &Target<'_>) -> bool {
    target.key.is_some_and(|(_, key)| key.state == KeyState::Destroyed)
}

/// When the key is deleted: now, or when it was.
pub(super) fn deletion(inventory: &Inventory, target: &Target<'_>, now: Now) -> Deletion {
    let Some((_, key)) = target.key else {
        return Deletion { at: Some(now), done: false, expires: Expiry::Unknown };
    };
    let expires = match key.expires_at.map(|date| moment(inventory.text(date))) {
        None => Expiry::Never,
        Some(Some(expiry)) => Expiry::At(expiry),
        Some(None) => Expiry::Unknown,
    };
    let done = is_destroyed(target);
    let deleted = key.deleted_at.and_then(|date| moment(inventory.text(date)));
    Deletion { at: if done { deleted } else { Some(now) }, done, expires }
}

/// Says until when a row can be undone; where the key cannot be restored, what only a restore brings back is lost.
fn limit(row: &mut Affected, target: &Target<'_>, window: Window, closed: &str) {
    if !row.undone {
        return;
    }
    match window {
        Window::Until(until) => {
            row.recoverable_until = Some(until);
            row.undo = Some(restore(target).into());
        }
        Window::Unknown => row.undo = Some(restore(target).into()),
        Window::Closed => {
            row.effect = Effect::DataUnrecoverable;
            row.undone = false;
            row.because.push(Reason {
                kind: ReasonKind::Key,
                about: target.label(),
                text: closed.to_owned(),
                source: Some(DELETING),
                evidence: None,
            });
        }
    }
}

/// Why the deletion will be refused. Nothing is refused for what may be another key's.
fn blockers(world: World<'_>, target: &Target<'_>, force: bool) -> Vec<Blocker> {
    let World { inventory, now, .. } = world;
    let mut blockers = Vec::new();
    if let Some((_, key)) = target.key {
        blockers.extend(destroyed(inventory, key));
        blockers.extend(dual_authorization(inventory, key, now));
    }
    let uses = world.there(target.uses(inventory));
    for (found, _) in uses.iter().filter(|(_, certainty)| *certainty == Certainty::Certain) {
        let registered = found.witnesses.iter().find(|(seen, _)| *seen == Seen::Registration);
        let Some((_, witness)) = registered else { continue };
        let prevents = found.prevents_deletion == Some(true);
        if force && !prevents {
            continue;
        }
        let (text, witness) = if prevents {
            let text = "this registration prevents the deletion of its key, even with force";
            (text.to_owned(), Witness { member: "preventKeyDeletion", ..*witness })
        } else {
            (held(inventory, found), *witness)
        };
        blockers.push(Blocker {
            reason: Reason {
                kind: ReasonKind::Registration,
                about: inventory.text(found.resource).to_owned(),
                text,
                source: Some(REGISTRATIONS),
                evidence: Some(witness),
            },
            yields_to_force: !prevents,
        });
    }
    blockers
}

/// What a registration that holds the key says of its resource.
fn held(inventory: &Inventory, found: &crate::inventory::Use) -> String {
    let instance = found.belongs.deployment().and_then(|crn| inventory.instance(crn));
    match instance.filter(|instance| instance.is_soft_deleted(inventory)) {
        Some(instance) => {
            let name = inventory.text(instance.name.unwrap_or(instance.crn));
            format!("`{name}` was deleted and is still registered; a key with registrations is deleted only by force")
        }
        None => "a key with registrations is deleted only by force".to_owned(),
    }
}

/// Two people must ask for the deletion, and none has yet.
pub(super) fn dual_authorization(inventory: &Inventory, key: &Key, now: Now) -> Option<Blocker> {
    if key.dual_authorization != Some(true) {
        return None;
    }
    let member = |member| inventory.show(Witness { member, ..key.witness }).value;
    let given = member("dualAuthDelete/keySetForDeletion") == Scalar::Bool(true);
    let expired = member("dualAuthDelete/authExpiration").as_str().and_then(moment).is_some_and(|end| end <= now);
    (!given || expired).then(|| Blocker {
        reason: Reason {
            kind: ReasonKind::Policy,
            about: inventory.text(key.crn).to_owned(),
            text: if expired {
                "two people must ask for the deletion of this key; what the first said has lapsed".to_owned()
            } else {
                "two people must ask for the deletion of this key, and the first has not".to_owned()
            },
            source: Some(DUAL_AUTHORIZATION),
            evidence: Some(Witness { member: "dualAuthDelete/enabled", ..key.witness }),
        },
        yields_to_force: false,
    })
}

/// When what the first of two people said of the deletion holds no longer: what was said, or, where nobody has, what is said now.
fn lapse(inventory: &Inventory, key: &Key, now: Now, label: &str) -> Option<Event> {
    if key.dual_authorization != Some(true) {
        return None;
    }
    let kind = EventKind::DeletionAuthorizationLapses;
    if dual_authorization(inventory, key, now).is_some() {
        let text =
            "what the first of two people says now holds no longer: the second must have deleted the key by then";
        return Event::later(now, DUAL_AUTHORIZATION_LAPSES, kind, label, text);
    }
    let end = inventory.show(Witness { member: "dualAuthDelete/authExpiration", ..key.witness }).value;
    let end = end.as_str().and_then(moment)?;
    let text = "what the first of two people said holds no longer: the second must have deleted the key by then";
    Some(Event::new(end, kind, label, text.to_owned(), DUAL_AUTHORIZATION))
}

/// `settled`: whether nothing is unknown that could make the answer worse.
fn timeline(
    inventory: &Inventory,
    target: &Target<'_>,
    affected: &[Affected],
    deletion: Deletion,
    now: Now,
    settled: bool,
) -> Vec<Event> {
    let label = target.label();
    let object_storage = affected.iter().any(|row| inventory.text(row.service) == "cloud-object-storage");
    let mut events = deletion.events(now, object_storage, &label);
    events.extend(target.key.filter(|_| !deletion.done).and_then(|(_, key)| lapse(inventory, key, now, &label)));
    let holders = |rows: &mut dyn Iterator<Item = &Affected>| -> Vec<Holder<'_>> {
        let deployments: BTreeSet<&str> = rows.map(|row| inventory.text(row.deployment)).collect();
        deployments.into_iter().map(|crn| holder(inventory, crn)).collect()
    };
    let all = holders(&mut affected.iter());
    events.extend(all.iter().flat_map(timeline::of_deleted_deployment));
    if deletion.done {
        return events;
    }
    let is_registered = |row: &&Affected| row.because.iter().any(|reason| reason.kind == ReasonKind::Registration);
    events.extend(timeline::deletable(&label, &holders(&mut affected.iter().filter(is_registered)), now));
    let safe = timeline::safe(&label, &all, now).filter(|_| settled);
    // Whatever may use the key without showing keeps it from being safe, also beside uses that are known.
    events.extend(safe.filter(|_| !unseen(inventory, target, false).iter().any(|needed| needed.decides)));
    events
}

/// A deployment, as far as its release of the key goes.
pub(super) fn holder<'i>(inventory: &'i Inventory, crn: &'i str) -> Holder<'i> {
    let instance = inventory.interner.find(crn).and_then(|crn| inventory.instance(crn));
    let date = |date: Option<_>| date.and_then(|date| moment(inventory.text(date)));
    let deleted = instance.filter(|instance| instance.is_soft_deleted(inventory));
    Holder {
        crn,
        name: instance.and_then(|instance| instance.name).map_or(crn, |name| inventory.text(name)),
        service: parse(crn).map_or("", |crn| crn.service_name),
        state: deleted.map_or(HolderState::Standing, |instance| HolderState::Deleted {
            at: date(instance.deleted_at),
            removed: date(instance.reclaimed_at),
        }),
    }
}

fn commands(
    inventory: &Inventory,
    target: &Target<'_>,
    affected: &[Affected],
    window: Window,
    force: bool,
    blockers: &[Blocker],
) -> Vec<Step> {
    let (id, guid) = (target.id, target.guid());
    let at = address(target);
    let step = |text: &str, command: String| Step { text: format!("{text}{at}"), command };
    let mut steps = vec![step(
        "lists what is registered with the key",
        format!("ibmcloud kp registrations --instance-id {guid} --key-id {id} --output json"),
    )];
    let deleted = affected.iter().filter_map(|row| inventory.instance(row.deployment));
    let mut deleted: Vec<&str> = deleted
        .filter(|instance| instance.is_soft_deleted(inventory))
        .filter_map(|instance| parse(inventory.text(instance.crn)).ok())
        .map(|crn| crn.service_instance)
        .collect();
    deleted.dedup();
    steps.extend(deleted.into_iter().map(|guid| Step {
        text: "shows until when a deleted deployment can be had back".to_owned(),
        command: format!("ibmcloud resource reclamations --resource-instance-id {guid} --output json"),
    }));
    if !is_destroyed(target) {
        if blockers.iter().any(|blocker| blocker.reason.kind == ReasonKind::Policy) {
            steps.push(step(
                "gives the first of the two authorizations; for seven days another person with the role Manager can delete the key",
                format!("ibmcloud kp key schedule-delete {id} --instance-id {guid}"),
            ));
        }
        let forced = if force { " --force" } else { "" };
        steps.push(step("deletes the key", format!("ibmcloud kp key delete {id} --instance-id {guid}{forced}")));
    }
    if window != Window::Closed {
        steps.push(step("restores the key, from 30 seconds after its deletion on", restore(target)));
    }
    steps
}
