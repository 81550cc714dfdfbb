//! What every answer about exports says of them: the inputs, what was wrong with them, and the names of things.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Outcome, Problem};
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Source, Symbol};
use crate::order::Gather as _;

/// One input, and what was found in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InputReport {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ExportKind,
    /// How many records were read.
    pub records: u32,
    /// The account of all its records, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The KMS instance of all its records, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Whether the list is whole; null where nothing tells.
    pub complete: Option<bool>,
    /// What a person should know of it.
    pub notes: Vec<String>,
}

/// What a CRN is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Label {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its service.
    pub service: String,
    /// Its account; empty where the CRN has none.
    pub account: String,
    /// What its account is called, where that was configured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// Its region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// Labels by CRN, sorted.
pub type Labels = BTreeMap<String, Label>;

/// The inputs of an inventory, in the order of their names.
pub(super) fn inputs(inventory: &Inventory) -> Vec<InputReport> {
    let text = |symbol| inventory.text(symbol).to_owned();
    let report = |source: &Source| InputReport {
        name: source.input.name.clone(),
        kind: source.report.kind,
        records: source.report.records,
        account: source.account.map(text),
        instance: source.instance.map(text),
        complete: source.report.complete,
        notes: source.report.notes.clone(),
    };
    inventory.sources.iter().map(report).collect()
}

/// What was wrong with the inputs, in the order of their names.
pub(super) fn problems(inventory: &Inventory) -> Vec<Problem> {
    let of = |source: &Source| {
        let faults = source.report.faults.iter().chain(&source.late_faults);
        faults.map(|fault| Problem::of_input(inventory, source, fault)).collect::<Vec<_>>()
    };
    inventory.sources.iter().flat_map(of).collect()
}

/// The outcome of reading alone: something was not read, or there was nothing to read, or all is well.
pub(super) fn outcome(inventory: &Inventory, problems: &[Problem], keep_going: bool) -> Outcome {
    if !keep_going && problems.iter().any(|problem| problem.severity == crate::crn::Severity::Error) {
        Outcome::Incomplete
    } else if inventory.sources.iter().any(|source| source.report.kind.is_export()) {
        Outcome::Fine
    } else {
        Outcome::Empty
    }
}

/// The labels of the CRNs that an answer names.
pub(super) fn labels<'a>(inventory: &Inventory, crns: impl IntoIterator<Item = &'a str>) -> Labels {
    labels_of_each(inventory, crns.into_iter().collect())
}

fn labels_of_each(inventory: &Inventory, mut crns: Vec<&str>) -> Labels {
    crns.sort_unstable();
    crns.dedup();
    let label = |text: &str| Some((text.to_owned(), label(inventory, text, inventory.interner.find(text))?));
    crns.into_iter().filter_map(label).into_map()
}

/// The labels of CRNs of the inventory, any of which may be given many times: they are told apart by their symbols.
pub(super) fn labels_of(inventory: &Inventory, crns: impl IntoIterator<Item = Symbol>) -> Labels {
    let mut crns: Vec<Symbol> = crns.into_iter().collect();
    crns.sort_unstable();
    crns.dedup();
    crns.sort_by_cached_key(|crn| inventory.text(*crn));
    let label = |crn: Symbol| {
        let text = inventory.text(crn);
        Some((text.to_owned(), label(inventory, text, Some(crn))?))
    };
    crns.into_iter().filter_map(label).into_map()
}

fn label(inventory: &Inventory, text: &str, symbol: Option<Symbol>) -> Option<Label> {
    let crn = parse(text).ok()?;
    let of_key = symbol.and_then(|symbol| inventory.key_by_crn(symbol)).and_then(|key| key.name);
    let of_instance = || symbol.and_then(|symbol| inventory.instance(symbol)).and_then(|instance| instance.name);
    Some(Label {
        name: of_key.or_else(of_instance).map(|name| inventory.text(name).to_owned()),
        service: crn.service_name.to_owned(),
        account: crn.account().unwrap_or_default().to_owned(),
        account_name: None,
        region: crn.region().map(str::to_owned),
    })
}
