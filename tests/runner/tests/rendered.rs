//! What an audit of the example account looks like in every format for people. A change here is a change that people see: it is read
//! before it is accepted, with `cargo insta review`.

use kmsguard::api::{AuditFormat, AuditRequest, Input, Inventory, ReportRequest};
use kmsguard_vectors::{MemoryHost, account};

const NOW: &str = "2026-11-21T12:00:00Z";

fn example() -> Vec<(String, String)> {
    account("example", "example")
}

fn holds(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("rendered");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn rendered(format: &str) -> String {
    let (code, stdout, stderr) =
        MemoryHost::with_files(example()).run(&["audit", "example", "--output-format", format, "--now", NOW]);
    assert_eq!((code, stderr.as_str()), (1, ""), "{format}");
    stdout
}

#[test]
fn text_is_as_it_was_read() {
    holds("text", &rendered("text"));
}

#[test]
fn a_line_for_each_finding_is_as_it_was_read() {
    holds("concise", &rendered("concise"));
}

#[test]
fn markdown_is_as_it_was_read() {
    holds("markdown", &rendered("markdown"));
}

#[test]
fn html_is_as_it_was_read() {
    holds("html", &rendered("html"));
}

#[test]
fn annotations_are_as_they_were_read() {
    holds("github", &rendered("github"));
}

#[test]
fn a_table_is_as_it_was_read() {
    holds("csv", &rendered("csv"));
}

#[test]
fn results_of_tests_are_as_they_were_read() {
    holds("junit", &rendered("junit"));
}

#[test]
fn a_picture_is_as_it_was_seen() {
    let inputs = example().into_iter().map(|(name, text)| Input::found(name, text)).collect();
    let request = AuditRequest::at(NOW.parse().expect("a moment"));
    let svg = Inventory::read(inputs).report(&ReportRequest::Audit { format: AuditFormat::Svg, request });
    holds("svg", &svg.expect("a picture"));
    holds("mermaid", &rendered("mermaid"));
}
