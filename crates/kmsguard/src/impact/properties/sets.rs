//! Sets of actions: more actions never take less away, their order does not show, and what is not known is never safe.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::account::{Account, Deed, Deployment, KEYS, account, assessed, assessed_after, deeds, now};
use super::one_more_use::no_safer;
use crate::catalog::effects::Effect;
use crate::impact::{Affected, Assessment, Certainty, Verdict, assess, verdict};
use crate::inventory::Symbol;

/// How bad each row is.
fn weights(found: &Assessment) -> BTreeMap<Symbol, u8> {
    let weight = |row: &Affected| (row.resource, verdict::weight(row.effect, row.certainty));
    found.affected.iter().map(weight).collect()
}

fn known(account: &Account, deeds: Vec<Deed>) -> Vec<Deed> {
    deeds.into_iter().filter(|deed| account.knows(*deed)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn removing_more_never_affects_less(account in account(), first in deeds(), more in deeds(), force in any::<bool>()) {
        let (first, more) = (known(&account, first), known(&account, more));
        prop_assume!(!first.is_empty());
        let before = assessed(&account, &first, force);
        let after = assessed(&account, &[first, more].concat(), force);
        let worse = weights(&after);
        for (resource, weight) in weights(&before) {
            prop_assert!(worse.get(&resource).is_some_and(|now| *now >= weight), "{before:?}\n{after:?}");
        }
        prop_assert!(no_safer(before.verdict, after.verdict), "{:?} became {:?}", before.verdict, after.verdict);
        for blocker in &before.blockers {
            prop_assert!(after.blockers.contains(blocker), "{blocker:?} was lifted by more actions");
        }
    }

    #[test]
    fn the_order_of_the_actions_does_not_show(account in account(), deeds in deeds()) {
        let deeds = known(&account, deeds);
        prop_assume!(!deeds.is_empty());
        let mut turned = deeds.clone();
        turned.reverse();
        let told = |found: &Assessment| {
            let row = |row: &Affected| (row.resource, row.effect, row.certainty, row.recoverable_until, row.sticks);
            let rows: Vec<_> = found.affected.iter().map(row).collect();
            format!("{:?} {:?} {rows:?} {:?} {:?}", found.verdict, found.if_forced, found.unknown, found.blockers.len())
        };
        prop_assert_eq!(told(&assessed(&account, &deeds, false)), told(&assessed(&account, &turned, false)));
    }

    #[test]
    fn what_is_gone_before_is_not_affected_again(account in account(), before in deeds(), deeds in deeds()) {
        let (before, deeds) = (known(&account, before), known(&account, deeds));
        prop_assume!(!deeds.is_empty());
        let found = assessed_after(&account, &before, &deeds, true);
        let gone: Vec<String> = before
            .iter()
            .filter_map(|deed| if let Deed::Remove(of) = deed { Some(of.resource()) } else { None })
            .filter(|resource| !deeds.iter().any(|deed| matches!(deed, Deed::Remove(of) if of.resource() == *resource)))
            .collect();
        let inventory = account.inventory(&[]);
        for row in &found.affected {
            prop_assert!(!gone.iter().any(|resource| resource == inventory.text(row.resource)), "{row:?}");
        }
    }

    #[test]
    fn safe_is_never_said_where_a_use_is_not_known(
        account in account(), key in 0..KEYS.len(), deed in 0..3_usize, missing in 0..3_usize,
    ) {
        let deed = [Deed::Delete(key), Deed::Disable(key), Deed::Rotate(key)][deed];
        let without: &[&str] = [&["registrations"][..], &["policies"], &[]][missing];
        let inventory = account.inventory(without);
        let found = assess(&inventory, now(), &account.actions(&[deed], true)).expect("every key is known");
        let used = without != ["registrations"] && account.uses.iter().any(|(one, _)| *one == key);
        let silent = |policy: &super::account::Policy| {
            policy.scope.covers(key) && matches!(policy.source, "cloud-object-storage" | "secrets-manager")
        };
        // Without a use that shows, a service that does not register may use it, and without authorizations nobody knows which.
        let open = !used && (without == ["policies"] || account.policies.iter().any(silent));
        let by_unknown = used && account.uses.contains(&(key, Deployment::SecretsManager));
        if open || by_unknown || without == ["registrations"] {
            prop_assert!(found.verdict != Verdict::Safe, "{found:?}");
        }
        if found.affected.iter().any(|row| row.effect == Effect::Unknown || row.certainty == Certainty::Possible) {
            prop_assert!(found.verdict != Verdict::Safe, "{found:?}");
        }
    }

    #[test]
    fn an_authorization_of_unseen_uses_is_never_safe_to_remove(account in account(), policy in 0..7_usize) {
        prop_assume!(policy < account.policies.len());
        let inventory = account.inventory(&["registrations"]);
        let found = assess(&inventory, now(), &account.actions(&[Deed::Revoke(policy)], true)).expect("it is known");
        let own = &account.policies[policy];
        let replaced = account.policies.iter().enumerate().any(|(number, other)| {
            number != policy
                && other.source == own.source
                && other.by_service == own.by_service
                && (0..KEYS.len()).all(|key| !own.scope.covers(key) || other.scope.covers(key))
                && (other.reader || !own.reader)
                && (other.delegator || !own.delegator)
        });
        prop_assert!(replaced || found.verdict != Verdict::Safe, "{found:?}");
    }
}
