//! Snapshots: read in place of the exports they give the same answers, byte for byte; under pseudonyms the same verdicts.

use std::collections::BTreeMap;

use kmsguard::api::{
    AuditRequest, AuthzRequest, Input, Inventory, InventoryRequest, Snapshot, SnapshotRequest, Unread, to_json,
};
use kmsguard_vectors::{Exports, MemoryHost, Vector, repository, vectors};
use serde_json::Value;

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
