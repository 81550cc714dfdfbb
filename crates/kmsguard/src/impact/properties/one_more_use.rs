//! What holds for every set of uses: one more never makes an answer safer, and their order does not show.

use proptest::prelude::*;
use serde_json::json;

use crate::impact::{Action, ActionKind, Assessment, Certainty, Verdict, assess, verdict};
use crate::ingest::Input;
use crate::inventory::Inventory;

const KEY: &str = "f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

/// Resources of every family, of a service that no family holds, volumes of nobody, and what is no CRN.
const RESOURCES: &[&str] = &[
    "crn:v1:bluemix:public:messagehub:us-south:a/1:11111111-1111-4111-8111-111111111111::",
    "crn:v1:bluemix:public:databases-for-redis:us-south:a/1:22222222-2222-4222-8222-222222222222::",
    "crn:v1:bluemix:public:cloud-object-storage:global:a/1:33333333-3333-4333-8333-333333333333:bucket:one",
    "crn:v1:bluemix:public:is:us-south-1:a/1::volume:r006-1",
    "crn:v1:bluemix:public:is:us-south-1:a/2::volume:r134-1",
    "crn:v1:bluemix:public:containers-kubernetes:us-south:a/1:cluster::",
    "crn:v1:bluemix:public:containers-kubernetes:us-south:a/1:cluster:worker-pool:pool",
    "crn:v1:bluemix:public:secrets-manager:us-south:a/1:44444444-4444-4444-8444-444444444444::",
    "not-a-crn",
];

fn assessed(uses: &[(usize, bool)], force: bool) -> Assessment {
    let key = json!([{
        "id": KEY, "name": "k", "state": 1, "extractable": false,
        "crn": format!("crn:v1:bluemix:public:kms:us-south:a/1:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:{KEY}"),
    }]);
    let registrations: Vec<_> = uses
        .iter()
        .map(
            |(place, prevents)| json!({"keyId": KEY, "resourceCrn": RESOURCES[*place], "preventKeyDeletion": prevents}),
        )
        .collect();
    let inventory = Inventory::read(vec![
        Input::named("keys.json", key.to_string()),
        Input::named("registrations.json", json!(registrations).to_string()),
    ]);
    let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
    let action = Action { kind: ActionKind::DeleteKey, target: "k".into(), force };
    assess(&inventory, now, &[action]).expect("one key has that name")
}

/// What an answer promises at least: that something certain is this bad.
fn floor(assessment: &Assessment) -> Verdict {
    let certain = assessment.affected.iter().filter(|row| row.certainty == Certainty::Certain);
    certain.filter_map(|row| verdict::of_effect(row.effect)).max().unwrap_or(Verdict::Safe)
}

/// Whether a verdict is no safer than another. What is not known is no promise, so it is no safer than what was known to
/// degrade; and what is known to destroy, or to be refused, stays that.
pub(super) fn no_safer(than: Verdict, now: Verdict) -> bool {
    match than {
        Verdict::Safe => true,
        Verdict::Unknown | Verdict::Degrades => now != Verdict::Safe,
        Verdict::Destroys => matches!(now, Verdict::Destroys | Verdict::Blocked),
        Verdict::Blocked => now == Verdict::Blocked,
    }
}

fn uses() -> impl Strategy<Value = Vec<(usize, bool)>> {
    proptest::collection::vec((0..RESOURCES.len(), proptest::bool::weighted(0.1)), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn one_more_use_makes_no_answer_safer(
        uses in uses(), more in (0..RESOURCES.len(), any::<bool>()), force in any::<bool>(),
    ) {
        let before = assessed(&uses, force);
        let mut with_more = uses;
        with_more.push(more);
        let after = assessed(&with_more, force);
        prop_assert!(no_safer(before.verdict, after.verdict), "{:?} became {:?}", before.verdict, after.verdict);
        prop_assert!(floor(&before) <= floor(&after));
        prop_assert!(before.affected.len() <= after.affected.len());
        if let (Some(before), Some(after)) = (before.if_forced, after.if_forced) {
            prop_assert!(no_safer(before, after), "{before:?} became {after:?}");
        }
    }

    #[test]
    fn force_never_makes_the_effects_another(uses in uses()) {
        let (asked, forced) = (assessed(&uses, false), assessed(&uses, true));
        prop_assert_eq!(format!("{:?}", asked.affected), format!("{:?}", forced.affected));
        if asked.verdict == Verdict::Blocked {
            prop_assert_eq!(asked.if_forced, Some(forced.verdict));
        } else {
            prop_assert_eq!(asked.verdict, forced.verdict);
        }
    }

    #[test]
    fn a_known_use_is_never_safe_to_lose(uses in uses()) {
        prop_assume!(!uses.is_empty());
        let verdict = assessed(&uses, true).verdict;
        prop_assert!(verdict != Verdict::Safe, "{verdict:?}");
    }
}
