//! Records of every kind: behind one that shows the kind of its list stands what the fuzzer makes, so that the reader of that kind
//! gets it. The first byte chooses the kind, and whether the list is bare or an answer.

#![no_main]

use kmsguard::api::{AuditRequest, Input, Inventory, InventoryRequest, to_json};
use libfuzzer_sys::fuzz_target;

/// For each kind the least that shows it, and the member in which an answer lists it.
const KINDS: &[(&str, &str)] = &[
    (r#"{"keyId":"1","resourceCrn":"crn:v1:bluemix:public:messagehub:us-south:a/1:2::"}"#, "resources"),
    (r#"{"extractable":false,"crn":"crn:v1:bluemix:public:kms:us-south:a/1:2:key:3"}"#, "resources"),
    (r#"{"type":"authorization","roles":[],"subjects":[],"resources":[]}"#, "policies"),
    (r#"{"policy":{"type":"authorization"},"committed":true}"#, "policy_templates"),
    (r#"{"resource_plan_id":"lite","crn":"crn:v1:bluemix:public:messagehub:us-south:a/1:2::"}"#, "resources"),
    (r#"{"entity_crn":"crn:v1:bluemix:public:messagehub:us-south:a/1:2::","resource_instance_id":"2"}"#, "resources"),
    (r#"{"type":"application/vnd.ibm.kms.policy+json","crn":"crn:v1:bluemix:public:kms:us-south:a/1:2:key:3"}"#, "resources"),
    (r#"{"policy_type":"dualAuthDelete","policy_data":{}}"#, "resources"),
    (r#"{"encryption_scheme":"byok","primary_crk":{}}"#, "resources"),
    (r#"{"encryption_scheme":"byok","kms_crn":"crn:v1:bluemix:public:kms:us-south:a/1:2::"}"#, "kms_instances"),
    (r#"{"crn":"crn:v1:bluemix:public:is:us-south:a/1::volume:r006-2","capacity":1,"encryption":"user_managed"}"#, "volumes"),
    (r#"{"action":"kms.secrets.wrap","eventTime":"2026-01-01T00:00:00Z","target":{}}"#, "resources"),
    (r#"{"format_version":"1.2","terraform_version":"1.9","planned_values":{}}"#, "resources"),
    (r#"{"metadata":{},"result":{"kms_instances":[],"crns":[],"unknowns":[]}}"#, "resources"),
];

fuzz_target!(|bytes: &[u8]| {
    let [choice, rest @ ..] = bytes else { return };
    let Ok(record) = std::str::from_utf8(rest) else { return };
    let (shows, member) = KINDS[usize::from(choice & 0x7f) % KINDS.len()];
    let text = match choice & 0x80 {
        0 => format!("[{shows},{record}]"),
        _ => format!("{{\"{member}\":[{shows},{record}]}}"),
    };
    let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
    let inventory = Inventory::read(vec![Input::named("a", text), Input::named("b", record)]);
    to_json(&inventory.inventory(&InventoryRequest { now, keep_going: true }));
    to_json(&inventory.audit(&AuditRequest::at(now)).expect("all rules are known"));
});
