//! A deliberately simple model of lost access: every use is looked at again without what was removed. It knows the specification and
//! nothing of the engine, which must agree with it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::account::{Account, Deed, Deployment, Policy, account, assessed, deeds};
use crate::catalog::effects::Effect;
use crate::impact::{Certainty, Verdict};

/// What happens to something, and whether it is certain.
type Harm = (Effect, Certainty);

/// How bad it is: certain loss, what is not known, possible loss, what is certain, what is possible.
fn badness((effect, certainty): Harm) -> u8 {
    let certain = certainty == Certainty::Certain;
    match effect {
        Effect::DataUnrecoverable | Effect::BackupsLost if certain => 5,
        Effect::Unknown => 4,
        Effect::DataUnrecoverable | Effect::BackupsLost => 3,
        Effect::None | Effect::Rewrap => 0,
        _ if certain => 2,
        _ => 1,
    }
}

const fn certain(effect: Effect) -> Harm {
    (effect, Certainty::Certain)
}

const NOT_KNOWN: Harm = (Effect::Unknown, Certainty::Possible);

/// The table of effects, its columns of keys.
fn by_key(of: Deployment, deed: Deed) -> Harm {
    use Deployment::{AnotherGen2, Bucket, Database, EventStreams, EventStreamsGen2, SecretsManager, Volume};
    match (deed, of) {
        (_, SecretsManager) => NOT_KNOWN,
        (Deed::Rotate(_), _) => certain(Effect::Rewrap),
        (Deed::Delete(_), Bucket | Volume) => certain(Effect::AccessLost),
        (Deed::Delete(_), _) => certain(Effect::DataUnrecoverable),
        (_, EventStreams | Bucket) => certain(Effect::AccessLost),
        (_, Volume) => certain(Effect::FailsOnRestart),
        (_, EventStreamsGen2 | AnotherGen2 | Database) => NOT_KNOWN,
    }
}

/// The table of effects, the column of its own authorization.
fn by_own(of: Deployment) -> Effect {
    match of {
        // What is in use can be read for a while, and is lost then.
        Deployment::EventStreams => Effect::DataUnrecoverable,
        Deployment::Bucket => Effect::AccessLost,
        Deployment::Volume => Effect::FailsOnRestart,
        Deployment::SecretsManager => Effect::Unknown,
        _ => Effect::CannotBeRestored,
    }
}

const fn is_gen2(of: Deployment) -> bool {
    matches!(of, Deployment::EventStreamsGen2 | Deployment::AnotherGen2)
}

/// Who must be let in: a deployment of the account's own, or a service that works for it, from wherever it does.
#[derive(Clone, Copy)]
struct Guest {
    source: &'static str,
    delegates: bool,
    works_for_another: bool,
}

impl Guest {
    const fn own(of: Deployment) -> Self {
        Self { source: of.source(), delegates: is_gen2(of), works_for_another: false }
    }

    const DISKS: Self = Self { source: "server-protect", delegates: false, works_for_another: true };

    /// Whether a policy is about this guest and a key. What a service made names an account of IBM's.
    fn is_of(self, policy: &Policy, key: usize) -> bool {
        policy.source == self.source && policy.scope.covers(key) && (self.works_for_another || !policy.by_service)
    }

    /// Whether the policies that are left let it use a key.
    fn is_let_in(self, account: &Account, removed: &BTreeSet<usize>, key: usize) -> bool {
        let left = account.policies.iter().enumerate().filter(|(number, _)| !removed.contains(number));
        let applying: Vec<_> = left.map(|(_, policy)| policy).filter(|policy| self.is_of(policy, key)).collect();
        applying.iter().any(|policy| policy.reader)
            && (!self.delegates || applying.iter().any(|policy| policy.delegator))
    }

    /// How it is shut out where the policies that are `removed` go beside those that are gone `before`.
    fn shut_out(
        self,
        account: &Account,
        before: &BTreeSet<usize>,
        removed: &BTreeSet<usize>,
        key: usize,
    ) -> Option<Certainty> {
        let gone: BTreeSet<usize> = before.union(removed).copied().collect();
        if self.is_let_in(account, &gone, key) {
            return None;
        }
        if self.is_let_in(account, before, key) {
            return Some(Certainty::Certain);
        }
        // It was not let in, as far as shows; what helped it may have been enough nevertheless.
        let helped = removed.difference(before).filter_map(|number| account.policies.get(*number));
        let mut helped = helped.filter(|policy| self.is_of(policy, key) && !is_replaced(account, &gone, policy));
        helped.any(|policy| policy.reader || (self.delegates && policy.delegator)).then_some(Certainty::Possible)
    }
}

