//! An account in which nothing is wrong.

use serde_json::{Value, json};

use super::build::{Kms, collection, instance, policy, registration};

const ACCOUNT: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const KMS: Kms = Kms { account: ACCOUNT, region: "ca-tor", guid: "d1e2f3a4-0b1c-4d2e-8f3a-5b6c7d8e9f10" };
const STREAM_KEY: &str = "e2f3a4b5-1c2d-4e3f-9a4b-6c7d8e9fa011";
const BUCKET_KEY: &str = "f3a4b5c6-2d3e-4f4a-8b5c-7d8e9fa0b112";
const STREAM: &str =
    "crn:v1:bluemix:public:messagehub:ca-tor:a/0f1e2d3c4b5a69788796a5b4c3d2e1f0:a4b5c6d7-3e4f-4a5b-9c6d-8e9fa0b1c213::";
const STORAGE: &str = "crn:v1:bluemix:public:cloud-object-storage:global:a/0f1e2d3c4b5a69788796a5b4c3d2e1f0:b5c6d7e8-4f5a-4b6c-8d7e-9fa0b1c2d314::";

/// The exports, by name.
pub(super) fn files() -> Vec<(&'static str, Value)> {
    let bucket = format!("{}:bucket:reports", STORAGE.trim_end_matches(':'));
    let key = |id: &'static str| {
        [
            ("accountId", ACCOUNT),
            ("serviceName", "kms"),
            ("serviceInstance", KMS.guid),
            ("resourceType", "key"),
            ("resource", id),
        ]
    };
    let source = |service: &'static str, instance: &'static str| {
        [("accountId", ACCOUNT), ("serviceName", service), ("serviceInstance", instance)]
    };
    let stream = source("messagehub", "a4b5c6d7-3e4f-4a5b-9c6d-8e9fa0b1c213");
    let storage = source("cloud-object-storage", "b5c6d7e8-4f5a-4b6c-8d7e-9fa0b1c2d314");
    let policies = vec![
        policy("20000000-0000-4000-8000-000000000001", "IBMid-000000EXAMPLE", &stream, &key(STREAM_KEY), &["Reader"]),
        policy("20000000-0000-4000-8000-000000000002", "IBMid-000000EXAMPLE", &storage, &key(BUCKET_KEY), &["Reader"]),
    ];
    let instances = vec![
        instance(&KMS.crn(), "keys", "eedd3585-90c6-4c8f-be3d-062069e99fc3", json!({})),
        instance(
            STREAM,
            "events",
            "ibm.message.hub.enterprise.3nodes.2tb",
            json!({"parameters": {"kms_key_crn": KMS.key_crn(STREAM_KEY)}}),
        ),
        instance(STORAGE, "storage", "744bfc56-d12c-4866-88d5-dac9139e0e5d", json!({})),
    ];
    vec![
        ("iam-authorizations.json", json!({"policies": policies})),
        (
            "keys.json",
            collection(
                "key",
                vec![KMS.key(STREAM_KEY, "events", json!({})), KMS.key(BUCKET_KEY, "reports", json!({}))],
            ),
        ),
        ("registrations.json", json!([registration(STREAM_KEY, STREAM), registration(BUCKET_KEY, &bucket)])),
        ("resource-instances.json", json!(instances)),
    ]
}
