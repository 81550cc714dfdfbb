//! What `kmsguard migrate` shows a person, and the files that it takes and writes.

use std::collections::BTreeMap;

use kmsguard_vectors::MemoryHost;
use serde_json::{Value, json};

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
const HYPER: &str =
    "crn:v1:bluemix:public:hs-crypto:us-south:a/0123456789abcdef0123456789abcdef:5a0d8c56-1f0e-4c11-9d5d-6b8e8a3f7c21:";
const KMS: &str =
    "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:";

fn key(of: &str, id: &str, name: &str) -> Value {
    json!({"crn": format!("{of}key:{id}"), "name": name, "state": 1, "extractable": false})
}

fn files() -> BTreeMap<String, String> {
    let attribute = |name: &str, value: &str| json!({"name": name, "value": value});
    let policy = json!([{"id": "p1", "type": "authorization",
        "subjects": [{"attributes": [attribute("accountId", ACCOUNT), attribute("serviceName", "cloud-object-storage")]}],
        "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
        "resources": [{"attributes": [attribute("accountId", ACCOUNT), attribute("serviceName", "kms")]}]}]);
    let bucket = |name: &str| {
        format!(
            "crn:v1:bluemix:public:cloud-object-storage:global:a/{ACCOUNT}:22222222-2222-4222-8222-222222222222:bucket:{name}"
        )
    };
    let redis = format!(
        "crn:v1:bluemix:public:databases-for-redis:us-south:a/{ACCOUNT}:11111111-1111-4111-8111-111111111111::"
    );
    let documents = [
        ("hyper.json", json!([key(HYPER, "a", "archive"), key(HYPER, "b", "sessions")])),
        ("kms.json", json!([key(KMS, "c", "archive-new"), key(KMS, "d", "sessions")])),
        ("policies.json", policy),
        (
            "registrations.json",
            json!([{"keyId": "a", "resourceCrn": bucket("one")}, {"keyId": "b", "resourceCrn": redis}]),
        ),
        (
            "instances.json",
            json!([{"crn": format!("{KMS}:"), "resource_plan_id": "dedicated"}, {"crn": format!("{HYPER}:"), "resource_plan_id": "standard"},
                {"crn": redis, "resource_plan_id": "databases-for-redis-standard", "name": "cache"}]),
        ),
    ];
    documents.into_iter().map(|(name, document)| (format!("exports/{name}"), document.to_string())).collect()
}

fn run(files: BTreeMap<String, String>, arguments: &[&str]) -> (u8, String, String, MemoryHost) {
    let host = MemoryHost::with_files(files);
    let (code, stdout, stderr) =
        host.run(&[&["migrate", "exports", "--now", "2026-11-21T12:00:00Z"], arguments].concat());
    (code, stdout, stderr, host)
}

