//! One policy: each numbered line of the rule.

use super::worked_cases::{ACCOUNT, INSTANCE, KEY, OTHER, STREAMS, policy_of};
use super::*;
use crate::catalog::needs::{Generation, Need, Required};
use crate::policy::{Authorization, PolicyType, State, read_text};

const READER: &[&str] = &["crn:v1:bluemix:public:iam::::serviceRole:Reader"];

fn need() -> Need {
    Need {
        delegation: Required::No,
        generation: Generation::Classic,
        cluster: false,
        dependents: Vec::new(),
        source: None,
    }
}

fn source() -> Source<'static> {
    Source {
        account: Fact::Value(ACCOUNT),
        service_name: Fact::Value("messagehub"),
        service_instance: Fact::Value(STREAMS),
        resource_type: Fact::None,
        resource: Fact::None,
        resource_group: Fact::Value("g"),
        region: Fact::Value("us-south"),
    }
}

fn target() -> Target<'static> {
    Target {
        account: Fact::Value(ACCOUNT),
        service_name: Fact::Value("kms"),
        service_instance: Fact::Value(INSTANCE),
        key_id: Fact::Value(KEY),
        key_ring: Fact::Value("r"),
        resource_group: Fact::Value("kg"),
        region: Fact::Value("us-south"),
        dedicated: Some(false),
    }
}

fn applies(authorization: &Authorization) -> Truth {
    let need = need();
    policy(authorization, &KeyUse { source: source(), target: target(), need: &need, any_source_account: false })
}

fn subject(pairs: &[(&str, &str)]) -> Truth {
    applies(&policy_of(pairs, &[("accountId", ACCOUNT), ("serviceName", "kms")], READER))
}

fn resource(pairs: &[(&str, &str)]) -> Truth {
    applies(&policy_of(&[("accountId", ACCOUNT), ("serviceName", "messagehub")], pairs, READER))
}

#[test]
fn only_authorizations_in_force_are_considered() {
    let good = || {
        policy_of(
            &[("accountId", ACCOUNT), ("serviceName", "messagehub")],
            &[("accountId", ACCOUNT), ("serviceName", "kms")],
            READER,
        )
    };
    assert_eq!(applies(&good()), Truth::True);
    let changed = |change: &dyn Fn(&mut Authorization)| {
        let mut policy = good();
        change(&mut policy);
        applies(&policy)
    };
    assert_eq!(changed(&|policy| policy.state = State::Deleted), Truth::False);
    assert_eq!(changed(&|policy| policy.kind = PolicyType::Access), Truth::False);
    assert_eq!(changed(&|policy| policy.kind = PolicyType::Other("Type".to_owned())), Truth::False);
    assert_eq!(changed(&|policy| policy.template = true), Truth::False);
    // What does not say its type may be one.
    assert_eq!(changed(&|policy| policy.kind = PolicyType::Absent), Truth::Unknown);
    // A state of which nobody says that it grants nothing may grant it.
    assert_eq!(changed(&|policy| policy.state = State::Other), Truth::Unknown);
    // What narrows it out of our sight.
    assert_eq!(changed(&|policy| policy.conditional = true), Truth::Unknown);
    assert_eq!(changed(&|policy| policy.resources[0].tags = true), Truth::Unknown);
    assert_eq!(changed(&|policy| policy.resources[0].unreadable = true), Truth::Unknown);
    assert_eq!(changed(&|policy| policy.subjects.clear()), Truth::Unknown);
}

#[test]
fn a_subject_names_its_account_and_a_service_or_a_resource_group() {
    let account = ("accountId", ACCOUNT);
    let service = ("serviceName", "messagehub");
    let cases: &[(&[(&str, &str)], Truth)] = &[
        (&[account, service], Truth::True),
        (&[account, ("resourceGroupId", "g")], Truth::True),
        (&[account, service, ("resourceGroupId", "g")], Truth::True),
        (&[account, service, ("resourceGroupId", "h")], Truth::False),
        (&[account, ("resourceGroupId", "h")], Truth::False),
        (&[account], Truth::False),
        (&[service], Truth::False),
        (&[("accountId", OTHER), service], Truth::False),
        (&[account, ("serviceType", "service")], Truth::Unknown),
        (&[account, service, ("serviceInstance", STREAMS)], Truth::True),
        (&[account, service, ("serviceInstance", INSTANCE)], Truth::False),
        (&[account, service, ("resourceType", "share")], Truth::False),
        (&[account, service, ("region", "us-south")], Truth::True),
        (&[account, service, ("region", "eu-de")], Truth::False),
        (&[account, service, ("geography", "na")], Truth::Unknown),
        // False wins over unknown.
        (&[account, ("serviceName", "is"), ("geography", "na")], Truth::False),
        // Two of one name must both hold.
        (&[account, service, ("serviceName", "is")], Truth::False),
    ];
    for (pairs, expected) in cases {
        assert_eq!(subject(pairs), *expected, "{pairs:?}");
    }
}

