//! The faults of IBM's own examples for the two integrations, each shown to be one, beside the right form that a plan gives.
//!
//! The examples are those of *Event Streams Gen 2: Key Protect integration* (2026-02-26) and *Schematics: KMS integration for
//! BYOK or KYOK* (2025-04-07), with the parts that matter written out.

use kmsguard::api::{PlanAnswer, PlanRequest, PlanStep, Require, StepId, crns, plan};
use kmsguard::crn::diagnose;
use serde_json::{Value, json};

const KEY: &str = "crn:v1:bluemix:public:kms:ca-mon:a/9f9af00a96104f49b6509aa715f9d6a5:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:\
                   f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

fn answer(document: Value) -> PlanAnswer {
    plan(&PlanRequest::new(document, "2026-11-21T12:00:00Z".parse().expect("a moment")))
}

fn event_streams() -> PlanAnswer {
    let group = "5c49eabcf5e85881a37e2d100a33b3df";
    let document = json!({"service": "event-streams-gen2", "name": "my-instance", "region": "ca-mon",
        "resource_group": {"id": group}, "key": {"crn": KEY}});
    answer(document)
}

fn schematics() -> PlanAnswer {
    answer(json!({"service": "schematics", "location": "US", "scheme": "byok", "primary": {"crn": KEY, "name": "kp"}}))
}

fn step(answer: &PlanAnswer, id: StepId) -> PlanStep {
    answer.steps.iter().find(|step| step.id == id).cloned().unwrap_or_else(|| panic!("no step {id:?}"))
}

