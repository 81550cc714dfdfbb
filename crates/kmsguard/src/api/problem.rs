//! A problem as answers show it: a code, a message, and where.

use serde::Serialize;

use crate::catalog::{migration, names};
use crate::crn::{Fault, FaultKind, Segment, Severity};
use crate::ingest;
use crate::inventory::{Inventory, Source, Witness};
use crate::migrate;
use crate::policy::PolicyFault;

/// Something wrong or suspicious in what was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The code, such as `CRN002`; `kmsguard rule CODE` explains it.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The segment of a CRN that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<Segment>,
    /// Offsets `[start, end)` into the text: bytes, or UTF-16 units where asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[u32; 2]>,
    /// The name of the input that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    /// The JSON pointer to it in that input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The line in that text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The character in that line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// A page that explains it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'static str>,
}

/// The written specification of CRNs, as of 2026-07-31.
const CRN_URL: &str = "https://cloud.ibm.com/docs/account?topic=account-crn";

impl Problem {
    pub(super) fn of_crn(fault: &Fault, span: [u32; 2]) -> Self {
        let url = match fault.kind {
            FaultKind::UnknownRegion { page, .. } => page,
            FaultKind::UnknownService { .. } => names::SERVICES_PAGE.url,
            FaultKind::UnknownLocation { .. } => names::LOCATIONS_SOURCE.url,
            _ => CRN_URL,
        };
        Self {
            code: fault.kind.code(),
            severity: fault.kind.severity(),
            message: fault.kind.message(),
            help: Some(fault.kind.help()),
            segment: fault.segment,
            span: Some(span),
            input: None,
            pointer: None,
            line: None,
            column: None,
            url: Some(url),
        }
    }

    /// Something in a configuration or a baseline that is worth knowing, at a pointer in it.
    pub(super) fn of_configuration(code: &'static str, message: String, help: String, pointer: &str) -> Self {
        Self {
            code,
            severity: Severity::Warning,
            message,
            help: Some(help),
            segment: None,
            span: None,
            input: None,
            pointer: (!pointer.is_empty()).then(|| pointer.to_owned()),
            line: None,
            column: None,
            url: None,
        }
    }

    pub(super) fn of_input(inventory: &Inventory, source: &Source, fault: &ingest::Fault) -> Self {
        Self {
            code: fault.kind.code(),
            severity: fault.kind.severity(),
            message: fault.kind.message(),
            help: Some(fault.kind.help()),
            segment: None,
            span: None,
            input: Some(source.input.name.clone()),
            pointer: fault.place.map(|place| inventory.pointer(Witness { place, member: "" })),
            line: None,
            column: None,
            url: None,
        }
    }

    /// Something about the move of a key, with the place that says so where it is one.
    pub(super) fn of_migration(inventory: &Inventory, row: &migrate::Row<'_>, fault: &migrate::FaultKind) -> Self {
        let witness = row.witness(fault);
        let source = witness.and_then(|witness| inventory.sources.get(witness.place.input as usize));
        Self {
            code: fault.code(),
            severity: fault.severity(),
            message: fault.message(),
            help: Some(fault.help()),
            segment: None,
            span: None,
            input: source.map(|source| source.input.name.clone()),
            pointer: witness.map(|witness| inventory.pointer(witness)),
            line: None,
            column: None,
            url: Some(migration::TOOL.url),
        }
    }

    pub(super) fn of_policy(inventory: &Inventory, witness: Witness, fault: &PolicyFault) -> Self {
        let source = inventory.sources.get(witness.place.input as usize);
        Self {
            code: fault.kind.code(),
            severity: fault.kind.severity(),
            message: fault.kind.message(),
            help: Some(fault.kind.help()),
            segment: None,
            span: None,
            input: source.map(|source| source.input.name.clone()),
            pointer: Some(inventory.pointer(witness) + &fault.pointer),
            line: None,
            column: None,
            url: None,
        }
    }
}
