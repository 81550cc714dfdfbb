//! The examples on the pages of the rules are what the rules find.

#![expect(clippy::expect_used, reason = "a test that cannot go on ends")]

use kmsguard::api::{AuditRequest, Input, Inventory, RULES};

/// The pages whose example is not a whole export yet. The list only shrinks.
const FRAGMENTS: &[&str] = &[
    "EOL001", "KEY001", "KEY002", "KEY003", "KEY004", "KEY005", "KEY006", "KEY007", "KEY008", "KEY009", "KEY010",
    "TF002",
];

/// The blocks of JSON in the example of a page, each an export by itself.
fn examples(page: &str) -> Vec<String> {
    let (_, example) = page.split_once("\n## Example\n").expect("an example");
    let (example, _) = example.split_once("\n## ").expect("a heading after it");
    let blocks = example.split("```json\n").skip(1);
    blocks.map(|block| block.split_once("```").expect("the end of a block").0.to_owned()).collect()
}

#[test]
fn the_example_of_every_page_is_what_the_rule_finds() {
    for rule in RULES.iter().filter(|rule| !FRAGMENTS.contains(&rule.id)) {
        let inputs = examples(&rule.page());
        assert!(!inputs.is_empty(), "{} has no example", rule.id);
        let named = |(number, text): (usize, String)| Input::named(format!("example-{number}.json"), text);
        let inventory = Inventory::read(inputs.into_iter().enumerate().map(named).collect());
        let request = AuditRequest::at("2026-11-21T12:00:00Z".parse().expect("a moment"));
        let answer = inventory.audit(&request).expect("an answer");
        assert!(answer.problems.is_empty(), "{}: {:?}", rule.id, answer.problems);
        let found: Vec<&str> = answer.findings.iter().map(|finding| finding.rule).collect();
        assert!(found.contains(&rule.id), "{}: {found:?} {:?}", rule.id, answer.undetermined);
    }
}
