//! The manifest of an export folder: which call made which file, and what it answered.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error_answer::Mend;
use super::fault::FaultKind;
use super::frame::Opened;
use super::kind::ExportKind;
use super::read::{FileReport, List, Place, to_u32};

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
    /// What was asked.
    url: Option<String>,
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
    /// The manifest, by the name of its input.
    #[serde(skip)]
    pub(crate) manifest: String,
    /// The row in it.
    #[serde(skip)]
    row: u32,
}

impl Call {
    /// The kind of export, where it is one that is known.
    pub(crate) fn kind(&self) -> Option<ExportKind> {
        ExportKind::of_name(&self.kind)
    }

    /// Whether deleted service instances alone were asked for.
    pub(crate) fn asks_for_deleted(&self) -> bool {
        self.url.as_deref().is_some_and(|url| url.contains("state=pending_reclamation"))
    }

    /// Whether the service answered that there is nothing.
    pub(crate) fn found_nothing(&self) -> bool {
        self.status == 404 && self.error.as_deref().is_none_or(str::is_empty)
    }

    /// Whether one location was asked for: `US`.
    pub(crate) fn asks_for_location(&self, location: &str) -> bool {
        let words = self.url.as_deref().into_iter().flat_map(|url| url.split(['?', '&']));
        words.filter_map(|word| word.strip_prefix("location=")).any(|asked| asked.eq_ignore_ascii_case(location))
    }

    /// Whether policies of one kind alone were asked for: `…/policies?policy=dualAuthDelete`.
    pub(crate) fn asks_for_one_policy(&self) -> bool {
        let words = self.url.as_deref().into_iter().flat_map(|url| url.split(['?', '&']));
        words.filter_map(|word| word.strip_prefix("policy=")).any(|asked| asked != "allowedNetwork")
    }

    /// Says in the report of its manifest that the file of a call is not there.
    pub(crate) fn note_missing(&self, name: &str, input: u32, report: &mut FileReport) {
        let row = to_u32(report.pointers.len());
        report.pointers.push(format!("/calls/{}", self.row).into_boxed_str());
        let place = Place { input, document: 0, row, offset: 0, list: List::Nested };
        report.fault(FaultKind::MissingFile { file: name.to_owned(), error: self.error.clone() }, Some(place));
    }

    /// The id of the key that was asked for, where the call was about one key: `…/keys/ID/policies`.
    pub(crate) fn key_id(&self) -> Option<&str> {
        let (_, after) = self.url.as_deref()?.split_once("/keys/")?;
        after.split(['/', '?']).next().filter(|id| !id.is_empty() && *id != "registrations")
    }

    /// Gives a list without rows the kind that was asked for, and notes what went wrong with the call.
    pub(super) fn name(&self, report: &mut FileReport) {
        if report.kind == ExportKind::EmptyList
            && let Some(kind) = self.kind()
        {
            report.kind = kind;
            report.faults.retain(|fault| fault.kind != FaultKind::EmptyList);
        }
        if let Some(error) = &self.error {
            let kms = matches!(self.kind(), Some(ExportKind::KmsKeys | ExportKind::KmsRegistrations));
            let mend = match self.status {
                401 => Mend::LogIn,
                403 if kms => Mend::Reader,
                403 => Mend::Viewer,
                _ => Mend::Other,
            };
            report.fault(FaultKind::ErrorAnswer { said: error.clone(), mend }, None);
        }
    }

    /// Says what the manifest knows of whether a file is whole, and whether that is proof that it is.
    pub(super) fn judge(&self, report: &mut FileReport) -> bool {
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
        } else if self.url.as_ref().is_some_and(|url| url.contains("resource_group")) {
            report.complete = report.complete.filter(|whole| !whole);
            report.notes.push("one resource group alone was asked for".to_owned());
        } else if !report.spoiled && (report.complete != Some(false) || self.total.is_some()) {
            report.complete = Some(true);
            report.notes.clear();
            return true;
        }
        false
    }
}

/// The calls of all manifests among the inputs, by the name of the input that each call made.
pub(crate) fn calls(inputs: &[Opened]) -> BTreeMap<String, Call> {
    let mut calls = BTreeMap::new();
    for input in inputs {
        let Some(manifest) = manifest(input) else { continue };
        let folder = input.name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let sees = |account: &Option<String>| {
            manifest.calls.iter().any(|call| {
                call.kind.starts_with("iam-") && call.rows > 0 && call.status == 200 && call.account == *account
            })
        };
        for (row, call) in (0..).zip(&manifest.calls) {
            let reader_sees_rows = sees(&call.account);
            let call = Call { reader_sees_rows, manifest: input.name.clone(), row, ..call.clone() };
            calls.insert(format!("{folder}{}", call.file), call);
        }
    }
    calls
}

fn manifest(input: &Opened) -> Option<Manifest> {
    let text = input.text.trim_start_matches('\u{feff}');
    // Only an object that says soon that it is a manifest is read as one; exports can be large. With its members in the order of their
    // names a manifest begins with the calls, which may be many.
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).filter(|head| head.contains("\"manifest_version\"") || head.contains("\"calls\""))?;
    serde_json::from_str(text).ok()
}

/// Reads a manifest.
pub(super) fn check(value: &str) -> Result<(), String> {
    serde_json::from_str::<Manifest>(value).map(drop).map_err(|error| error.to_string())
}
