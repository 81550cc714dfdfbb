//! What the command makes of `kmsguard.toml`, of baselines, and of two audits.

use std::collections::BTreeMap;

use kmsguard_vectors::MemoryHost;
use serde_json::{Value, json};

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
const KEY: &str = "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

/// A key that two deployments share, so that SHARE001 finds one thing.
fn exports() -> BTreeMap<String, String> {
    let deployment = |service: &str, digit: &str| {
        format!(
            "crn:v1:bluemix:public:{service}:us-south:a/{ACCOUNT}:{}::",
            "11111111-1111-4111-8111-111111111111".replace('1', digit)
        )
    };
    let registration = |of: &str| json!({"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320", "resourceCrn": of});
    let keys = json!([{"id": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320", "name": "payments", "state": 1, "extractable": false, "crn": KEY}]);
    let registrations =
        json!([registration(&deployment("messagehub", "1")), registration(&deployment("databases-for-redis", "2"))]);
    BTreeMap::from([
        ("exports/keys.json".to_owned(), keys.to_string()),
        ("exports/registrations.json".to_owned(), registrations.to_string()),
    ])
}

fn host(files: &[(&str, &str)]) -> MemoryHost {
    let mut all = exports();
    all.extend(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    MemoryHost::with_files(all)
}

const AUDIT: [&str; 5] = ["audit", "exports", "--json", "--now", "2026-11-21T12:00:00Z"];

fn audit(host: &MemoryHost, more: &[&str]) -> (u8, Value, String) {
    let arguments: Vec<&str> = AUDIT.into_iter().chain(more.iter().copied()).collect();
    let (code, stdout, stderr) = host.run(&arguments);
    (code, serde_json::from_str(&stdout).unwrap_or(Value::Null), stderr)
}

fn rules(answer: &Value) -> Vec<&str> {
    answer["checked"].as_array().expect("the rules").iter().filter_map(Value::as_str).collect()
}

#[test]
fn the_nearest_configuration_up_to_the_root_of_the_repository_is_taken() {
    let of = |rule: &str| format!("[rules]\nselect = [\"{rule}\"]\n");
    let here = of("SHARE001");
    let above = of("KEY001");
    let both = host(&[("kmsguard.toml", &here), ("../kmsguard.toml", &above), ("../.git/HEAD", "")]);
    assert_eq!(rules(&audit(&both, &[]).1), ["SHARE001"], "the nearest");
    let up = host(&[("../kmsguard.toml", &above), ("../.git/HEAD", "")]);
    assert_eq!(rules(&audit(&up, &[]).1), ["KEY001"], "one above, of the same repository");
    let worktree = host(&[("../../kmsguard.toml", &above), ("../../.git", "gitdir: elsewhere")]);
    assert_eq!(rules(&audit(&worktree, &[]).1), ["KEY001"], "a worktree has a file in place of the folder");
    let beyond = host(&[("../kmsguard.toml", &above), (".git/HEAD", "")]);
    assert!(rules(&audit(&beyond, &[]).1).len() > 1, "one above the root of the repository is another's");
    let nowhere = host(&[("../kmsguard.toml", &above)]);
    assert!(rules(&audit(&nowhere, &[]).1).len() > 1, "outside of a repository only the working directory counts");
}

#[test]
fn a_configuration_can_be_named_and_left_out() {
    let files =
        [("kmsguard.toml", "[rules]\nselect = [\"KEY001\"]\n"), ("other/c.toml", "[rules]\nselect = [\"SHARE001\"]\n")];
    assert_eq!(rules(&audit(&host(&files), &["--config", "other/c.toml"]).1), ["SHARE001"]);
    assert!(rules(&audit(&host(&files), &["--no-config"]).1).len() > 1);
    let (code, _, stderr) = audit(&host(&files), &["--config", "none.toml"]);
    assert_eq!((code, stderr.contains("`none.toml`: there is no such file")), (2, true), "{stderr}");
    assert_eq!(audit(&host(&files), &["--config", "other/c.toml", "--no-config"]).0, 2, "one or the other");
}

#[test]
fn faults_are_told_with_line_and_column_all_of_them_in_order() {
    let text = "[windows]\nkey_expiri_days = 3\n\n[rules]\nselect = [\"KEY001\",\n  \"SHARE01\"]\n";
    let (code, answer, stderr) = audit(&host(&[("kmsguard.toml", text)]), &[]);
    assert_eq!((code, answer), (2, Value::Null));
    let expected = "error[CONF001]: kmsguard.toml:2:1: the configuration has no key `windows.key_expiri_days`\n  \
                    help: did you mean `key_expiry_days`?\n\
                    error[CONF003]: kmsguard.toml:6:3: `rules.select.1` names `SHARE01`, which is no rule\n  \
                    help: did you mean `SHARE001`?\n";
    assert_eq!(stderr, expected);
}

#[test]
fn what_is_no_toml_is_refused() {
    let (code, _, stderr) = audit(&host(&[("kmsguard.toml", "[rules\n")]), &[]);
    assert_eq!((code, stderr.contains("error[CONF013]: kmsguard.toml:1:")), (2, true), "{stderr}");
    let mut not_text = host(&[]);
    not_text.files.get_mut().insert("kmsguard.toml".to_owned(), b"[rules]\n# \xff\n".to_vec());
    let (code, _, stderr) = audit(&not_text, &[]);
    assert_eq!((code, stderr.contains("kmsguard.toml:2: not UTF-8")), (2, true), "{stderr}");
}

#[test]
fn suppressions_are_told_with_their_place_and_are_quiet_on_demand() {
    let text = format!(
        "[rules]\nselect = [\"SHARE001\"]\n\n[[suppressions]]\nrule = \"SHARE001\"\nresource = \"{KEY}\"\nreason = \"known\"\nexpires = 2026-11-01\n\n[[suppressions]]\nrule = \"SHARE001\"\n"
    );
    let (code, answer, stderr) = audit(&host(&[("kmsguard.toml", &text)]), &[]);
    assert_eq!((code, &answer["suppressions"][0]["state"]), (1, &json!("expired")));
    assert!(stderr.contains("warning[CONF005]: kmsguard.toml:4:1: the suppression of SHARE001 on `crn:"), "{stderr}");
    assert!(stderr.contains("warning[CONF004]: kmsguard.toml:10:1: entry 2 of the suppressions suppresses nothing: `resource` is missing"), "{stderr}");
    assert_eq!(audit(&host(&[("kmsguard.toml", &text)]), &["--quiet"]).2, "");
}

#[test]
fn a_suppressed_finding_is_not_among_those_that_are_shown_but_counted() {
    let text = format!(
        "[rules]\nselect = [\"SHARE001\"]\n[[suppressions]]\nrule = \"SHARE001\"\nresource = \"{KEY}\"\nreason = \"known\"\n"
    );
    let (code, stdout, _) =
        host(&[("kmsguard.toml", &text)]).run(&["audit", "exports", "--now", "2026-11-21T12:00:00Z"]);
    assert_eq!(code, 0);
    assert!(stdout.starts_with("no findings · 1 suppressed · 2 exports"), "{stdout}");
}

#[test]
fn a_baseline_is_written_with_the_first_lines_of_a_configuration_and_accepts_what_it_holds() {
    let host = host(&[]);
    let (code, first_lines, stderr) =
        host.run(&["baseline", "exports", "--select", "SHARE001", "--now", "2026-11-21T12:00:00Z"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(first_lines.contains("\nbaseline = \"kmsguard-baseline.json\"\n"), "{first_lines}");
    assert!(first_lines.contains(&format!("\n[accounts.{ACCOUNT}]\n")), "{first_lines}");
    host.files.borrow_mut().insert("kmsguard.toml".to_owned(), first_lines.into_bytes());
    let (code, answer, stderr) = audit(&host, &["--select", "SHARE001"]);
    assert_eq!((code, &answer["summary"]["suppressed"], stderr.as_str()), (0, &json!(1), ""));
    assert_eq!(answer["findings"][0]["suppressed"]["reason"], "in the baseline of 2026-11-21T12:00:00Z");
    // A second time the configuration names it already.
    let (_, again, _) = host.run(&["baseline", "exports", "--select", "SHARE001", "--now", "2026-11-22T12:00:00Z"]);
    assert_eq!(again, "# 1 finding in kmsguard-baseline.json; kmsguard.toml names it already.\n");
}

#[test]
fn a_baseline_is_found_beside_its_configuration() {
    let host = host(&[("../kmsguard.toml", "baseline = \"accepted.json\"\n"), ("../.git/HEAD", "")]);
    let (code, answer, stderr) = audit(&host, &[]);
    assert_eq!((code, answer), (2, Value::Null), "a baseline that is named and not there is an error");
    assert!(stderr.contains("`../accepted.json`: there is no such file"), "{stderr}");
    assert_eq!(host.run(&["baseline", "exports", "--now", "2026-11-21T12:00:00Z"]).0, 0);
    assert!(host.files.borrow().contains_key("../accepted.json"), "it goes where the configuration looks for it");
    assert_eq!(audit(&host, &["--select", "SHARE001"]).0, 0);
    host.files.borrow_mut().insert("none.json".to_owned(), b"{\"keys\": []}".to_vec());
    let (code, _, stderr) = audit(&host, &["--baseline", "none.json"]);
    assert_eq!((code, stderr.contains("error[CONF008]")), (2, true), "{stderr}");
}

#[test]
fn statistics_count_in_place_of_showing() {
    let host = host(&[]);
    let arguments = ["audit", "exports", "--select", "SHARE001", "--statistics", "--now", "2026-11-21T12:00:00Z"];
    let (code, stdout, _) = host.run(&arguments);
    assert_eq!(code, 1);
    let expected =
        "findings\n       1  high      SHARE001  key-shared\n1 finding · 1 rule checked · as of 2026-11-21T12:00:00Z\n";
    assert_eq!(stdout, expected);
    host.files.borrow_mut().remove("exports/registrations.json");
    let (_, stdout, _) = host.run(&arguments);
    assert!(
        stdout.starts_with("undecided\n       1  SHARE001  key-shared\n          needs kms-registrations: "),
        "{stdout}"
    );
}

#[test]
fn two_exports_are_audited_and_compared() {
    let host = host(&[]);
    let all = exports();
    for (path, text) in &all {
        host.files.borrow_mut().insert(path.replace("exports/", "later/"), text.clone().into_bytes());
    }
    let one = "[{\"keyId\":\"f6c9f6d0-92f6-437a-b97c-4b617cb3d320\",\"resourceCrn\":\"crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::\"}]";
    host.files.borrow_mut().insert("mended/registrations.json".to_owned(), one.as_bytes().to_vec());
    host.files.borrow_mut().insert("mended/keys.json".to_owned(), all["exports/keys.json"].clone().into_bytes());
    host.files.borrow_mut().insert("cut/keys.json".to_owned(), all["exports/keys.json"].clone().into_bytes());
    host.files.borrow_mut().insert("kmsguard.toml".to_owned(), b"[rules]\nselect = [\"SHARE001\"]\n".to_vec());
    let diff = |old: &str, new: &str| {
        let (code, stdout, _) = host.run(&["diff", old, new, "--json", "--now", "2026-11-21T12:00:00Z"]);
        let answer: Value = serde_json::from_str(&stdout).expect("an answer");
        (code, answer["summary"].clone())
    };
    let summary = |new: u32, fixed: u32, unchanged: u32, undetermined: u32| json!({"new": new, "fixed": fixed, "unchanged": unchanged, "worse": 0, "undetermined": undetermined});
    assert_eq!(diff("exports", "later"), (0, summary(0, 0, 1, 0)));
    assert_eq!(diff("exports", "mended"), (0, summary(0, 1, 0, 0)));
    assert_eq!(diff("mended", "exports"), (1, summary(1, 0, 0, 0)));
    assert_eq!(
        diff("exports", "cut"),
        (4, summary(0, 0, 0, 1)),
        "without the registrations nothing shows that it is fixed"
    );
    // A snapshot and a kept answer stand for the exports they were made of.
    let (_, snapshot, _) = host.run(&["snapshot", "exports"]);
    let (_, kept, _) = host.run(&["audit", "exports", "--json", "--now", "2026-11-20T12:00:00Z"]);
    host.files.borrow_mut().insert("exports.snapshot.json".to_owned(), snapshot.into_bytes());
    host.files.borrow_mut().insert("kept.json".to_owned(), kept.into_bytes());
    assert_eq!(diff("exports.snapshot.json", "mended"), (0, summary(0, 1, 0, 0)));
    assert_eq!(diff("kept.json", "mended"), (0, summary(0, 1, 0, 0)));
    let (code, text, _) = host.run(&["diff", "kept.json", "mended", "--now", "2026-11-21T12:00:00Z"]);
    assert_eq!(code, 0);
    assert!(text.starts_with("fixed high SHARE001 payments\n  key `payments` protects 2 deployments"), "{text}");
    assert!(text.ends_with("\n\n0 new, 0 worse, 1 fixed, 0 unchanged, 0 undecided · from 2026-11-20T12:00:00Z to 2026-11-21T12:00:00Z\n"), "{text}");
    let (_, page, _) =
        host.run(&["diff", "kept.json", "cut", "--output-format", "markdown", "--now", "2026-11-21T12:00:00Z"]);
    assert!(page.contains("\n## Undecided\n\n| severity | rule | about | what | what would settle it |\n"), "{page}");
    let (code, _, stderr) = host.run(&["diff", "exports", "none", "--now", "2026-11-21T12:00:00Z"]);
    assert_eq!(code, 2, "{stderr}");
}
