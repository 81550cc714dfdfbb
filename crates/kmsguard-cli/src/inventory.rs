//! `kmsguard inventory`.

use std::collections::BTreeMap;
use std::fmt::Write;

use kmsguard::api::{
    Answer, GapReport, Inventory, InventoryAnswer, InventoryFormat, InventoryRequest, KeyReport, KeyType, Label, Now,
    RequestError, WitnessKind,
};

use super::arguments::InventoryArguments;
use super::audit::{count, problems};
use super::inputs::read_inventory;
use super::output::Output;
use super::terminal::{Look, Terminal, paint, plain};

pub(crate) fn run(
    arguments: &InventoryArguments,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    let inventory = read_inventory(&arguments.paths, output.quiet, terminal);
    let answer = inventory.inventory(&InventoryRequest { now, keep_going: arguments.keep_going });
    problems(&answer.problems, output, terminal);
    let write = |format, sink: &mut dyn Write| answer.write(format, sink);
    output.write_report(&|sheet| text(&answer, sheet.colour), InventoryFormat::ALL, &write, terminal)?;
    Ok(answer.outcome().exit_code())
}

/// The keys of an inventory and what they protect.
pub(crate) fn keys_text(inventory: &Inventory, now: Now, colour: bool) -> String {
    let mut text = String::new();
    keys(&mut text, &inventory.inventory(&InventoryRequest { now, keep_going: true }), colour);
    text
}

fn text(answer: &InventoryAnswer, colour: bool) -> String {
    let mut text = String::new();
    if answer.keys.is_empty() && answer.deployments.is_empty() {
        let _ = writeln!(text, "{}", paint(colour, Look::Doubtful, "no keys and no deployments were found"));
    }
    keys(&mut text, answer, colour);
    unused(&mut text, answer, colour);
    gaps(&mut text, &answer.gaps, answer, colour);
    let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let _ = writeln!(
        text,
        "\n{}, {}, {} on keys · {} read · {} missing",
        count(number(answer.keys.len()), "key"),
        count(number(answer.deployments.len()), "deployment"),
        count(number(answer.authorizations.len()), "authorization"),
        count(number(answer.inputs.iter().filter(|input| input.records > 0).count()), "export"),
        count(number(answer.gaps.len()), "export"),
    );
    text
}

/// The name of something, or its CRN.
fn name<'a>(crn: &'a str, answer: &'a InventoryAnswer) -> &'a str {
    answer.labels.get(crn).and_then(|label| label.name.as_deref()).unwrap_or(crn)
}

fn keys(text: &mut String, answer: &InventoryAnswer, colour: bool) {
    let mut by_instance: BTreeMap<&str, Vec<&KeyReport>> = BTreeMap::new();
    for key in &answer.keys {
        by_instance.entry(&key.instance).or_default().push(key);
    }
    for (instance, keys) in by_instance {
        let empty =
            Label { name: None, service: String::new(), account: String::new(), account_name: None, region: None };
        let label = answer.labels.get(instance).unwrap_or(&empty);
        let heading = paint(colour, Look::Strong, &plain(name(instance, answer)));
        let region = label.region.as_deref().unwrap_or("no region");
        let _ = writeln!(
            text,
            "{heading} · {} in {} · account {}",
            plain(&label.service),
            plain(region),
            plain(&label.account)
        );
        for key in keys {
            key_text(text, key, answer, colour);
        }
    }
}

fn key_text(text: &mut String, key: &KeyReport, answer: &InventoryAnswer, colour: bool) {
    let kind = match key.kind {
        KeyType::Root => "root key",
        KeyType::Standard => "standard key",
        KeyType::Unknown => "key",
    };
    let state = serde_json::to_value(key.state).ok();
    let state = state.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
    let state = if state == "active" { state.to_owned() } else { paint(colour, Look::Doubtful, state) };
    let protects = match key.exposure.deployments {
        0 if key.uses.iter().any(|used| !used.proved) => {
            paint(colour, Look::Doubtful, "may protect something: nothing proves these uses")
        }
        0 => paint(colour, Look::Faint, "protects nothing that is known"),
        1 => "protects 1 deployment".to_owned(),
        number => paint(colour, Look::Bad, &format!("protects {number} deployments")),
    };
    let label = key.name.as_deref().unwrap_or(&key.crn);
    let _ = writeln!(text, "  {} · {state} {kind} · {protects}", paint(colour, Look::Strong, &plain(label)));
    let mut rows: BTreeMap<(&str, &str), (Vec<&str>, bool)> = BTreeMap::new();
    for used in &key.uses {
        let deployment = used.deployment.as_deref().unwrap_or(&used.resource);
        let row = rows.entry((name(deployment, answer), deployment)).or_default();
        row.0.extend(used.witnesses.iter().map(|witness| match witness.kind {
            WitnessKind::Registration if used.managed => "managed volume",
            WitnessKind::Registration => "registration",
            WitnessKind::Parameter => "parameter",
            WitnessKind::Setting => "setting",
            WitnessKind::Resource => "record of its own",
            WitnessKind::State => "Terraform state",
            WitnessKind::Report => "usage report",
            WitnessKind::Event => "event",
            WitnessKind::Requested => "overruled parameter",
        }));
        row.1 |= used.deployment.is_none();
    }
    for ((name, deployment), (seen, unattributed)) in rows {
        let service = answer.labels.get(deployment).map_or("", |label| label.service.as_str());
        let state = answer.deployments.iter().find(|one| one.crn == deployment).and_then(|one| one.state.as_deref());
        let deleted = if state == Some("pending_reclamation") {
            paint(colour, Look::Doubtful, ", deleted")
        } else {
            String::new()
        };
        let whose = if unattributed { ", of a deployment that is not known" } else { "" };
        let _ = writeln!(text, "    {} ({}{deleted}{whose}) by {}", plain(name), plain(service), tally(&seen));
    }
}

/// `2 registrations, 1 parameter`.
fn tally(seen: &[&str]) -> String {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    for one in seen {
        *numbers.entry(one).or_default() += 1;
    }
    let numbers: Vec<String> = numbers.into_iter().map(|(what, number)| count(number, what)).collect();
    numbers.join(", ")
}

/// Deployments for which no key is known.
fn unused(text: &mut String, answer: &InventoryAnswer, colour: bool) {
    let keyless: Vec<_> = answer.deployments.iter().filter(|deployment| deployment.key.is_none()).collect();
    if keyless.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", paint(colour, Look::Strong, "no key of yours is known for"));
    for deployment in keyless {
        let _ = writeln!(text, "  {} ({})", plain(name(&deployment.crn, answer)), plain(&deployment.service));
    }
}

fn gaps(text: &mut String, gaps: &[GapReport], answer: &InventoryAnswer, colour: bool) {
    if gaps.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", paint(colour, Look::Strong, "missing"));
    for gap in gaps {
        let of = match (gap.instance.as_deref(), gap.account.as_deref()) {
            (Some(instance), _) => format!(" of {}", name(instance, answer)),
            (None, Some(account)) => format!(" of account {account}"),
            (None, None) => String::new(),
        };
        let _ = writeln!(text, "  {}{}: {}", gap.what, plain(&of), gap.why);
        if let Some(command) = &gap.command {
            let role = gap.role.as_deref().map(|role| format!("  ({role})")).unwrap_or_default();
            let _ = writeln!(text, "    {}{}", plain(command), paint(colour, Look::Faint, &role));
        }
    }
}
