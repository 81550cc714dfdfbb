//! The manifest of an export folder: which call made which file, and what it answered.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::fault::{Fault, FaultKind};
use super::input::Input;
use super::kind::ExportKind;
use super::read::FileReport;

/// The manifest, `kmsguard-export.json`, as the script of `kmsguard collect` writes it.
#[derive(Debug, Deserialize)]
struct Manifest {
    #[expect(dead_code, reason = "its presence is what tells a manifest; there is one version")]
    manifest_version: u32,
    calls: Vec<Call>,
}

/// One call and its answer.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Call {
    /// The file, relative to the manifest's folder.
    file: String,
    /// The kind of export that was asked for.
    kind: String,
    /// The account.
    pub(crate) account: Option<String>,
    /// The KMS instance: its CRN or its GUID.
    pub(crate) instance: Option<String>,
    /// The HTTP status of the last page.
    status: u16,
    /// How many rows were written.
    rows: u32,
    /// How many rows there are, where the service said so.
    total: Option<u32>,
    /// What went wrong.
    error: Option<String>,
    /// Whether another IAM read of the same account gave rows: only then an empty list of authorizations proves anything.
    #[serde(skip)]
    reader_sees_rows: bool,
}

impl Call {
    /// The kind of export, where it is one that is known.
    pub(crate) fn kind(&self) -> Option<ExportKind> {
        ExportKind::of_name(&self.kind)
    }

    /// Says what the manifest knows of a file that was read: its kind where it has no rows, and whether it is whole.
    pub(super) fn judge(&self, report: &mut FileReport) {
        if report.kind == ExportKind::EmptyList
            && let Some(kind) = self.kind()
        {
            report.kind = kind;
            report.faults.retain(|fault| fault.kind != FaultKind::EmptyList);
        }
        if let Some(error) = &self.error {
            report.faults.push(Fault { kind: FaultKind::ErrorAnswer { said: error.clone() }, place: None });
        }
        let whole = self.status == 200 && self.error.is_none() && self.total.is_none_or(|total| total == self.rows);
        if !whole || report.records < self.rows {
            report.complete = Some(false);
            report.notes.push(format!(
                "the manifest says status {} and {} rows; {} were read",
                self.status, self.rows, report.records
            ));
        } else if self.kind() == Some(ExportKind::IamPolicies) && self.rows == 0 && !self.reader_sees_rows {
            report.complete = Some(false);
            report.notes.push("IAM answers an empty list to a caller who may see nothing".to_owned());
        } else if report.complete != Some(false) || self.total.is_some() {
            report.complete = Some(true);
            report.notes.clear();
        }
    }
}

/// The calls of all manifests among the inputs, by the name of the input that each call made.
pub(crate) fn calls(inputs: &[Input]) -> BTreeMap<String, Call> {
    let mut calls = BTreeMap::new();
    for input in inputs {
        let Some(manifest) = manifest(input) else { continue };
        let folder = input.name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let sees = |account: &Option<String>| {
            manifest.calls.iter().any(|call| {
                call.kind.starts_with("iam-") && call.rows > 0 && call.status == 200 && call.account == *account
            })
        };
        for call in &manifest.calls {
            let call = Call { reader_sees_rows: sees(&call.account), ..call.clone() };
            calls.insert(format!("{folder}{}", call.file), call);
        }
    }
    calls
}

fn manifest(input: &Input) -> Option<Manifest> {
    let text = std::str::from_utf8(&input.bytes).ok()?;
    // Only a small object that says that it is a manifest is read as one; exports can be large.
    let head = text.get(..text.len().min(4096)).unwrap_or(text);
    if !head.contains("\"manifest_version\"") {
        return None;
    }
    read(serde_json::from_str(text).ok()?).ok()
}

/// Reads a manifest.
pub(super) fn check(value: &RawValue) -> Result<(), String> {
    read(value).map(drop).map_err(|error| error.to_string())
}

fn read(value: &RawValue) -> Result<Manifest, serde_json::Error> {
    serde_json::from_str(value.get())
}
