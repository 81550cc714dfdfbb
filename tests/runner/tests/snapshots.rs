//! Snapshots: read in place of the exports they give the same answers, byte for byte; under pseudonyms the same verdicts.

use std::collections::BTreeMap;

use kmsguard::api::{
    AuditRequest, AuthzRequest, ExportKind, Input, Inventory, InventoryRequest, Snapshot, SnapshotRequest, Unread,
    to_json,
};
use kmsguard_vectors::{Exports, MemoryHost, Vector, repository, vectors};
use serde_json::{Value, json};

const NOW: &str = "2026-11-21T12:00:00Z";

fn packed(inventory: &Inventory, redact: bool) -> String {
    to_json(&inventory.snapshot(&SnapshotRequest { redact }))
}

fn read(snapshot: &str) -> Inventory {
    Inventory::read(vec![Input::named("all.snapshot.json", snapshot)])
}

/// Every answer that can be had without naming anything.
fn answers(inventory: &Inventory) -> Vec<String> {
    let now = NOW.parse().expect("a moment");
    let authz: AuthzRequest = serde_json::from_value(serde_json::json!({"now": NOW})).expect("a request");
    vec![
        to_json(&inventory.inventory(&InventoryRequest { now, keep_going: false })),
        to_json(&inventory.inventory(&InventoryRequest { now, keep_going: true })),
        to_json(&inventory.audit(&AuditRequest::at(now)).expect("an answer")),
        to_json(&inventory.authz(&authz).expect("an answer")),
    ]
}

/// What an answer says without naming anything that may stand under a pseudonym, nor a place in an input.
fn verdicts(answers: &[String]) -> Vec<Value> {
    let value = |text: &String| -> Value { serde_json::from_str(text).expect("an answer is JSON") };
    let mut verdicts = Vec::new();
    for answer in answers.iter().map(value) {
        verdicts.push(answer["outcome"].clone());
        verdicts.push(answer["summary"].clone());
        let count = |list: &str, members: &[&str]| {
            let mut counted: BTreeMap<String, usize> = BTreeMap::new();
            for row in answer[list].as_array().into_iter().flatten() {
                let words: Vec<String> = members.iter().map(|member| row[member].to_string()).collect();
                *counted.entry(words.join(" ")).or_default() += 1;
            }
            serde_json::to_value(counted).expect("counts")
        };
        verdicts.push(count("findings", &["rule", "severity", "title"]));
        verdicts.push(count("undetermined", &["rule", "count"]));
        verdicts.push(count("decisions", &["verdict", "single_policy", "source_service"]));
        verdicts.push(count("keys", &["state", "type"]));
        verdicts.push(count("deployments", &["service", "plan", "generation", "key_source"]));
        verdicts.push(count("gaps", &["what", "why", "role"]));
        verdicts.push(count("inputs", &["kind", "records", "complete"]));
        verdicts.push(count("problems", &["code", "severity", "pointer"]));
    }
    verdicts
}

fn exports_of_vectors() -> Vec<(String, Inventory)> {
    let of = |vector: Vector| {
        let has_inputs = vector.case.request.get("inputs").is_some();
        has_inputs.then(|| (vector.name, Exports::of(&vector.case.request).inventory()))
    };
    vectors().into_iter().filter_map(of).collect()
}

fn account(name: &str) -> Inventory {
    let root = repository().join("tests/accounts").join(name);
    let mut inputs = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
                inputs.push(Input::found(format!("exports/{name}"), std::fs::read(&path).expect("a file")));
            }
        }
    }
    Inventory::read(inputs)
}