/// The place of each text, which must be there, in order.
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("`{part}` is missing, or stands too early, in:\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

fn with_pairs() -> BTreeMap<String, String> {
    let mut files = files();
    let pairs = format!("{HYPER}key:a,{KMS}key:c\n{HYPER}key:b,{KMS}key:d\n");
    files.insert("pairs.csv".to_owned(), pairs);
    files
}

#[test]
fn the_days_come_first_then_who_has_to_act_then_the_way_and_what_nobody_sees() {
    let (code, text, _, _) = run(with_pairs(), &["--pairs", "pairs.csv"]);
    assert_eq!(code, 1);
    assert!(text.starts_with(
        "119 days left: Hyper Protect Crypto Services ends on 2027-03-20 (another page says 2027-03-28)\n"
    ));
    in_order(
        &text,
        &[
            "2 keys: 1 not ready, 1 ready · 2 associations: 1 match, 1 no match",
            "NOT READY  sessions → sessions\n",
            "MIG018 1 resource is not authorized on the key to move to",
            "no match cache",
            "next make the authorization",
            "ibmcloud iam authorization-policy-create databases-for-redis kms Reader,AuthorizationDelegator",
            "READY  archive → archive-new\n",
            "./crkm create PAIRS.csv",
            "the way",
            "not before 2026-11-21T12:00:30Z",
            "./crkm sync PAIRS.csv",
            "what no export shows",
            "PKCS #11 and GREP11",
            "custom applications",
        ],
    );
}

#[test]
fn pairs_are_written_with_what_is_to_be_filled_in() {
    let (code, _, stderr, host) = run(files(), &["--write-pairs", "pairs.csv", "--quiet"]);
    assert_eq!((code, stderr.as_str()), (1, ""));
    let written = host.files.borrow().get("pairs.csv").cloned().expect("the file is written");
    let written = String::from_utf8(written).expect("text");
    assert_eq!(
        written,
        format!("{HYPER}key:a,,{KMS}key:c,{KMS}key:d\r\n{HYPER}key:b,,{KMS}key:d,{KMS}key:c\r\n"),
        "the one of the same name stands first, and none is taken for the truth"
    );
    // Filled in, it is read; half of it is, too.
    let filled = written.replacen(",,", &format!(",{KMS}key:c,"), 1);
    let mut files = files();
    files.insert("pairs.csv".to_owned(), filled);
    let (_, json, _, _) = run(files, &["--pairs", "pairs.csv", "--json"]);
    let answer: Value = serde_json::from_str(&json).expect("an answer");
    let targets: Vec<&Value> = answer["rows"].as_array().expect("rows").iter().map(|row| &row["target_key"]).collect();
    assert_eq!(targets, [&json!(format!("{KMS}key:c")), &Value::Null]);
}

#[test]
fn what_is_ready_is_0_and_what_is_not_known_is_4() {
    let mut ready = with_pairs();
    ready.insert("pairs.csv".to_owned(), format!("{HYPER}key:a,{KMS}key:c\n"));
    ready.insert("exports/hyper.json".to_owned(), json!([key(HYPER, "a", "archive")]).to_string());
    ready.insert(
        "exports/registrations.json".to_owned(),
        json!([{"keyId": "a", "resourceCrn": format!("crn:v1:bluemix:public:cloud-object-storage:global:a/{ACCOUNT}:22222222-2222-4222-8222-222222222222:bucket:one")}]).to_string(),
    );
    assert_eq!(run(ready.clone(), &["--pairs", "pairs.csv"]).0, 0);
    ready.remove("exports/policies.json");
    let (code, text, ..) = run(ready, &["--pairs", "pairs.csv"]);
    assert_eq!(code, 4);
    in_order(
        &text,
        &[
            "UNKNOWN  archive",
            "not known the authorizations of the key's account are missing",
            "ibmcloud iam authorization-policies",
        ],
    );
}

#[test]
fn a_table_that_is_none_is_refused() {
    for (name, text) in [("pairs.csv", "a,b\n".to_owned()), ("pairs.json", "[]".to_owned())] {
        let mut files = files();
        files.insert(name.to_owned(), text);
        let (code, stdout, stderr, _) = run(files, &["--pairs", name]);
        assert_eq!((code, stdout.is_empty()), (2, name == "pairs.json"), "{name}: {stderr}");
        assert!(stderr.contains(name), "{stderr}");
    }
    let (code, stdout, stderr, _) = run(files(), &["--pairs", "exports/policies.json"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("error[REQ017]") && stderr.contains("`iam-policies`"), "{stderr}");
    let (code, _, stderr, _) = run(files(), &["--since", "exports/policies.json"]);
    assert!(code == 2 && stderr.contains("error[REQ016]"), "{stderr}");
    let (code, _, stderr, _) = run(files(), &["--output-format", "sarif"]);
    assert!(code == 2 && stderr.contains("text, json, csv, markdown, html, pairs"), "{stderr}");
}

#[test]
fn progress_is_told_since_an_answer_that_was_kept() {
    let (_, before, _, _) = run(with_pairs(), &["--pairs", "pairs.csv", "--json"]);
    let mut files = with_pairs();
    files.insert("before.json".to_owned(), before);
    let moved = format!(
        "crn:v1:bluemix:public:cloud-object-storage:global:a/{ACCOUNT}:22222222-2222-4222-8222-222222222222:bucket:one"
    );
    let redis = format!(
        "crn:v1:bluemix:public:databases-for-redis:us-south:a/{ACCOUNT}:11111111-1111-4111-8111-111111111111::"
    );
    let registrations = json!([{"keyId": "c", "resourceCrn": moved}, {"keyId": "b", "resourceCrn": redis}]);
    files.insert("exports/registrations.json".to_owned(), registrations.to_string());
    let (_, text, _, _) = run(files, &["--pairs", "pairs.csv", "--since", "before.json"]);
    in_order(
        &text,
        &[
            "since 2026-11-21T12:00:00Z: 1 key then ready or moved, 1 now",
            "archive: 1 of 1 association moved",
            "MOVED  archive",
        ],
    );
}

#[test]
fn each_code_of_a_pair_has_a_case() {
    let cases: String = kmsguard_vectors::vectors()
        .iter()
        .filter(|vector| vector.operation == "migrate")
        .map(|vector| vector.case.expect.to_string())
        .collect();
    let codes: Vec<&str> =
        kmsguard::api::codes().map(|code| code.code).filter(|code| code.starts_with("MIG")).collect();
    assert!(codes.len() > 20);
    for code in codes {
        assert!(cases.contains(&format!("\"code\":\"{code}\"")), "no case expects {code}");
    }
}
