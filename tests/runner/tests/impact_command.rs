//! What `kmsguard impact` shows a person who is about to delete a key of the example account.

use kmsguard_vectors::MemoryHost;

fn run(arguments: &[&str]) -> (u8, String, String) {
    run_on(|text| text, arguments)
}

/// As it is where one person may delete a key.
fn run_without_dual_authorization(arguments: &[&str]) -> (u8, String, String) {
    let member = "\"dualAuthDelete\": {\n        \"enabled\": ";
    let (enabled, disabled) = (format!("{member}true"), format!("{member}false"));
    run_on(|text| text.replace(&enabled, &disabled), arguments)
}

fn run_on(change: impl Fn(String) -> String, arguments: &[&str]) -> (u8, String, String) {
    let files = kmsguard_cli::demo::example().into_iter().map(|(name, text)| (format!("example/{name}"), change(text)));
    let host = MemoryHost::with_files(files);
    let mut words = vec!["impact", "example", "--now", "2026-11-21T12:00:00Z"];
    words.extend(arguments);
    host.run(&words)
}

/// The place of each text, which must be there, in order.
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("`{part}` is missing, or stands too early, in:\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn the_verdict_comes_first_then_who_is_hit_then_why_and_what_to_run() {
    let (code, text, _) = run(&["--delete-key", "payments"]);
    assert_eq!(code, 1);
    assert!(text.starts_with("BLOCKED: deleting key `payments` will be refused"), "{text}");
    in_order(
        &text,
        &[
            "DESTROYS, it loses the data of 2 deployments",
            "LOST, even if the key is restored",
            "ledger (databases-for-postgresql, 1 resource)",
            "orders (messagehub, 1 resource)",
            "CUT OFF, and back if the key is restored before 2026-12-21T12:00:00Z",
            "archive (cloud-object-storage, 2 resources)",
            "why it is refused",
            "archive, ledger, orders: ",
            "what is not known",
            "ibmcloud kp registrations",
            "when, if it goes through",
            "ibmcloud kp key delete 0d8b1f6a-51f4-4f5c-9d2f-7b3e6a9c1e01 --instance-id 6f3f4c1e-2f0a-4a55-8f0e-0d9c1b7a5e21\n",
            "ibmcloud kp key restore",
        ],
    );
}

#[test]
fn force_is_said_and_stands_in_the_command() {
    let (code, text, _) = run_without_dual_authorization(&["--delete-key", "keys-production/payments", "--force"]);
    assert_eq!(code, 1);
    in_order(&text, &["DESTROYS: deleting key `payments` by force loses the data of 2 deployments", " --force\n"]);
}

#[test]
fn what_force_cannot_do_is_said_with_what_would_happen() {
    let (code, text, _) = run(&["--delete-key", "shop-cluster", "--force"]);
    assert_eq!(code, 1);
    in_order(
        &text,
        &[
            "BLOCKED",
            "with force it is refused as well; if it ever goes through: DESTROYS",
            "two people",
            "schedule-delete",
        ],
    );
}

#[test]
fn no_known_use_is_no_promise() {
    let (code, text, _) = run_without_dual_authorization(&["--delete-key", "token-signing"]);
    assert_eq!(code, 4);
    in_order(&text, &["UNKNOWN: deleting key `token-signing`", "what is not known", "a standard key is handed out"]);
}

#[test]
fn a_key_that_is_not_there_is_an_error_that_says_what_was_searched() {
    let (code, text, errors) = run(&["--delete-key", "nobody"]);
    assert_eq!((code, text.as_str()), (2, ""));
    in_order(&errors, &["error[REQ009]: no key `nobody` was found", "searched 6 listed keys"]);
}

#[test]
fn a_set_is_told_by_kinds_in_the_order_in_which_they_were_asked() {
    let (code, text, _) =
        run(&["--rotate-key", "payments", "--delete-instance", "orders", "--rotate-key", "token-signing"]);
    assert_eq!(code, 1);
    let headline = "BLOCKED: rotating key `payments`, `token-signing`, deleting `orders` will be refused";
    in_order(&text, &[headline, "token-signing: it is a standard key, and only root keys are rotated"]);
}

