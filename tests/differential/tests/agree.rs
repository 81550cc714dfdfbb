//! Our evaluator and Cedar's say the same of every use of which everything is known.

use std::collections::BTreeSet;

use cedar_policy::{Authorizer, Decision as CedarDecision, Response};
use kmsguard::authz::{AuthorizationIndex, Fact, KeyUse, Source, Target, Truth, Verdict, decide, policy};
use kmsguard::catalog::needs::{Generation, Need, Required};
use kmsguard::policy::{Attribute, Authorization, Operator, Side, Value, read_text};
use kmsguard_differential::{entities, place, policy_set, request};
use proptest::prelude::*;

const READER: &str = "crn:v1:bluemix:public:iam::::serviceRole:Reader";
const ROLES: &[&[&str]] = &[
    &[READER],
    &[READER],
    &["crn:v1:bluemix:public:kms::::serviceRole:Manager"],
    &["crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"],
    &[READER, "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"],
    &["crn:v1:bluemix:public:iam::::role:Viewer"],
    &["crn:v1:bluemix:public:iam::::role:Reader"],
    &["crn:v1:bluemix:public:iam::::serviceRole:AuthorizationDelegator"],
    &["crn:v1:bluemix:public:hs-crypto::::serviceRole:Writer"],
];
const VALUES: &[&str] = &["a", "b", "ab", "key", "default", "ab*", "é"];
const PATTERNS: &[&str] = &["a", "*", "a*", "*b", "a*b", "*{{*}}", "{{?}}*", "k*y", "**", "", "é*"];

/// Few names and few values, so that much of it meets.
fn attribute(names: &'static [&'static str]) -> impl Strategy<Value = Attribute> {
    let texts = prop::collection::vec(prop::sample::select(VALUES), 1..4);
    let patterns = prop::collection::vec(prop::sample::select(PATTERNS), 1..4);
    let crn =
        "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::";
    (prop::sample::select(names), 0..6_u8, texts, patterns, any::<bool>(), prop::bool::weighted(0.05)).prop_map(
        move |(name, operator, texts, patterns, flag, whole_crn)| {
            let own = |list: &[&str]| Value::Texts(list.iter().map(|text| (*text).to_owned()).collect());
            let texts = if whole_crn { vec![crn] } else { texts };
            let (operator, value) = match operator {
                0 | 1 => (Operator::StringEquals, own(&texts[..1])),
                2 => (Operator::StringMatch, own(&patterns[..1])),
                3 => (Operator::StringEqualsAnyOf, own(&texts)),
                4 => (Operator::StringMatchAnyOf, own(&patterns)),
                _ => (Operator::StringExists, Value::Bool(flag)),
            };
            Attribute { name: name.to_owned(), operator, value }
        },
    )
}

fn side(services: &'static [&'static str], names: &'static [&'static str]) -> impl Strategy<Value = Side> {
    let account = prop::option::weighted(0.95, prop::sample::select(&["a", "a", "a", "b"][..]));
    let service = prop::option::weighted(0.9, prop::sample::select(services));
    (account, service, prop::collection::vec(attribute(names), 0..3)).prop_map(|(account, service, mut attributes)| {
        attributes.extend(account.map(|account| Attribute::equals("accountId", account)));
        attributes.extend(service.map(|service| Attribute::equals("serviceName", service)));
        Side { attributes, ..Side::default() }
    })
}

