//! Records of exports, in the shapes of the API.

use serde_json::{Value, json};

/// An account, a KMS instance in a region.
#[derive(Clone, Copy)]
pub(super) struct Kms {
    pub(super) account: &'static str,
    pub(super) region: &'static str,
    pub(super) guid: &'static str,
}

impl Kms {
    pub(super) fn crn(self) -> String {
        format!("crn:v1:bluemix:public:kms:{}:a/{}:{}::", self.region, self.account, self.guid)
    }

    pub(super) fn key_crn(self, id: &str) -> String {
        format!("crn:v1:bluemix:public:kms:{}:a/{}:{}:key:{id}", self.region, self.account, self.guid)
    }

    /// A root key in force; `changes` overwrites members.
    pub(super) fn key(self, id: &str, name: &str, changes: Value) -> Value {
        with(
            json!({
                "type": "application/vnd.ibm.kms.key+json",
                "id": id,
                "name": name,
                "state": 1,
                "extractable": false,
                "crn": self.key_crn(id),
                "imported": false,
                "keyRingID": "default",
                "creationDate": "2026-03-02T09:14:31Z",
                "createdBy": "IBMid-000000EXAMPLE",
                "algorithmType": "AES",
                "algorithmMetadata": {"bitLength": "256", "mode": "CBC_PAD"},
                "lastUpdateDate": "2026-10-01T00:00:12Z",
                "lastRotateDate": "2026-10-01T00:00:12Z",
                "keyVersion": {"id": id, "creationDate": "2026-10-01T00:00:12Z"},
                "dualAuthDelete": {"enabled": true},
                "rotation": {"enabled": true, "interval_month": 3},
                "deleted": false
            }),
            changes,
        )
    }
}

/// A registration as the command writes it: without `preventKeyDeletion` where that is false.
pub(super) fn registration(key_id: &str, resource: &str) -> Value {
    json!({
        "keyId": key_id,
        "resourceCrn": resource,
        "createdBy": format!("crn-{}", instance_of(resource)),
        "creationDate": "2026-04-11T08:02:17Z",
        "lastUpdated": "2026-10-01T00:04:40Z",
        "keyVersion": {"id": key_id, "creationDate": "2026-10-01T00:00:12Z"}
    })
}

fn instance_of(crn: &str) -> String {
    let segments: Vec<&str> = crn.split(':').take(8).collect();
    segments.join(":") + "::"
}

/// A service instance in force; `changes` overwrites members.
pub(super) fn instance(crn: &str, name: &str, plan: &str, changes: Value) -> Value {
    let segments: Vec<&str> = crn.split(':').collect();
    let segment = |index: usize| segments.get(index).copied().unwrap_or_default();
    let account = segment(6).trim_start_matches("a/");
    with(
        json!({
            "id": crn,
            "crn": crn,
            "guid": segment(7),
            "name": name,
            "account_id": account,
            "region_id": segment(5),
            "resource_group_id": "5d41402abc4b2a76b9719d911017c592",
            "resource_group_crn": format!("crn:v1:bluemix:public:resource-controller::a/{account}::resource-group:5d41402abc4b2a76b9719d911017c592"),
            "resource_plan_id": plan,
            "state": "active",
            "type": "service_instance",
            "sub_type": "",
            "created_at": "2026-04-11T07:55:02.331Z",
            "updated_at": "2026-04-11T08:02:40.117Z",
            "last_operation": {"type": "create", "state": "succeeded", "async": false, "description": ""}
        }),
        changes,
    )
}

/// An authorization as `GET /v1/policies` answers it.
pub(super) fn policy(
    id: &str,
    created_by: &str,
    subject: &[(&str, &str)],
    resource: &[(&str, &str)],
    roles: &[&str],
) -> Value {
    let role = |name: &&str| {
        let category = if *name == "AuthorizationDelegator" { "role" } else { "serviceRole" };
        json!({"role_id": format!("crn:v1:bluemix:public:iam::::{category}:{name}"), "display_name": name})
    };
    let plain = |(name, value): &(&str, &str)| json!({"name": name, "value": value});
    let compared = |(name, value): &(&str, &str)| json!({"name": name, "value": value, "operator": "stringEquals"});
    json!({
        "id": id,
        "type": "authorization",
        "state": "active",
        "subjects": [{"attributes": subject.iter().map(plain).collect::<Vec<_>>()}],
        "resources": [{"attributes": resource.iter().map(compared).collect::<Vec<_>>()}],
        "roles": roles.iter().map(role).collect::<Vec<_>>(),
        "href": format!("https://iam.cloud.ibm.com/v1/policies/{id}"),
        "created_at": "2026-03-02T09:20:00.114Z",
        "created_by_id": created_by,
        "last_modified_at": "2026-03-02T09:20:00.114Z",
        "last_modified_by_id": created_by
    })
}

/// An answer of Key Protect.
pub(super) fn collection(of: &str, resources: Vec<Value>) -> Value {
    let collection_type = format!("application/vnd.ibm.kms.{of}+json");
    json!({"metadata": {"collectionType": collection_type, "collectionTotal": resources.len()}, "resources": resources})
}

/// The members of the second object over those of the first.
fn with(mut record: Value, changes: Value) -> Value {
    if let (Value::Object(record), Value::Object(changes)) = (&mut record, changes) {
        record.extend(changes);
    }
    record
}
