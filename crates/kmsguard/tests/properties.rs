//! What holds for every input.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use kmsguard::api::{AuditRequest, AuthzRequest, Input, Inventory, InventoryRequest, Now, PlanRequest, plan, to_json};
use kmsguard::crn::{Require, diagnose, parse};
use proptest::prelude::*;

fn now() -> Now {
    "2026-11-21T12:00:00Z".parse().expect("a moment")
}

/// Puts every question to exports.
fn ask_all(inputs: Vec<Input>) -> String {
    let inventory = Inventory::read(inputs);
    let audit = inventory.audit(&AuditRequest::at(now())).expect("no rule is chosen");
    let authz = inventory.authz(&AuthzRequest::at(now())).expect("nothing is looked for");
    to_json(&audit)
        + &to_json(&authz)
        + &to_json(&inventory.inventory(&InventoryRequest { now: now(), keep_going: false }))
}

/// CRNs, and texts that are nearly such.
fn nearly_crn() -> impl Strategy<Value = String> {
    let segment = prop_oneof![
        Just("crn"),
        Just("v1"),
        Just("bluemix"),
        Just("public"),
        Just("kms"),
        Just("us-south"),
        Just("a/0123456789abcdef0123456789abcdef"),
        Just("44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"),
        Just("key"),
        Just(""),
        Just("é\u{202e}"),
        Just("key/44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"),
    ];
    proptest::collection::vec(segment, 0..14).prop_map(|segments| segments.join(":"))
}

/// JSON in the shapes of exports, with wrong values in right places.
fn nearly_export() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        nearly_crn().prop_map(Into::into),
        Just("stringEquals".into()),
        Just("active".into()),
    ];
    let name = prop_oneof![
        Just("resources"),
        Just("policies"),
        Just("attributes"),
        Just("subjects"),
        Just("roles"),
        Just("control"),
        Just("crn"),
        Just("extractable"),
        Just("keyId"),
        Just("resourceCrn"),
        Just("resource_plan_id"),
        Just("parameters"),
        Just("dataservices"),
        Just("encryption"),
        Just("disk"),
        Just("name"),
        Just("value"),
        Just("type"),
        Just("state"),
        Just("metadata"),
        Just("collectionType"),
        Just("errors"),
        Just("next"),
        Just("manifest_version"),
        Just("calls"),
    ];
    let value = leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            proptest::collection::btree_map(name.clone(), inner, 0..6).prop_map(|members| {
                serde_json::Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    });
    value.prop_map(|value| value.to_string())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_crn_that_parses_is_written_as_it_was_read(text in nearly_crn()) {
        if let Ok(crn) = parse(&text) {
            prop_assert_eq!(crn.to_string(), text);
        }
    }

    #[test]
    fn every_fault_lies_inside_its_text(text in prop_oneof![nearly_crn(), any::<String>()]) {
        for require in [Require::Any, Require::Key, Require::Instance] {
            let diagnosis = diagnose(&text, require);
            for fault in &diagnosis.faults {
                prop_assert!(text.get(fault.span.start..fault.span.end).is_some(), "{:?} in {:?}", fault, text);
            }
            prop_assert!(diagnosis.crn.is_some() || !diagnosis.is_ok());
        }
    }

    #[test]
    fn what_is_put_right_is_right(text in nearly_crn()) {
        for require in [Require::Any, Require::Key, Require::Instance] {
            if let Some(fixed) = diagnose(&text, require).fixed {
                prop_assert!(diagnose(&fixed, require).is_ok(), "{} -> {}", text, fixed);
            }
        }
    }

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        ask_all(vec![Input::named("a", bytes)]);
    }

    #[test]
    fn anything_like_an_export_gets_an_answer(text in nearly_export()) {
        ask_all(vec![Input::found("a", text.as_bytes())]);
    }

    #[test]
    fn the_order_of_the_inputs_does_not_show(first in nearly_export(), second in nearly_export()) {
        let input = |name: &str, text: &str| Input::found(name, text.as_bytes());
        let one = ask_all(vec![input("a", &first), input("b", &second)]);
        prop_assert_eq!(one, ask_all(vec![input("b", &second), input("a", &first)]));
    }

    #[test]
    fn any_document_gets_a_plan_or_its_problems(text in nearly_export(), service in prop_oneof![Just("schematics"), Just("event-streams-gen2")]) {
        let mut document: serde_json::Value = serde_json::from_str(&text).expect("it was written as JSON");
        if let Some(document) = document.as_object_mut() {
            document.insert("service".to_owned(), service.into());
        }
        let answer = plan(&PlanRequest::new(document, now()));
        prop_assert_eq!(answer.ok, answer.problems.iter().all(|problem| problem.severity != kmsguard::api::Severity::Error));
    }
}

/// Deeper than any export, and deeper than a stack would bear.
#[test]
fn deep_nesting_is_refused_and_not_followed() {
    for open in ["[", "{\"a\":", "[{\"resources\":"] {
        let text = open.repeat(200_000);
        assert!(ask_all(vec![Input::named("deep.json", text)]).contains("IN005"));
    }
}
