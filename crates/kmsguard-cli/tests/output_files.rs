//! Answers in files: several of one run, each in its own format, and what becomes of a file that cannot be written.

#![cfg(all(unix, feature = "native"))]
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const KMSGUARD: &str = env!("CARGO_BIN_EXE_kmsguard");
const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/accounts/example");

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("output-files").join(name);
    let _ = fs::remove_dir_all(&folder);
    // A repository of its own, so that no configuration above is found.
    fs::create_dir_all(folder.join(".git")).expect("a folder");
    folder
}

fn audit(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(KMSGUARD)
        .args(["audit", EXAMPLE, "--now", "2026-11-21T12:00:00Z"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("a file")
}

#[test]
fn each_file_holds_what_standard_output_would() {
    let folder = folder("several");
    let formats = ["json", "sarif", "junit", "markdown", "html", "csv", "mermaid"];
    let files: Vec<String> =
        formats.iter().flat_map(|format| ["--output-file".to_owned(), format!("{format}=of.{format}")]).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let (code, stdout, stderr) = audit(&folder, &[["--output-format", "concise"].as_slice(), &files].concat());
    assert_eq!((code, stderr.as_str()), (Some(1), ""));
    assert_eq!(stdout, audit(&folder, &["--output-format", "concise"]).1);
    for format in formats {
        let alone = audit(&folder, &["--output-format", format]).1;
        assert!(!alone.is_empty());
        assert_eq!(read(&folder, &format!("of.{format}")), alone, "{format}");
    }
}

#[test]
fn a_file_without_a_format_takes_the_answer_in_place_of_standard_output() {
    let folder = folder("in-place");
    let (code, stdout, _) = audit(&folder, &["--json", "--output-file", "answer", "--output-file", "csv=table"]);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert_eq!(read(&folder, "answer"), audit(&folder, &["--json"]).1);
    assert_eq!(read(&folder, "table"), audit(&folder, &["--output-format", "csv"]).1);
}

#[test]
fn one_file_is_not_written_twice() {
    let folder = folder("twice");
    let (code, stdout, stderr) = audit(&folder, &["--output-file", "sarif=one", "--output-file", "junit=one"]);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("error[REQ018]: `one` is to be written twice"), "{stderr}");
    assert!(!folder.join("one").exists(), "nothing is written");
}

#[test]
fn a_format_that_there_is_not_leaves_nothing_behind() {
    let folder = folder("unknown");
    let (code, stdout, stderr) = audit(&folder, &["--output-file", "sarif=one", "--output-file", "pdf=two"]);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("REQ002") && stderr.contains("`pdf`"), "{stderr}");
    assert!(!folder.join("one").exists(), "nothing is written");
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_the_run_ends_with_2() {
    let folder = folder("unwritable");
    fs::create_dir(folder.join("taken")).expect("a folder");
    fs::write(folder.join("file"), "").expect("a file");
    for path in ["taken", "file/one"] {
        let (code, _, stderr) = audit(&folder, &["--output-file", &format!("sarif={path}")]);
        assert_eq!(code, Some(2), "{path}: {stderr}");
        assert!(stderr.contains(&format!("error[REQ003]: `{path}` cannot be written")), "{stderr}");
    }
    assert_eq!(fs::read_dir(folder.join("taken")).expect("a folder").count(), 0);
}

#[test]
fn the_folder_of_a_file_is_made() {
    let folder = folder("made");
    assert_eq!(audit(&folder, &["--output-file", "csv=reports/today/table.csv"]).0, Some(1));
    assert!(read(&folder, "reports/today/table.csv").starts_with("fingerprint,"));
}
