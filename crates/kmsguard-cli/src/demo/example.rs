//! The account that shows what can be wrong.

use serde_json::{Value, json};

use super::build::{Kms, collection, instance, policy, registration};

const ACCOUNT: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
/// An account of IBM's, in which clusters and Gen 2 deployments keep their volumes.
const SERVICE_ACCOUNT: &str = "00112233445566778899aabbccddeeff";

const PRODUCTION: Kms = Kms { account: ACCOUNT, region: "us-south", guid: "6f3f4c1e-2f0a-4a55-8f0e-0d9c1b7a5e21" };
const EUROPE: Kms = Kms { account: ACCOUNT, region: "eu-de", guid: "b27d9c40-7c1b-4d0f-9a52-4e6a1f0c8d33" };

const PAYMENTS: &str = "0d8b1f6a-51f4-4f5c-9d2f-7b3e6a9c1e01";
const SESSIONS: &str = "1e9c2a7b-62a5-4a6d-8e3a-8c4f7bad2f02";
const CLUSTER: &str = "2fad3b8c-73b6-4b7e-9f4b-9d5a8cbe3a03";
const RETIRED: &str = "3abe4c9d-84c7-4c8f-8a5c-ae6b9dcf4b04";
const TOKENS: &str = "4bcf5dae-95d8-4d9a-9b6d-bf7caeda5c05";
const ORDERS_EUROPE: &str = "5cda6ebf-a6e9-4eab-8c7e-ca8dbfeb6d06";

const ORDERS: &str = "crn:v1:bluemix:public:messagehub:us-south:a/a1b2c3d4e5f60718293a4b5c6d7e8f90:71c2a0de-0f7f-4f0c-8f23-2a1f4f1f9a11::";
const LEDGER: &str = "crn:v1:bluemix:public:databases-for-postgresql:us-south:a/a1b2c3d4e5f60718293a4b5c6d7e8f90:82d3b1ef-1a80-4a1d-9a34-3b2a5a2aab22::";
const ARCHIVE: &str = "crn:v1:bluemix:public:cloud-object-storage:global:a/a1b2c3d4e5f60718293a4b5c6d7e8f90:93e4c2fa-2b91-4b2e-8b45-4c3b6b3bbc33::";
const CACHE: &str = "crn:v1:bluemix:public:databases-for-redis:us-south:a/a1b2c3d4e5f60718293a4b5c6d7e8f90:a4f5d3ab-3ca2-4c3f-9c56-5d4c7c4ccd44::";
const SHOP: &str =
    "crn:v1:bluemix:public:containers-kubernetes:us-south:a/a1b2c3d4e5f60718293a4b5c6d7e8f90:cq7d1e2d0abc9example::";
const OLD_STREAM: &str = "crn:v1:bluemix:public:messagehub:us-south:a/a1b2c3d4e5f60718293a4b5c6d7e8f90:b5a6e4bc-4db3-4d4a-8d67-6e5d8d5dde55::";
const STREAM_EUROPE: &str =
    "crn:v1:bluemix:public:messagehub:eu-de:a/a1b2c3d4e5f60718293a4b5c6d7e8f90:c6b7f5cd-5ec4-4e5b-9e78-7f6e9e6eef66::";

/// The exports, by name.
pub(super) fn files() -> Vec<(&'static str, Value)> {
    vec![
        ("iam-authorizations.json", json!({"policies": policies()})),
        ("kms-europe/keys.json", json!([EUROPE.key(ORDERS_EUROPE, "orders-europe", json!({}))])),
        ("kms-europe/registrations.json", collection("registration", vec![registration(ORDERS_EUROPE, STREAM_EUROPE)])),
        ("kms-production/keys.json", collection("key", production_keys())),
        ("kms-production/registrations.json", json!(production_registrations())),
        ("resource-instances-deleted.json", json!({"rows_count": 1, "next_url": null, "resources": [old_stream()]})),
        ("resource-instances.json", json!(instances())),
    ]
}

fn production_keys() -> Vec<Value> {
    vec![
        PRODUCTION.key(PAYMENTS, "payments", json!({})),
        PRODUCTION.key(SESSIONS, "sessions", json!({"state": 2, "lastUpdateDate": "2026-11-19T16:42:08Z"})),
        PRODUCTION.key(CLUSTER, "shop-cluster", json!({})),
        PRODUCTION.key(RETIRED, "retired-stream", json!({})),
        PRODUCTION.key(TOKENS, "token-signing", json!({"extractable": true})),
    ]
}

fn production_registrations() -> Vec<Value> {
    let bucket = |name: &str| format!("{}:bucket:{name}", ARCHIVE.trim_end_matches(':'));
    let pool = format!("{}:worker-pool:cq7d1e2d0abc9example-default", SHOP.trim_end_matches(':'));
    let volume =
        |zone: u8, id: &str| format!("crn:v1:bluemix:public:is:us-south-{zone}:a/{SERVICE_ACCOUNT}::volume:r134-{id}");
    vec![
        registration(PAYMENTS, ORDERS),
        registration(PAYMENTS, LEDGER),
        registration(PAYMENTS, &bucket("statements")),
        registration(PAYMENTS, &bucket("invoices")),
        registration(SESSIONS, CACHE),
        registration(CLUSTER, SHOP),
        registration(CLUSTER, &pool),
        registration(CLUSTER, &volume(1, "8b1c0e57-6f0d-4d5e-9f52-1f2e3d4c5b61")),
        registration(CLUSTER, &volume(2, "9c2d1f68-7a1e-4e6f-8a63-2a3f4e5d6c72")),
        registration(CLUSTER, &volume(3, "ad3e2a79-8b2f-4f7a-9b74-3b4a5f6e7d83")),
        registration(RETIRED, OLD_STREAM),
    ]
}

