//! Rotating a key.

use super::Part;
use super::affected::{self, Column};
use super::key::{address, doubts, refusal, standard, state};
use super::model::{Blocker, Certainty, Step};
use super::set::World;
use super::target::Target;
use super::timeline::{Event, EventKind, after, moment, noticed};
use super::unseen::unseen;
use crate::catalog::effects::rotate_key;
use crate::catalog::key_life::{ROTATED_AGAIN, ROTATING};
use crate::inventory::{Inventory, Key, KeyState, Witness};
use crate::now::Now;

const ROTATING_IT: Column = Column { doing: "rotating its key", of: |family| rotate_key(family).copied() };

pub(super) fn assess(world: World<'_>, target: &Target<'_>) -> Part {
    let inventory = world.inventory;
    let affected = affected::rows(world, target, ROTATING_IT);
    let mut unknown = doubts(inventory, target, &affected);
    let used = affected.iter().any(|row| row.certainty == Certainty::Certain);
    unknown.extend(unseen(inventory, target, used));
    let mut blockers = Vec::new();
    if let Some((_, key)) = target.key {
        blockers.extend(state(inventory, key, &[KeyState::Active, KeyState::Deactivated], "rotated"));
        blockers.extend(standard(inventory, key, "rotated", ROTATING));
        blockers.extend(imported(inventory, key));
        blockers.extend(too_soon(inventory, key, world.now));
    }
    let label = target.label();
    let rotated = "the key is rotated: it has a new version, and what the older ones wrapped can still be unwrapped";
    let mut timeline = vec![Event::new(world.now, EventKind::KeyRotated, &label, rotated.to_owned(), ROTATING)];
    let again = "from now on the key can be rotated again";
    timeline.extend(Event::later(world.now, ROTATED_AGAIN, EventKind::RotatableFrom, &label, again));
    timeline.extend(noticed(inventory, &affected, world.now, &label));
    Part { affected, timeline, blockers, commands: commands(target), unknown }
}

/// A key whose material was brought along is rotated with new material alone, and none is given.
fn imported(inventory: &Inventory, key: &Key) -> Option<Blocker> {
    (key.imported == Some(true)).then(|| {
        let text = "its material was imported, and without new material it is not rotated".to_owned();
        refusal(inventory, key, text, ROTATING, Witness { member: "imported", ..key.witness })
    })
}

/// A key is rotated by hand once in an hour.
fn too_soon(inventory: &Inventory, key: &Key, now: Now) -> Option<Blocker> {
    let rotated = key.rotated_at.and_then(|date| moment(inventory.text(date)))?;
    let again = after(rotated, ROTATED_AGAIN).filter(|again| *again > now)?;
    let text = format!("it was rotated at {rotated}, and can be rotated again at {again}");
    Some(refusal(inventory, key, text, ROTATING, Witness { member: "lastRotateDate", ..key.witness }))
}

fn commands(target: &Target<'_>) -> Vec<Step> {
    let (id, guid, at) = (target.id, target.guid(), address(target));
    let step = |text: &str, command: String| Step { text: format!("{text}{at}"), command };
    vec![
        step("rotates the key", format!("ibmcloud kp key rotate {id} --instance-id {guid}")),
        step(
            "shows with which version of the key each resource is wrapped",
            format!("ibmcloud kp registrations --instance-id {guid} --key-id {id} --output json"),
        ),
    ]
}
