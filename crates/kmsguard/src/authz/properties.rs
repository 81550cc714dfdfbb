//! What holds of all uses and all policies.

use proptest::prelude::*;

use super::shape::{Shape, Shapes};
use super::*;
use crate::catalog::needs::{Generation, Need, Required, UseFacts};
use crate::policy::{Attribute, Authorization, Operator, PolicyType, Role, Side, State, Value, Version};

const ROLES: &[&str] = &[
    "crn:v1:bluemix:public:iam::::serviceRole:Reader",
    "crn:v1:bluemix:public:kms::::serviceRole:Writer",
    "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator",
    "crn:v1:bluemix:public:iam::::role:Viewer",
    "crn:v1:bluemix:public:iam::::role:Reader",
    "crn:v1:bluemix:public:iam-access-management::a/1::customRole:X",
];

/// Few names and few values, so that much of it meets.
fn attributes(names: &'static [&'static str]) -> impl Strategy<Value = Vec<Attribute>> {
    let value = prop::sample::select(vec!["a", "b", "kms", "messagehub", "key", "r*"]);
    let operator = prop::sample::select(vec![
        Operator::StringEquals,
        Operator::StringEquals,
        Operator::StringMatch,
        Operator::StringEqualsAnyOf,
        Operator::StringExists,
    ]);
    prop::collection::vec((prop::sample::select(names), operator, value), 0..3).prop_map(|list| {
        list.into_iter()
            .map(|(name, operator, text)| {
                let value = match operator {
                    Operator::StringExists => Value::Bool(text < "c"),
                    Operator::StringEqualsAnyOf => Value::Texts(vec!["c".to_owned(), text.to_owned()]),
                    _ => Value::Texts(vec![text.to_owned()]),
                };
                Attribute { name: name.to_owned(), operator, value }
            })
            .collect()
    })
}

fn side(service: &'static [&'static str], names: &'static [&'static str]) -> impl Strategy<Value = Side> {
    let service = prop::sample::select(service);
    (prop::option::weighted(0.95, Just("a")), prop::option::weighted(0.9, service), attributes(names)).prop_map(
        |(account, service, mut attributes)| {
            attributes.extend(account.map(|account| Attribute::equals("accountId", account)));
            attributes.extend(service.map(|service| Attribute::equals("serviceName", service)));
            Side { attributes, ..Side::default() }
        },
    )
}

prop_compose! {
    pub(super) fn authorization()(
        subject in side(&["messagehub", "is"], &["serviceInstance", "resourceGroupId", "region", "serviceType", "resourceType"]),
        resource in side(
            &["kms", "kms", "hs-crypto"],
            &["serviceInstance", "keyRing", "resource", "resourceType", "resourceGroupId", "domainId"],
        ),
        roles in prop::collection::vec(prop::sample::select(ROLES), 0..3),
        conditional in prop::bool::weighted(0.05),
        unknown_state in prop::bool::weighted(0.05),
    ) -> Authorization {
        Authorization {
            id: None,
            state: if unknown_state { State::Other } else { State::Active },
            kind: PolicyType::Authorization,
            subjects: vec![subject],
            resources: vec![resource],
            roles: roles.into_iter().map(Role::of_id).collect(),
            description: None,
            created_by_id: None,
            created_at: None,
            last_permit_at: None,
            conditional,
            template: false,
            managed: false,
            version: Version::V2,
            problems: Vec::new(),
        }
    }
}

fn fact() -> impl Strategy<Value = Fact<'static>> {
    prop::sample::select(vec![Fact::Value("a"), Fact::Value("b"), Fact::Value("key"), Fact::None, Fact::Unknown])
}

/// What an unknown fact may turn out to be.
fn learned_fact() -> impl Strategy<Value = Fact<'static>> {
    prop::sample::select(vec![
        Fact::Value("a"),
        Fact::Value("b"),
        Fact::Value("key"),
        Fact::Value("messagehub"),
        Fact::Value("is"),
        Fact::None,
    ])
}