/// Inputs with every fault that an input can have before its text is looked at.
fn faulty() -> Inventory {
    let mut inputs = vec![
        Input::named("a.bin", b"\x89PNG\xff".to_vec()),
        Input::found("b.bin", b"\x89PNG\xff".to_vec()),
        Input::named("c.json", b"[\"\xff\"]".to_vec()),
        Input::named("d.json", b"\xff\xfe[".to_vec()),
        Input::named("e.gz", b"\x1f\x8b\x08\x00rest".to_vec()),
        Input::named("f.txt", "word ".repeat(3)),
        Input::found("g.txt", "word"),
        Input::found("h.txt", " \n"),
        Input::named("i.json", "{\"a\": \"secret\", \"b\": [1, 2"),
        Input::named("j.json", "{\"a\": \"se\\\"cret\", \"b\": [1, 2]}\n]"),
        Input::found("k.json", "{\"one\": 1, \"two\": {\"three\": \"x\"}}"),
        Input::found("k.json", "{}"),
        Input::named("l.json", "\u{feff}[]"),
        Input::named("m.json", "FAILED\nnot logged in"),
    ];
    for (name, why) in [
        ("u1", Unread::NotFound),
        ("u2", Unread::NotPermitted),
        ("u3", Unread::NotAFile),
        ("u4", Unread::EmptyFolder),
        ("u5", Unread::Link),
        ("u6", Unread::Changed),
        ("u7", Unread::Failed),
    ] {
        inputs.push(Input::unread(name, why));
    }
    Inventory::read(inputs)
}

#[test]
fn a_snapshot_gives_the_same_bytes_as_its_exports() {
    let mut all = exports_of_vectors();
    assert!(all.len() > 50, "{}", all.len());
    all.push(("example".to_owned(), account("example")));
    all.push(("clean".to_owned(), account("clean")));
    all.push(("faulty".to_owned(), faulty()));
    for (name, inventory) in all {
        let snapshot = packed(&inventory, false);
        let again = read(&snapshot);
        assert_eq!(answers(&again), answers(&inventory), "{name}");
        assert_eq!(packed(&again, false), snapshot, "{name}");
    }
}

#[test]
fn pseudonyms_change_no_verdict() {
    let mut all = exports_of_vectors();
    all.push(("example".to_owned(), account("example")));
    all.push(("clean".to_owned(), account("clean")));
    all.push(("faulty".to_owned(), faulty()));
    for (name, inventory) in all {
        let snapshot = packed(&inventory, true);
        assert_eq!(verdicts(&answers(&read(&snapshot))), verdicts(&answers(&inventory)), "{name}\n{snapshot}");
        // A pseudonym is one wherever it is made.
        assert_eq!(packed(&inventory, true), snapshot, "{name}");
    }
}

#[test]
fn no_name_of_the_example_is_in_its_redacted_snapshot() {
    let inventory = account("example");
    let plain = packed(&inventory, false);
    let redacted = packed(&inventory, true);
    let request = InventoryRequest { now: NOW.parse().expect("a moment"), keep_going: true };
    let answer = inventory.inventory(&request);
    let mut names: Vec<String> = answer.labels.values().filter_map(|label| label.name.clone()).collect();
    names.extend(answer.labels.values().map(|label| label.account.clone()).filter(|account| !account.is_empty()));
    let resources = answer.keys.iter().flat_map(|key| &key.uses).map(|found| found.resource.as_str());
    names.extend(resources.filter_map(|resource| Some(resource.split_once(":bucket:")?.1.to_owned())));
    names.extend(["IBMid-000000EXAMPLE".to_owned(), "exports/".to_owned()]);
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        assert!(plain.contains(&name), "{name}");
        assert!(
            !redacted.contains(&format!("\\\"{name}\\\"")) && !redacted.contains(&format!(":{name}\\\"")),
            "{name}"
        );
        if name.len() >= 12 {
            assert!(!redacted.contains(&name), "{name}");
        }
    }
}

