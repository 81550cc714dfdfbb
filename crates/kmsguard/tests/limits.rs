//! How long, how many and how deep: beyond what any export has, an input is refused with a code, and its neighbours are read.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use kmsguard::api::{Input, Inventory, InventoryAnswer, InventoryRequest};

const RESOURCE: &str = "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:1::";

fn read(text: String) -> InventoryAnswer {
    let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
    Inventory::read(vec![Input::named("a.json", text)]).inventory(&InventoryRequest { now, keep_going: true })
}

fn registration(key: &str) -> String {
    format!(r#"{{"keyId":"{key}","resourceCrn":"{RESOURCE}"}}"#)
}

/// The codes of the problems, each once, in order.
fn codes(answer: &InventoryAnswer) -> Vec<&str> {
    let mut codes: Vec<&str> = answer.problems.iter().map(|problem| problem.code).collect();
    codes.dedup();
    codes
}

#[test]
fn a_text_that_is_too_long_costs_its_record_alone() {
    let list = |length: usize| format!("[{},{}]", registration(&"k".repeat(length)), registration("b"));
    let answer = read(list(64 * 1024));
    assert_eq!((answer.inputs[0].records, codes(&answer)), (2, vec![]));
    let answer = read(list(64 * 1024 + 1));
    assert_eq!((answer.inputs[0].records, codes(&answer)), (1, vec!["IN010"]));
    assert!(answer.problems[0].message.ends_with("a text has more than 65536 bytes"), "{}", answer.problems[0].message);
}

#[test]
fn of_faults_without_number_the_first_thousand_are_told_and_the_others_counted() {
    let broken = |number: usize| vec![r#"{"keyId":1,"resourceCrn":"x"}"#; number].join(",");
    let answer = read(format!("[{},{}]", registration("a"), broken(1000)));
    assert_eq!((answer.problems.len(), codes(&answer)), (1000, vec!["IN010"]));
    let answer = read(format!("[{},{}]", registration("a"), broken(1234)));
    assert_eq!((answer.problems.len(), answer.inputs[0].records), (1001, 1));
    let rest: Vec<&str> =
        answer.problems.iter().filter(|one| one.code == "IN023").map(|one| one.message.as_ref()).collect();
    assert_eq!(rest, ["there are 234 more faults in this input"]);
}

/// Lists are one line as often as not.
#[test]
fn what_is_broken_on_one_line_is_told_with_its_column_however_much_it_is() {
    let broken = r#"{"keyId":}"#;
    let answer = read(format!("[{},{}]", registration("a"), vec![broken; 20_000].join(",")));
    assert_eq!((answer.problems.len(), answer.inputs[0].records), (1001, 1));
    let before = 1 + registration("a").len() + 1;
    for (number, problem) in answer.problems.iter().take(1000).enumerate() {
        let column = before + number * (broken.len() + 1) + broken.len();
        assert_eq!(problem.message, format!("this is not JSON from line 1, column {column} on"));
    }
}

#[test]
fn an_object_with_members_without_number_is_told_once() {
    let members: Vec<String> = (0..10_001).map(|number| format!(r#""m{number}":0"#)).collect();
    assert_eq!(read(format!("{{{}}}", members.join(","))).problems.len(), 1);
}

#[test]
fn an_object_with_members_without_number_is_no_export() {
    let members: Vec<String> = (0..10_001).map(|number| format!(r#""m{number}":0"#)).collect();
    let answer = read(format!("{{{}}}", members.join(",")));
    assert!(codes(&answer).contains(&"IN022"), "{:?}", codes(&answer));
    let answer = read(format!("{{{}}}", members[1..].join(",")));
    assert!(!codes(&answer).contains(&"IN022"), "{:?}", codes(&answer));
}

#[test]
fn a_record_that_is_nested_too_deep_costs_itself() {
    let deep = |depth: usize| {
        format!(r#"{{"keyId":"a","resourceCrn":"{RESOURCE}","x":{}{}}}"#, "[".repeat(depth), "]".repeat(depth))
    };
    // The record itself is the first of its 128 levels.
    let answer = read(format!("[{},{}]", deep(127), registration("b")));
    assert_eq!((answer.inputs[0].records, codes(&answer)), (2, vec![]));
    let answer = read(format!("[{},{}]", deep(128), registration("b")));
    assert_eq!((answer.inputs[0].records, codes(&answer)), (1, vec!["IN005"]));
}