prop_compose! {
    pub(super) fn facts()(
        source in (fact(), fact(), fact(), fact(), fact()),
        target in (fact(), fact(), fact(), fact()),
        known_service in prop::bool::weighted(0.9),
    ) -> (Source<'static>, Target<'static>) {
        let service = if known_service { Fact::Value("messagehub") } else { Fact::Unknown };
        (
            Source {
                account: Fact::Value("a"),
                service_name: service,
                service_instance: source.0,
                resource_type: source.1,
                resource: source.2,
                resource_group: source.3,
                region: source.4,
            },
            Target {
                account: Fact::Value("a"),
                service_name: Fact::Value("kms"),
                service_instance: target.0,
                key_id: target.1,
                key_ring: target.2,
                resource_group: target.3,
                region: Fact::Unknown,
                dedicated: None,
            },
        )
    }
}

prop_compose! {
    pub(super) fn need()(
        delegation in prop::sample::select(vec![Required::Yes, Required::No, Required::Unknown]),
        generation in prop::sample::select(vec![Generation::Gen2, Generation::Classic, Generation::Unknown, Generation::NotApplicable]),
        cluster in any::<bool>(),
    ) -> Need {
        Need { delegation, generation, cluster, dependents: Vec::new(), source: None }
    }
}

/// The rule for facts that are all known, written as one reads it. `None`: something else than a fact is not known.
fn applies_plainly(policy: &Authorization, source: &Source<'_>, target: &Target<'_>, need: &Need) -> Option<bool> {
    let holds = |attribute: &Attribute, fact: Fact<'_>| -> bool {
        let text = match fact {
            Fact::Value(text) => Some(text),
            Fact::None => None,
            Fact::Unknown => unreachable!("all facts are known"),
        };
        match (&attribute.operator, &attribute.value) {
            (Operator::StringExists, Value::Bool(wanted)) => text.is_some() == *wanted,
            (Operator::StringMatch, Value::Texts(texts)) => text.is_some_and(|text| match texts[0].as_str() {
                "r*" => text.starts_with('r'),
                plain => plain == text,
            }),
            (_, Value::Texts(texts)) => text.is_some_and(|text| texts.iter().any(|one| one == text)),
            _ => unreachable!("no such attribute is made"),
        }
    };
    let mut unknown = policy.conditional || policy.state == State::Other;
    let (subject, resource) = (&policy.subjects[0], &policy.resources[0]);
    for attribute in &subject.attributes {
        let fact = match attribute.name.as_str() {
            "accountId" => source.account,
            "serviceName" => source.service_name,
            "serviceInstance" => source.service_instance,
            "resourceType" => source.resource_type,
            "resourceGroupId" => source.resource_group,
            "region" => source.region,
            _ => {
                unknown = true;
                continue;
            }
        };
        if !holds(attribute, fact) {
            return Some(false);
        }
    }
    let has = |side: &Side, name: &str| side.attributes.iter().any(|attribute| attribute.name == name);
    if !has(subject, "accountId") || !has(resource, "accountId") {
        return Some(false);
    }
    if !has(subject, "serviceName") && !has(subject, "resourceGroupId") {
        if !has(subject, "serviceType") {
            return Some(false);
        }
        unknown = true;
    }
    for attribute in &resource.attributes {
        let fact = match attribute.name.as_str() {
            "accountId" => target.account,
            "serviceName" => target.service_name,
            "serviceInstance" => target.service_instance,
            "resourceType" => Fact::Value("key"),
            "resource" => target.key_id,
            "keyRing" => target.key_ring,
            "resourceGroupId" => target.resource_group,
            _ => {
                unknown = true;
                continue;
            }
        };
        if !holds(attribute, fact) {
            return Some(false);
        }
    }
    if !has(resource, "serviceName") {
        if !has(resource, "resourceGroupId") {
            return Some(false);
        }
        unknown = true;
    }
    let gen2 = matches!(need.generation, Generation::Gen2 | Generation::Unknown);
    if has(resource, "keyRing") && (gen2 || need.cluster) || has(resource, "resource") && need.cluster {
        unknown = true;
    }
    if unknown { None } else { Some(true) }
}

