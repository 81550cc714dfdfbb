//! Every fault of a CRN, every message and every help is asserted by a vector.

use std::collections::BTreeSet;

use kmsguard_vectors::{repository, vectors};
use serde_json::Value;

/// The texts in the source of a function, as what stands between what is filled in.
fn templates(source: &str, function: &str) -> Vec<Vec<String>> {
    let (_, rest) = source.split_once(function).expect("the function is there");
    let body = rest.split("\n    }\n").next().expect("a function ends");
    let texts = body.split('"').skip(1).step_by(2).filter(|text| text.contains(' '));
    texts
        .map(|text| text.split('{').map(|piece| piece.split('}').next_back().unwrap_or("").to_owned()).collect())
        .collect()
}

fn fits(template: &[String], mut text: &str) -> bool {
    let (first, last) = (&template[0], &template[template.len() - 1]);
    if template.len() == 1 {
        return text == first;
    }
    if text.len() < first.len() + last.len() || !text.starts_with(first.as_str()) || !text.ends_with(last.as_str()) {
        return false;
    }
    text = &text[first.len()..text.len() - last.len()];
    template[1..template.len() - 1].iter().all(|piece| match text.split_once(piece.as_str()) {
        Some((_, rest)) => {
            text = rest;
            true
        }
        None => false,
    })
}

/// The problems that vectors of CRNs assert.
fn asserted() -> Vec<Value> {
    let crns = vectors().into_iter().filter(|vector| vector.operation == "crn");
    let reports = crns.flat_map(|vector| vector.case.expect["crns"].as_array().cloned().unwrap_or_default());
    reports.flat_map(|report| report["problems"].as_array().cloned().unwrap_or_default()).collect()
}

#[test]
fn every_text_is_asserted_by_a_vector() {
    let source = std::fs::read_to_string(repository().join("crates/kmsguard/src/crn/message.rs")).expect("the source");
    let problems = asserted();
    for (function, field) in [("fn message_template", "message"), ("fn help_template", "help")] {
        let templates = templates(&source, function);
        assert!(templates.len() > 20, "only {} texts were found", templates.len());
        let mut shown = BTreeSet::new();
        for text in problems.iter().filter_map(|problem| problem[field].as_str()) {
            let matching = (0..templates.len()).filter(|index| fits(&templates[*index], text));
            shown.extend(matching.max_by_key(|index| templates[*index].concat().len()));
        }
        let is_shown = |template: &Vec<String>| shown.iter().any(|index| templates[*index] == *template);
        let missing: Vec<String> =
            templates.iter().filter(|template| !is_shown(template)).map(|template| template.join("…")).collect();
        assert!(missing.is_empty(), "no vector shows the {field}:\n  {}", missing.join("\n  "));
    }
}

#[test]
fn every_code_is_asserted_by_a_vector() {
    let source = std::fs::read_to_string(repository().join("crates/kmsguard/src/crn/fault.rs")).expect("the source");
    let codes: BTreeSet<&str> = source.split('"').filter(|text| text.len() == 6 && text.starts_with("CRN")).collect();
    assert!(codes.len() > 20, "only {} codes were found", codes.len());
    let problems = asserted();
    let shown: BTreeSet<&str> = problems.iter().filter_map(|problem| problem["code"].as_str()).collect();
    assert_eq!(codes.difference(&shown).collect::<Vec<_>>(), Vec::<&&str>::new());
}
