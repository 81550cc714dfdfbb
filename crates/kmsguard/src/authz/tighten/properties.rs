//! What is tightened loses no use, lets in nobody new, and cannot be tightened again.

use proptest::prelude::*;

use super::*;
use crate::authz::properties::{authorization, facts, need};
use crate::authz::{Fact, Source, Target};
use crate::catalog::needs::Need;
use crate::policy::{Attribute, Role, RoleKind, State};

/// A policy that covers more than most: nothing but service and account, and roles that are enough.
fn wide() -> impl Strategy<Value = Authorization> {
    (authorization(), any::<[bool; 4]>()).prop_map(|(mut policy, [keep_subject, keep_resource, roles, whole])| {
        let plain =
            |service: &str| vec![Attribute::equals("accountId", "a"), Attribute::equals("serviceName", service)];
        if !keep_subject {
            policy.subjects[0].attributes = plain("messagehub");
        }
        if !keep_resource {
            policy.resources[0].attributes = plain("kms");
        }
        if roles || whole {
            policy.roles = vec![Role::known(RoleKind::Reader), Role::known(RoleKind::AuthorizationDelegator)];
        }
        policy.conditional &= !whole;
        if whole {
            policy.state = State::Active;
        }
        policy
    })
}

prop_compose! {
    fn use_of()(
        (source, target) in facts(),
        need in need(),
        any_source_account in prop::bool::weighted(0.15),
        known in prop::bool::weighted(0.8),
    ) -> (Source<'static>, Target<'static>, Need, bool) {
        let sure = |fact: Fact<'static>| if known && fact == Fact::Unknown { Fact::Value("b") } else { fact };
        let target = Target {
            service_instance: sure(target.service_instance),
            key_id: sure(target.key_id),
            key_ring: sure(target.key_ring),
            resource_group: sure(target.resource_group),
            ..target
        };
        let source = Source {
            service_instance: sure(source.service_instance),
            resource_type: sure(source.resource_type),
            resource_group: sure(source.resource_group),
            region: sure(source.region),
            ..source
        };
        (source, target, need, any_source_account)
    }
}

fn as_uses<'u>(uses: &'u [(Source<'static>, Target<'static>, Need, bool)]) -> Vec<KeyUse<'u>> {
    uses.iter()
        .map(|(source, target, need, any_source_account)| KeyUse {
            source: *source,
            target: *target,
            need,
            any_source_account: *any_source_account,
        })
        .collect()
}

/// The policies after it, and which of them may be moved.
fn applied(policies: &[Authorization], movable: &[bool], tightened: &Tightened) -> (Vec<Authorization>, Vec<bool>) {
    let kept = tightened.kept.iter().map(|number| (policies[*number].clone(), movable[*number]));
    kept.chain(tightened.added.iter().map(|added| (added.policy.clone(), true))).unzip()
}

fn verdict(policies: &[Authorization], one: &KeyUse<'_>) -> Verdict {
    decide(one, policies.iter().enumerate(), true).verdict
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_covered_use_is_lost_nobody_new_is_let_in_and_twice_is_once(
        list in prop::collection::vec((wide(), prop::bool::weighted(0.8)), 0..7),
        uses in prop::collection::vec(use_of(), 0..6),
        others in prop::collection::vec(use_of(), 4),
    ) {
        let (policies, movable): (Vec<Authorization>, Vec<bool>) = list.into_iter().unzip();
        let uses = as_uses(&uses);
        let tightened = tighten(&policies, &movable, &uses);

        let mut all: Vec<usize> = tightened.kept.iter().chain(&tightened.removed).copied().collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..policies.len()).collect::<Vec<_>>(), "every policy stays or goes");
        prop_assert!(tightened.removed.iter().all(|number| movable[*number]), "what may not be moved stays");

        let (after, movable_after) = applied(&policies, &movable, &tightened);
        for one in &uses {
            let (before, after) = (verdict(&policies, one), verdict(&after, one));
            prop_assert!(before != Verdict::Covered || after == Verdict::Covered, "lost: {:?}", one);
            prop_assert!(before == Verdict::Covered || after == before, "{before:?} became {after:?}: {:?}", one);
        }
        for one in &as_uses(&others) {
            let (before, after) = (verdict(&policies, one), verdict(&after, one));
            prop_assert!(after != Verdict::Covered || before == Verdict::Covered, "let in: {:?}", one);
        }
        let again = tighten(&after, &movable_after, &uses);
        prop_assert!(again.removed.is_empty() && again.added.is_empty(), "{again:?}");
    }
}

/// A test of what is never tightened would show nothing.
#[test]
fn there_is_something_to_tighten() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut removed, mut added, mut held, mut narrow) = (0, 0, 0, 0);
    for _ in 0..300 {
        let policies = prop::collection::vec(wide(), 4).new_tree(&mut runner).expect("policies").current();
        let uses = prop::collection::vec(use_of(), 4).new_tree(&mut runner).expect("uses").current();
        let tightened = tighten(&policies, &[true; 4], &as_uses(&uses));
        removed += tightened.removed.len();
        added += tightened.added.len();
        held += tightened.held.len();
        narrow += tightened.kept.len() - tightened.held.len();
    }
    assert!([removed, added, held].iter().all(|count| *count >= 50), "{removed} {added} {held} {narrow}");
}
