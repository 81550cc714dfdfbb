//! What is said of two policies holds of every use, as the evaluator decides it.

use proptest::prelude::*;

use super::*;
use crate::authz::properties::{authorization, facts, need};
use crate::authz::{Evaluation, Fact, KeyUse, Source, Target, Truth, evaluate};
use crate::catalog::needs::{Generation, Need, Required};
use crate::policy::{Attribute, Authorization, Operator, Role, SideName, State, Value};

const ANY_NEED: Need = Need {
    delegation: Required::No,
    generation: Generation::NotApplicable,
    cluster: false,
    dependents: Vec::new(),
    source: None,
};

prop_compose! {
    /// A policy and another that was made from it, so that many pairs are narrower or wider.
    fn pair()(
        first in authorization(),
        second in authorization(),
        related in prop::bool::weighted(0.8),
        changes in prop::collection::vec((0..6_u8, any::<prop::sample::Index>()), 0..3),
        swap in any::<bool>(),
    ) -> (Authorization, Authorization) {
        let mut other = second.clone();
        if related {
            other = first.clone();
            for (change, index) in changes {
                let side = if change % 2 == 0 { &mut other.subjects[0] } else { &mut other.resources[0] };
                if side.attributes.is_empty() {
                    continue;
                }
                let place = index.index(side.attributes.len());
                let attribute = &mut side.attributes[place];
                match change / 2 {
                    0 => drop(side.attributes.remove(place)),
                    1 => {
                        attribute.operator = Operator::StringEqualsAnyOf;
                        if let Value::Texts(texts) = &mut attribute.value {
                            texts.push("d".to_owned());
                        } else {
                            attribute.value = Value::Texts(vec!["d".to_owned()]);
                        }
                    }
                    _ => other.roles.extend(second.roles.clone()),
                }
            }
        }
        if swap { (other, first) } else { (first, other) }
    }
}

fn as_known<'a>(witness: &'a Witness, side: SideName, name: &str, otherwise: Fact<'a>) -> Fact<'a> {
    match witness.value(side, name) {
        Some(Some(value)) => Fact::Value(value),
        Some(None) => Fact::None,
        None => otherwise,
    }
}

/// The use that a witness speaks of; what it does not speak of is as in another use.
fn use_of<'a>(witness: &'a Witness, source: &Source<'a>, target: &Target<'a>) -> (Source<'a>, Target<'a>) {
    let of_source = |name: &str| as_known(witness, SideName::Subject, name, source.fact(name).expect("a fact"));
    let of_key = |name: &str| as_known(witness, SideName::Resource, name, target.fact(name).expect("a fact"));
    (
        Source {
            account: of_source("accountId"),
            service_name: of_source("serviceName"),
            service_instance: of_source("serviceInstance"),
            resource_type: of_source("resourceType"),
            resource: of_source("resource"),
            resource_group: of_source("resourceGroupId"),
            region: of_source("region"),
        },
        Target {
            account: of_key("accountId"),
            service_name: of_key("serviceName"),
            service_instance: of_key("serviceInstance"),
            key_id: of_key("resource"),
            key_ring: of_key("keyRing"),
            resource_group: of_key("resourceGroupId"),
            region: of_key("region"),
            dedicated: Some(false),
        },
    )
}

fn grants(evaluation: &Evaluation) -> (bool, bool) {
    let applies = evaluation.applies == Truth::True;
    (applies && evaluation.access == Truth::True, applies && evaluation.delegation == Truth::True)
}

/// Whether a policy has a condition that is judged exactly: no pattern, and nothing that cannot be judged.
fn is_plain(policy: &Authorization) -> bool {
    let sides = || policy.subjects.iter().chain(&policy.resources);
    let known = |attribute: &Attribute| {
        let about_service = matches!(attribute.name.as_str(), "accountId" | "serviceName");
        match attribute.operator {
            Operator::StringMatch => false,
            Operator::StringExists if about_service => false,
            _ => !matches!(attribute.name.as_str(), "serviceType" | "domainId"),
        }
    };
    let role = |role: &Role| !super::role::is_open(role);
    !policy.conditional
        && policy.state == State::Active
        && sides().all(|side| side.attributes.iter().all(known))
        && policy.resources.iter().all(|side| side.has("serviceName"))
        && policy.roles.iter().all(role)
}