fn instances() -> Vec<Value> {
    let disk = |key: &str| json!({"parameters": {"disk_encryption_key_crn": key}});
    let data_services = |key: &str| {
        let services = json!({"dataservices": {"encryption": {"disk": key}, "kafka": {"throughput_mb_s": 100, "storage_gb": 2000}}});
        json!({"parameters": services, "extensions": services})
    };
    vec![
        instance(&PRODUCTION.crn(), "keys-production", "eedd3585-90c6-4c8f-be3d-062069e99fc3", json!({})),
        instance(&EUROPE.crn(), "keys-europe", "eedd3585-90c6-4c8f-be3d-062069e99fc3", json!({})),
        instance(ORDERS, "orders", "eventstreams-gen2-enterprise", data_services(&PRODUCTION.key_crn(PAYMENTS))),
        instance(LEDGER, "ledger", "databases-for-postgresql-standard", disk(&PRODUCTION.key_crn(PAYMENTS))),
        instance(ARCHIVE, "archive", "744bfc56-d12c-4866-88d5-dac9139e0e5d", json!({})),
        instance(CACHE, "session-cache", "databases-for-redis-standard", disk(&PRODUCTION.key_crn(SESSIONS))),
        instance(
            STREAM_EUROPE,
            "orders-europe",
            "eventstreams-gen2-enterprise",
            data_services(&EUROPE.key_crn(ORDERS_EUROPE)),
        ),
        instance(SHOP, "shop", "containers.kubernetes.cluster.roks", json!({})),
    ]
}

/// Deleted two days before; it is still registered with its key.
fn old_stream() -> Value {
    let changes = json!({
        "state": "pending_reclamation",
        "deleted_at": "2026-11-19T10:31:44.902Z",
        "scheduled_reclaim_at": "2026-11-22T10:31:44.902Z",
        "parameters": {"kms_key_crn": PRODUCTION.key_crn(RETIRED)}
    });
    instance(OLD_STREAM, "legacy-events", "ibm.message.hub.enterprise.3nodes.2tb", changes)
}

fn policies() -> Vec<Value> {
    const USER: &str = "IBMid-000000EXAMPLE";
    let source = |service: &'static str| [("accountId", ACCOUNT), ("serviceName", service)];
    let instance = |kms: Kms| [("accountId", ACCOUNT), ("serviceName", "kms"), ("serviceInstance", kms.guid)];
    let key = |kms: Kms, id: &'static str| {
        [
            ("accountId", ACCOUNT),
            ("serviceName", "kms"),
            ("serviceInstance", kms.guid),
            ("resourceType", "key"),
            ("resource", id),
        ]
    };
    vec![
        policy(
            "10000000-0000-4000-8000-000000000001",
            USER,
            &source("messagehub"),
            &instance(PRODUCTION),
            &["Reader", "AuthorizationDelegator"],
        ),
        policy(
            "10000000-0000-4000-8000-000000000002",
            &format!("crn-{ORDERS}"),
            &[("accountId", SERVICE_ACCOUNT), ("serviceName", "server-protect")],
            &key(PRODUCTION, PAYMENTS),
            &["Reader"],
        ),
        policy(
            "10000000-0000-4000-8000-000000000003",
            USER,
            &source("databases-for-postgresql"),
            &key(PRODUCTION, PAYMENTS),
            &["Reader"],
        ),
        policy(
            "10000000-0000-4000-8000-000000000004",
            USER,
            &[
                ("accountId", ACCOUNT),
                ("serviceName", "cloud-object-storage"),
                ("serviceInstance", "93e4c2fa-2b91-4b2e-8b45-4c3b6b3bbc33"),
            ],
            &key(PRODUCTION, PAYMENTS),
            &["Reader"],
        ),
        policy(
            "10000000-0000-4000-8000-000000000005",
            USER,
            &source("databases-for-redis"),
            &key(PRODUCTION, SESSIONS),
            &["Reader"],
        ),
        policy(
            "10000000-0000-4000-8000-000000000006",
            USER,
            &source("containers-kubernetes"),
            &instance(PRODUCTION),
            &["Reader", "AuthorizationDelegator"],
        ),
        policy(
            "10000000-0000-4000-8000-000000000007",
            &format!("crn-{SHOP}"),
            &[("accountId", SERVICE_ACCOUNT), ("serviceName", "server-protect")],
            &instance(PRODUCTION),
            &["Reader"],
        ),
        // The delegation that Gen 2 needs was forgotten.
        policy("10000000-0000-4000-8000-000000000008", USER, &source("messagehub"), &instance(EUROPE), &["Reader"]),
        // Made while there still was delegation: the deployment runs on it.
        policy(
            "10000000-0000-4000-8000-00000000000a",
            &format!("crn-{STREAM_EUROPE}"),
            &[("accountId", SERVICE_ACCOUNT), ("serviceName", "server-protect")],
            &key(EUROPE, ORDERS_EUROPE),
            &["Reader"],
        ),
        // Not about keys: a real account has hundreds of these.
        policy(
            "10000000-0000-4000-8000-000000000009",
            USER,
            &source("atracker"),
            &[("accountId", ACCOUNT), ("serviceName", "cloud-object-storage")],
            &["Writer"],
        ),
    ]
}
