//! `kmsguard plan`: where a request comes from, what `--to` and `--step` print, and what cannot be read.

use kmsguard_vectors::MemoryHost;
use serde_json::Value;

const KEY: &str = "crn:v1:bluemix:public:kms:ca-mon:a/9f9af00a96104f49b6509aa715f9d6a5:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:\
                   f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

fn run(arguments: &[&str]) -> (u8, String, String) {
    MemoryHost::default().run(arguments)
}

fn with_file(content: &str, arguments: &[&str]) -> (u8, String, String) {
    MemoryHost::with_files([("request.json".to_owned(), content.to_owned())]).run(arguments)
}

#[test]
fn flags_make_the_same_plan_as_a_file() {
    let now = ["--now", "2026-11-21T12:00:00Z", "--json"];
    let flags = [
        "plan",
        "--service",
        "event-streams-gen2",
        "--key",
        KEY,
        "--resource-group",
        "Default",
        "--resource-group-id",
        "g",
    ];
    let (code, by_flags, _) = run(&[&flags[..], &now[..]].concat());
    let document = format!(
        r#"{{"service": "event-streams-gen2", "key": {{"crn": "{KEY}"}}, "resource_group": {{"name": "Default", "id": "g"}}}}"#
    );
    let (_, by_file, _) = with_file(&document, &[&["plan", "request.json"][..], &now[..]].concat());
    assert_eq!((code, &by_flags), (0, &by_file));
}

#[test]
fn one_form_of_one_step_can_be_run_as_it_is() {
    let schematics =
        ["plan", "--service", "schematics", "--location", "EU", "--scheme", "byok", "--key", KEY, "--key-name", "kp"];
    let (code, stdout, _) = run(&[&schematics[..], &["--to", "cli", "--step", "wait"][..]].concat());
    assert_eq!(
        (code, stdout.as_str()),
        (0, "# wait: wait 30 seconds until the authorization takes effect\nsleep 30\n")
    );
    let (_, stdout, _) = run(&[&schematics[..], &["--to", "rest", "--step", "provision"][..]].concat());
    let call: Value = serde_json::from_str(&stdout).expect("one call is one line of JSON");
    assert_eq!((&call["method"], &call["body"]["encryption_scheme"]), (&Value::from("PUT"), &Value::from("byok")));
}

#[test]
fn a_form_that_no_step_has_is_an_error() {
    let schematics =
        ["plan", "--service", "schematics", "--location", "EU", "--scheme", "byok", "--key", KEY, "--key-name", "kp"];
    let (code, stdout, stderr) = run(&[&schematics[..], &["--to", "terraform", "--step", "provision"][..]].concat());
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("REQ008"), "{stderr}");
}

#[test]
fn a_plan_with_an_error_prints_nothing_that_could_be_run() {
    let (code, stdout, stderr) = run(&["plan", "--service", "event-streams-gen2", "--key", "my-key", "--to", "cli"]);
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(stderr.contains("error[CRN001]: /key/crn: "), "{stderr}");
}

#[test]
fn what_cannot_be_read_is_exit_code_2() {
    let cases = [("{\"service\":", "IN003"), ("service: x", "IN001"), ("", "IN001")];
    for (content, expected) in cases {
        let (code, stdout, stderr) = with_file(content, &["plan", "request.json"]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{content}");
        assert!(stderr.contains(expected), "{content}: {stderr}");
    }
    let (code, stdout, stderr) = run(&["plan", "absent.json"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("IN013") && stderr.contains("`absent.json`"), "{stderr}");
    assert_eq!(run(&["plan"]).0, 2, "neither a file nor a service");
    assert_eq!(run(&["plan", "request.json", "--service", "schematics"]).0, 2, "a file and a service");
}

#[test]
fn the_services_can_be_listed_with_all_that_is_known_of_them() {
    let (code, stdout, _) = run(&["schema", "services"]);
    let schema: Value = serde_json::from_str(&stdout).expect("a schema is JSON");
    let ids = schema["enum"].as_array().expect("a list");
    let rows = schema["catalogue"].as_array().expect("a list");
    assert_eq!((code, ids.len()), (0, rows.len()));
    for id in [
        "event-streams-gen2",
        "event-streams-classic",
        "databases-for-postgresql-gen2",
        "object-storage-bucket",
        "object-storage-backup-vault",
        "vpc-volume",
        "vpc-boot-volume",
        "vpc-share",
        "vpc-image",
        "cluster-secrets",
        "cluster-worker-disks",
        "cloudant",
        "secrets-manager",
        "event-notifications",
        "app-configuration",
        "db2",
        "watsonx-data",
        "schematics",
    ] {
        assert!(ids.iter().any(|known| known == id), "{id}");
    }
    let row = |id: &str| rows.iter().find(|row| row["id"] == id).expect("it is listed");
    assert_eq!(row("vpc-volume")["service_name"], "server-protect", "not the `is` of its CRNs");
    assert_eq!(row("event-streams-gen2")["members"][0]["json"], "/parameters/dataservices/encryption/disk");
    assert_eq!(row("event-streams-gen2")["key_ring"], false);
    assert_eq!(row("cloudant")["registers"], Value::Null, "no page says it");
    let doubted =
        |fact: &Value| fact["ref"] == "event-streams-gen2.soft-delete" && fact["against"]["source"].is_object();
    assert!(row("event-streams-gen2")["facts"].as_array().expect("a list").iter().any(doubted), "9 days, and three");
}

#[test]
fn a_plan_that_exports_do_not_settle_is_not_called_ready() {
    let flags = ["plan", "--service", "event-streams-gen2", "--key", KEY];
    let (code, text, _) = run(&flags);
    assert_eq!(code, 0);
    assert!(text.starts_with("ready\n"), "{text}");
    // Without a list of the keys nobody knows whether the key is there.
    let (code, text, _) =
        with_file(r#"{"policies": []}"#, &[&flags[..], &["--inventory", "request.json", "--keep-going"]].concat());
    assert_eq!(code, 4);
    assert!(text.starts_with("ready but for what is not known\n"), "{text}");
}
