//! What a JSON value is: a list or an answer of some kind, recognised by its content and never by its file's name.

use serde_json::value::RawValue;

use super::document::{Members, members};
use super::kind::ExportKind;

/// A value that was recognised: its kind and its records.
#[derive(Debug)]
pub(super) struct Recognised<'a> {
    pub(super) kind: ExportKind,
    /// The records.
    pub(super) records: Vec<&'a RawValue>,
    /// Where the records stand: `/resources`, or nothing for a bare list.
    pub(super) list: &'static str,
    /// The value is one record by itself.
    pub(super) single: bool,
    /// What an answer says of its own completeness.
    pub(super) paging: Paging,
    /// What an error answer says, or the members of a value of no known kind.
    pub(super) said: Vec<String>,
}

/// What a list answer tells of the pages it is one of.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Paging {
    /// It says that there are more pages.
    pub(super) has_next: bool,
    /// The total it states, where that is a total of all pages.
    pub(super) total: Option<u64>,
    /// How many rows a page may have.
    pub(super) limit: Option<u64>,
}

impl<'a> Recognised<'a> {
    fn list(kind: ExportKind, records: Vec<&'a RawValue>, list: &'static str, paging: Paging) -> Self {
        Self { kind, records, list, single: false, paging, said: Vec::new() }
    }

    fn none(kind: ExportKind, said: Vec<String>) -> Self {
        Self { kind, records: Vec::new(), list: "", single: false, paging: Paging::default(), said }
    }
}

/// At most this many members are named of a value of no known kind.
const NAMED_MEMBERS: usize = 6;

/// Recognises a value.
pub(super) fn recognise(value: &RawValue) -> Recognised<'_> {
    if let Ok(records) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
        let kind = kind_of_list(&records);
        return if kind.is_export() || kind == ExportKind::EmptyList {
            Recognised::list(kind, records, "", Paging::default())
        } else {
            let first = records.first().and_then(|record| members(record)).unwrap_or_default();
            Recognised::none(kind, said(kind, &first))
        };
    }
    let Some(object) = members(value) else { return Recognised::none(ExportKind::Unknown, Vec::new()) };
    // A policy has `resources` too, so it is looked for before lists.
    if kind_of_record(&object) == ExportKind::IamPolicies {
        return Recognised {
            single: true,
            ..Recognised::list(ExportKind::IamPolicies, vec![value], "", Paging::default())
        };
    }
    if let Some(policies) = object.read::<Vec<&RawValue>>("policies") {
        let kind = if policies.is_empty() { ExportKind::EmptyList } else { kind_of_list(&policies) };
        if kind == ExportKind::IamPolicies || kind == ExportKind::EmptyList {
            return Recognised::list(kind, policies, "/policies", paging(&object));
        }
    }
    if let Some(resources) = object.read::<Vec<&RawValue>>("resources") {
        let kind = kind_of_collection(&object).unwrap_or_else(|| kind_of_list(&resources));
        if kind == ExportKind::ErrorAnswer {
            let first = resources.first().and_then(|record| members(record)).unwrap_or_default();
            return Recognised::none(kind, said(kind, &first));
        }
        if kind.is_export() || kind == ExportKind::EmptyList {
            return Recognised::list(kind, resources, "/resources", paging(&object));
        }
    }
    let kind = kind_of_record(&object);
    let mut recognised = Recognised::none(kind, said(kind, &object));
    if kind.is_export() {
        recognised.records = vec![value];
        recognised.single = true;
    }
    recognised
}

/// `metadata.collectionType`, which Key Protect writes on every answer.
fn kind_of_collection(object: &Members<'_>) -> Option<ExportKind> {
    let metadata: Members<'_> = object.read("metadata")?;
    let collection: String = metadata.read("collectionType")?;
    match collection.as_str() {
        "application/vnd.ibm.kms.key+json" => Some(ExportKind::KmsKeys),
        "application/vnd.ibm.kms.registration+json" => Some(ExportKind::KmsRegistrations),
        "application/vnd.ibm.kms.error+json" => Some(ExportKind::ErrorAnswer),
        _ => None,
    }
}

fn kind_of_list(records: &[&RawValue]) -> ExportKind {
    let Some(first) = records.first() else { return ExportKind::EmptyList };
    members(first).map_or(ExportKind::Unknown, |record| kind_of_record(&record))
}

fn kind_of_record(record: &Members<'_>) -> ExportKind {
    let is_key = record.read::<String>("type").is_some_and(|text| text == "application/vnd.ibm.kms.key+json")
        || (record.has("extractable") && record.has("crn"));
    let is_policy =
        record.has("control") || (record.has("roles") && (record.has("resources") || record.has("subjects")));
    if record.has("keyId") && record.has("resourceCrn") {
        ExportKind::KmsRegistrations
    } else if is_policy {
        ExportKind::IamPolicies
    } else if record.has("resource_plan_id") && record.has("crn") {
        ExportKind::ResourceInstances
    } else if record.has("manifest_version") {
        ExportKind::Manifest
    } else if is_key {
        ExportKind::KmsKeys
    } else if record.has("errors") || record.has("errorMsg") || record.has("errorCode") || record.has("errorMessage") {
        ExportKind::ErrorAnswer
    } else {
        ExportKind::Unknown
    }
}

/// What an error answer says in words, or which members a value of no known kind has.
fn said(kind: ExportKind, object: &Members<'_>) -> Vec<String> {
    if kind != ExportKind::ErrorAnswer {
        return object.names().take(NAMED_MEMBERS).map(str::to_owned).collect();
    }
    let message = |object: &Members<'_>| {
        ["errorMsg", "errorMessage", "message", "code"].iter().find_map(|name| object.read::<String>(name))
    };
    let nested = || object.read::<Vec<Members<'_>>>("errors").and_then(|errors| errors.first().and_then(message));
    message(object).or_else(nested).into_iter().collect()
}

fn paging(object: &Members<'_>) -> Paging {
    let next = object
        .get("next_url")
        .or_else(|| object.get("next"))
        .is_some_and(|value| !matches!(value.get(), "null" | "\"\""));
    // `metadata.collectionTotal` counts the rows of this answer alone and proves nothing
    // (Key Protect API, header `Key-Total`, as of 2026-08-12).
    let total = object.read("total_count").or_else(|| object.read("rows_count"));
    Paging { has_next: next, total, limit: object.read("limit") }
}
