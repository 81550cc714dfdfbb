//! What holds of the plan for every service of the catalogue, whatever its call is.

use kmsguard::api::{PlanAnswer, PlanRequest, SERVICES, Severity, StepId, plan};
use serde_json::{Value, json};

const ACCOUNT: &str = "9f9af00a96104f49b6509aa715f9d6a5";
const OTHER: &str = "0123456789abcdef0123456789abcdef";
const KEY: &str = "crn:v1:bluemix:public:kms:us-south:a/9f9af00a96104f49b6509aa715f9d6a5:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:\
                   f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

/// A request with the service and the key alone; Schematics has nothing from which the location could be derived.
fn least(service: &str) -> Value {
    let mut document = json!({"service": service, "key": {"crn": KEY}});
    if service == "schematics" {
        document["location"] = "US".into();
        document["scheme"] = "byok".into();
    }
    document
}

fn answer(document: Value) -> PlanAnswer {
    plan(&PlanRequest::new(document, "2026-11-21T12:00:00Z".parse().expect("a moment")))
}

#[test]
fn the_service_and_the_key_are_enough() {
    for service in SERVICES {
        let answer = answer(least(service.id));
        assert!(answer.ok, "{}: {:?}", service.id, answer.problems);
        assert!(answer.problems.iter().all(|problem| problem.severity == Severity::Warning), "{}", service.id);
        assert!(answer.derived.iter().all(|derived| !derived.because.is_empty()), "{}", service.id);
    }
}

#[test]
fn the_steps_stand_in_their_order_and_say_who_and_where() {
    for service in SERVICES {
        let steps = answer(least(service.id)).steps;
        let mut ids: Vec<StepId> = steps.iter().map(|step| step.id).collect();
        assert!(ids.is_sorted(), "{}", service.id);
        ids.dedup();
        assert_eq!(ids, StepId::ALL, "{}", service.id);
        for step in &steps {
            assert!(!step.title.is_empty() && !step.role.is_empty(), "{}", service.id);
            assert_eq!(step.account, ACCOUNT, "{}", service.id);
            assert!(step.notes.iter().all(|note| !note.text.ends_with('.')), "{}", service.id);
            let forms = [step.rest.is_some(), !step.cli.is_empty(), step.terraform.is_some(), !step.console.is_empty()];
            assert!(forms.contains(&true), "{}: {:?} has no form", service.id, step.id);
        }
    }
}

#[test]
fn across_accounts_the_authorization_is_the_key_s_account_s_and_the_call_the_other_s() {
    for service in SERVICES {
        let mut document = least(service.id);
        document["account"] = OTHER.into();
        let answer = answer(document);
        assert!(answer.ok, "{}: {:?}", service.id, answer.problems);
        for step in &answer.steps {
            let on_key = step.rest.as_ref().and_then(|rest| serde_json::to_string(&rest.body).ok());
            let on_key = on_key.is_some_and(|body| body.contains("44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"));
            match step.id {
                StepId::Authorize if on_key => assert_eq!(step.account, ACCOUNT, "{}", service.id),
                StepId::Provision => assert_eq!(step.account, OTHER, "{}", service.id),
                _ => {}
            }
        }
    }
}

#[test]
fn every_body_is_an_object_in_balanced_quotes_and_holds_no_secret() {
    for service in SERVICES {
        for step in answer(least(service.id)).steps {
            let Some(rest) = step.rest else { continue };
            let curl = step.curl.expect("a call is a command too");
            assert_eq!(curl.matches('\'').count() % 2, 0, "{curl}");
            assert_eq!(rest.headers.get("Authorization").map(String::as_str), Some("Bearer $TOKEN"), "{}", service.id);
            if let Some(body) = rest.body {
                assert!(serde_json::to_value(body).expect("it is JSON").is_object(), "{}", service.id);
            }
        }
    }
}

#[test]
fn the_key_is_in_the_call_of_every_service() {
    for service in SERVICES {
        let steps = answer(least(service.id)).steps;
        let provision = steps.iter().find(|step| step.id == StepId::Provision).expect("a step");
        let rest = provision.rest.as_ref().expect("every service has a REST call");
        let call = serde_json::to_string(rest).expect("it is JSON");
        assert!(call.contains("f6c9f6d0-92f6-437a-b97c-4b617cb3d320"), "{}: {call}", service.id);
    }
}

#[test]
fn a_field_that_is_none_is_an_error_everywhere() {
    for service in SERVICES {
        let mut document = least(service.id);
        document["accuont"] = OTHER.into();
        let answer = answer(document);
        assert!(!answer.ok && answer.steps.is_empty(), "{}", service.id);
        let problem = answer.problems.iter().find(|problem| problem.code == "PLAN003").expect("it is told");
        assert_eq!(problem.help.as_deref(), Some("did you mean `account`?"), "{}", service.id);
    }
}

#[test]
fn a_key_of_hyper_protect_is_an_error_everywhere_until_its_end_is_known() {
    for service in SERVICES {
        let mut document = least(service.id);
        document["key"]["crn"] = KEY.replace(":kms:", ":hs-crypto:").into();
        let answer = answer(document);
        assert!(!answer.ok, "{}", service.id);
        assert!(answer.problems.iter().any(|problem| ["PLAN007", "PLAN008", "PLAN014"].contains(&problem.code)));
    }
}
