//! A set of actions and the world in which they take place: what was gone before, and what goes with them, all at once.

use std::collections::BTreeSet;

use super::action::{Action, ActionKind, NotFound, Subject, subject};
use super::model::{Certainty, Needed};
use super::planned;
use crate::inventory::{Inventory, KeyIndex, Symbol, Use};
use crate::now::Now;

/// What is not there any more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Gone {
    /// Deployments, and single resources, that are removed and no longer registered with any key.
    pub(crate) deployments: BTreeSet<Symbol>,
    /// Authorizations, by their rows.
    pub(crate) policies: BTreeSet<usize>,
    /// Keys that are deleted.
    pub(crate) keys: BTreeSet<KeyIndex>,
}

impl Gone {
    /// What is gone once actions took place and all that they free was let go.
    #[cfg(test)]
    pub(crate) fn after(inventory: &Inventory, actions: &[Action<'_>]) -> Result<Self, NotFound> {
        Ok(Set::of(inventory, actions)?.removed)
    }

    /// Takes what an action removes.
    pub(super) fn take(&mut self, done: &Done<'_>) {
        match (&done.subject, done.kind) {
            (Subject::Key(target), ActionKind::DeleteKey) => self.keys.extend(target.key.map(|(index, _)| index)),
            (Subject::Key(_), _) => {}
            (Subject::Policy(policy), _) => self.policies.extend(&policy.rows),
            (Subject::Instance(instance), _) => {
                self.deployments.insert(instance.crn);
            }
        }
    }

    /// Whether a use is gone.
    pub(crate) fn holds(&self, found: &Use) -> bool {
        !self.deployments.is_empty()
            && (self.deployments.contains(&found.resource)
                || found.belongs.owner().is_some_and(|deployment| self.deployments.contains(&deployment)))
    }
}

/// A set of actions, each with what it is on.
#[derive(Debug)]
pub(super) struct Set<'a> {
    pub(super) actions: Vec<Done<'a>>,
    /// What goes with the set as a whole.
    pub(super) removed: Gone,
    /// What plans of Terraform leave open.
    pub(super) unknown: Vec<Needed>,
}

/// An action of a set.
#[derive(Debug, Clone)]
pub(super) struct Done<'a> {
    pub(super) kind: ActionKind,
    pub(super) subject: Subject<'a>,
    pub(super) force: bool,
}

impl<'a> Set<'a> {
    /// The set of actions, those of plans of Terraform in their place.
    pub(super) fn of(inventory: &'a Inventory, actions: &[Action<'a>]) -> Result<Self, NotFound> {
        let mut done = Vec::with_capacity(actions.len());
        let mut removed = Gone::default();
        let planned::Expanded { actions, unknown } = planned::expanded(inventory, actions)?;
        for action in actions {
            let subject = subject(inventory, &action)?;
            let one = Done { kind: action.kind, subject, force: action.force };
            removed.take(&one);
            done.push(one);
        }
        Ok(Self { actions: done, removed, unknown })
    }
}

/// The world in which a set of actions takes place.
#[derive(Debug, Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) now: Now,
    /// What was gone before.
    pub(super) before: &'a Gone,
    /// What goes with the set.
    pub(super) removed: &'a Gone,
}

impl<'a> World<'a> {
    /// The uses that are still there, of those that are given.
    pub(super) fn there<'u>(&self, uses: Vec<(&'u Use, Certainty)>) -> Vec<(&'u Use, Certainty)> {
        uses.into_iter().filter(|(found, _)| !self.before.holds(found)).collect()
    }

    /// Whether a use is of a deployment that is deleted: with the set, or before and kept for a while.
    pub(super) fn is_deleted(&self, found: &Use) -> bool {
        let instance = found.belongs.deployment().and_then(|crn| self.inventory.instance(crn));
        self.removed.holds(found) || instance.is_some_and(|instance| instance.is_soft_deleted(self.inventory))
    }
}
