//! An inventory for other programs and pages: comma-separated values, Markdown, Mermaid.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use kmsguard::api::{InventoryAnswer, KeyReport, KeyType, KeyUse, WitnessKind};

use super::sheets::{csv_row, markdown_cell, mermaid_label, table};
use super::terminal::plain;

/// A graph has so many edges at most: Mermaid draws 500 unless told otherwise.
const MOST_EDGES: usize = 500;

const COLUMNS: [&str; 14] = [
    "key",
    "key_name",
    "state",
    "type",
    "instance",
    "instance_name",
    "resource",
    "deployment",
    "deployment_name",
    "service",
    "account",
    "proved",
    "witnesses",
    "first_input",
];

/// A row for each use of a key, and one for each key without any.
pub(crate) fn csv(answer: &InventoryAnswer, _: bool) -> String {
    let mut text = csv_row(COLUMNS);
    for key in &answer.keys {
        let own = [
            key.crn.as_str(),
            key.name.as_deref().unwrap_or_default(),
            key_state(key),
            key_type(key),
            &key.instance,
            name(answer, &key.instance).unwrap_or_default(),
        ];
        if key.uses.is_empty() {
            text.push_str(&csv_row(own.into_iter().chain([""; 8])));
        }
        for used in &key.uses {
            let deployment = used.deployment.as_deref().unwrap_or_default();
            let account = answer.labels.get(deployment).map_or("", |label| label.account.as_str());
            let witnesses = witnesses(used);
            let first = used.witnesses.first().map_or("", |witness| witness.evidence.input.as_str());
            let cells = [
                used.resource.as_str(),
                deployment,
                name(answer, deployment).unwrap_or_default(),
                &used.service,
                account,
                if used.proved { "true" } else { "false" },
                &witnesses,
                first,
            ];
            text.push_str(&csv_row(own.into_iter().chain(cells)));
        }
    }
    text
}

/// A page: keys and what they protect, and what is missing.
pub(crate) fn markdown(answer: &InventoryAnswer, _: bool) -> String {
    let mut text = String::from("# Keys and what they protect\n\n");
    let _ = writeln!(
        text,
        "{} keys, {} deployments, {} authorizations on keys.\n",
        answer.keys.len(),
        answer.deployments.len(),
        answer.authorizations.len()
    );
    let mut rows: Vec<String> = Vec::new();
    for key in &answer.keys {
        let label = markdown_cell(&plain(key.name.as_deref().unwrap_or(&key.crn)));
        let used: BTreeSet<String> = key
            .uses
            .iter()
            .map(|used| {
                let of = used.deployment.as_deref().unwrap_or(&used.resource);
                let doubt = if used.proved { "" } else { ", not proved" };
                format!(
                    "{} ({}{doubt})",
                    markdown_cell(&plain(name(answer, of).unwrap_or(of))),
                    markdown_cell(&used.service)
                )
            })
            .collect();
        let used: Vec<String> = used.into_iter().collect();
        let used = if used.is_empty() { "nothing that is known".to_owned() } else { used.join("<br>") };
        rows.push(format!("| {label} | {} | {} | {used} |\n", key_state(key), key_type(key)));
    }
    table(&mut text, "| Key | State | Type | Protects |\n| --- | --- | --- | --- |\n", &rows, "keys");
    if !answer.gaps.is_empty() {
        text.push_str("\n## What is missing\n\n");
        let rows: Vec<String> = answer
            .gaps
            .iter()
            .map(|gap| {
                let of = gap.instance.as_deref().or(gap.account.as_deref()).unwrap_or_default();
                format!(
                    "| {} | {} | {} | {} | {} |\n",
                    markdown_cell(&gap.what),
                    markdown_cell(&plain(name(answer, of).unwrap_or(of))),
                    markdown_cell(&gap.why),
                    gap.command.as_deref().map(|command| markdown_cell(&plain(command))).unwrap_or_default(),
                    gap.role.as_deref().unwrap_or_default()
                )
            })
            .collect();
        let heading = "| Export | Of | Why | Command | Role |\n| --- | --- | --- | --- | --- |\n";
        table(&mut text, heading, &rows, "exports");
    }
    text
}

