//! Who needs the authorizations that a plan of Terraform removes, as rules ask for it.

use std::collections::BTreeSet;

use super::action::{Action, ActionKind, Subject};
use super::cover::counted;
use super::model::{Certainty, Needed};
use super::set::{Gone, Set, World};
use super::unseen_of_policy::unseen;
use crate::authz::{Loss, Verdict, losses};
use crate::inventory::{Inventory, Symbol};
use crate::now::Now;

/// A plan, with all who lose something of their cover once it is applied.
pub(crate) struct Planned<'a> {
    inventory: &'a Inventory,
    set: Set<'a>,
    losers: Vec<Loser>,
    now: Now,
}

/// Something that needs authorizations which a plan removes.
pub(crate) struct Loser {
    /// The deployment; the resource, where it is not known.
    pub(crate) deployment: Symbol,
    pub(crate) certainty: Certainty,
    /// The rows of the authorizations.
    policies: BTreeSet<usize>,
}

impl<'a> Planned<'a> {
    /// The plan in an input; none where it is no plan.
    pub(crate) fn of(inventory: &'a Inventory, now: Now, input: &str) -> Option<Self> {
        let actions = [Action { kind: ActionKind::Terraform, target: input.to_owned().into(), force: false }];
        let set = Set::of(inventory, &actions).ok()?;
        let removed = &set.removed.policies;
        let losers = losses(inventory, &BTreeSet::new(), removed);
        let losers = losers.iter().filter_map(|loss| loser(loss, removed)).collect();
        Some(Self { inventory, set, losers, now })
    }

    /// Whether the plan removes the authorization with an id, and exports tell which that is.
    pub(crate) fn removes(&self, id: &str) -> bool {
        self.set.actions.iter().any(|done| matches!(&done.subject, Subject::Policy(policy) if policy.id == id))
    }

    /// What loses something by the removal of an authorization, be it by that of others with it.
    pub(crate) fn losing(&self, id: &str) -> Vec<&Loser> {
        let rows: BTreeSet<usize> = self.policies(id).flat_map(|policy| policy.rows.iter().copied()).collect();
        self.losers.iter().filter(|loser| !loser.policies.is_disjoint(&rows)).collect()
    }

    /// What could use keys by an authorization and would not show.
    pub(crate) fn unknown(&self, id: &str) -> Vec<Needed> {
        let before = Gone::default();
        let world = World { inventory: self.inventory, now: self.now, before: &before, removed: &self.set.removed };
        let policy = self.policies(id).next();
        policy.map(|policy| unseen(world, policy)).into_iter().flatten().filter(|needed| needed.decides).collect()
    }

    fn policies(&self, id: &str) -> impl Iterator<Item = &super::action::NamedPolicy<'a>> {
        self.set.actions.iter().filter_map(move |done| match &done.subject {
            Subject::Policy(policy) if policy.id == id => Some(policy),
            _ => None,
        })
    }
}

/// Who loses, and whether that is certain: covered before, itself or by a service that works for it, and then not.
fn loser(loss: &Loss<'_>, removed: &BTreeSet<usize>) -> Option<Loser> {
    let (before, after) = (&loss.before.decision, &loss.after.decision);
    let dependents = || before.dependents.iter().zip(&after.dependents).map(|(old, new)| (old.verdict, new.verdict));
    let mut sides = std::iter::once((before.verdict, after.verdict)).chain(dependents());
    let found = loss.before.found;
    let certain = found.is_proved() && sides.clone().any(|side| side == (Verdict::Covered, Verdict::NotCovered));
    let possible = sides.any(|(_, after)| after != Verdict::Covered);
    possible.then(|| Loser {
        deployment: found.belongs.owner().unwrap_or(found.resource),
        certainty: if certain { Certainty::Certain } else { Certainty::Possible },
        policies: counted(loss, removed).into_iter().collect(),
    })
}
