//! What a JSON value is: a list or an answer of some kind, recognised by its content and never by its file's name.

use serde_json::value::RawValue;

use super::document::{Members, members};
use super::kind::ExportKind;
use super::read::List;
use super::records::{MEMBERS, kind_of_collection, kind_of_record};

/// A value that was recognised: its kind and its records.
#[derive(Debug)]
pub(super) struct Recognised<'a> {
    pub(super) kind: ExportKind,
    /// The records.
    pub(super) records: Vec<&'a RawValue>,
    /// Where the records stand.
    pub(super) list: List,
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
    fn list(kind: ExportKind, records: Vec<&'a RawValue>, list: List, paging: Paging) -> Self {
        Self { kind, records, list, single: false, paging, said: Vec::new() }
    }

    fn none(kind: ExportKind, said: Vec<String>) -> Self {
        Self { kind, records: Vec::new(), list: List::Single, single: false, paging: Paging::default(), said }
    }
}

/// At most this many members are named of a value of no known kind.
const NAMED_MEMBERS: usize = 6;

/// Recognises a value.
pub(super) fn recognise(value: &RawValue) -> Recognised<'_> {
    if let Ok(records) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
        let kind = kind_of_list(&records);
        return if kind.is_export() || kind == ExportKind::EmptyList {
            Recognised::list(kind, records, List::Bare, Paging::default())
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
            ..Recognised::list(ExportKind::IamPolicies, vec![value], List::Single, Paging::default())
        };
    }
    for member in MEMBERS {
        let Some(records) = object.read::<Vec<&RawValue>>(member.name()) else { continue };
        let collection = object.read::<Members<'_>>("metadata").and_then(|metadata| metadata.read("collectionType"));
        let kind = collection.as_ref().and_then(|collection: &String| kind_of_collection(collection));
        let kind = kind.unwrap_or_else(|| kind_of_list(&records));
        if kind == ExportKind::ErrorAnswer {
            let first = records.first().and_then(|record| members(record)).unwrap_or_default();
            return Recognised::none(kind, said(kind, &first));
        }
        if kind.is_export() || kind == ExportKind::EmptyList {
            return Recognised::list(kind, records, List::Member(*member), paging(&object));
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

fn kind_of_list(records: &[&RawValue]) -> ExportKind {
    let Some(first) = records.first() else { return ExportKind::EmptyList };
    members(first).map_or(ExportKind::Unknown, |record| kind_of_record(&record))
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
