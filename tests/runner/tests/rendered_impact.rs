//! What an impact on the example account looks like in every format for people: a key that is deleted, an order, and a shared key that is
//! untangled. A change here is a change that people see: it is read before it is accepted, with `cargo insta review`.

use kmsguard::api::{ActionKind, ActionRequest, ImpactFormat, ImpactRequest, Input, Inventory, ReportRequest};
use kmsguard_vectors::{MemoryHost, account};

const NOW: &str = "2026-11-21T12:00:00Z";
const DELETED: [&str; 2] = ["--delete-key", "payments"];
const UNTANGLED: [&str; 2] = ["--untangle-key", "payments"];
/// All that uses the key, and the key.
const ORDERED: [&str; 9] = [
    "--delete-instance",
    "archive",
    "--delete-instance",
    "ledger",
    "--delete-instance",
    "orders",
    "--delete-key",
    "payments",
    "--order",
];

fn example() -> Vec<(String, String)> {
    account("example", "example")
}

fn holds(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("rendered");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn rendered(actions: &[&str], format: &str) -> String {
    let mut arguments = vec!["impact", "example"];
    arguments.extend(actions);
    arguments.extend(["--output-format", format, "--now", NOW]);
    let (code, stdout, _) = MemoryHost::with_files(example()).run(&arguments);
    assert!(matches!(code, 1 | 4), "{format} {code}");
    stdout
}

fn all(name: &str, actions: &[&str], formats: &[&str]) {
    for format in formats {
        holds(&format!("impact-{name}-{format}"), &rendered(actions, format));
    }
}

#[test]
fn a_key_that_is_deleted_is_as_it_was_read() {
    all("delete-key", &DELETED, &["text", "markdown", "html", "mermaid"]);
}

#[test]
fn an_order_is_as_it_was_read() {
    all("order", &ORDERED, &["text", "markdown", "mermaid"]);
}

#[test]
fn a_key_that_is_untangled_is_as_it_was_read() {
    all("untangle", &UNTANGLED, &["text", "markdown", "html", "mermaid"]);
}

#[test]
fn pictures_are_as_they_were_seen() {
    let picture = |actions: &[(ActionKind, &str)], order: bool| {
        let inputs = example().into_iter().map(|(name, text)| Input::found(name, text)).collect();
        let action = |(kind, target): &(ActionKind, &str)| ActionRequest { kind: *kind, target: (*target).to_owned() };
        let actions = actions.iter().map(action).collect();
        let request = ImpactRequest { actions, order, ..ImpactRequest::at(NOW.parse().expect("a moment")) };
        let report = ReportRequest::Impact { format: ImpactFormat::Svg, request };
        Inventory::read(inputs).report(&report).expect("a picture")
    };
    holds("impact-delete-key-svg", &picture(&[(ActionKind::DeleteKey, "payments")], false));
    let deleted = ["archive", "ledger", "orders"].map(|name| (ActionKind::DeleteInstance, name));
    let all: Vec<_> = deleted.into_iter().chain([(ActionKind::DeleteKey, "payments")]).collect();
    holds("impact-order-svg", &picture(&all, true));
}
