//! Deleting a key.

use std::collections::BTreeSet;

use super::affected::{self, Affected};
use super::model::{Blocker, Certainty, Needed, Reason, ReasonKind, Step};
use super::target::{self, Target};
use super::timeline::{self, Deletion, Event, Expiry, Holder, HolderState, Window, moment};
use super::unseen::unseen;
use super::verdict;
use super::{Assessment, Verdict};
use crate::catalog::effects::Effect;
use crate::catalog::key_life::{DELETING, DUAL_AUTHORIZATION, REGISTRATIONS};
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Key, KeyNotFound, KeyState, Listing, Scalar, Seen, Witness, instance_command};
use crate::now::Now;

pub(super) fn assess(inventory: &Inventory, now: Now, asked: &str, force: bool) -> Result<Assessment, KeyNotFound> {
    let target = target::find(inventory, asked)?;
    let deletion = deletion(inventory, &target, now);
    let window = deletion.window(now);
    let mut affected = affected::rows(inventory, &target, now, |family| family.delete_key);
    for row in &mut affected {
        limit(row, &target, window);
    }
    let mut unknown = doubts(inventory, &target, &affected);
    let used = affected.iter().any(|row| row.certainty == Certainty::Certain);
    if verdict::of_effects(&affected, &[]) != Verdict::Destroys {
        unknown.extend(unseen(inventory, &target, used));
    }
    let settled = !unknown.iter().any(|needed| needed.decides);
    let timeline = timeline(inventory, &target, &affected, deletion, now, settled);
    let blockers = blockers(inventory, &target, now, force);
    Ok(Assessment {
        targets: vec![target.label()],
        verdict: Verdict::Safe,
        if_forced: None,
        commands: commands(inventory, &target, &affected, window, force, &blockers),
        affected,
        timeline,
        blockers,
        unknown,
    })
}

fn is_destroyed(target: &Target<'_>) -> bool {
    target.key.is_some_and(|(_, key)| key.state == KeyState::Destroyed)
}

/// When the key is deleted: now, or when it was.
fn deletion(inventory: &Inventory, target: &Target<'_>, now: Now) -> Deletion {
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
fn limit(row: &mut Affected, target: &Target<'_>, window: Window) {
    if !row.undone {
        return;
    }
    match window {
        Window::Until(until) => {
            row.recoverable_until = Some(until);
            row.undo = Some(restore(target));
        }
        Window::Unknown => row.undo = Some(restore(target)),
        Window::Closed => {
            row.effect = Effect::DataUnrecoverable;
            row.undone = false;
            row.because.push(Reason {
                kind: ReasonKind::Key,
                about: target.label(),
                text: "the key cannot be restored: it has expired, or 30 days have passed since it was deleted"
                    .to_owned(),
                source: Some(DELETING),
                evidence: None,
            });
        }
    }
}

/// Why the deletion will be refused. Nothing is refused for what may be another key's.
fn blockers(inventory: &Inventory, target: &Target<'_>, now: Now, force: bool) -> Vec<Blocker> {
    let mut blockers = Vec::new();
    if let Some((_, key)) = target.key {
        blockers.extend(state(inventory, key));
        blockers.extend(dual_authorization(inventory, key, now));
    }
    for (found, _) in target.uses(inventory).iter().filter(|(_, certainty)| *certainty == Certainty::Certain) {
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

fn state(inventory: &Inventory, key: &Key) -> Option<Blocker> {
    (key.state == KeyState::Destroyed).then(|| Blocker {
        reason: Reason {
            kind: ReasonKind::Key,
            about: inventory.text(key.crn).to_owned(),
            text: "the key is deleted already: its state is 5, destroyed".to_owned(),
            source: Some(DELETING),
            evidence: Some(key.state_witness),
        },
        yields_to_force: false,
    })
}

/// Two people must ask for the deletion, and none has yet.
fn dual_authorization(inventory: &Inventory, key: &Key, now: Now) -> Option<Blocker> {
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

/// What is not known of the key and its uses.
fn doubts(inventory: &Inventory, target: &Target<'_>, affected: &[Affected]) -> Vec<Needed> {
    let mut unknown = Vec::new();
    let of = || target.instance.clone();
    let command = |kind| instance_command(kind, target.instance.as_deref().unwrap_or_default());
    let registrations = |why: &str, decides| Needed {
        export: true,
        name: ExportKind::KmsRegistrations.name(),
        of: of(),
        why: why.to_owned(),
        command: command(ExportKind::KmsRegistrations),
        role: Some("Reader"),
        decides,
    };
    match target.registrations {
        Listing::Missing => {
            unknown.push(registrations(
                "without the registrations of its KMS instance, what uses the key is not known",
                true,
            ));
        }
        Listing::Cut => {
            unknown.push(registrations("the list of registrations was cut: more resources may use the key", true));
        }
        Listing::Read => unknown
            .push(registrations("nothing proves that the list of registrations is whole; it was taken to be", false)),
        Listing::Whole => {}
    }
    if target.key.is_none() {
        unknown.push(Needed {
            export: true,
            name: ExportKind::KmsKeys.name(),
            of: of(),
            why: "the key is in no list that was read: its state, its expiry and whether two people must delete it are not known"
                .to_owned(),
            command: command(ExportKind::KmsKeys),
            role: Some("Reader"),
            decides: true,
        });
    }
    for row in affected {
        unknown.extend(row.doubts.iter().map(|doubt| Needed {
            export: false,
            name: "effect",
            of: Some(inventory.text(row.resource).to_owned()),
            why: doubt.clone(),
            command: None,
            role: None,
            // A row that is only possible weighs by itself.
            decides: false,
        }));
    }
    unknown
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
fn holder<'i>(inventory: &'i Inventory, crn: &'i str) -> Holder<'i> {
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

fn restore(target: &Target<'_>) -> String {
    format!("ibmcloud kp key restore {} --instance-id {}", target.id, target.guid())
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
    // The plug-in speaks to Key Protect unless it is told where the instance is.
    let hyper_protect =
        target.crn.as_deref().and_then(|crn| parse(crn).ok()).is_some_and(|crn| crn.service_name == "hs-crypto");
    let at = if hyper_protect { "; `KP_TARGET_ADDR` must hold the address of the instance" } else { "" };
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
