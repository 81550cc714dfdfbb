//! The example accounts, as folders that a user would audit.

use kmsguard_vectors::repository;
use serde_json::Value;

fn audit(account: &str) -> (u8, Value, String) {
    let folder = repository().join("tests/accounts").join(account);
    let files = files(&folder, "account");
    let host = kmsguard_vectors::MemoryHost::with_files(files);
    let (code, stdout, stderr) = host.run(&["audit", "account", "--json", "--now", "2026-11-21T12:00:00Z"]);
    (code, serde_json::from_str(&stdout).expect("an answer is JSON"), stderr)
}

fn files(folder: &std::path::Path, name: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the account's folder") {
        let path = entry.expect("an entry").path();
        let name = format!("{name}/{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() {
            files.extend(self::files(&path, &name));
        } else {
            files.push((name, std::fs::read_to_string(&path).expect("a file")));
        }
    }
    files
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