/// Whether a policy's roles mean the same for every service.
fn of_any_service(policy: &Authorization) -> bool {
    policy.roles.iter().all(|role| super::role::only_service(role).is_none())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_implies_another_lets_in_nobody_else(
        (first, second) in pair(),
        uses in prop::collection::vec((facts(), need()), 8),
    ) {
        if implies(&first, &second) == Truth::True {
            for ((source, target), need) in &uses {
                let key_use = KeyUse { source: *source, target: *target, need, any_source_account: false };
                let (one, other) = (evaluate(&first, &key_use, None), evaluate(&second, &key_use, None));
                let ((access, delegation), (other_access, other_delegation)) = (grants(&one), grants(&other));
                prop_assert!(!access || other_access, "{key_use:?}");
                prop_assert!(!delegation || other_delegation, "{key_use:?}");
            }
        }
    }

    #[test]
    fn what_is_covered_is_what_is_implied_for_certain((first, second) in pair()) {
        let (of_first, of_second) = (super::region::regions(&first), super::region::regions(&second));
        let budget = super::search::Budget::of_one();
        let covered = super::relation::covers((&first, &of_first), (&second, &of_second), &budget);
        prop_assert_eq!(covered == Ok(true), implies(&first, &second) == Truth::True);
    }

    #[test]
    fn what_is_disjoint_never_lets_the_same_in(
        (first, second) in pair(),
        uses in prop::collection::vec((facts(), need()), 8),
    ) {
        let apart = disjoint(&first, &second);
        prop_assert_eq!(apart, disjoint(&second, &first));
        for ((source, target), need) in &uses {
            let key_use = KeyUse { source: *source, target: *target, need, any_source_account: false };
            let both = crate::authz::policy(&first, &key_use).and(crate::authz::policy(&second, &key_use));
            prop_assert!(apart != Truth::True || both != Truth::True, "{key_use:?}");
        }
    }

    #[test]
    fn every_difference_has_a_use_that_separates(
        (first, second) in pair(),
        (source, target) in facts(),
    ) {
        let differences = difference(&first, &second);
        if implies(&first, &second) == Truth::False {
            prop_assert!(!differences.is_empty());
        }
        prop_assert!(differences.is_empty() || implies(&first, &second) != Truth::True);
        for one in &differences {
            let (source, target) = use_of(&one.witness, &source, &target);
            let key_use = KeyUse { source, target, need: &ANY_NEED, any_source_account: false };
            let (ours, theirs) = (evaluate(&first, &key_use, None), evaluate(&second, &key_use, None));
            prop_assert_eq!(ours.applies, Truth::True, "{:?}", key_use);
            match &one.fact {
                Some(_) => prop_assert_eq!(theirs.applies, Truth::False, "{:?}", key_use),
                // The other grants no such role, or a lesser one, or lets nobody in.
                None => {
                    // A service's role counts on keys of that service alone.
                    let counts = |role: &&Role| match (super::role::only_service(role), target.service_name) {
                        (Some(service), Fact::Value(of_key)) => service == of_key,
                        _ => true,
                    };
                    let lesser = second.roles.iter().filter(counts).all(|wider| {
                        first.roles.iter().filter(counts).any(|role| super::role::contains(wider, role) == Truth::False)
                    });
                    // What asks for two values of one attribute lets nobody in, also where the use does not say the value.
                    let nobody = super::region::regions(&second).is_empty();
                    prop_assert!(theirs.applies == Truth::False || lesser || nobody);
                }
            }
        }
    }

    #[test]
    fn what_is_equal_is_both_ways((first, second) in pair()) {
        let relation = relate(&first, &second);
        prop_assert_eq!(relation.implies, relate(&second, &first).implied);
        // Nothing is both apart from another and inside it, but what lets nobody in.
        if relation.disjoint == Truth::True && relation.implies == Truth::True && is_plain(&first) && of_any_service(&first) {
            prop_assert!(super::region::regions(&first).is_empty() || !first.roles.iter().any(super::role::grants));
        }
        prop_assert!(!is_plain(&first) || implies(&first, &first) == Truth::True);
    }

    #[test]
    fn what_is_called_superfluous_can_go(
        policies in prop::collection::vec(pair(), 1..4),
        (source, target) in facts(),
        need in need(),
    ) {
        let policies: Vec<Authorization> = policies.into_iter().flat_map(|(one, other)| [one, other]).collect();
        let gone: Vec<usize> = redundant(&policies).certain.iter().map(|one| one.policy).collect();
        let left = || policies.iter().enumerate().filter(|(number, _)| !gone.contains(number));
        let key_use = KeyUse { source, target, need: &need, any_source_account: false };
        let before = crate::authz::decide(&key_use, policies.iter().enumerate(), true).verdict;
        let after = crate::authz::decide(&key_use, left(), true).verdict;
        prop_assert!(before != crate::authz::Verdict::Covered || after == before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    /// Equality, lists and existence are decided, never left open, and as trying every value decides it.
    #[test]
    fn without_patterns_it_is_exact((first, second) in pair().prop_filter("plain", |(first, second)| is_plain(first) && is_plain(second))) {
        let mut names: Vec<(SideName, String)> = Vec::new();
        for policy in [&first, &second] {
            let of = |name: SideName, sides: &[crate::policy::Side]| {
                sides[0].attributes.iter().map(|attribute| (name, attribute.name.clone())).collect::<Vec<_>>()
            };
            names.extend(of(SideName::Subject, &policy.subjects));
            names.extend(of(SideName::Resource, &policy.resources));
        }
        names.sort();
        names.dedup();
        // Names that no use can have other values in are tried with those that matter.
        let values = |(side, name): &(SideName, String)| -> Vec<Option<&'static str>> {
            match name.as_str() {
                "accountId" => vec![Some("a"), Some("c"), Some("d"), Some("x")],
                "serviceName" if *side == SideName::Subject => vec![Some("messagehub"), Some("is"), Some("x"), Some("c"), Some("d")],
                "serviceName" => vec![Some("kms"), Some("hs-crypto"), Some("c"), Some("d")],
                "resourceType" if *side == SideName::Resource => vec![Some("key")],
                _ => vec![Some("a"), Some("b"), Some("c"), Some("d"), Some("kms"), Some("messagehub"), Some("key"), Some("r*"), Some("x"), None],
            }
        };
        let total: usize = names.iter().map(|name| values(name).len()).product();
        prop_assume!(total <= 6_000);
        let (mut both, mut escape) = (false, false);
        for mut number in 0..total {
            let mut witness = Witness::default();
            for (side, name) in &names {
                let values = values(&(*side, name.clone()));
                let value = values[number % values.len()].map(str::to_owned);
                number /= values.len();
                witness.facts.push(WitnessFact { side: *side, name: name.clone(), value });
            }
            let (source, target) = use_of(&witness, &Source::default(), &Target::default());
            let key_use = KeyUse { source, target, need: &ANY_NEED, any_source_account: false };
            let (one, other) = (evaluate(&first, &key_use, None), evaluate(&second, &key_use, None));
            both |= one.applies == Truth::True && other.applies == Truth::True;
            if one.applies == Truth::True {
                let of_service = |role: &&Role| super::role::only_service(role).is_none_or(|service| target.service_name == Fact::Value(service));
                let granted = |policy: &Authorization| policy.roles.iter().filter(|role| super::role::grants(role)).filter(of_service).cloned().collect::<Vec<_>>();
                let theirs = if other.applies == Truth::True { granted(&second) } else { Vec::new() };
                escape |= granted(&first).iter().any(|role| {
                    !theirs.iter().any(|wider| super::role::contains(wider, role) == Truth::True)
                });
            }
        }
        let scoped = |policy: &Authorization| ["keyRing", "resource"].map(|name| policy.resources[0].has(name));
        match implies(&first, &second) {
            Truth::True => prop_assert!(!escape),
            Truth::False => prop_assert!(escape),
            // A service that does not honour a scope of the second alone would not be let in by it.
            Truth::Unknown => prop_assert!(!escape && scoped(&first) != scoped(&second), "left open"),
        }
        prop_assert_eq!(disjoint(&first, &second), Truth::from(!both));
    }
}

#[test]
fn pairs_of_all_kinds_are_made() {
    use proptest::strategy::{Strategy, ValueTree};
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..1_000 {
        let (first, second) = pair().new_tree(&mut runner).expect("a pair").current();
        *seen.entry((implies(&first, &second), disjoint(&first, &second))).or_insert(0) += 1;
    }
    for wanted in [
        (Truth::True, Truth::False),
        (Truth::False, Truth::False),
        (Truth::False, Truth::True),
        (Truth::Unknown, Truth::Unknown),
    ] {
        assert!(seen.get(&wanted).is_some_and(|count| *count >= 10), "{wanted:?} of {seen:?}");
    }
}
