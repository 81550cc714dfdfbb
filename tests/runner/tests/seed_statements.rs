//! Every statement of IBM's two pages that the plans began with is shown somewhere: by a case, a rule, a test or a note of a plan.
//!
//! The table `tests/vectors/plan/seeds.tsv` says by which. The pages are *Event Streams Gen 2: Key Protect integration*
//! (2026-02-26) and *Schematics: KMS integration for BYOK or KYOK* (2025-04-07).

use std::collections::BTreeSet;
use std::path::Path;

use kmsguard::api::{PlanRequest, RULES, plan};
use serde_json::{Value, json};

const KEY: &str = "crn:v1:bluemix:public:kms:ca-mon:a/9f9af00a96104f49b6509aa715f9d6a5:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:\
                   f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

struct Row {
    document: String,
    statement: String,
    kind: String,
    shown_by: String,
}

fn vectors() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors"))
}

fn rows() -> Vec<Row> {
    let text = std::fs::read_to_string(vectors().join("plan/seeds.tsv")).expect("the table is there");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("document\tsection\tstatement\tkind\tshown_by"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [document, _, statement, kind, shown_by] = cells[..] else { panic!("five cells: {line}") };
            let text = |cell: &str| {
                assert!(!cell.trim().is_empty(), "an empty cell: {line}");
                cell.to_owned()
            };
            Row { document: text(document), statement: text(statement), kind: text(kind), shown_by: text(shown_by) }
        })
        .collect()
}

fn shown_by(rows: &[Row], kind: &str) -> BTreeSet<String> {
    rows.iter().filter(|row| row.kind == kind).map(|row| row.shown_by.clone()).collect()
}

#[test]
fn every_case_of_the_table_is_one() {
    for name in shown_by(&rows(), "case") {
        let (file, case) = name.split_once(' ').expect("a file and a name");
        let text = std::fs::read_to_string(vectors().join(format!("{file}.json"))).expect("the file is there");
        let file: Value = serde_json::from_str(&text).expect("it is JSON");
        let cases = file["cases"].as_array().expect("a list");
        assert!(cases.iter().any(|of| of["name"] == case), "{name}");
    }
}

#[test]
fn every_rule_of_the_table_is_one() {
    let rules = shown_by(&rows(), "rule");
    assert!(!rules.is_empty(), "no row names a rule");
    for id in &rules {
        assert!(RULES.iter().any(|rule| rule.id == *id), "{id} is not written");
    }
}

#[test]
fn every_test_of_the_table_is_one() {
    let text = include_str!("seeds.rs");
    for name in shown_by(&rows(), "test") {
        assert!(text.contains(&format!("#[test]\nfn {name}()")), "{name}");
    }
}

#[test]
fn every_note_of_the_table_stands_in_the_plan_of_its_service() {
    let documents = [
        ("event-streams-gen2", json!({"service": "event-streams-gen2", "key": {"crn": KEY}})),
        (
            "schematics",
            json!({"service": "schematics", "location": "US", "scheme": "byok", "primary": {"crn": KEY, "name": "k"}}),
        ),
    ];
    for (service, document) in documents {
        let answer = plan(&PlanRequest::new(document, "2026-11-21T12:00:00Z".parse().expect("a moment")));
        let notes: BTreeSet<&str> =
            answer.steps.iter().flat_map(|step| &step.notes).map(|note| note.reference.as_str()).collect();
        for row in rows().iter().filter(|row| row.document == service && row.kind == "note") {
            assert!(notes.contains(row.shown_by.as_str()), "{}: {}", row.statement, row.shown_by);
        }
    }
}

#[test]
fn every_row_is_of_a_page_and_of_a_kind() {
    for row in rows() {
        assert!(matches!(row.document.as_str(), "event-streams-gen2" | "schematics"), "{}", row.document);
        assert!(matches!(row.kind.as_str(), "case" | "rule" | "test" | "note"), "{}", row.kind);
    }
}
