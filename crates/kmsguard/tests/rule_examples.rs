//! The examples on the pages of the rules are what the rules find.

#![expect(clippy::expect_used, reason = "a test that cannot go on ends")]

use kmsguard::api::{AuditRequest, Input, Inventory, RULES, Rule};

/// The blocks of JSON in the example of a page, each an export by itself.
fn examples(page: &str) -> Vec<String> {
    let (_, example) = page.split_once("\n## Example\n").expect("an example");
    let (example, _) = example.split_once("\n## ").expect("a heading after it");
    let blocks = example.split("```json\n").skip(1);
    blocks.map(|block| block.split_once("```").expect("the end of a block").0.to_owned()).collect()
}

/// Why the example of a page is not what its rule finds.
fn difference(rule: &Rule) -> Option<String> {
    let inputs = examples(&rule.page());
    if inputs.is_empty() {
        return Some("there is no example".to_owned());
    }
    let named = |(number, text): (usize, String)| Input::named(format!("example-{number}.json"), text);
    let inventory = Inventory::read(inputs.into_iter().enumerate().map(named).collect());
    let request = AuditRequest::at("2026-11-21T12:00:00Z".parse().expect("a moment"));
    let answer = inventory.audit(&request).expect("an answer");
    if !answer.problems.is_empty() {
        return Some(format!("{:?}", answer.problems));
    }
    let found: Vec<&str> = answer.findings.iter().map(|finding| finding.rule).collect();
    (!found.contains(&rule.id)).then(|| format!("{found:?} {:?}", answer.undetermined))
}

#[test]
fn the_example_of_every_page_is_what_the_rule_finds() {
    for rule in RULES {
        assert_eq!(difference(rule), None, "{}", rule.id);
    }
}
