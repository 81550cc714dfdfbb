//! What a set of actions breaks, when, and for how long it can be undone.
//!
//! One file an action; what they share is what each is on ([`action`], [`target`]), the world in which they take place together
//! ([`set`]), which resources use a key ([`affected`]), how bad that is ([`verdict`]), when what happens ([`timeline`]), and who may
//! use a key without showing ([`unseen`]).

mod action;
mod affected;
mod cover;
mod delete_instance;
mod delete_key;
mod disable_key;
mod key;
mod model;
mod of_plan;
mod order;
mod planned;
mod restore_key;
mod revoke_policy;
mod rotate_key;
mod set;
mod target;
mod timeline;
mod unseen;
mod unseen_of_policy;
mod untangle;
mod verdict;

pub use action::ActionKind;
pub(crate) use action::{Action, NotFound};
pub(crate) use affected::Affected;
pub(crate) use model::{Blocker, Needed, Reason, ReasonKind, Step};
pub use model::{Certainty, Verdict};
pub(crate) use of_plan::Planned;
pub(crate) use order::{Order, OrderStep, order};
pub use order::{OrderAction, OrderVerdict};
pub(crate) use planned::stays;
pub(crate) use set::Gone;
pub(crate) use timeline::Event;
pub use timeline::EventKind;
pub use untangle::{How, UntangleVerdict};
pub(crate) use untangle::{PartOf, Share, Untangling, untangle};

#[cfg(test)]
mod properties;

use action::Subject;
use set::{Set, World};

use crate::inventory::Inventory;
use crate::now::Now;
use crate::order::Arrange as _;

/// An action that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Understood {
    pub(crate) kind: ActionKind,
    /// What it is on: its CRN, or its id where it has none or none is known.
    pub(crate) target: String,
    pub(crate) force: bool,
}

/// What a set of actions does.
#[derive(Debug)]
pub(crate) struct Assessment {
    /// The actions, in their order, with those of a plan of Terraform in the place of the plan.
    pub(crate) actions: Vec<Understood>,
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

/// What one action of a set does, or all of one kind together.
#[derive(Debug, Default)]
struct Part {
    affected: Vec<Affected>,
    timeline: Vec<Event>,
    blockers: Vec<Blocker>,
    commands: Vec<Step>,
    unknown: Vec<Needed>,
}

/// What a set of actions does, all taken at once.
pub(crate) fn assess(inventory: &Inventory, now: Now, actions: &[Action<'_>]) -> Result<Assessment, NotFound> {
    assess_after(inventory, now, actions, &Gone::default())
}

/// What a set of actions does where something is gone already.
pub(crate) fn assess_after(
    inventory: &Inventory,
    now: Now,
    actions: &[Action<'_>],
    before: &Gone,
) -> Result<Assessment, NotFound> {
    let set = Set::of(inventory, actions)?;
    let world = World { inventory, now, before, removed: &set.removed };
    let mut whole = together(world, &set.actions);
    whole.unknown.extend(set.unknown);
    whole.affected = affected::worst_of_each(whole.affected, inventory);
    whole.timeline.arrange_by_key(|event| event.at);
    whole.timeline.dedup();
    whole.blockers.arrange_by_key(|blocker| blocker.yields_to_force);
    whole.unknown.arrange();
    whole.unknown.dedup();
    let (verdict, if_forced) = whole.verdict();
    let Part { affected, timeline, blockers, commands, unknown } = whole;
    let understood =
        |done: &set::Done<'_>| Understood { kind: done.kind, target: done.subject.label(), force: done.force };
    let actions = set.actions.iter().map(understood).collect();
    Ok(Assessment { actions, verdict, if_forced, affected, timeline, blockers, commands, unknown })
}

/// What actions do that take place at once.
fn together(world: World<'_>, actions: &[set::Done<'_>]) -> Part {
    let mut whole = Part::default();
    for done in actions {
        let part = match (&done.subject, done.kind) {
            (Subject::Key(target), ActionKind::DisableKey) => disable_key::assess(world, target),
            (Subject::Key(target), ActionKind::RestoreKey) => restore_key::assess(world, target),
            (Subject::Key(target), ActionKind::RotateKey) => rotate_key::assess(world, target),
            (Subject::Key(target), ActionKind::UntangleKey) => untangle::assess(world, target),
            (Subject::Key(target), _) => delete_key::assess(world, target, done.force),
            (Subject::Policy(policy), _) => revoke_policy::assess(world, policy),
            (Subject::Instance(instance), _) => delete_instance::assess(world, instance),
        };
        whole.add(part);
    }
    let instances = actions.iter().filter_map(|done| match &done.subject {
        Subject::Instance(instance) if !instance.is_kms => Some(instance),
        _ => None,
    });
    whole.affected.extend(delete_instance::resources(world, &instances.collect::<Vec<_>>()));
    // What loses its cover is judged once, against all authorizations that go.
    whole.add(cover::assess(world));
    whole
}

impl Part {
    fn add(&mut self, part: Self) {
        self.affected.extend(part.affected);
        self.timeline.extend(part.timeline);
        self.blockers.extend(part.blockers);
        for step in part.commands {
            if !self.commands.contains(&step) {
                self.commands.push(step);
            }
        }
        self.unknown.extend(part.unknown);
    }

    /// What it comes to, and where it is refused, what it would come to with force.
    fn verdict(&self) -> (Verdict, Option<Verdict>) {
        let done = verdict::of_effects(&self.affected, &self.unknown);
        if self.blockers.is_empty() {
            (done, None)
        } else if self.blockers.iter().any(|blocker| !blocker.yields_to_force) {
            (Verdict::Blocked, Some(Verdict::Blocked))
        } else {
            (Verdict::Blocked, Some(done))
        }
    }
}
