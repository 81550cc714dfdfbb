//! Disabling a key.

use super::Part;
use super::affected::{self, Column};
use super::key::{address, doubts, enable, standard, state};
use super::model::{Certainty, Step};
use super::set::World;
use super::target::Target;
use super::timeline::{Event, EventKind, noticed};
use super::unseen::unseen;
use crate::catalog::effects::disable_key;
use crate::catalog::key_life::{DISABLING, ENABLED_FROM};
use crate::inventory::KeyState;

const DISABLING_IT: Column = Column { doing: "disabling its key", of: |family| disable_key(family).copied() };

pub(super) fn assess(world: World<'_>, target: &Target<'_>) -> Part {
    let inventory = world.inventory;
    let mut affected = affected::rows(world, target, DISABLING_IT);
    for row in affected.iter_mut().filter(|row| row.undone) {
        row.undo = Some(enable(target).into());
    }
    let mut unknown = doubts(inventory, target, &affected);
    let used = affected.iter().any(|row| row.certainty == Certainty::Certain);
    unknown.extend(unseen(inventory, target, used));
    let mut blockers = Vec::new();
    if let Some((_, key)) = target.key {
        blockers.extend(state(inventory, key, &[KeyState::Active], "disabled"));
        blockers.extend(standard(inventory, key, "disabled", DISABLING));
    }
    let label = target.label();
    let disabled = "the key is disabled: its state becomes 2, suspended, and nothing is encrypted or decrypted with it";
    let mut timeline = vec![Event::new(world.now, EventKind::KeyDisabled, &label, disabled.to_owned(), DISABLING)];
    let again = "from now on the key can be enabled again";
    timeline.extend(Event::later(world.now, ENABLED_FROM, EventKind::EnableableFrom, &label, again));
    timeline.extend(noticed(inventory, &affected, world.now, &label));
    Part { affected, timeline, blockers, commands: commands(target), unknown }
}

fn commands(target: &Target<'_>) -> Vec<Step> {
    let (id, guid, at) = (target.id, target.guid(), address(target));
    let step = |text: &str, command: String| Step { text: format!("{text}{at}"), command };
    vec![
        step(
            "lists what is registered with the key",
            format!("ibmcloud kp registrations --instance-id {guid} --key-id {id} --output json"),
        ),
        step("disables the key", format!("ibmcloud kp key disable {id} --instance-id {guid}")),
        step("enables the key again, from 30 seconds after it was disabled on", enable(target)),
    ]
}
