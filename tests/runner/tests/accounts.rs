//! The example accounts, as folders that a user would audit.

use kmsguard_vectors::{MemoryHost, account};
use serde_json::Value;

fn audit(name: &str) -> (u8, Value, String) {
    let host = MemoryHost::with_files(account(name, "account"));
    let (code, stdout, stderr) = host.run(&["audit", "account", "--json", "--now", "2026-11-21T12:00:00Z"]);
    (code, serde_json::from_str(&stdout).expect("an answer is JSON"), stderr)
}

fn rules(answer: &Value, list: &str) -> Vec<String> {
    let rule = |entry: &Value| entry["rule"].as_str().expect("a rule").to_owned();
    answer[list].as_array().expect("a list").iter().map(rule).collect()
}

/// What the page beside the example promises.
#[test]
fn the_example_shows_what_its_page_says() {
    let (code, answer, _) = audit("example");
    assert_eq!(rules(&answer, "findings"), ["AUTH002", "KEY002", "SHARE001", "AUTH004", "AUTH004", "DEP003"]);
    assert_eq!(rules(&answer, "undetermined"), Vec::<String>::new());
    assert_eq!(code, 1);
    assert_eq!(answer["findings"][2]["resources"].as_array().map(Vec::len), Some(3));
}

#[test]
fn the_clean_account_is_silent() {
    let (code, answer, stderr) = audit("clean");
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(rules(&answer, "findings"), Vec::<String>::new());
    assert_eq!(rules(&answer, "undetermined"), Vec::<String>::new());
    assert_eq!(answer["problems"], serde_json::json!([]));
}