/// Whether a policy that is left grants all that another does, so that nobody misses that.
fn is_replaced(account: &Account, removed: &BTreeSet<usize>, policy: &Policy) -> bool {
    let left = account.policies.iter().enumerate().filter(|(number, _)| !removed.contains(number));
    let grants_all = |other: &Policy| {
        other.source == policy.source
            && other.by_service == policy.by_service
            && other.scope.holds(policy.scope)
            && (other.reader || !policy.reader)
            && (other.delegator || !policy.delegator)
    };
    left.map(|(_, other)| other).any(grants_all)
}

/// What becomes of a use where policies go. `at_most`: how certain it is that they go.
fn uncovered(
    account: &Account,
    before: &BTreeSet<usize>,
    removed: &BTreeSet<usize>,
    (key, of): (usize, Deployment),
    at_most: Certainty,
) -> Vec<Harm> {
    let mut harms = Vec::new();
    let own = Guest::own(of).shut_out(account, before, removed, key);
    harms.extend(own.map(|how| (by_own(of), how.max(at_most))));
    if is_gen2(of) {
        let disks = Guest::DISKS.shut_out(account, before, removed, key);
        harms.extend(disks.map(|how| (Effect::AccessLost, how.max(at_most))));
        let gone: BTreeSet<usize> = before.union(removed).copied().collect();
        let stands = |guest: Guest| guest.is_let_in(account, &gone, key);
        if !stands(Guest::own(of)) && !stands(Guest::DISKS) && (own.is_some() || disks.is_some()) {
            harms.push((Effect::BackupsLost, at_most));
        }
    }
    let unknown = |(effect, how)| if effect == Effect::Unknown { NOT_KNOWN } else { (effect, how) };
    harms.into_iter().map(unknown).collect()
}

/// What happens to each resource, at its worst.
fn model(account: &Account, deeds: &[Deed]) -> BTreeMap<String, Harm> {
    let removed: BTreeSet<usize> =
        deeds.iter().filter_map(|deed| if let Deed::Revoke(policy) = deed { Some(*policy) } else { None }).collect();
    let deleted = |of: Deployment| deeds.contains(&Deed::Remove(of));
    let following: BTreeSet<usize> = match deleted(Policy::AUTHOR) {
        true => (0..account.policies.len()).filter(|number| account.policies[*number].by_service).collect(),
        false => BTreeSet::new(),
    };
    let mut harms: Vec<(String, Harm)> = Vec::new();
    for of in Deployment::ALL.into_iter().filter(|of| deleted(*of)) {
        harms.push((of.resource(), certain(Effect::DataUnrecoverable)));
    }
    for (key, of) in &account.uses {
        let mut put = |harm: Harm| harms.push((of.resource(), harm));
        for deed in deeds {
            if matches!(deed, Deed::Delete(one) | Deed::Disable(one) | Deed::Rotate(one) if one == key) {
                put(by_key(*of, *deed));
            }
        }
        if !deleted(*of) {
            let none = BTreeSet::new();
            uncovered(account, &none, &removed, (*key, *of), Certainty::Certain).into_iter().for_each(&mut put);
            uncovered(account, &removed, &following, (*key, *of), Certainty::Possible).into_iter().for_each(&mut put);
        }
    }
    let mut worst: BTreeMap<String, Harm> = BTreeMap::new();
    for (resource, harm) in harms {
        let known = worst.entry(resource).or_insert(harm);
        // Of what is as bad, the one that stands first in the specification's list counts.
        if (badness(harm), std::cmp::Reverse(harm.0)) > (badness(*known), std::cmp::Reverse(known.0)) {
            *known = harm;
        }
    }
    worst
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn the_engine_agrees_with_the_simple_model(account in account(), deeds in deeds()) {
        let deeds: Vec<Deed> = deeds.into_iter().filter(|deed| account.knows(*deed)).collect();
        prop_assume!(!deeds.is_empty());
        let found = assessed(&account, &deeds, true);
        let inventory = account.inventory(&[]);
        let rows = found.affected.iter().filter(|row| row.effect != Effect::None);
        let engine: BTreeMap<String, Harm> =
            rows.map(|row| (inventory.text(row.resource).to_owned(), (row.effect, row.certainty))).collect();
        let expected = model(&account, &deeds);
        prop_assert_eq!(&engine, &expected, "{:?}", found.verdict);
        let worst = expected.values().copied().map(badness).max().unwrap_or_default();
        let allowed: &[Verdict] = match worst {
            5 => &[Verdict::Destroys],
            3 | 4 => &[Verdict::Unknown],
            // What is not seen may be worse than what is.
            2 => &[Verdict::Degrades, Verdict::Unknown],
            1 => &[Verdict::Unknown],
            _ => &[Verdict::Safe, Verdict::Unknown],
        };
        let verdict = found.if_forced.unwrap_or(found.verdict);
        prop_assert!(allowed.contains(&verdict) || verdict == Verdict::Blocked, "{verdict:?} of {expected:?}");
    }
}
