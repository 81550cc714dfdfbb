//! Every wrong input has its message and its exit code.

use kmsguard_vectors::MemoryHost;

const NOW: &str = "2026-11-21T12:00:00Z";

/// Audits one path: the exit code and standard error.
fn audit(files: &[(&str, &str)], path: &str) -> (u8, String) {
    let host = MemoryHost::with_files(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    let (code, _, stderr) = host.run(&["audit", path, "--now", NOW]);
    (code, stderr)
}

#[track_caller]
fn says(found: &(u8, String), code: u8, texts: &[&str]) {
    for text in texts {
        assert!(found.1.contains(text), "expected `{text}` in:\n{}", found.1);
    }
    assert_eq!(found.0, code, "{}", found.1);
}

#[test]
fn a_file_that_is_not_there() {
    says(
        &audit(&[], "nowhere.json"),
        2,
        &["error[IN013]: nowhere.json: there is no such file or folder", "help: check the path"],
    );
}

#[test]
fn a_file_that_is_not_json() {
    says(&audit(&[("notes.txt", "remember the milk")], "notes.txt"), 2, &["error[IN001]: notes.txt: this is not JSON"]);
}

#[test]
fn json_of_no_known_kind_says_what_was_found_and_what_was_looked_for() {
    let found = audit(&[("a.json", r#"{"colour": "blue", "size": 3}"#)], "a.json");
    says(
        &found,
        2,
        &[
            "error[IN007]: a.json: this JSON is of no known kind: it has `colour`, `size`",
            "help: the kinds that are read: kms-keys, kms-registrations, ",
            "terraform-plan",
            "activity-events, manifest;",
        ],
    );
}

#[test]
fn a_folder_in_which_there_is_nothing_to_read() {
    says(&audit(&[("exports/notes.txt", "remember the milk")], "exports"), 3, &[]);
}

#[test]
fn half_a_file() {
    let found = audit(&[("keys.json", "[{\"crn\":\n\"crn:v1:blue")], "keys.json");
    says(
        &found,
        2,
        &[
            "error[IN003]: keys.json: the JSON ends in the middle of a value, on line 2",
            "help: the export was interrupted: make it again",
        ],
    );
}

#[test]
fn an_error_answer_saved_as_an_export() {
    let found =
        audit(&[("keys.json", r#"{"errors": [{"code": "unauthorized", "message": "no access"}]}"#)], "keys.json");
    says(
        &found,
        2,
        &[
            "error[IN008]: keys.json: this is an error answer, saved as an export: no access",
            "a login that has the role Viewer on what is listed",
        ],
    );
}

#[test]
fn an_empty_list_of_policies() {
    let found = audit(&[("policies.json", r#"{"policies": []}"#)], "policies.json");
    says(&found, 3, &["warning[IN009]: policies.json: this list has no rows, so nothing says what it lists"]);
}

#[test]
fn the_other_inputs_are_still_read() {
    let host = MemoryHost::with_files([
        ("a/cut.json".to_owned(), "[".to_owned()),
        ("a/keys.json".to_owned(), r#"[{"extractable": false, "state": 1, "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]"#.to_owned()),
    ]);
    let (code, stdout, stderr) = host.run(&["inventory", "a", "--json", "--now", NOW]);
    assert_eq!(code, 2, "{stderr}");
    assert!(stdout.contains(r#""name":"a/keys.json","kind":"kms-keys","records":1"#), "{stdout}");
    assert!(stdout.contains(r#""complete":false"#), "the cut list is known to be cut: {stdout}");
}

#[test]
fn arguments_that_are_none() {
    for arguments in [
        &["audit"][..],
        &["adit", "x"],
        &["audit", "x", "--now", "yesterday"],
        &["audit", "x", "--output-format", "xml"],
    ] {
        let (code, stdout, stderr) = MemoryHost::default().run(arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!stderr.is_empty(), "{arguments:?}");
    }
    let (_, _, stderr) = MemoryHost::default().run(&["audit", "x", "--select", "SHARE01"]);
    assert!(stderr.contains("did you mean `SHARE001`?"), "{stderr}");
    let (_, _, stderr) = MemoryHost::default().run(&["audit", "x", "--output-format", "xml"]);
    assert!(stderr.contains("formats: text, json"), "{stderr}");
}

/// Names of files and texts of exports are shown so that they cannot move a terminal.
#[test]
fn no_input_moves_the_terminal() {
    let key = r#"[{"extractable": true, "state": 2, "name": "\u001b[2Jgone\u202e", "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]"#;
    let registration = r#"[{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320", "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:1\u001b[2J::"}]"#;
    let host = MemoryHost::with_files([
        ("e/k.json".to_owned(), key.to_owned()),
        ("e/r.json".to_owned(), registration.to_owned()),
    ]);
    for verb in ["audit", "inventory", "authz"] {
        let (_, stdout, stderr) = host.run(&[verb, "e", "--now", NOW]);
        for (stream, text) in [("stdout", stdout), ("stderr", stderr)] {
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{verb} {stream}: {text:?}");
        }
    }
}