#[test]
fn a_deployment_that_goes_can_be_had_back_for_a_while() {
    let (code, text, _) = run(&["--delete-instance", "orders"]);
    assert_eq!(code, 1);
    in_order(
        &text,
        &[
            "DESTROYS: deleting `orders` loses the data of 1 deployment",
            "LOST, unless it is had back before 2026-11-24T12:00:00Z",
            "ibmcloud resource service-instance-delete",
        ],
    );
}

#[test]
fn what_is_not_documented_of_disabling_is_not_certain() {
    let (code, text, _) = run(&["--disable-key", "payments"]);
    assert_eq!(code, 4);
    in_order(
        &text,
        &["UNKNOWN: disabling key `payments`", "NOT CERTAIN", "ledger", "CUT OFF", "archive", "key enable"],
    );
}

#[test]
fn without_an_action_nothing_is_asked() {
    let (code, text, errors) = run(&[]);
    assert_eq!((code, text.as_str()), (2, ""));
    in_order(&errors, &["--delete-key", "--terraform"]);
}

/// `terraform show -json tfplan | kmsguard impact exports --terraform -` as a gate: what the plan comes to is the exit code.
#[test]
fn a_plan_of_terraform_on_standard_input_is_a_gate() {
    let key = "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320";
    let exports = [
        ("exports/keys.json", format!(r#"{{"resources":[{{"id":"f6c9f6d0-92f6-437a-b97c-4b617cb3d320","name":"payments","state":1,"extractable":false,"crn":"{key}"}}]}}"#)),
        (
            "exports/registrations.json",
            r#"[{"keyId":"f6c9f6d0-92f6-437a-b97c-4b617cb3d320","resourceCrn":"crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]"#.to_owned(),
        ),
    ];
    let gate = |plan: String| {
        let files = exports.iter().map(|(name, text)| ((*name).to_owned(), text.clone()));
        let host = MemoryHost { stdin: plan.into_bytes(), ..MemoryHost::with_files(files) };
        host.run(&["impact", "exports", "--terraform", "-", "--now", "2026-11-21T12:00:00Z"])
    };
    let plan = |actions: &str, crn: &str, force: bool| {
        let values = format!(r#"{{"crn":"{crn}","force_delete":{force}}}"#);
        let after = if actions.contains("delete") { "null" } else { &values };
        format!(
            r#"{{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[{{"address":"ibm_kms_key.it","mode":"managed","type":"ibm_kms_key","name":"it","change":{{"actions":[{actions}],"before":{values},"after":{after}}}}}]}}"#
        )
    };
    let (code, stdout, _) = gate(plan(r#""delete""#, key, false));
    assert_eq!(code, 1);
    assert!(stdout.starts_with("BLOCKED: deleting key `payments` will be refused"), "{stdout}");
    let (code, stdout, _) = gate(plan(r#""delete""#, key, true));
    assert_eq!(code, 1);
    assert!(stdout.starts_with("DESTROYS: deleting key `payments` by force loses the data"), "{stdout}");
    let (code, stdout, _) = gate(plan(r#""no-op""#, key, true));
    assert_eq!(code, 0);
    assert!(stdout.starts_with("SAFE"), "{stdout}");
    let other = key.replace("f6c9f6d0", "00000000");
    let (code, stdout, _) = gate(plan(r#""delete""#, &other, false));
    assert_eq!(code, 4);
    assert!(
        stdout.starts_with("UNKNOWN") && stdout.contains("no export holds the key that `ibm_kms_key.it` takes away"),
        "{stdout}"
    );
    let (code, stdout, stderr) = gate("{".to_owned());
    assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
}

#[test]
fn where_something_stays_on_the_key_there_is_no_safe_order() {
    let (code, text, _) = run(&["--delete-key", "payments", "--order"]);
    assert_eq!(code, 1);
    in_order(
        &text,
        &["NO SAFE ORDER", "`ledger` is not removed with the set", "`orders` is not removed with the set", "commands"],
    );
    assert!(!text.contains("  1. "), "{text}");
    let (_, without, _) = run(&["--delete-key", "payments"]);
    assert!(!without.contains("ORDER"), "{without}");
}