#[test]
fn a_resource_names_its_account_and_the_kms() {
    let account = ("accountId", ACCOUNT);
    let service = ("serviceName", "kms");
    let cases: &[(&[(&str, &str)], Truth)] = &[
        (&[account, service], Truth::True),
        (&[service], Truth::False),
        (&[account], Truth::False),
        (&[account, ("serviceName", "hs-crypto")], Truth::False),
        (&[account, ("resourceType", "resource-group")], Truth::False),
        (&[account, ("resourceType", "resource-group"), ("resourceGroupId", "kg")], Truth::False),
        (&[account, ("serviceType", "service")], Truth::Unknown),
        (&[account, ("service_group_id", "IAM")], Truth::Unknown),
        (&[account, ("resourceGroupId", "kg")], Truth::Unknown),
        (&[account, ("resourceGroupId", "other")], Truth::False),
        (&[account, service, ("serviceType", "service")], Truth::Unknown),
        (&[account, service, ("serviceInstance", INSTANCE)], Truth::True),
        (&[account, service, ("serviceInstance", STREAMS)], Truth::False),
        (&[account, service, ("resourceType", "key"), ("resource", KEY)], Truth::True),
        (&[account, service, ("resource", KEY)], Truth::True),
        (&[account, service, ("resourceType", "key"), ("resource", STREAMS)], Truth::False),
        (&[account, service, ("resourceType", "keyring")], Truth::False),
        (&[account, service, ("keyRing", "r")], Truth::True),
        (&[account, service, ("keyRing", "s")], Truth::False),
        (&[account, service, ("resourceGroupId", "kg")], Truth::True),
        (&[account, service, ("region", "us-south")], Truth::True),
        (&[account, service, ("keyring", "r")], Truth::Unknown),
    ];
    for (pairs, expected) in cases {
        assert_eq!(resource(pairs), *expected, "{pairs:?}");
    }
}

#[test]
fn one_of_several_sides_is_enough() {
    let mut policy = policy_of(
        &[("accountId", ACCOUNT), ("serviceName", "is")],
        &[("accountId", ACCOUNT), ("serviceName", "kms")],
        READER,
    );
    assert_eq!(applies(&policy), Truth::False);
    let other = policy_of(&[("accountId", ACCOUNT), ("serviceName", "messagehub")], &[("accountId", "x")], READER);
    policy.subjects.extend(other.subjects);
    assert_eq!(applies(&policy), Truth::True);
}

#[test]
fn version_two_has_lists_and_existence() {
    let policy = |subject: &str, resource: &str| {
        read_text(&format!(
            r#"{{"type": "authorization", "control": {{"grant": {{"roles": [{{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}}]}}}},
                "subject": {{"attributes": [{{"key": "accountId", "operator": "stringEquals", "value": "{ACCOUNT}"}}, {subject}]}},
                "resource": {{"attributes": [{{"key": "accountId", "operator": "stringEquals", "value": "{ACCOUNT}"}},
                    {{"key": "serviceName", "operator": "stringEquals", "value": "kms"}}{resource}]}}}}"#
        ))
        .expect("a policy")
    };
    let service = r#"{"key": "serviceName", "operator": "stringEquals", "value": "messagehub"}"#;
    let cases = [
        (service, "", Truth::True),
        (r#"{"key": "resourceGroupId", "operator": "stringExists", "value": true}"#, "", Truth::True),
        (r#"{"key": "resourceGroupId", "operator": "stringExists", "value": "true"}"#, "", Truth::True),
        (r#"{"key": "resourceGroupId", "operator": "stringExists", "value": false}"#, "", Truth::False),
        // That there be a service is not equal to a service.
        (r#"{"key": "serviceName", "operator": "stringExists", "value": true}"#, "", Truth::Unknown),
        (r#"{"key": "serviceName", "operator": "stringEqualsAnyOf", "value": ["is", "messagehub"]}"#, "", Truth::True),
        (r#"{"key": "serviceName", "value": "messagehub"}"#, "", Truth::Unknown),
        (r#"{"Key": "serviceName", "operator": "stringEquals", "value": "messagehub"}"#, "", Truth::Unknown),
        (r#"{"key": "serviceName", "operator": "stringEquals", "value": ["messagehub"]}"#, "", Truth::Unknown),
        (service, r#", {"key": "keyRing", "operator": "stringMatchAnyOf", "value": ["x*", "?"]}"#, Truth::True),
        (service, r#", {"key": "keyRing", "operator": "stringEquals", "value": 7}"#, Truth::Unknown),
    ];
    for (subject, resource, expected) in cases {
        assert_eq!(applies(&policy(subject, resource)), expected, "{subject} {resource}");
    }
}
