//! Every fault of a policy is shown by a vector, and every vector of a fault says what to do.

use std::collections::BTreeSet;

use kmsguard::api::codes;
use kmsguard_vectors::vectors;
use serde_json::Value;

fn shown() -> Vec<Value> {
    let vectors = vectors().into_iter().filter(|vector| vector.name.starts_with("policy/faults: "));
    let problems = vectors.flat_map(|vector| {
        let expect = vector.case.expect;
        let policies = expect["authorizations"].as_array().cloned().unwrap_or_default();
        let first = policies.iter().map(|policy| policy["problems"][0].clone());
        expect["problems"].as_array().cloned().unwrap_or_default().into_iter().chain(first).collect::<Vec<_>>()
    });
    problems.collect()
}

#[test]
fn every_code_is_shown_by_a_vector() {
    let shown: BTreeSet<String> =
        shown().iter().map(|problem| problem["code"].as_str().unwrap_or_default().to_owned()).collect();
    let known: BTreeSet<String> =
        codes().map(|code| code.code).filter(|code| code.starts_with("POL")).map(str::to_owned).collect();
    assert_eq!(known.difference(&shown).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(shown.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_vector_of_a_fault_settles_its_message_and_severity() {
    for problem in shown() {
        for member in ["message", "severity"] {
            assert!(problem[member].is_string(), "{problem}");
        }
    }
}
