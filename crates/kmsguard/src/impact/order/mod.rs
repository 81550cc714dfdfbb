//! A safe order: the sequence that removes a set of deployments, authorizations and keys without a key that cannot go and without
//! harm to what stays.
//!
//! Deployments go first, then a wait until none of them is registered with a key, then their authorizations, which their services
//! need until then, then the keys, without force, then instances of a KMS. Each stage is judged by the engine in the world that the
//! stages before it leave ([`proof`]); what the engine refuses, or holds for harm, leaves no order.

mod leaving;
mod proof;
#[cfg(test)]
mod properties;
mod step;

use std::collections::BTreeSet;

use serde::Serialize;

use super::action::{Action, ActionKind, NotFound, Subject};
use super::model::{Certainty, Needed, Reason, ReasonKind};
use super::set::{Done, Gone, Set};
use crate::catalog::Source;
use crate::inventory::Inventory;
use crate::now::Now;

use super::model::Step;
use leaving::Leaving;
pub use step::OrderAction;
pub(crate) use step::OrderStep;

/// Whether there is a safe order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum OrderVerdict {
    /// There is, as far as all that was read tells.
    Safe,
    /// Something that is not known could do harm: the steps are an order, and none that is called safe.
    Unknown,
    /// There is none.
    None,
}

/// How long a step waits, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wait {
    pub(crate) why: String,
    /// At the earliest, if the check shows that it may go on.
    pub(crate) earliest: Option<Now>,
    /// The cautious date, which decides; none where no page says how long it takes, and the check alone tells.
    pub(crate) not_before: Option<Now>,
    pub(crate) source: Source,
}

/// A safe order, or why there is none.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) verdict: OrderVerdict,
    /// None where there is no order.
    pub(crate) steps: Vec<OrderStep>,
    /// Why there is none.
    pub(crate) because: Vec<Reason>,
    /// What is not known.
    pub(crate) unknown: Vec<Needed>,
}

/// The order in which a set of actions takes place without harm to what is not in it.
pub(crate) fn order(inventory: &Inventory, now: Now, actions: &[Action<'_>]) -> Result<Order, NotFound> {
    Ok(of_set(inventory, now, &Set::of(inventory, actions)?, &Gone::default()))
}

/// The order in which a set is removed where something is gone already.
pub(super) fn of_set(inventory: &Inventory, now: Now, set: &Set<'_>, before: &Gone) -> Order {
    let members = Members::of(inventory, set);
    let leaving = Leaving::of(inventory, now, &Members::removed(&members.deployments));
    let mut judged = proof::Judged::default();
    judged.because.extend(members.strange.iter().map(|done| no_removal(done)));
    judged.unknown.extend(set.unknown.iter().cloned());
    leaving.judge(&members, &set.removed, &mut judged);
    proof::stages(inventory, now, &members, (before, &leaving), &mut judged);
    let (because, unknown) = judged.sorted();
    let verdict = match (because.is_empty(), unknown.iter().any(|needed| needed.decides)) {
        (false, _) => OrderVerdict::None,
        (true, true) => OrderVerdict::Unknown,
        (true, false) => OrderVerdict::Safe,
    };
    let steps =
        if verdict == OrderVerdict::None { Vec::new() } else { step::steps(inventory, now, &members, &leaving) };
    Order { verdict, steps, because, unknown }
}

/// The actions of a set, apart by what they are on; each once, and in an order of their own.
#[derive(Debug, Default)]
struct Members<'a> {
    /// Deployments and single resources that stand.
    deployments: Vec<Done<'a>>,
    policies: Vec<Done<'a>>,
    keys: Vec<Done<'a>>,
    /// Instances of a KMS.
    instances: Vec<Done<'a>>,
    /// What takes nothing away.
    strange: Vec<Done<'a>>,
}

impl<'a> Members<'a> {
    fn of(inventory: &Inventory, set: &Set<'a>) -> Self {
        let mut members = Self::default();
        let mut seen = BTreeSet::new();
        for done in &set.actions {
            if !seen.insert((done.kind, done.subject.label())) {
                continue;
            }
            let unforced = Done { force: false, ..done.clone() };
            let list = match (&done.subject, done.kind) {
                (Subject::Key(_), ActionKind::DeleteKey) => &mut members.keys,
                (Subject::Key(_), _) => &mut members.strange,
                (Subject::Policy(_), _) => &mut members.policies,
                (Subject::Instance(instance), _) if instance.is_kms => &mut members.instances,
                // What is deleted already only has to let go of its keys.
                (Subject::Instance(instance), _)
                    if instance.listed.is_some_and(|listed| listed.is_soft_deleted(inventory)) =>
                {
                    continue;
                }
                (Subject::Instance(_), _) => &mut members.deployments,
            };
            list.push(unforced);
        }
        for list in [
            &mut members.deployments,
            &mut members.policies,
            &mut members.keys,
            &mut members.instances,
            &mut members.strange,
        ] {
            list.sort_by_cached_key(|done| done.subject.label());
        }
        members
    }

    /// What a stage takes away.
    fn removed(stage: &[Done<'a>]) -> Gone {
        let mut removed = Gone::default();
        for done in stage {
            removed.take(done);
        }
        removed
    }
}

fn no_removal(done: &Done<'_>) -> Reason {
    Reason {
        kind: ReasonKind::Key,
        about: done.subject.label(),
        text: "an order is for what is removed, and this action on a key removes nothing".to_owned(),
        source: None,
        evidence: None,
    }
}

/// The worse of two certainties of harm: what is certain.
fn worse(one: Option<Certainty>, two: Option<Certainty>) -> Option<Certainty> {
    one.into_iter().chain(two).min()
}