#[test]
fn secrets_are_in_no_snapshot() {
    let key = r#"{"type":"application/vnd.ibm.kms.key+json","crn":"crn:v1:bluemix:public:kms:us-south:a/a1b2c3d4e5f60718293a4b5c6d7e8f90:6f3f4c1e-2f0a-4a55-8f0e-0d9c1b7a5e21:key:0d8b1f6a-51f4-4f5c-9d2f-7b3e6a9c1e01","state":1,"extractable":true,"payload":"SECRET-1"}"#;
    let inputs = [
        ("key.json", key),
        ("credentials.json", r#"{"apikey":"SECRET-2","password":"SECRET-3","other":"SECRET-4"}"#),
        ("private.pem", "-----BEGIN PRIVATE KEY-----\nSECRET-5"),
        (
            "instances.json",
            r#"[{"crn":"crn:v1:bluemix:public:databases-for-postgresql:us-south:a/a1b2c3d4e5f60718293a4b5c6d7e8f90:c6b7f5cd-5ec4-4e5b-9e78-7f6e9e6eef66::","resource_plan_id":"databases-for-postgresql-standard","parameters":{"adminpassword":"SECRET-6","disk_encryption_key_crn":"x"}}]"#,
        ),
    ];
    let inputs = inputs.map(|(name, text)| Input::found(name, text));
    let snapshot = packed(&Inventory::read(inputs.to_vec()), false);
    assert!(!snapshot.contains("SECRET-"), "{snapshot}");
    assert!(snapshot.contains("disk_encryption_key_crn"));
}

#[test]
fn a_snapshot_that_is_none_is_an_error_and_the_others_are_read() {
    let cases = [
        ("{\"snapshot\":\"kmsguard-snapshot/2\",\"inputs\":7}", "it is a `kmsguard-snapshot/2`"),
        ("{\"snapshot\": \"kmsguard-snapshot/1\", \"redacted\": false", "EOF"),
        (
            r#"{"snapshot":"kmsguard-snapshot/1","redacted":false,"notes":[],"inputs":[{"name":"a","named":true,"text":"","fault":{"code":"IN099"}}]}"#,
            "no input has the fault `IN099`",
        ),
    ];
    for (text, why) in cases {
        let inputs = vec![Input::named("a.json", text), Input::named("b.json", packed(&account("clean"), false))];
        let request = InventoryRequest { now: NOW.parse().expect("a moment"), keep_going: false };
        let answer = Inventory::read(inputs).inventory(&request);
        let problem = answer.problems.iter().find(|problem| problem.code == "IN026").expect("a problem");
        assert!(problem.message.contains(why), "{}", problem.message);
        assert_eq!(answer.outcome.exit_code(), 2);
        assert!(!answer.keys.is_empty());
    }
}

#[test]
fn the_command_packs_a_folder_and_reads_the_file_in_its_place() {
    let key = r#"[{"type":"application/vnd.ibm.kms.key+json","crn":"crn:v1:bluemix:public:kms:us-south:a/a1b2c3d4e5f60718293a4b5c6d7e8f90:6f3f4c1e-2f0a-4a55-8f0e-0d9c1b7a5e21:key:0d8b1f6a-51f4-4f5c-9d2f-7b3e6a9c1e01","name":"payments","state":1,"extractable":false}]"#;
    let host = MemoryHost::with_files([("exports/keys.json".to_owned(), key.to_owned())]);
    let (code, stdout, stderr) = host.run(&["snapshot", "exports", "-o", "a.snapshot.json"]);
    assert_eq!((code, stdout.as_str()), (0, ""), "{stderr}");
    let ask = |path| host.run(&["inventory", path, "--json", "--now", NOW]);
    assert_eq!(ask("exports"), ask("a.snapshot.json"));
    let (code, stdout, stderr) = host.run(&["snapshot", "exports", "--redact"]);
    assert_eq!(code, 0);
    let snapshot: Snapshot = serde_json::from_str(&stdout).expect("a snapshot");
    assert!(snapshot.redacted && !stdout.contains("payments"));
    assert!(stderr.contains("pseudonyms are no anonymity"), "{stderr}");
    assert_eq!(host.run(&["snapshot", "nowhere"]).0, 2);
}

/// What stands for every name in the fixtures below.
const MARKER: &str = "MARKER";

/// For each kind an export in which every name of an account, a user, a group or a resource is a marker. Ids are ids.
fn marked() -> Vec<(ExportKind, String)> {
    const ACCOUNT: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
    let instance = format!("crn:v1:bluemix:public:kms:eu-de:a/{ACCOUNT}:7a1d1c1e-0b1f-4c55-9d0e-5f1f0c6b2a10:");
    let key = format!("{instance}key:00000001-aaaa-4bbb-8ccc-dddddddddddd");
    let bucket = format!(
        "crn:v1:bluemix:public:cloud-object-storage:global:a/{ACCOUNT}:33333333-2222-4333-8444-555555555555:bucket:MARKER-bucket"
    );
    let topic = format!(
        "crn:v1:bluemix:public:messagehub:eu-de:a/{ACCOUNT}:44444444-2222-4333-8444-555555555555:topic:MARKER-topic"
    );
    let vpc = |kind: &str| {
        json!([{"id": "r010-33333333-2222-4333-8444-555555555555", "name": "MARKER",
            "crn": format!("crn:v1:bluemix:public:is:eu-de:a/{ACCOUNT}::{kind}:r010-33333333-2222-4333-8444-555555555555"),
            "encryption": "user_managed", "encryption_key": {"crn": key}, "user_tags": ["MARKER"], "access_tags": ["MARKER"],
            "resource_group": {"id": "0123456789abcdef0123456789abcdef", "name": "MARKER"},
            "volume_attachments": [{"name": "MARKER", "instance": {"name": "MARKER"}}],
            "source_volume": {"name": "MARKER"}}])
    };
    let policy = json!({"id": "p", "type": "authorization", "state": "active", "description": "MARKER",
        "created_by_id": "IBMid-MARKER", "last_modified_by_id": "iam-ServiceId-MARKER",
        "subjects": [{"attributes": [{"name": "accountId", "value": ACCOUNT}, {"name": "serviceName", "value": "messagehub"}]}],
        "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
        "resources": [{"attributes": [{"name": "accountId", "value": ACCOUNT}, {"name": "serviceName", "value": "kms"},
            {"name": "keyRing", "value": "MARKER"}, {"name": "resource", "value": "MARKER"}]}]});
    let event = |resource: &str| {
        json!({"eventTime": "2026-10-01T00:00:00Z", "outcome": "success", "severity": "normal", "action": "kms.secrets.wrap",
            "message": "Key Protect: wrap secret MARKER -success", "logSourceCRN": key,
            "initiator": {"id": "MARKER", "name": "MARKER", "typeURI": "service/security/account/user",
                "credential": {"type": "MARKER"}, "host": {"address": "MARKER", "agent": "MARKER (MARKER)"}},
            "target": {"id": key, "name": "MARKER", "typeURI": "kms/secrets", "host": {"address": "MARKER"}},
            "observer": {"name": "MARKER"}, "reason": {"reasonCode": 200, "reasonForFailure": "MARKER said so"},
            "requestData": {"keyName": "MARKER", "resourceCRN": resource, "other": {"deep": ["MARKER"]}},
            "responseData": {"keyState": 1, "message": format!("{key} MARKER")}})
    };
    let table = format!(
        "timestamp\tuser MARKER\tinitiator.name\ttext\n2026-11-01\tMARKER\tMARKER\t\"{}\"\n2026-11-01\tx\ty\t\"MARKER, cut\"\n",
        event(&topic).to_string().replace('"', "\"\"")
    );
    let hpcs = key.replace(":kms:", ":hs-crypto:");
    let pairs = format!("{hpcs},{key},MARKER\n{hpcs},MARKER,MARKER\n");
    let execution = format!(
        "SourceCRK,TargetCRK,HpcsAssociationsCount,KpStAssociationsCount,HPCS Status,MARKER\n{hpcs},{key},3,0,\"FAILED - MARKER, it says\",MARKER\n"
    );
    let terraform = |key_members: serde_json::Value| {
        json!({"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {"resources": [
            {"address": "ibm_kms_key.k", "mode": "managed", "type": "ibm_kms_key", "name": "k", "provider_name": "ibm", "values": key_members}]}}})
    };
    let values = json!({"id": key, "crn": key, "key_name": "MARKER", "description": "MARKER", "resource_group_name": "MARKER",
        "account_id": "MARKER", "created_by": "MARKER", "tags": ["MARKER"], "name": "MARKER"});
    let mut plan = terraform(values.clone());
    plan["planned_values"] = plan["values"].take();
    plan["resource_changes"] = json!([{"address": "ibm_kms_key.k", "mode": "managed", "type": "ibm_kms_key", "name": "k",
        "provider_name": "ibm", "change": {"actions": ["delete"], "before": values, "after": null}}]);
    vec![
        (
            ExportKind::KmsKeys,
            json!([{"type": "application/vnd.ibm.kms.key+json", "id": "00000001-aaaa-4bbb-8ccc-dddddddddddd", "crn": key, "name": "MARKER",
                "description": "MARKER", "aliases": ["MARKER"], "tags": ["MARKER"], "keyRingID": "MARKER", "state": 1,
                "extractable": false, "createdBy": "MARKER", "deletedBy": "MARKER",
                "dualAuthDelete": {"enabled": true, "keySetForDeletion": true, "createdBy": "IBMid-MARKER"}}]).to_string(),
        ),
        (
            ExportKind::KmsRegistrations,
            json!([{"keyId": "00000001-aaaa-4bbb-8ccc-dddddddddddd", "resourceCrn": bucket, "keyName": "MARKER", "createdBy": "MARKER",
                "description": "MARKER"}]).to_string(),
        ),
        (
            ExportKind::KmsKeyVersions,
            json!([{"id": "00000001-aaaa-4bbb-8ccc-dddddddddddd", "creationDate": "2026-01-01T00:00:00Z", "createdBy": "MARKER"}])
                .to_string(),
        ),
        (
            ExportKind::KmsKeyPolicies,
            json!([{"type": "application/vnd.ibm.kms.policy+json", "crn": key, "rotation": {"interval_month": 1}, "createdBy": "MARKER",
                "updatedBy": "MARKER"}]).to_string(),
        ),
        (
            ExportKind::KmsInstancePolicies,
            json!([{"policy_type": "allowedNetwork", "createdBy": "MARKER", "updatedBy": "MARKER",
                "policy_data": {"enabled": true, "attributes": {"allowed_network": "private-only"}}}]).to_string(),
        ),
        (
            ExportKind::KmsKeyRings,
            json!({"metadata": {"collectionType": "application/vnd.ibm.kms.key_ring+json", "collectionTotal": 1},
                "resources": [{"id": "MARKER", "creationDate": "2026-01-01T00:00:00Z", "createdBy": "MARKER"}]}).to_string(),
        ),
        (ExportKind::IamPolicies, json!([policy]).to_string()),
        (
            ExportKind::IamPolicyTemplates,
            json!([{"id": "t", "name": "MARKER", "description": "MARKER", "account_id": "MARKER", "created_by_id": "MARKER", "version": "1",
                "committed": true, "state": "active", "policy": {"type": "authorization", "description": "MARKER",
                "subject": {"attributes": [{"key": "serviceName", "operator": "stringEquals", "value": "messagehub"}]},
                "resource": {"attributes": [{"key": "serviceName", "operator": "stringEquals", "value": "kms"},
                    {"key": "keyRing", "operator": "stringEquals", "value": "MARKER"}]},
                "control": {"grant": {"roles": []}}}}]).to_string(),
        ),
        (
            ExportKind::ResourceInstances,
            json!([{"crn": format!("{instance}:"), "guid": "7a1d1c1e-0b1f-4c55-9d0e-5f1f0c6b2a10", "name": "MARKER", "account_id": ACCOUNT,
                "resource_plan_id": "p", "resource_group_id": "0123456789abcdef0123456789abcdef", "state": "active",
                "created_by": "MARKER", "updated_by": "MARKER", "tags": ["MARKER"],
                "last_operation": {"type": "create", "description": "MARKER"}}]).to_string(),
        ),
        (
            ExportKind::ResourceReclamations,
            json!([{"id": "r", "entity_crn": format!("{instance}:"), "resource_instance_id": format!("{instance}:"), "state": "SCHEDULED",
                "account_id": "MARKER", "created_by": "MARKER", "updated_by": "MARKER", "description": "MARKER"}]).to_string(),
        ),
        (
            ExportKind::SchematicsSettings,
            json!({"location": "US", "encryption_scheme": "byok", "resource_group": "MARKER",
                "primary_crk": {"kms_name": "MARKER", "kms_private_endpoint": "x", "key_crn": key}}).to_string(),
        ),
        (
            ExportKind::SchematicsInstances,
            json!([{"location": "US", "encryption_scheme": "byok", "resource_group": "MARKER", "kms_crn": format!("{instance}:"),
                "kms_name": "MARKER", "keys": [{"name": "MARKER", "crn": key}]}]).to_string(),
        ),
        (ExportKind::VpcVolumes, vpc("volume").to_string()),
        (ExportKind::VpcShares, vpc("share").to_string()),
        (ExportKind::VpcImages, vpc("image").to_string()),
        (ExportKind::VpcSnapshots, vpc("snapshot").to_string()),
        (ExportKind::TerraformPlan, plan.to_string()),
        (
            ExportKind::TerraformState,
            terraform(json!({"id": key, "crn": key, "key_name": "MARKER", "description": "MARKER", "created_by": "MARKER"})).to_string(),
        ),
        (
            ExportKind::KeyUsageReport,
            json!({"metadata": {"tool_version": "1.0.0", "service": "kms", "account_id": "MARKER", "account_name": "MARKER",
                    "user": "MARKER", "email": "MARKER@example.org"},
                "result": {"kms_instances": [{"name": "MARKER", "crn": format!("{instance}:"), "keys": [{"type": "crk", "name": "MARKER",
                    "state_name": "active", "id": "00000001-aaaa-4bbb-8ccc-dddddddddddd",
                    "associations": [{"resource_crn": bucket, "resource_name": "MARKER"}],
                    "service_usage": {"messagehub (Event Streams)": [{"encrypted_resource": topic, "name": "MARKER"}]}}]}],
                    "crns": [{"name": "MARKER", "crn": bucket}], "unknowns": [{"name": "MARKER", "encrypted_resource": topic}]}})
            .to_string(),
        ),
        (ExportKind::MigrationPairs, pairs),
        (ExportKind::MigrationPairs, execution),
        (ExportKind::ActivityEvents, event(&bucket).to_string()),
        (ExportKind::ActivityEvents, format!("{}\n{}\n", json!({"payload": event(&bucket)}), event("MARKER"))),
        (ExportKind::ActivityEvents, table),
        (
            ExportKind::Manifest,
            json!({"manifest_version": 1, "started_at": "2026-11-20T08:00:00Z", "finished_at": "2026-11-20T08:01:00Z",
                "calls": [{"file": "MARKER/keys.json", "kind": "kms-keys", "account": "MARKER", "url": "https://x", "status": 200,
                    "pages": 1, "rows": 0}]}).to_string(),
        ),
        (ExportKind::ErrorAnswer, json!({"errors": [{"code": "forbidden", "message": "MARKER may not see MARKER"}]}).to_string()),
        (ExportKind::ErrorAnswer, json!({"errorMsg": "Unauthorized: MARKER", "reasons": [{"message": "MARKER"}]}).to_string()),
        (ExportKind::ErrorAnswer, format!("FAILED\nMARKER has no access to MARKER in account {ACCOUNT}.")),
        (ExportKind::ErrorAnswer, "<html><title>MARKER</title></html>".to_owned()),
        (ExportKind::Unknown, json!({"MARKER": {"name": "MARKER"}, "other": ["MARKER"]}).to_string()),
        (ExportKind::Other, "MARKER wrote this".to_owned()),
    ]
}

