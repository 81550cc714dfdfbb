//! Reads one input: what was found in it, and where each record stands.

use std::fmt::Write;

use super::cursor::Cursor;
use super::error_answer;
use super::fault::{Fault, FaultKind};
use super::frame::{Opened, looks_like_json};
use super::kind::ExportKind;
use super::manifest::Call;
use super::paging::ListSeen;
use super::records::{Member, Record, deliver_table, is_listed};
use super::walk::Walk;

/// At most so many faults of an input are kept; the others are counted.
const MOST_FAULTS: usize = 1000;

/// Where a record stands: in which list, as which row, at which byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    /// The input, as a number in the order of the inputs.
    pub(crate) input: u32,
    /// The value of the input, from 0; files of one value have one.
    pub(crate) document: u32,
    /// The row in its list.
    pub(crate) row: u32,
    /// The byte at which the record begins.
    pub(crate) offset: u32,
    /// Where the list stands in its value.
    pub(crate) list: List,
}

impl Place {
    /// Whether the record stands deeper in its value than in a list.
    pub(crate) fn is_nested(self) -> bool {
        self.list == List::Nested
    }
}

/// Where the records of a value stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum List {
    /// The value is the record.
    Single,
    /// The value is a list of records.
    Bare,
    /// The records are in the member of that name.
    Member(Member),
    /// The record stands deeper in the value, where the report's `pointers` say at its row.
    Nested,
}

/// Takes the records of the inputs, in their order.
pub(crate) trait Sink {
    /// A record. It may turn out to be unusable: then say why.
    fn take(&mut self, place: Place, record: &Record<'_>) -> Result<(), FaultKind>;
}

/// What was found in one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileReport {
    /// The kind of its records.
    pub(crate) kind: ExportKind,
    /// How many records were read.
    pub(crate) records: u32,
    /// Whether the list is whole: `None` where nothing tells.
    pub(crate) complete: Option<bool>,
    /// What a person should know of it.
    pub(crate) notes: Vec<String>,
    /// What could not be read.
    pub(crate) faults: Vec<Fault>,
    /// Whether the input holds more than one value, as line-delimited JSON does.
    pub(crate) several_documents: bool,
    /// Whether it is one record by itself, not a list.
    pub(crate) single: bool,
    /// What a person should know of it, whatever follows for whether it is whole.
    pub(crate) remarks: Vec<String>,
    /// How many resources it names of which it could not tell the key: each may use any.
    pub(crate) keyless: u32,
    /// JSON pointers of the records that stand deeper in their value than in a list.
    pub(crate) pointers: Vec<Box<str>>,
    /// Its lists, in their order.
    pub(crate) lists: Vec<ListSeen>,
    /// The account that an error answer names.
    pub(crate) account: Option<String>,
    /// The resource group of all its instances, if it is one.
    pub(crate) resource_group: Option<String>,
    /// Something of it could not be read, so no list in it is whole.
    pub(super) spoiled: bool,
}

impl FileReport {
    pub(crate) fn new(kind: ExportKind) -> Self {
        Self {
            kind,
            records: 0,
            complete: None,
            notes: Vec::new(),
            faults: Vec::new(),
            several_documents: false,
            single: false,
            remarks: Vec::new(),
            keyless: 0,
            pointers: Vec::new(),
            lists: Vec::new(),
            account: None,
            resource_group: None,
            spoiled: false,
        }
    }

    /// Counts a record that was read.
    pub(super) fn read(&mut self) {
        self.records = self.records.saturating_add(1);
    }