/// A graph: keys on the left, deployments on the right; dotted where the use is not proved.
pub(crate) fn mermaid(answer: &InventoryAnswer, _: bool) -> String {
    let mut text = String::from("flowchart LR\n");
    let mut deployments: BTreeMap<&str, usize> = BTreeMap::new();
    let mut edges: BTreeMap<(usize, &str), bool> = BTreeMap::new();
    for (number, key) in answer.keys.iter().enumerate() {
        for used in &key.uses {
            let of = used.deployment.as_deref().unwrap_or(&used.resource);
            *edges.entry((number, of)).or_default() |= used.proved;
        }
    }
    let left_out = edges.len().saturating_sub(MOST_EDGES);
    let shown: Vec<((usize, &str), bool)> = edges.into_iter().take(MOST_EDGES).collect();
    let mut keys: BTreeSet<usize> = BTreeSet::new();
    for ((number, of), _) in &shown {
        if let Some(key) = answer.keys.get(*number).filter(|_| keys.insert(*number)) {
            let label = mermaid_label(&plain(key.name.as_deref().unwrap_or(&key.crn)));
            let _ = writeln!(text, "  k{number}[\"{label} ({})\"]", key_state(key));
        }
        if !deployments.contains_key(of) {
            let row = deployments.len();
            deployments.insert(of, row);
            let label = mermaid_label(&plain(name(answer, of).unwrap_or(of)));
            let _ = writeln!(text, "  d{row}([\"{label}\"])");
        }
    }
    for ((number, of), proved) in &shown {
        let row = deployments.get(of).copied().unwrap_or_default();
        let arrow = if *proved { "-->" } else { "-.->" };
        let _ = writeln!(text, "  k{number} {arrow} d{row}");
    }
    if left_out > 0 {
        let _ = writeln!(text, "  more[\"{left_out} more uses are left out\"]");
    }
    text
}

fn name<'a>(answer: &'a InventoryAnswer, crn: &str) -> Option<&'a str> {
    answer.labels.get(crn).and_then(|label| label.name.as_deref())
}

fn key_type(key: &KeyReport) -> &'static str {
    match key.kind {
        KeyType::Root => "root",
        KeyType::Standard => "standard",
        KeyType::Unknown => "unknown",
    }
}

fn key_state(key: &KeyReport) -> &'static str {
    key.state.name()
}

/// The kinds of witnesses of a use, as answers write them.
fn witnesses(used: &KeyUse) -> String {
    let mut kinds: Vec<WitnessKind> = used.witnesses.iter().map(|witness| witness.kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds.into_iter().map(WitnessKind::name).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::sheets::LONGEST_PAGE;
    use kmsguard::api::{Input, Inventory, InventoryRequest};

    use super::*;

    const INSTANCE: &str =
        "crn:v1:bluemix:public:kms:eu-de:a/0123456789abcdef0123456789abcdef:7a1d1c1e-0b1f-4c55-9d0e-5f1f0c6b2a10:";

    fn answer(keys: usize) -> InventoryAnswer {
        let id = |number: usize| format!("{number:08}-aaaa-4bbb-8ccc-dddddddddddd");
        let key = |number: usize| {
            let id = id(number);
            let crn = format!("{INSTANCE}key:{id}");
            serde_json::json!({"id": id, "crn": crn, "name": "=cmd|x", "extractable": false, "state": 1})
        };
        let list: Vec<serde_json::Value> = (0..keys).map(key).collect();
        let bucket = "crn:v1:bluemix:public:cloud-object-storage:global:a/0123456789abcdef0123456789abcdef:33333333-2222-4333-8444-555555555555:bucket:b";
        let registrations = serde_json::json!([{"keyId": id(0), "resourceCrn": bucket}]);
        let event = serde_json::json!({
            "action": "kms.secrets-event.ack", "eventTime": "2026-11-01T00:00:00Z", "initiator": {"id": "x"},
            "target": {"id": format!("{INSTANCE}key:{}", id(1))}, "responseData": {"resourceCRN": bucket},
        });
        let inventory = Inventory::read(vec![
            Input::named("keys.json", serde_json::Value::from(list).to_string()),
            Input::named("registrations.json", registrations.to_string()),
            Input::named("event.json", event.to_string()),
        ]);
        let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
        inventory.inventory(&InventoryRequest { now, keep_going: false })
    }

    #[test]
    fn a_row_of_values_has_all_columns_and_no_formula() {
        let text = csv(&answer(3), false);
        let rows: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(rows.len(), 4);
        assert!(rows.iter().all(|row| row.split(',').count() == COLUMNS.len()), "{text}");
        assert!(rows.iter().skip(1).all(|row| row.contains(",'=cmd|x,active,root,")), "{text}");
        assert!(text.contains(",true,registration,registrations.json\r\n"), "{text}");
        assert!(text.contains(",false,event,event.json\r\n"), "{text}");
    }

    #[test]
    fn a_page_ends_in_time_and_says_what_it_left_out() {
        let short = markdown(&answer(2), false);
        assert!(short.contains("| =cmd\\|x | active | root |") && !short.contains("left out"), "{short}");
        assert!(short.contains("(cloud-object-storage, not proved)"), "{short}");
        let long = markdown(&answer(3000), false);
        assert!(long.chars().count() < LONGEST_PAGE && long.contains("more keys are left out"));
    }

    #[test]
    fn what_is_not_proved_is_dotted() {
        let graph = mermaid(&answer(2), false);
        assert!(graph.starts_with("flowchart LR\n  k0[\"=cmd|x (active)\"]\n"), "{graph}");
        assert!(graph.contains("  k0 --> d0\n") && graph.contains("  k1 -.-> d0\n"), "{graph}");
    }
}