#[test]
fn no_name_in_an_export_of_any_kind_is_in_its_redacted_snapshot() {
    let marked = marked();
    for kind in ExportKind::EXPORTS {
        assert!(marked.iter().any(|(of, _)| *of == kind), "{kind}");
    }
    let mut leaks = Vec::new();
    for (kind, text) in marked {
        assert!(text.contains(MARKER) || matches!(kind, ExportKind::Manifest), "{kind}");
        let inventory = Inventory::read(vec![Input::found("MARKER/export", text)]);
        let request = InventoryRequest { now: NOW.parse().expect("a moment"), keep_going: true };
        let read = inventory.inventory(&request);
        assert_eq!(read.inputs.first().map(|input| input.kind), Some(kind));
        let redacted = packed(&inventory, true);
        if redacted.contains(MARKER) {
            leaks.push(format!("{kind}: {redacted}"));
        }
        let again = self::read(&redacted);
        assert_eq!(verdicts(&answers(&again)), verdicts(&answers(&inventory)), "{kind}: {redacted}");
    }
    assert_eq!(leaks, Vec::<String>::new());
}

#[test]
fn secrets_in_the_cells_of_a_table_are_in_no_snapshot() {
    let table = "when\ttext\n1\t\"{\"\"action\"\": \"\"kms.secrets.wrap\"\", \"\"requestData\"\": {\"\"password\"\": \"\"SECRET\"\"}}\"\n";
    let inventory = Inventory::read(vec![Input::found("events.tsv", table)]);
    let snapshot = packed(&inventory, false);
    assert!(!snapshot.contains("SECRET") && snapshot.contains("kms.secrets.wrap"), "{snapshot}");
}