prop_compose! {
    fn authorization()(
        subject in side(
            &["messagehub", "messagehub", "is"],
            &["serviceInstance", "resourceGroupId", "region", "resourceType", "resource"],
        ),
        resource in side(
            &["kms", "kms", "kms", "hs-crypto"],
            &["serviceInstance", "keyRing", "resource", "resourceType", "resourceGroupId", "region"],
        ),
        roles in prop::sample::select(ROLES),
    ) -> Authorization {
        let roles: Vec<String> = roles.iter().map(|role| format!(r#"{{"role_id":"{role}"}}"#)).collect();
        let empty = format!(
            r#"{{"type":"authorization","subjects":[{{"attributes":[]}}],"resources":[{{"attributes":[]}}],"roles":[{}]}}"#,
            roles.join(",")
        );
        let mut policy = read_text(&empty).expect("a policy");
        policy.problems.clear();
        policy.subjects = vec![subject];
        policy.resources = vec![resource];
        policy
    }
}

fn fact() -> impl Strategy<Value = Fact<'static>> {
    prop_oneof![6 => prop::sample::select(VALUES).prop_map(Fact::Value), 1 => Just(Fact::None)]
}

prop_compose! {
    fn known_use()(
        source in (fact(), fact(), fact(), fact(), fact()),
        target in (fact(), fact(), fact(), fact(), fact()),
        accounts in (prop::sample::select(&["a", "a", "b"][..]), prop::sample::select(&["a", "a", "b"][..])),
        delegation in prop::sample::select(vec![Required::Yes, Required::No]),
    ) -> (Source<'static>, Target<'static>, Required) {
        (
            Source {
                account: Fact::Value(accounts.0),
                service_name: Fact::Value("messagehub"),
                service_instance: source.0,
                resource_type: source.1,
                resource: source.2,
                resource_group: source.3,
                region: source.4,
            },
            Target {
                account: Fact::Value(accounts.1),
                service_name: Fact::Value("kms"),
                service_instance: target.0,
                key_id: target.1,
                key_ring: target.2,
                resource_group: target.3,
                region: target.4,
                dedicated: Some(false),
            },
            delegation,
        )
    }
}

/// A policy whose answer does not hang on what nobody knows: which service a resource group stands for, whether an account or
/// a service merely exists.
fn is_two_valued(policy: &Authorization) -> bool {
    let [resource] = policy.resources.as_slice() else { return false };
    resource.has("serviceName") || !resource.has("resourceGroupId")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn with_cedar_on_every_use_of_which_everything_is_known(
        policies in prop::collection::vec(authorization().prop_filter("two-valued", is_two_valued), 0..12),
        uses in prop::collection::vec(known_use(), 20),
    ) {
        let set = policy_set(&policies);
        let index = AuthorizationIndex::new(&policies);
        let authorizer = Authorizer::new();
        for (source, target, delegation) in uses {
            let need = Need {
                delegation,
                generation: Generation::Classic,
                cluster: false,
                dependents: Vec::new(),
                source: None,
            };
            let key_use = KeyUse { source, target, need: &need, any_source_account: false };
            let entities = entities(&source, &target);
            let asked = |action| authorizer.is_authorized(&request(action), &set, &entities);
            let (access, delegate) = (asked("access"), asked("delegate"));
            for answer in [&access, &delegate] {
                prop_assert!(answer.diagnostics().errors().next().is_none(), "Cedar stumbles");
            }
            let covered = access.decision() == CedarDecision::Allow
                && (delegation == Required::No || delegate.decision() == CedarDecision::Allow);

            let ours = decide(&key_use, policies.iter().enumerate(), true);
            prop_assert_eq!(ours.verdict, if covered { Verdict::Covered } else { Verdict::NotCovered });
            let indexed = index.verdict(&policies, &key_use, true);
            prop_assert_eq!(indexed.verdict, ours.verdict);
            prop_assert_eq!(&indexed.policies, &ours.policies);

            // Policy by policy: those that Cedar names are those that we name.
            let named = |answer: &Response| answer.diagnostics().reason().map(place).collect::<BTreeSet<usize>>();
            let (access, delegate) = (named(&access), named(&delegate));
            let expected: Vec<usize> = match delegation {
                Required::No => access.into_iter().collect(),
                _ => access.union(&delegate).copied().collect(),
            };
            prop_assert_eq!(&ours.policies, &expected);
            for one in &policies {
                prop_assert!(policy(one, &key_use) != Truth::Unknown, "{:?} is unknown of {:?}", one, key_use);
            }
        }
    }
}

/// A comparison that never finds a use covered, or never one that is not, would show nothing.
#[test]
fn the_uses_that_are_compared_are_of_both_kinds() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut covered, mut refused) = (0, 0);
    for _ in 0..300 {
        let policies = prop::collection::vec(authorization().prop_filter("two-valued", is_two_valued), 12);
        let policies = policies.new_tree(&mut runner).expect("policies").current();
        let (source, target, delegation) = known_use().new_tree(&mut runner).expect("a use").current();
        let need =
            Need { delegation, generation: Generation::Classic, cluster: false, dependents: Vec::new(), source: None };
        let key_use = KeyUse { source, target, need: &need, any_source_account: false };
        match decide(&key_use, policies.iter().enumerate(), true).verdict {
            Verdict::Covered => covered += 1,
            Verdict::NotCovered => refused += 1,
            Verdict::Unknown => {}
        }
    }
    assert!(covered >= 30 && refused >= 30, "{covered} covered, {refused} refused");
}
