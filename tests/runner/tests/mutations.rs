//! A change of one fact in the clean account is found by the rule that the catalogue says, and by no other. Without the export that
//! decides, the rule is undetermined and names it: it never finds anything then, and is never silent.

use std::collections::BTreeMap;

use kmsguard::api::{AuditRequest, Input, Inventory, to_json};
use kmsguard_vectors::mutation::{Account, Deciding, Mutation, Way, account, kind, mutations};
use kmsguard_vectors::repository;
use serde_json::Value;

/// `select`: rules that are not checked by themselves.
fn audit(texts: &BTreeMap<String, String>, select: &[String]) -> Value {
    let inputs = texts.iter().map(|(name, text)| Input::found(name.as_str(), text.as_bytes())).collect();
    let mut request = AuditRequest::at("2026-11-21T12:00:00Z".parse().expect("a moment"));
    request.select = select.to_vec();
    let answer = Inventory::read(inputs).audit(&request).expect("no rule is chosen");
    serde_json::from_str(&to_json(&answer)).expect("an answer is JSON")
}

fn texts(account: &Account) -> BTreeMap<String, String> {
    account.iter().map(|(name, document)| (name.clone(), document.to_string())).collect()
}

fn clean() -> Account {
    account(&repository().join("tests/accounts/clean"))
}

/// The rules of a list of an answer, each once, in order.
fn rules(answer: &Value, list: &str) -> Vec<String> {
    let rows = answer[list].as_array().expect("a list");
    let mut rules: Vec<String> = rows.iter().map(|row| row["rule"].as_str().expect("a rule").to_owned()).collect();
    rules.sort();
    rules.dedup();
    rules
}

fn shown(answer: &Value, list: &str) -> String {
    let rows = answer[list].as_array().expect("a list").iter();
    let line = |row: &Value| {
        let text = if list == "findings" { row["message"].to_string() } else { row["needs"].to_string() };
        format!("\n      {} {text}", row["rule"].as_str().expect("a rule"))
    };
    rows.map(line).collect()
}

#[test]
fn each_change_is_found_by_its_rule_and_by_no_other() {
    let clean = clean();
    let mut failures = Vec::new();
    for (table, mutation) in mutations() {
        let answer = audit(&texts(&mutation.of(&clean)), &[]);
        let mut expected = mutation.finds.clone();
        expected.sort();
        let found = rules(&answer, "findings");
        if found != expected {
            let what = shown(&answer, "findings");
            let open = rules(&answer, "undetermined");
            failures.push(format!(
                "{table}: {}: expected {expected:?}, found {found:?}{what}\n      undetermined: {open:?}",
                mutation.name
            ));
        }
        let severities = answer["findings"].as_array().expect("a list").iter().map(|finding| &finding["severity"]);
        if let Some(severity) = &mutation.severity
            && severities.clone().any(|found| found != severity)
        {
            failures.push(format!(
                "{table}: {}: expected {severity}, found {:?}",
                mutation.name,
                severities.collect::<Vec<_>>()
            ));
        }
        let open = rules(&answer, "undetermined");
        if open != mutation.undetermined {
            failures.push(format!(
                "{table}: {}: expected undetermined {:?}, found {open:?}{}",
                mutation.name,
                mutation.undetermined,
                shown(&answer, "undetermined")
            ));
        }
    }
    assert!(failures.is_empty(), "{} wrong:\n  {}", failures.len(), failures.join("\n  "));
}

#[test]
fn without_the_export_that_decides_nothing_is_found_and_nothing_is_silent() {
    let clean = clean();
    let (mut failures, mut runs) = (Vec::new(), 0);
    for (table, mutation) in mutations() {
        for deciding in &mutation.decided_by {
            for way in Way::ALL {
                let texts = mutation.without(&clean, deciding, way);
                runs += 1;
                let kind = deciding.names.clone().unwrap_or_else(|| kind(&clean, &deciding.file));
                // Without a plan, the rules about plans are checked where they are chosen.
                let select = if kind == "terraform-plan" { mutation.finds.as_slice() } else { &[] };
                let wrong = wrong_without(&mutation, deciding, &audit(&texts, select), &kind);
                if let Some(wrong) = wrong {
                    let (name, file) = (&mutation.name, &deciding.file);
                    failures.push(format!("{table}: {name}, {file} {}: {wrong}", way.name()));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {runs} wrong:\n  {}", failures.len(), failures.join("\n  "));
    assert!(runs > 0, "no export was left out");
}

fn wrong_without(mutation: &Mutation, deciding: &Deciding, answer: &Value, kind: &str) -> Option<String> {
    let found = rules(answer, "findings");
    if !found.iter().eq(deciding.finds.keys()) {
        return Some(format!("found {found:?}{}", shown(answer, "findings")));
    }
    let found_else = mutation.finds.iter().filter(|rule| !deciding.finds.contains_key(*rule));
    let undecided =
        if deciding.undecided.is_empty() { found_else.collect() } else { Vec::from_iter(&deciding.undecided) };
    let open = answer["undetermined"].as_array().expect("a list");
    for rule in undecided {
        let Some(row) = open.iter().find(|row| row["rule"] == *rule) else {
            return Some(format!("{rule} is silent; undetermined: {:?}", rules(answer, "undetermined")));
        };
        let needs = row["needs"].as_array().expect("a list");
        if !needs.iter().any(|need| need["kind"] == "export" && need["name"] == kind) {
            return Some(format!("{rule} does not name the export `{kind}`: {}", row["needs"]));
        }
    }
    None
}

#[test]
fn the_table_is_large_and_every_entry_can_fail() {
    let all = mutations();
    let mut names: Vec<&String> = all.iter().map(|(_, mutation)| &mutation.name).collect();
    names.sort();
    let number = names.len();
    names.dedup();
    assert_eq!(names.len(), number, "two mutations have one name");
    for (table, mutation) in &all {
        assert!(!mutation.change.is_empty(), "{table}: {}: nothing is changed", mutation.name);
        let harmless = mutation.finds.is_empty();
        assert!(harmless || !mutation.decided_by.is_empty(), "{table}: {}: nothing decides", mutation.name);
        let plain = mutation.finds.len() <= 1 && (harmless || mutation.undetermined.is_empty());
        assert!(plain || mutation.because.is_some(), "{table}: {}: why more than one rule?", mutation.name);
    }
    assert!(all.len() >= 80, "{} changes", all.len());
}