fn at_each(policies: &[Authorization]) -> impl Iterator<Item = (usize, &Authorization)> + Clone {
    policies.iter().enumerate()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn another_policy_never_takes_coverage_away(
        policies in prop::collection::vec(authorization(), 0..5),
        more in authorization(),
        (source, target) in facts(),
        need in need(),
        complete in any::<bool>(),
    ) {
        let key_use = KeyUse { source, target, need: &need, any_source_account: false };
        let before = decide(&key_use, at_each(&policies), complete).verdict;
        let mut policies = policies;
        policies.push(more);
        let after = decide(&key_use, at_each(&policies), complete).verdict;
        // Covered before unknown before not covered: one more policy can only move the verdict towards covered.
        prop_assert!(after <= before, "{before:?} became {after:?}");
    }

    #[test]
    fn an_incomplete_list_never_says_no(
        policies in prop::collection::vec(authorization(), 0..5),
        (source, target) in facts(),
        need in need(),
    ) {
        let key_use = KeyUse { source, target, need: &need, any_source_account: false };
        let decision = decide(&key_use, at_each(&policies), false);
        prop_assert!(decision.verdict != Verdict::NotCovered);
        prop_assert!(decision.verdict == Verdict::Covered || !decision.unknown.is_empty());
    }

    #[test]
    fn every_answer_but_covered_has_its_reason(
        policies in prop::collection::vec(authorization(), 0..5),
        (source, target) in facts(),
        need in need(),
    ) {
        let key_use = KeyUse { source, target, need: &need, any_source_account: false };
        let decision = decide(&key_use, at_each(&policies), true);
        match decision.verdict {
            Verdict::Covered => prop_assert!(!decision.policies.is_empty()),
            Verdict::NotCovered => prop_assert!(!decision.missing.is_empty()),
            Verdict::Unknown => prop_assert!(!decision.unknown.is_empty()),
        }
    }

    #[test]
    fn the_index_loses_nothing(
        policies in prop::collection::vec(authorization(), 0..8),
        (source, target) in facts(),
        need in need(),
        complete in any::<bool>(),
        (known_service, known_account) in (any::<bool>(), any::<bool>()),
    ) {
        let unless = |known, fact| if known { fact } else { Fact::Unknown };
        let target = Target {
            service_name: unless(known_service, target.service_name),
            account: unless(known_account, target.account),
            ..target
        };
        let key_use = KeyUse { source, target, need: &need, any_source_account: false };
        let plain = decide(&key_use, at_each(&policies), complete);
        let indexed = AuthorizationIndex::new(&policies).decide(&policies, &key_use, complete);
        prop_assert_eq!(plain.verdict, indexed.verdict);
        prop_assert_eq!(plain.policies, indexed.policies);
        prop_assert_eq!(plain.possible, indexed.possible);
        prop_assert_eq!(plain.unknown, indexed.unknown);
    }

    #[test]
    fn a_use_is_decided_as_its_shape_is(
        policies in prop::collection::vec(authorization(), 0..8),
        (source, target) in facts(),
        need in need(),
        complete in any::<bool>(),
    ) {
        let exact = Shape { source, target, facts: UseFacts::default(), worker_disk: false, complete };
        let shape = Shapes::new(&policies).of(exact);
        let index = AuthorizationIndex::new(&policies);
        let decided = |of: Shape<'_>| {
            let key_use = KeyUse { source: of.source, target: of.target, need: &need, any_source_account: false };
            let mut decision = index.verdict(&policies, &key_use, of.complete);
            // Near policies are told with values, and are never kept for a shape.
            decision.near_misses.clear();
            // So is what one attribute of the nearest lacks.
            decision.missing.retain(|missing| missing.kind != MissingKind::Attribute);
            decision
        };
        prop_assert_eq!(decided(exact), decided(shape));
    }

    /// Whatever an unknown turns out to be, what was said before stands.
    #[test]
    fn knowing_more_never_turns_a_verdict_round(
        policies in prop::collection::vec(authorization(), 0..5),
        (source, target) in facts(),
        before in need(),
        any_source_account in any::<bool>(),
        learned in prop::collection::vec(learned_fact(), 11),
        (delegation, generation, dedicated) in (
            prop::sample::select(vec![Required::Yes, Required::No]),
            prop::sample::select(vec![Generation::Gen2, Generation::Classic]),
            any::<bool>(),
        ),
    ) {
        let known = |fact: Fact<'static>, place: usize| if fact == Fact::Unknown { learned[place] } else { fact };
        let after = Need {
            delegation: if before.delegation == Required::Unknown { delegation } else { before.delegation },
            generation: if before.generation == Generation::Unknown { generation } else { before.generation },
            ..before.clone()
        };
        let first = KeyUse { source, target, need: &before, any_source_account };
        let second = KeyUse {
            source: Source {
                account: known(source.account, 0),
                service_name: known(source.service_name, 1),
                service_instance: known(source.service_instance, 2),
                resource_type: known(source.resource_type, 3),
                resource: known(source.resource, 4),
                resource_group: known(source.resource_group, 5),
                region: known(source.region, 6),
            },
            target: Target {
                service_instance: known(target.service_instance, 7),
                key_id: known(target.key_id, 8),
                key_ring: known(target.key_ring, 9),
                resource_group: known(target.resource_group, 10),
                region: known(target.region, 6),
                dedicated: target.dedicated.or(Some(dedicated)),
                ..target
            },
            need: &after,
            any_source_account,
        };
        let (before, after) = (decide(&first, at_each(&policies), true), decide(&second, at_each(&policies), true));
        prop_assert!(before.verdict == Verdict::Unknown || before.verdict == after.verdict);
        // So it is for each policy alone.
        for one in &policies {
            let (before, after) = (super::policy(one, &first), super::policy(one, &second));
            prop_assert!(before == Truth::Unknown || before == after, "{one:?}");
        }
    }

    #[test]
    fn agrees_with_the_rule_as_one_reads_it(
        policy in authorization(),
        (source, target) in facts(),
        need in need(),
    ) {
        let sure = |fact: Fact<'static>| if fact == Fact::Unknown { Fact::None } else { fact };
        let source = Source {
            service_name: Fact::Value("messagehub"),
            service_instance: sure(source.service_instance),
            resource_type: sure(source.resource_type),
            resource: sure(source.resource),
            resource_group: sure(source.resource_group),
            region: sure(source.region),
            ..source
        };
        let target = Target {
            service_instance: sure(target.service_instance),
            key_id: sure(target.key_id),
            key_ring: sure(target.key_ring),
            resource_group: sure(target.resource_group),
            ..target
        };
        let key_use = KeyUse { source, target, need: &need, any_source_account: false };
        let expected = match applies_plainly(&policy, &source, &target, &need) {
            Some(truth) => Truth::from(truth),
            None => Truth::Unknown,
        };
        prop_assert_eq!(super::policy(&policy, &key_use), expected, "{:?}", policy);
        // With reasons asked for, the answer is the same.
        let mut notes = Vec::new();
        let evaluation = evaluate(&policy, &key_use, Some(&mut notes));
        prop_assert_eq!(evaluation.applies, expected);
        prop_assert_eq!(notes.is_empty(), expected == Truth::True);
    }

    #[test]
    fn the_template_covers_what_it_was_made_for(
        (source, target) in facts(),
        need in need(),
        dedicated in any::<Option<bool>>(),
    ) {
        let target = Target { dedicated, service_instance: Fact::Value("a"), key_id: Fact::Value("b"), ..target };
        let key_use = KeyUse { source, target, need: &need, any_source_account: false };
        if let Some(policy) = template(&key_use) {
            let decision = decide(&key_use, [(0, &policy)].into_iter(), true);
            prop_assert_eq!(decision.verdict, Verdict::Covered);
            prop_assert!(decision.single_policy);
        }
    }
}
