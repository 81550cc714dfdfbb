//! What is decided once for uses that are alike changes no answer: the same bytes come out where each use is decided by itself.

use proptest::prelude::*;

use super::{AuditRequest, AuthzRequest, Input, Inventory, to_json};
use crate::authz::deciding_alone;

const OWN: &str = "0123456789abcdef0123456789abcdef";
const OTHER: &str = "fedcba9876543210fedcba9876543210";

fn guid(kind: char, number: u8) -> String {
    format!("{kind}{number:07}-0000-4000-8000-000000000000")
}

/// Keys of two KMS instances, some of which no list shows.
fn key_crn(key: u8) -> String {
    format!("crn:v1:bluemix:public:kms:us-south:a/{OWN}:{}:key:{}", guid('a', key % 2), guid('b', key))
}

fn key() -> impl Strategy<Value = String> {
    (0..6_u8, prop::sample::select(vec!["", r#","keyRingID":"blue""#, r#","keyRingID":"green""#]), 1..4_u8).prop_map(
        |(key, ring, state)| format!(r#"{{"crn":"{}","state":{state},"extractable":false{ring}}}"#, key_crn(key)),
    )
}

/// What uses keys: deployments of three services, parts of them, disks, and what cannot be read.
fn resource() -> impl Strategy<Value = String> {
    let deployment = (prop::sample::select(vec!["messagehub", "databases-for-redis", "cloud-object-storage"]), 0..3_u8);
    prop_oneof![
        6 => (deployment, prop::sample::select(vec![OWN, OWN, OTHER]), prop::sample::select(vec![":", "bucket:red", "bucket:grey"]))
            .prop_map(|((service, number), account, part)| {
                format!("crn:v1:bluemix:public:{service}:us-south:a/{account}:{}:{part}", guid('c', number))
            }),
        2 => (0..3_u8).prop_map(|number| format!("crn:v1:bluemix:public:is:us-south-1:a/{OWN}::volume:r006-{number}")),
        1 => (0..2_u8).prop_map(|number| {
            format!("crn:v1:bluemix:public:containers-kubernetes:us-south:a/{OWN}:{}::", guid('c', number))
        }),
        1 => Just("not a crn".to_owned()),
    ]
}

fn registration() -> impl Strategy<Value = String> {
    (0..6_u8, resource())
        .prop_map(|(key, resource)| format!(r#"{{"keyId":"{}","resourceCrn":"{resource}"}}"#, guid('b', key)))
}

fn instance() -> impl Strategy<Value = String> {
    let plan = prop::sample::select(vec!["enterprise-gen2", "enterprise-3nodes-2tb", "standard", "unheard-of"]);
    let group = prop::sample::select(vec!["", r#","resource_group_id":"g1""#, r#","resource_group_id":"g2""#]);
    (0..3_u8, plan, group).prop_map(|(number, plan, group)| {
        let guid = guid('c', number);
        format!(
            r#"{{"crn":"crn:v1:bluemix:public:messagehub:us-south:a/{OWN}:{guid}::","guid":"{guid}","resource_plan_id":"{plan}","state":"active"{group}}}"#
        )
    })
}

fn attributes(names: &'static [(&'static str, &'static [&'static str])]) -> impl Strategy<Value = String> {
    let one = prop::sample::select(names).prop_flat_map(|(name, values)| {
        let operator = prop::sample::select(vec!["stringEquals", "stringEquals", "stringMatch"]);
        (Just(name), prop::sample::select(values), operator)
    });
    prop::collection::vec(one, 0..3).prop_map(|attributes| {
        let text =
            |(name, value, operator)| format!(r#",{{"name":"{name}","value":"{value}","operator":"{operator}"}}"#);
        attributes.into_iter().map(text).collect()
    })
}

fn policy() -> impl Strategy<Value = String> {
    let subjects = attributes(&[
        ("serviceInstance", &["c0000000-0000-4000-8000-000000000000", "c0000001-0000-4000-8000-000000000000", "c*"]),
        ("resourceGroupId", &["g1"]),
        ("resourceType", &["bucket", "volume"]),
        ("resource", &["red"]),
        ("region", &["us-south"]),
    ]);
    let resources = attributes(&[
        ("serviceInstance", &["a0000000-0000-4000-8000-000000000000", "a0000001-0000-4000-8000-000000000000"]),
        ("resource", &["b0000000-0000-4000-8000-000000000000", "b0000003-0000-4000-8000-000000000000", "b*3-*"]),
        ("resourceType", &["key"]),
        ("keyRing", &["blue"]),
    ]);
    let service = prop::sample::select(vec!["messagehub", "messagehub", "databases-for-redis", "server-protect", "is"]);
    let role = prop::sample::select(vec!["serviceRole:Reader", "serviceRole:Reader", "role:AuthorizationDelegator"]);
    (0..99_u8, service, subjects, resources, role).prop_map(|(id, service, subjects, resources, role)| {
        let account = format!(r#"{{"name":"accountId","value":"{OWN}"}}"#);
        format!(
            r#"{{"id":"p{id}","type":"authorization","subjects":[{{"attributes":[{account},{{"name":"serviceName","value":"{service}"}}{subjects}]}}],"roles":[{{"role_id":"crn:v1:bluemix:public:iam::::{role}"}}],"resources":[{{"attributes":[{account},{{"name":"serviceName","value":"kms"}}{resources}]}}]}}"#
        )
    })
}

/// Few names and few values, so that much of it is alike.
fn exports() -> impl Strategy<Value = Vec<String>> {
    let list = |rows: Vec<String>| format!("[{}]", rows.join(","));
    (
        prop::collection::vec(key(), 0..6).prop_map(list),
        prop::collection::vec(registration(), 1..24).prop_map(list),
        prop::collection::vec(instance(), 0..4).prop_map(list),
        prop::collection::vec(policy(), 0..6).prop_map(list),
    )
        .prop_map(|(keys, registrations, instances, policies)| vec![keys, registrations, instances, policies])
}

proptest! {
    #[test]
    fn what_is_alike_is_answered_as_it_is_by_itself(exports in exports()) {
        let inputs = exports.iter().enumerate().map(|(number, text)| Input::named(number.to_string(), text.as_str()));
        let inventory = Inventory::read(inputs.collect());
        let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
        let answers = || {
            let audit = to_json(&inventory.audit(&AuditRequest::at(now)).expect("all rules are known"));
            (audit, to_json(&inventory.authz(&AuthzRequest::at(now)).expect("nothing is asked for by name")))
        };
        prop_assert_eq!(answers(), deciding_alone(answers));
    }
}
