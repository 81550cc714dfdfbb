//! Which uses rest on which authorization.

use super::Context;
use super::authorized::{self, Fault};
use crate::authz::DecidedUse;

/// For each authorization of the inventory, by its place, what rests on it.
#[derive(Debug, Default)]
pub(crate) struct Rests {
    by_policy: Vec<Resting>,
}

/// What rests on one authorization.
#[derive(Debug, Clone, Default)]
pub(super) struct Resting {
    /// The first uses that it authorizes, by their number among all uses: [`Rests::MOST`] at most.
    pub(super) uses: Vec<u32>,
    /// How many uses it authorizes.
    pub(super) count: u32,
    /// Services that work for deployments are authorized by it.
    pub(super) dependents: bool,
    /// A use was meant to rest on it, by a scope that its service does not honour.
    pub(super) meant: bool,
    /// A use may rest on it of which that is not known.
    pub(super) possible: bool,
}

impl Rests {
    /// How many uses of an authorization are kept.
    pub(super) const MOST: usize = 100;

    /// What rests on each authorization, of proved and other uses alike.
    pub(super) fn of<'a>(context: &Context<'a>) -> &'a Self {
        context.shared.rests.get_or_init(|| Self::new(context))
    }

    fn new(context: &Context<'_>) -> Self {
        let mut by_policy = vec![Resting::default(); context.inventory.policies.len()];
        for (number, one) in (0_u32..).zip(all_uses(context)) {
            let decision = &one.decision;
            let mut give = |policy: usize, give: &dyn Fn(&mut Resting)| {
                if let Some(resting) = by_policy.get_mut(policy) {
                    give(resting);
                }
            };
            for policy in &decision.policies {
                give(*policy, &|resting| {
                    resting.count += 1;
                    if resting.uses.len() < Self::MOST {
                        resting.uses.push(number);
                    }
                });
            }
            // A scope that the service does not honour is a finding of its own: what rests on it rests on it as far as anybody meant it to.
            let meant = authorized::fault(one) == Some(Fault::Scope);
            for policy in &decision.possible {
                give(*policy, &|resting| if meant { resting.meant = true } else { resting.possible = true });
            }
            for dependent in &decision.dependents {
                for policy in &dependent.policies {
                    give(*policy, &|resting| resting.dependents = true);
                }
                for policy in dependent.unknown.iter().flat_map(|unknown| &unknown.policies) {
                    give(*policy, &|resting| resting.possible = true);
                }
            }
        }
        Self { by_policy }
    }

    /// The uses of which a number was kept.
    pub(super) fn uses<'a>(context: &Context<'a>, resting: &Resting) -> Vec<&'a DecidedUse<'a>> {
        let proved = context.decided.len();
        let use_of = |number: &u32| {
            let number = *number as usize;
            context.decided.get(number).or_else(|| context.unproved.get(number.checked_sub(proved)?))
        };
        resting.uses.iter().filter_map(use_of).collect()
    }

    /// What rests on an authorization.
    pub(super) fn on(&self, policy: usize) -> &Resting {
        static NOTHING: Resting =
            Resting { uses: Vec::new(), count: 0, dependents: false, meant: false, possible: false };
        self.by_policy.get(policy).unwrap_or(&NOTHING)
    }
}

impl Resting {
    /// Whether nothing rests on it, for certain.
    pub(super) const fn is_nothing(&self) -> bool {
        self.count == 0 && !self.dependents && !self.meant && !self.possible
    }
}

/// All uses: those that are proved, then the others.
pub(super) fn all_uses<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a DecidedUse<'a>> {
    context.decided.iter().chain(context.unproved)
}
