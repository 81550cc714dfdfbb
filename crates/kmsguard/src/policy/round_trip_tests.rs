//! A policy read back from any form that was written of it is the same policy.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;

/// What a policy grants: the order of attributes says nothing, and an id or an author belong to no request.
fn grant(policy: &Authorization) -> Authorization {
    let mut policy = policy.clone();
    for side in policy.subjects.iter_mut().chain(&mut policy.resources) {
        side.attributes.sort_by_key(|attribute| format!("{attribute:?}"));
    }
    policy.version = Version::V1;
    policy.kind = PolicyType::Authorization;
    policy.problems.clear();
    policy
}

fn read_back(text: &str, policy: &Authorization) -> Authorization {
    let found = read_document(text, policy.target_account()).unwrap_or_else(|fault| panic!("{fault:?} in\n{text}"));
    let [found] = found.as_slice() else { panic!("one policy in\n{text}") };
    found.policy.clone().unwrap_or_else(|fault| panic!("{fault:?} in\n{text}"))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[a-z0-9][a-z0-9-]{0,12}",
        1 => Just("*".to_owned()),
        1 => "[ -~]{0,8}",
        1 => r#"[\\"'$%{}\n\t#/*a-e é\u{202e}-]{0,10}"#,
    ]
}

fn value() -> impl Strategy<Value = (Operator, Value)> {
    prop_oneof![
        16 => text().prop_map(|text| (Operator::StringEquals, Value::Texts(vec![text]))),
        1 => text().prop_map(|text| (Operator::StringMatch, Value::Texts(vec![text]))),
        1 => any::<bool>().prop_map(|value| (Operator::StringExists, Value::Bool(value))),
        1 => vec(text(), 1..4).prop_map(|texts| (Operator::StringEqualsAnyOf, Value::Texts(texts))),
        1 => vec(text(), 1..4).prop_map(|texts| (Operator::StringMatchAnyOf, Value::Texts(texts))),
    ]
}

fn side(names: &'static [&'static str]) -> impl Strategy<Value = Side> {
    let rest = btree_map(select(names), value(), 0..3);
    (option::weighted(0.8, "[a-z0-9]{1,8}"), option::weighted(0.8, "[a-z-]{1,8}"), rest).prop_map(
        |(account, service, mut rest)| {
            let plain = |text: String| (Operator::StringEquals, Value::Texts(vec![text]));
            rest.extend(account.map(|account| ("accountId", plain(account))));
            rest.extend(service.map(|service| ("serviceName", plain(service))));
            let attribute = |(name, (operator, value)): (&str, _)| Attribute { name: name.to_owned(), operator, value };
            Side { attributes: rest.into_iter().map(attribute).collect(), ..Side::default() }
        },
    )
}

const ROLES: &[&str] = &[
    "crn:v1:bluemix:public:iam::::serviceRole:Reader",
    "crn:v1:bluemix:public:iam::::serviceRole:Writer",
    "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator",
    "crn:v1:bluemix:public:iam::::role:Editor",
    "crn:v1:bluemix:public:kms::::serviceRole:Reader",
    "crn:v1:bluemix:public:hs-crypto::::serviceRole:ReaderPlus",
    "crn:v1:bluemix:public:is::::serviceRole:DNSBindingConnector",
    "ReaderPlus",
];

prop_compose! {
    fn policies()(
        subject in side(&["serviceInstance", "resourceGroupId", "resourceType", "resource", "region", "accountId", "x y"]),
        resource in side(&["serviceInstance", "resourceGroupId", "resourceType", "resource", "keyRing", "serviceName"]),
        roles in prop_oneof![3 => subsequence(ROLES.get(..4).unwrap_or_default(), 1..4), 1 => subsequence(ROLES, 1..4)],
        description in option::weighted(0.2, text()),
    ) -> Authorization {
        let mut policy = Authorization::empty(Version::V1);
        policy.kind = PolicyType::Authorization;
        policy.subjects = vec![subject];
        policy.resources = vec![resource];
        policy.roles = roles.into_iter().map(Role::of_id).collect();
        policy.description = description.filter(|text| !text.is_empty());
        policy
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_form_that_is_written_says_the_same(policy in policies()) {
        prop_assume!(policy.subjects[0].attributes.len() + policy.resources[0].attributes.len() > 2);
        prop_assume!(!policy.subjects[0].attributes.is_empty() && !policy.resources[0].attributes.is_empty());
        let (forms, left_out) = written(&policy, "authorization");
        let texts = [
            forms.v1.as_ref().map(|form| serde_json::to_string(form).expect("JSON")),
            forms.v2.as_ref().map(|form| serde_json::to_string(form).expect("JSON")),
            forms.cli,
            forms.terraform,
        ];
        for (form, text) in Form::ALL.into_iter().zip(texts) {
            let why = left_out.iter().any(|fault| {
                matches!(&fault.kind, PolicyFaultKind::NotInForm { forms, .. } if forms.contains(&form))
            });
            prop_assert_eq!(text.is_none(), why, "{}", form.name());
            let Some(text) = text else { continue };
            prop_assert_eq!(grant(&read_back(&text, &policy)), grant(&policy), "{}", text);
        }
    }
}

#[test]
fn long_runs_of_the_signs_of_templates_are_read_back() {
    for text in ["$", "$$", "$$$", "$$$$", "%%%", "$$$%%%", "${", "$${", "$$${", "$$$${x}", "%%%{if}", "$${$$${"] {
        let attribute = |name: &str, value: &str| Attribute {
            name: name.to_owned(),
            operator: Operator::StringEquals,
            value: Value::Texts(vec![value.to_owned()]),
        };
        let mut policy = Authorization::empty(Version::V1);
        policy.kind = PolicyType::Authorization;
        policy.subjects =
            vec![Side { attributes: vec![attribute("resource", text), attribute("region", "x")], ..Side::default() }];
        policy.resources = vec![Side { attributes: vec![attribute("serviceName", "kms")], ..Side::default() }];
        policy.roles = vec![Role::of_id("crn:v1:bluemix:public:iam::::serviceRole:Reader")];
        let written = forms(&policy).terraform.expect("a form");
        assert_eq!(grant(&read_back(&written, &policy)), grant(&policy), "{written}");
    }
}

#[test]
fn the_property_sees_every_form_and_every_way_of_the_command() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = [0; 6];
    for _ in 0..500 {
        let policy = policies().new_tree(&mut runner).expect("a policy").current();
        let forms = forms(&policy);
        let flags = forms.cli.as_ref().is_some_and(|text| !text.contains("--file"));
        let plain = forms.terraform.as_ref().is_some_and(|text| !text.contains("subject_attributes"));
        let each =
            [forms.v1.is_some(), forms.v2.is_some(), forms.cli.is_some(), flags, forms.terraform.is_some(), plain];
        for (count, there) in seen.iter_mut().zip(each) {
            *count += usize::from(there);
        }
    }
    assert!(
        seen.iter().all(|count| *count > 10),
        "v1, v2, command, its flags, Terraform, its plain arguments: {seen:?}"
    );
}
