//! An inventory as text: comma-separated values, Markdown, Mermaid.

use core::fmt::{self, Write};
use std::collections::{BTreeMap, BTreeSet};

use super::InventoryFormat;
use crate::api::{InventoryAnswer, KeyReport, KeyType, KeyUse, WitnessKind, to_json};
use crate::report::csv::row as csv_row;
use crate::report::markdown::{Page, cell as markdown_cell, code_cell};
use crate::report::mermaid::label as mermaid_label;
use crate::report::plain;

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

impl InventoryAnswer {
    /// Writes the answer in a format.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn write(&self, format: InventoryFormat, sink: &mut dyn Write) -> fmt::Result {
        match format {
            InventoryFormat::Json => super::put(&to_json(self), sink),
            InventoryFormat::Csv => csv(self, sink),
            InventoryFormat::Markdown => super::put(&markdown(self), sink),
            InventoryFormat::Mermaid => mermaid(self, sink),
        }
    }
}

/// A row for each use of a key, and one for each key without any.
fn csv(answer: &InventoryAnswer, sink: &mut dyn Write) -> fmt::Result {
    sink.write_str(&csv_row(COLUMNS))?;
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
            sink.write_str(&csv_row(own.into_iter().chain([""; 8])))?;
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
            sink.write_str(&csv_row(own.into_iter().chain(cells)))?;
        }
    }
    Ok(())
}

/// A page: keys and what they protect, and what is missing.
fn markdown(answer: &InventoryAnswer) -> String {
    let mut page = Page::new("# Keys and what they protect\n\n");
    page.push(&format!(
        "{} keys, {} deployments, {} authorizations on keys.\n\n",
        answer.keys.len(),
        answer.deployments.len(),
        answer.authorizations.len()
    ));
    let row = |key: &KeyReport| {
        let label = shown(answer, &key.crn);
        let used: BTreeSet<String> = key
            .uses
            .iter()
            .map(|used| {
                let of = used.deployment.as_deref().unwrap_or(&used.resource);
                let doubt = if used.proved { "" } else { ", not proved" };
                format!("{} ({}{doubt})", shown(answer, of), markdown_cell(&used.service))
            })
            .collect();
        let used: Vec<String> = used.into_iter().collect();
        let used = if used.is_empty() { "nothing that is known".to_owned() } else { used.join("<br>") };
        format!("| {label} | {} | {} | {used} |\n", key_state(key), key_type(key))
    };
    let heading = "| Key | State | Type | Protects |\n| --- | --- | --- | --- |\n";
    page.table(heading, answer.keys.len(), answer.keys.iter().map(row), "keys");
    if !answer.gaps.is_empty() {
        let rows = answer.gaps.iter().map(|gap| {
            let of = gap.instance.as_deref().or(gap.account.as_deref()).unwrap_or_default();
            format!(
                "| {} | {} | {} | {} | {} |\n",
                markdown_cell(&gap.what),
                shown(answer, of),
                markdown_cell(&gap.why),
                gap.command.as_deref().map(|command| code_cell(&plain(command))).unwrap_or_default(),
                gap.role.as_deref().unwrap_or_default()
            )
        });
        let heading =
            "\n## What is missing\n\n| Export | Of | Why | Command | Role |\n| --- | --- | --- | --- | --- |\n";
        page.table(heading, answer.gaps.len(), rows, "exports");
    }
    page.into_text()
}

/// A graph: keys on the left, deployments on the right; dotted where the use is not proved.
fn mermaid(answer: &InventoryAnswer, sink: &mut dyn Write) -> fmt::Result {
    sink.write_str("flowchart LR\n")?;
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
            writeln!(sink, "  k{number}[\"{label} ({})\"]", key_state(key))?;
        }
        if !deployments.contains_key(of) {
            let row = deployments.len();
            deployments.insert(of, row);
            let label = mermaid_label(&plain(name(answer, of).unwrap_or(of)));
            writeln!(sink, "  d{row}([\"{label}\"])")?;
        }
    }
    for ((number, of), proved) in &shown {
        let row = deployments.get(of).copied().unwrap_or_default();
        let arrow = if *proved { "-->" } else { "-.->" };
        writeln!(sink, "  k{number} {arrow} d{row}")?;
    }
    if left_out > 0 {
        writeln!(sink, "  more[\"{left_out} more uses are left out\"]")?;
    }
    Ok(())
}

fn name<'a>(answer: &'a InventoryAnswer, crn: &str) -> Option<&'a str> {
    answer.labels.get(crn).and_then(|label| label.name.as_deref())
}

/// A name, or the CRN of what has none, in a cell.
fn shown(answer: &InventoryAnswer, crn: &str) -> String {
    match name(answer, crn) {
        Some(name) => markdown_cell(&plain(name)),
        None if crn.is_empty() => String::new(),
        None => code_cell(&plain(crn)),
    }
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
    use crate::api::{Input, Inventory, InventoryRequest};
    use crate::report::markdown::LONGEST_PAGE;

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

    fn written(keys: usize, format: InventoryFormat) -> String {
        let mut text = String::new();
        answer(keys).write(format, &mut text).expect("a text takes everything");
        text
    }

    #[test]
    fn a_row_of_values_has_all_columns_and_no_formula() {
        let text = written(3, InventoryFormat::Csv);
        let rows: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(rows.len(), 4);
        assert!(rows.iter().all(|row| row.split(',').count() == COLUMNS.len()), "{text}");
        assert!(rows.iter().skip(1).all(|row| row.contains(",'=cmd|x,active,root,")), "{text}");
        assert!(text.contains(",true,registration,registrations.json\r\n"), "{text}");
        assert!(text.contains(",false,event,event.json\r\n"), "{text}");
    }

    #[test]
    fn a_page_ends_in_time_and_says_what_it_left_out() {
        let short = markdown(&answer(2));
        assert!(short.contains("| =cmd\\|x | active | root |") && !short.contains("left out"), "{short}");
        assert!(short.contains("(cloud-object-storage, not proved)"), "{short}");
        let long = markdown(&answer(3000));
        assert!(long.chars().count() < LONGEST_PAGE && long.contains("more keys are left out"));
    }

    #[test]
    fn what_is_not_proved_is_dotted() {
        let graph = written(2, InventoryFormat::Mermaid);
        assert!(graph.starts_with("flowchart LR\n  k0[\"=cmd|x (active)\"]\n"), "{graph}");
        assert!(graph.contains("  k0 --> d0\n") && graph.contains("  k1 -.-> d0\n"), "{graph}");
    }
}
