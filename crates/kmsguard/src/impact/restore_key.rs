//! Restoring a deleted key. That the key is back and that the data is back are two facts.

use super::Part;
use super::affected::{self, Affected, Column};
use super::delete_key::deletion;
use super::key::{address, doubts, refusal, restore, state};
use super::model::{Blocker, Certainty, Needed, Step, Verdict};
use super::set::World;
use super::target::Target;
use super::timeline::{Deletion, Event, EventKind, Window, after, moment, noticed};
use super::unseen::unseen;
use crate::catalog::effects::{Consequence, Effect, Family, restore_key};
use crate::catalog::key_life::{RESTORABLE_FROM, RESTORING};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Key, KeyState, Witness, instance_command};
use crate::now::Now;

pub(super) fn assess(world: World<'_>, target: &Target<'_>) -> Part {
    let World { inventory, now, .. } = world;
    let mut affected =
        affected::rows(world, target, Column { doing: "restoring its key", of: |family| Some(back(family)) });
    for row in &mut affected {
        not_promised(row);
    }
    let mut unknown = doubts(inventory, target, &affected);
    let used = affected.iter().any(|row| row.certainty == Certainty::Certain);
    unknown.extend(unseen(inventory, target, used));
    let deletion = deletion(inventory, target, now);
    let mut blockers = Vec::new();
    if let Some((_, key)) = target.key {
        blockers.extend(state(inventory, key, &[KeyState::Destroyed], "restored"));
        if key.state == KeyState::Destroyed {
            blockers.extend(out_of_time(inventory, key, deletion, now));
            unknown.extend(undated(target, deletion));
        }
    }
    let label = target.label();
    let restored =
        "the key is restored: its state becomes 1, active, and data that waited for it can be decrypted again";
    let mut timeline = vec![Event::new(now, EventKind::KeyRestored, &label, restored.to_owned(), RESTORING)];
    timeline.extend(noticed(inventory, &affected, now, &label));
    let step = Step { text: format!("restores the key{}", address(target)), command: restore(target) };
    Part { affected, timeline, blockers, commands: vec![step], unknown }
}

/// What the return of its key gives back to a family.
fn back(family: &Family) -> Consequence {
    let what = "that its data comes back with the key is promised nowhere";
    let lost = Consequence { effect: Effect::DataUnrecoverable, what, undone: false, ..family.delete_key };
    restore_key(family).copied().unwrap_or(lost)
}

/// The restoration takes nothing away: what does not come back was lost by the deletion, if it was.
fn not_promised(row: &mut Affected) {
    if row.effect == Effect::DataUnrecoverable {
        row.certainty = Certainty::Possible;
    }
}

/// A key is restored from 30 seconds after its deletion on, until 30 days are over or it expires.
fn out_of_time(inventory: &Inventory, key: &Key, deletion: Deletion, now: Now) -> Option<Blocker> {
    let refused = |text: String, member| refusal(inventory, key, text, RESTORING, Witness { member, ..key.witness });
    if let Some(first) = deletion.at.and_then(|at| after(at, RESTORABLE_FROM)).filter(|first| *first > now) {
        return Some(refused(format!("it was deleted just now, and can be restored from {first} on"), "deletionDate"));
    }
    if deletion.window(now) != Window::Closed {
        return None;
    }
    let expired = key.expires_at.and_then(|date| moment(inventory.text(date))).is_some_and(|expiry| expiry <= now);
    Some(if expired {
        refused("it has expired, and an expired key is not restored".to_owned(), "expirationDate")
    } else {
        refused("more than 30 days have passed since it was deleted".to_owned(), "deletionDate")
    })
}

/// When it was deleted is not known, so neither is whether it can still be restored.
fn undated(target: &Target<'_>, deletion: Deletion) -> Option<Needed> {
    deletion.at.is_none().then(|| Needed {
        export: true,
        name: ExportKind::KmsKeys.name().into(),
        of: target.instance.clone(),
        why: "when the key was deleted is not known, and after 30 days it cannot be restored".to_owned(),
        command: instance_command(ExportKind::KmsKeys, target.instance.as_deref().unwrap_or_default()),
        role: Some("Reader"),
        decides: true,
        worst: Verdict::Destroys,
    })
}