/// What stands between the single quotes after `-d `, as a shell would pass it on.
fn body_of(curl: &str) -> Value {
    let (_, body) = curl.split_once("-d '").expect("there is a body");
    let body = body.strip_suffix('\'').expect("the quote is closed");
    assert!(!body.contains('\''), "no quote inside the body");
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

#[test]
fn the_body_of_the_provisioning_call_is_closed() {
    let theirs = r#"{ "name": "my-instance", "target": "ca-mon", "resource_group": "A RESOURCE GROUP GUID",
        "resource_plan_id": "eventstreams-gen2-enterprise",
        "parameters": { "dataservices": { "encryption": { "disk": "KMS_KEY_CRN" } } "#;
    assert!(serde_json::from_str::<Value>(theirs).is_err(), "a brace and the quote are missing");
    let provision = step(&event_streams(), StepId::Provision);
    let body = body_of(&provision.curl.expect("it is a call"));
    assert_eq!(body, serde_json::to_value(provision.rest.expect("it is a call").body).expect("it is JSON"));
    assert_eq!(body["parameters"]["dataservices"]["encryption"]["disk"], KEY);
}

#[test]
fn the_bodies_of_all_calls_are_json_in_balanced_quotes() {
    for answer in [event_streams(), schematics()] {
        for step in answer.steps {
            let Some(rest) = step.rest else { continue };
            let curl = step.curl.expect("a call is a command too");
            assert_eq!(curl.matches('\'').count() % 2, 0, "{curl}");
            match rest.body {
                Some(body) => assert_eq!(body_of(&curl), serde_json::to_value(body).expect("it is JSON")),
                None => assert!(!curl.contains("-d "), "{curl}"),
            }
        }
    }
}

#[test]
fn the_plan_has_its_id_in_the_api_and_its_name_elsewhere() {
    let provision = step(&event_streams(), StepId::Provision);
    let body = serde_json::to_value(provision.rest.expect("it is a call").body).expect("it is JSON");
    assert_eq!(body["resource_plan_id"], "eventstreams-gen2-enterprise");
    assert!(provision.cli.iter().any(|command| command.contains(" messagehub enterprise-gen2 ca-mon ")));
    assert!(provision.terraform.expect("there is a resource").contains("plan              = \"enterprise-gen2\""));
}

#[test]
fn the_command_is_called_by_its_name_and_not_by_an_old_alias() {
    let commands = step(&event_streams(), StepId::Authorize).cli;
    assert!(commands.iter().all(|command| command.starts_with("ibmcloud ")), "the page says `bx`");
}

#[test]
fn the_delegator_is_a_platform_role_and_reader_a_service_role() {
    let body = step(&event_streams(), StepId::Authorize).rest.expect("it is a call").body;
    let body = serde_json::to_value(body).expect("it is JSON");
    let roles: Vec<&str> =
        body["roles"].as_array().expect("a list").iter().filter_map(|role| role["role_id"].as_str()).collect();
    let expected =
        ["crn:v1:bluemix:public:iam::::serviceRole:Reader", "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"];
    assert_eq!(roles, expected);
    // In Terraform the name has a space; on the command line it has none.
    let authorize = step(&event_streams(), StepId::Authorize);
    assert!(
        authorize.terraform.expect("there is a resource").contains("roles = [\"Reader\", \"Authorization Delegator\"]")
    );
    assert!(authorize.cli.iter().any(|command| command.contains(" Reader,AuthorizationDelegator ")));
}

#[test]
fn the_account_is_an_id_where_the_page_has_a_placeholder() {
    let body = step(&event_streams(), StepId::Authorize).rest.expect("it is a call").body;
    let text = serde_json::to_string(&body).expect("it is JSON");
    assert!(!text.contains("CUSTOMER_ACCOUNT_ID"));
    assert_eq!(text.matches("9f9af00a96104f49b6509aa715f9d6a5").count(), 2, "subject and resource name their accounts");
}

#[test]
fn the_soft_words_for_a_key_are_not_taken() {
    // The page says "key name or CRN" and then "by its full CRN, not just its ID".
    for text in ["my-key", "f6c9f6d0-92f6-437a-b97c-4b617cb3d320", "crn:v1:<...>:key:<id>"] {
        let answer = answer(json!({"service": "event-streams-gen2", "key": {"crn": text}}));
        assert!(!answer.ok && answer.steps.is_empty(), "{text}");
    }
}

#[test]
fn the_truncated_crn_of_the_command_line_s_only_example_is_wrong() {
    let theirs = "crn:v1:bluemix:public:kms:us-south:lalalalal";
    assert!(!diagnose(theirs, Require::Key).is_ok());
    assert_eq!(crns([theirs]).codes, [Some("CRN002")]);
    let request =
        json!({"service": "schematics", "location": "US", "scheme": "byok", "primary": {"crn": theirs, "name": "k"}});
    let answer = answer(request);
    assert_eq!(answer.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["CRN002"]);
}

#[test]
fn byok_is_key_protect_and_not_hyper_protect_as_the_swapped_links_say() {
    let body = serde_json::to_value(step(&schematics(), StepId::Provision).rest.expect("a call").body).expect("JSON");
    assert_eq!(body["encryption_scheme"], "byok");
    assert_eq!(body["primary_crk"]["kms_private_endpoint"], "https://private.ca-mon.kms.cloud.ibm.com");
    let hyper = KEY.replace(":kms:", ":hs-crypto:").replace("ca-mon", "us-south");
    let request = json!({"service": "schematics", "location": "US", "scheme": "byok", "allow_end_of_life": true,
        "primary": {"crn": hyper, "name": "h"}});
    assert!(!answer(request).ok, "the page links BYOK to Hyper Protect Crypto Services");
}

#[test]
fn the_second_key_is_optional_where_the_page_shows_it_without_brackets() {
    let provision = step(&schematics(), StepId::Provision);
    assert!(provision.cli.iter().all(|command| !command.contains("--secondary")));
    let body = serde_json::to_value(provision.rest.expect("a call").body).expect("JSON");
    assert!(body.get("secondary_crk").is_none());
}

#[test]
fn the_long_flags_have_two_dashes_and_the_scheme_its_case() {
    let provision = step(&schematics(), StepId::Provision);
    let command = provision.cli.first().expect("a command");
    assert!(command.contains(" --scheme BYOK ") && command.contains(" --primary_name ") && !command.contains(" -pn "));
}

#[test]
fn settings_that_are_made_once_are_looked_at_first() {
    let answer = schematics();
    let look = answer.steps.first().expect("a step");
    assert_eq!(look.id, StepId::Look);
    assert!(look.cli.first().is_some_and(|command| command.starts_with("ibmcloud schematics kms info ")));
    assert_eq!(look.rest.as_ref().map(|rest| rest.method), Some("GET"));
    assert!(step(&answer, StepId::Provision).terraform.is_none(), "there is no resource for them");
    assert!(step(&answer, StepId::Provision).notes.iter().any(|note| note.reference == "schematics.terraform"));
}

#[test]
fn every_fact_of_a_note_has_a_source_and_a_date() {
    for answer in [event_streams(), schematics()] {
        for note in answer.steps.iter().flat_map(|step| &step.notes) {
            let json = serde_json::to_value(note).expect("JSON");
            if json["kind"] == "catalogue" {
                assert_eq!(json["source"]["as_of"].as_str().map(str::len), Some(10), "{json}");
            }
        }
    }
}