    /// Notes something that is wrong.
    pub(super) fn fault(&mut self, kind: FaultKind, place: Option<Place>) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault { kind, place });
        } else if let Some(Fault { kind: FaultKind::MoreFaults { number }, .. }) = self.faults.last_mut() {
            *number = number.saturating_add(1);
        } else {
            self.faults.push(Fault { kind: FaultKind::MoreFaults { number: 1 }, place: None });
        }
    }

    /// Notes that a record is lost to its list.
    pub(super) fn lost(&mut self, kind: FaultKind, place: Place) {
        self.spoiled = true;
        self.fault(kind, Some(place));
    }

    /// Notes that the input says of itself that it is not whole.
    pub(super) fn unfinish(&mut self) {
        self.spoiled = true;
    }

    /// Notes that the text stops being JSON.
    pub(super) fn broken(&mut self, kind: FaultKind) {
        self.spoiled = true;
        self.fault(kind, None);
    }

    /// Notes that this is an error answer.
    pub(super) fn error_answer(&mut self, said: error_answer::Said, place: Option<Place>) {
        self.spoiled = true;
        self.account = self.account.take().or(said.account);
        self.fault(FaultKind::ErrorAnswer { said: said.message, mend: said.mend }, place);
    }

    /// Says whether the input is whole, by its lists and by the manifest.
    ///
    /// Once when the input is read, and again when more is known: which lists are pages of one, and of which resource groups.
    pub(crate) fn settle(&mut self, call: Option<&Call>) {
        if self.kind == ExportKind::Other && call.is_none() {
            return;
        }
        self.notes.clear();
        let all = |complete| self.lists.iter().all(|list| list.complete == complete) && !self.lists.is_empty();
        self.complete = if self.spoiled || self.lists.iter().any(|list| list.complete == Some(false)) {
            Some(false)
        } else {
            all(Some(true)).then_some(true)
        };
        if self.spoiled && !self.lists.is_empty() {
            self.notes.push("a record could not be read, so the list is not whole".to_owned());
        }
        for note in self.lists.iter().filter_map(|list| list.note.as_ref()) {
            if !self.notes.contains(note) {
                self.notes.push(note.clone());
            }
        }
        if self.single && self.complete.is_none() && is_listed(self.kind) {
            self.notes.push("this is one record, not a list".to_owned());
        }
        self.notes.extend(self.remarks.iter().cloned());
        let by_manifest = call.is_some_and(|call| call.judge(self));
        if let Some(group) = self.resource_group.as_ref().filter(|_| !self.single && !by_manifest) {
            self.notes.push(format!(
                "all its instances are in one resource group, `{}`: a list may be of the targeted group alone",
                super::fault::echo(group)
            ));
            self.complete = self.complete.filter(|whole| !whole);
        }
    }
}

/// Reads one input into a sink. A manifest may say of which call the input is the answer.
pub(crate) fn read(number: u32, opened: &Opened, call: Option<&Call>, sink: &mut dyn Sink) -> FileReport {
    let mut report = values(number, opened, sink);
    if let Some(call) = call {
        call.name(&mut report);
    }
    report.settle(call);
    report
}

fn values(number: u32, opened: &Opened, sink: &mut dyn Sink) -> FileReport {
    let mut report = FileReport::new(ExportKind::Other);
    if let Some(fault) = &opened.fault {
        report.fault(fault.clone(), None);
        return report;
    }
    let text = opened.text.strip_prefix('\u{feff}').unwrap_or(&opened.text);
    if looks_like_json(text.as_bytes()) {
        let cursor = Cursor::new(&opened.text, opened.text.len() - text.len());
        Walk::new(cursor, (number, opened.named), &mut report, sink).all();
    } else if !opened.is_binary && !deliver_table(number, opened.text.len() - text.len(), text, &mut report, sink) {
        not_json(opened, text, &mut report);
    }
    report
}

fn not_json(opened: &Opened, text: &str, report: &mut FileReport) {
    if let Some(said) = error_answer::of_text(text) {
        report.kind = ExportKind::ErrorAnswer;
        report.error_answer(said, None);
    } else if opened.named {
        report.fault(FaultKind::NotJson, None);
    } else if text.trim_start().is_empty() {
        report.notes.push("the file is empty".to_owned());
    }
}

/// The JSON pointer to a record. Of an input with several values, the pointer begins with the number of the value, as if
/// the values were one list.
pub(crate) fn pointer_of(place: Place, report: &FileReport) -> String {
    let mut pointer = String::with_capacity(LONG_POINTER);
    if report.several_documents {
        push_step(&mut pointer, place.document);
    }
    match place.list {
        List::Single => {}
        List::Nested => pointer.push_str(report.pointers.get(place.row as usize).map_or("", |pointer| &**pointer)),
        List::Bare => push_step(&mut pointer, place.row),
        List::Member(member) => {
            pointer.push('/');
            pointer.push_str(member.name());
            push_step(&mut pointer, place.row);
        }
    }
    pointer
}

/// Most pointers to a member of a record are no longer than this.
const LONG_POINTER: usize = 48;

fn push_step(pointer: &mut String, number: u32) {
    // Writing to a text cannot fail.
    let _ = write!(pointer, "/{number}");
}

/// The JSON pointer to a record inside its value.
pub(super) fn prefix_of(place: Place) -> String {
    match place.list {
        List::Single | List::Nested => String::new(),
        List::Bare => format!("/{}", place.row),
        List::Member(member) => format!("/{}/{}", member.name(), place.row),
    }
}

/// A place in a text, which has fewer than 2^32 bytes.
pub(super) fn to_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
