//! Every body that a plan makes passes its own check, gives way to its own key, and is verified by an answer that shows it.

use kmsguard::api::{InEffect, PlanRequest, StepId, plan};
use kmsguard_vectors::{Vector, vectors};
use serde_json::Value;

/// The requests of all vectors that make a plan, with the body of the provisioning.
fn planned() -> Vec<(Vector, PlanRequest, Value)> {
    let plans = vectors()
        .into_iter()
        .filter(|vector| vector.operation == "plan" && vector.case.request.get("inputs").is_none());
    let planned = plans.filter_map(|vector| {
        let request: PlanRequest = serde_json::from_value(vector.case.request.clone()).expect("a request");
        let alone = PlanRequest::new(request.document.clone(), request.now);
        let answer = plan(&alone);
        let provision = answer.steps.into_iter().find(|step| step.id == StepId::Provision)?;
        let body = serde_json::to_value(provision.rest?.body?).expect("JSON");
        Some((vector, alone, body))
    });
    planned.collect()
}

#[test]
fn a_body_of_a_plan_has_no_errors() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for (vector, request, body) in planned() {
        count += 1;
        let answer = plan(&PlanRequest { check: Some(body.clone()), ..request });
        let check = answer.check.expect("a check");
        let errors: Vec<String> = check
            .problems
            .iter()
            // What a request leaves open is left open in the body too.
            .filter(|problem| problem.severity == kmsguard::api::Severity::Error && problem.code != "PLAN049")
            .map(|problem| format!("{} {:?} {}", problem.code, problem.pointer, problem.message))
            .collect();
        if !errors.is_empty() {
            wrong.push(format!("{}: {errors:?}\n    {body}", vector.name));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 30, "only {count} plans have a body");
}

#[test]
fn a_key_is_put_where_the_plan_puts_it() {
    let mut count = 0;
    for (vector, request, body) in planned() {
        let answer = plan(&PlanRequest { into: Some(body.clone()), ..request });
        let put = answer.into.expect("what was put");
        let Some(text) = put.text else { panic!("{}: {:?}", vector.name, put.problems) };
        let read: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!((read, put.changed), (body, Vec::new()), "{}", vector.name);
        count += 1;
    }
    assert!(count > 30, "only {count} plans have a body");
}

#[test]
fn an_answer_that_repeats_a_body_is_never_taken_for_another_key() {
    for (vector, request, body) in planned() {
        let answer = plan(&PlanRequest { verify: Some(body), ..request });
        let verdict = answer.verify.expect("a verdict").verdict;
        assert!(matches!(verdict, InEffect::Planned | InEffect::Unknown), "{}: {verdict:?}", vector.name);
    }
    assert_ne!(planned().len(), 0);
}
