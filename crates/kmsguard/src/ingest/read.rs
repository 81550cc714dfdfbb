//! Reads one input: its values one after the other, each list record by record.

use serde_json::value::RawValue;

use super::fault::{Fault, FaultKind};
use super::input::Input;
use super::kind::ExportKind;
use super::manifest::Call;
use super::recognise::{Paging, Recognised, recognise};
use super::records::{Member, Record, deliver, page_sizes};

/// Values are read down to this many levels. Real exports need six.
pub(super) const DEEPEST: usize = 128;

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

/// Where the records of a value stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum List {
    /// The value is the record.
    Single,
    /// The value is a list of records.
    Bare,
    /// The records are in the member of that name.
    Member(Member),
    #[expect(dead_code, reason = "for the records of reports and plans")]
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
    /// JSON pointers of the records that stand deeper in their value than in a list.
    pub(crate) pointers: Vec<Box<str>>,
}

impl FileReport {
    fn new(kind: ExportKind) -> Self {
        Self {
            kind,
            records: 0,
            complete: None,
            notes: Vec::new(),
            faults: Vec::new(),
            several_documents: false,
            single: false,
            pointers: Vec::new(),
        }
    }

    fn fault(&mut self, kind: FaultKind, place: Option<Place>) {
        self.faults.push(Fault { kind, place });
    }
}

/// Reads one input into a sink. A manifest may say of which call the input is the answer.
pub(crate) fn read(number: u32, input: &Input, call: Option<&Call>, sink: &mut dyn Sink) -> FileReport {
    let mut report = values(number, input, sink);
    if let Some(call) = call {
        call.judge(&mut report);
    }
    report
}

fn values(number: u32, input: &Input, sink: &mut dyn Sink) -> FileReport {
    let mut report = FileReport::new(ExportKind::Other);
    if let Some(why) = input.unread {
        let fault = FaultKind::Unread(why);
        report.fault(fault, None);
        return report;
    }
    if u32::try_from(input.bytes.len()).is_err() {
        report.fault(FaultKind::TooLarge, None);
        return report;
    }
    let whole = match std::str::from_utf8(&input.bytes) {
        Ok(text) => text,
        Err(error) => {
            if input.named || looks_like_json(&input.bytes) {
                report.fault(FaultKind::NotUtf8 { offset: error.valid_up_to() }, None);
            }
            return report;
        }
    };
    let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let base = whole.len() - text.len();
    if !looks_like_json(text.as_bytes()) {
        not_json(input, text, &mut report);
        return report;
    }
    if let Some(offset) = too_deep(text.as_bytes()) {
        report.kind = ExportKind::Unknown;
        report.fault(FaultKind::TooDeep { line: line_of(text, offset) }, None);
        return report;
    }
    let mut kind = None;
    let mut documents = 0_u32;
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    for value in &mut stream {
        match value {
            Ok(value) => {
                let offset = value.get().as_ptr() as usize - text.as_ptr() as usize + base;
                let place =
                    Place { input: number, document: documents, row: 0, offset: to_u32(offset), list: List::Single };
                let found = recognise(value);
                kind = Some(kind.map_or(found.kind, |kind| if kind == found.kind { kind } else { ExportKind::Mixed }));
                document(value, &found, place, input.named, &mut report, sink);
                documents += 1;
            }
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                let fault =
                    if error.is_eof() { FaultKind::Cut { line } } else { FaultKind::Malformed { line, column } };
                report.complete = Some(false);
                report.fault(fault, None);
                break;
            }
        }
    }
    report.several_documents = documents > 1;
    report.single &= documents == 1;
    report.kind = kind.unwrap_or(ExportKind::Unknown);
    report
}

fn not_json(input: &Input, text: &str, report: &mut FileReport) {
    let start = text.trim_start();
    if start.starts_with("FAILED") || start.starts_with("<!DOCTYPE html") || start.starts_with("<html") {
        report.kind = ExportKind::ErrorAnswer;
        let said = if start.starts_with('<') { "a page for a browser" } else { text.trim() };
        report.fault(FaultKind::ErrorAnswer { said: said.to_owned() }, None);
    } else if input.named {
        report.fault(FaultKind::NotJson, None);
    } else if start.is_empty() {
        report.notes.push("the file is empty".to_owned());
    }
}

fn document(
    value: &RawValue,
    found: &Recognised<'_>,
    place: Place,
    named: bool,
    report: &mut FileReport,
    sink: &mut dyn Sink,
) {
    let here = Some(place);
    match found.kind {
        ExportKind::Unknown => report.fault(FaultKind::UnknownKind { members: found.said.clone(), named }, here),
        ExportKind::ErrorAnswer => {
            report.complete = Some(false);
            let said = found.said.first().cloned().unwrap_or_else(|| "it does not say more".to_owned());
            report.fault(FaultKind::ErrorAnswer { said }, here);
        }
        ExportKind::EmptyList => report.fault(FaultKind::EmptyList, here),
        ExportKind::Manifest => match super::manifest::check(value) {
            Ok(()) => report.records += 1,
            Err(why) => report.fault(FaultKind::Record { kind: ExportKind::Manifest, why }, here),
        },
        _ => {
            for (row, record) in (0_u32..).zip(&found.records) {
                let offset = record.get().as_ptr() as usize - value.get().as_ptr() as usize;
                let offset = place.offset.saturating_add(to_u32(offset));
                deliver(found.kind, Place { row, offset, list: found.list, ..place }, record, report, sink);
            }
            report.single = found.single;
            complete(found, report);
        }
    }
}

fn complete(found: &Recognised<'_>, report: &mut FileReport) {
    let Paging { has_next, total, limit } = found.paging;
    let rows = found.records.len();
    if has_next || total.is_some_and(|total| total > rows as u64) {
        report.complete = Some(false);
        report.notes.push("the list says that it goes on: more pages are missing".to_owned());
    } else if !found.single && (page_sizes(found.kind).contains(&rows) || limit == Some(rows as u64)) {
        report.complete = Some(false);
        report.notes.push(format!("the list has exactly {rows} rows, the size of a page: it was probably cut"));
    } else if found.single && report.complete.is_none() {
        report.notes.push("this is one record, not a list".to_owned());
    }
}

/// The JSON pointer to a record. Of an input with several values, the pointer begins with the number of the value, as if
/// the values were one list.
pub(crate) fn pointer_of(place: Place, report: &FileReport) -> String {
    let document = if report.several_documents { format!("/{}", place.document) } else { String::new() };
    match place.list {
        List::Single => document,
        List::Bare => format!("{document}/{}", place.row),
        List::Member(member) => format!("{document}/{}/{}", member.name(), place.row),
        List::Nested => {
            let nested = report.pointers.get(place.row as usize).map_or("", |pointer| &**pointer);
            format!("{document}{nested}")
        }
    }
}

fn looks_like_json(bytes: &[u8]) -> bool {
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| matches!(byte, b'{' | b'['))
}

/// The byte at which the text is nested too deep, if it is. Brackets in texts do not count.
fn too_deep(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (offset, byte) in bytes.iter().enumerate() {
        if in_text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' | b'[' => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(offset);
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// Inputs of 4 GiB and more were refused before.
fn to_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
