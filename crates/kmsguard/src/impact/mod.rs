//! What an action on a key breaks, when, and for how long it can be undone.
//!
//! One file an action; what they share is which resources use the key ([`target`], [`affected`]), how bad that is
//! ([`verdict`]), when what happens ([`timeline`]), and who may use the key without showing ([`unseen`]).

mod affected;
mod delete_key;
mod model;
mod target;
mod timeline;
mod unseen;
mod verdict;

pub(crate) use affected::Affected;
pub(crate) use model::{Blocker, Needed, Reason, ReasonKind, Step};
pub use model::{Certainty, Verdict};
pub(crate) use timeline::Event;
pub use timeline::EventKind;

#[cfg(test)]
mod properties;

use crate::inventory::{Inventory, KeyNotFound};
use crate::now::Now;

/// An action, as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action<'a> {
    /// Deletes a key, which is named by a CRN, an id, a name, or the names of its instance and itself.
    DeleteKey(&'a str),
}

/// What a set of actions does.
#[derive(Debug)]
pub(crate) struct Assessment {
    /// What each action is on, by CRN where that is known.
    pub(crate) targets: Vec<String>,
    pub(crate) verdict: Verdict,
    /// What the actions would do with force, where they are refused.
    pub(crate) if_forced: Option<Verdict>,
    /// As if the actions took place; by resource.
    pub(crate) affected: Vec<Affected>,
    /// By time.
    pub(crate) timeline: Vec<Event>,
    pub(crate) blockers: Vec<Blocker>,
    pub(crate) commands: Vec<Step>,
    /// What is not known and would settle something, in order.
    pub(crate) unknown: Vec<Needed>,
}

/// What a set of actions does, all taken at once.
pub(crate) fn assess(
    inventory: &Inventory,
    now: Now,
    actions: &[Action<'_>],
    force: bool,
) -> Result<Assessment, KeyNotFound> {
    let mut whole = Assessment {
        targets: Vec::new(),
        verdict: Verdict::Safe,
        if_forced: None,
        affected: Vec::new(),
        timeline: Vec::new(),
        blockers: Vec::new(),
        commands: Vec::new(),
        unknown: Vec::new(),
    };
    for action in actions {
        let part = match action {
            Action::DeleteKey(asked) => delete_key::assess(inventory, now, asked, force)?,
        };
        whole.targets.extend(part.targets);
        whole.affected.extend(part.affected);
        whole.timeline.extend(part.timeline);
        whole.blockers.extend(part.blockers);
        for step in part.commands {
            if !whole.commands.contains(&step) {
                whole.commands.push(step);
            }
        }
        whole.unknown.extend(part.unknown);
    }
    whole.affected = affected::worst_of_each(whole.affected, inventory);
    whole.timeline.sort_by_key(|event| event.at);
    whole.timeline.dedup();
    whole.blockers.sort_by_key(|blocker| blocker.yields_to_force);
    whole.unknown.sort();
    whole.unknown.dedup();
    let done = verdict::of_effects(&whole.affected, &whole.unknown);
    (whole.verdict, whole.if_forced) = if whole.blockers.is_empty() {
        (done, None)
    } else if whole.blockers.iter().any(|blocker| !blocker.yields_to_force) {
        (Verdict::Blocked, Some(Verdict::Blocked))
    } else {
        (Verdict::Blocked, Some(done))
    };
    Ok(whole)
}
