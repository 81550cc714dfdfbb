//! The values of an input, one after the other: lists record by record, answers with their members, records by themselves.

use serde_json::value::RawValue;

use super::cursor::{Cursor, NotTaken};
use super::document::{Members, Text, members};
use super::error_answer;
use super::fault::FaultKind;
use super::kind::ExportKind;
use super::manifest;
use super::paging::{ListSeen, Page};
use super::read::{FileReport, List, Place, Sink, to_u32};
use super::records::{self, MEMBERS, kind_of_collection, kind_of_record, page_sizes};

/// So many records of a list are looked at to find its kind: the first ones may be damaged.
const LOOKED_AT: usize = 100;

/// At most this many members are named of a value of no known kind.
const NAMED_MEMBERS: usize = 6;

/// An object may have so many members; a record of an export has a hundred at most.
const MOST_MEMBERS: usize = 10_000;

/// Walks through the values of one input.
pub(super) struct Walk<'a, 'r> {
    pub(super) cursor: Cursor<'a>,
    pub(super) input: u32,
    pub(super) named: bool,
    pub(super) report: &'r mut FileReport,
    pub(super) sink: &'r mut dyn Sink,
    /// The kind of the first list of the value that is being read.
    begun: Option<ExportKind>,
}

/// That the text goes on as something else than JSON; the fault is in the report already, or is this one.
struct Broken(FaultKind);

impl<'a, 'r> Walk<'a, 'r> {
    pub(super) fn new(
        cursor: Cursor<'a>,
        (input, named): (u32, bool),
        report: &'r mut FileReport,
        sink: &'r mut dyn Sink,
    ) -> Self {
        Self { cursor, input, named, report, sink, begun: None }
    }

    /// Reads all values.
    pub(super) fn all(mut self) {
        let (mut kind, mut documents) = (None, 0_u32);
        while self.cursor.peek().is_some() {
            let (start, start_line) = (self.cursor.offset(), self.cursor.line());
            let place =
                Place { input: self.input, document: documents, row: 0, offset: to_u32(start), list: List::Single };
            self.begun = None;
            let found = match self.document(place) {
                Ok(found) => found,
                Err(Broken(fault)) => {
                    // Of lines that are a value each, one that is broken leaves the others readable.
                    let is_line = matches!(fault, FaultKind::Malformed { line, .. } if line == start_line);
                    self.report.broken(fault);
                    // What was read of a list that ends too early is of its kind.
                    kind = together(kind, self.begun.take());
                    if is_line && self.next_line() {
                        continue;
                    }
                    break;
                }
            };
            kind = together(kind, Some(found));
            documents = documents.saturating_add(1);
        }
        self.report.several_documents = documents > 1;
        self.report.single &= documents == 1;
        self.report.kind = kind.unwrap_or(ExportKind::Unknown);
    }

    /// Passes on to the next line, and says whether it begins as a value does.
    fn next_line(&mut self) -> bool {
        self.cursor.pass_line();
        let start = self.cursor.offset();
        matches!(self.cursor.peek(), Some(b'{' | b'[')) && self.cursor.offset() == start
    }

    fn document(&mut self, place: Place) -> Result<ExportKind, Broken> {
        match self.cursor.peek() {
            Some(b'[') => {
                let kind = self.kind_of_list();
                if kind.is_export() {
                    let rows = self.list(kind, Place { list: List::Bare, ..place })?;
                    self.report.lists.push(ListSeen::new(kind, rows, Page::default(), page_sizes(kind)));
                    return Ok(kind);
                }
                let records: Vec<&RawValue> = self.value(place)?.unwrap_or_default();
                if records.is_empty() {
                    self.report.fault(FaultKind::EmptyList, Some(place));
                    return Ok(ExportKind::EmptyList);
                }
                let first = records.first().and_then(|record| members(record)).unwrap_or_default();
                Ok(self.no_export(kind, &first, place))
            }
            Some(b'{') => self.object(place),
            Some(_) if place.document > 0 => Err(Broken(self.cursor.malformed())),
            _ => {
                let _: Option<&RawValue> = self.value(place)?;
                Ok(self.no_export(ExportKind::Unknown, &Members::default(), place))
            }
        }
    }

    /// A value of some type; none, and a fault, where it is of another.
    fn value<T: serde::Deserialize<'a>>(&mut self, place: Place) -> Result<Option<T>, Broken> {
        match self.cursor.take() {
            Ok((value, _)) => Ok(Some(value)),
            Err(NotTaken::Type(_)) => Ok(None),
            Err(NotTaken::Deep(fault)) => {
                self.report.fault(fault, Some(place));
                Ok(None)
            }
            Err(NotTaken::Broken(fault)) => Err(Broken(fault)),
        }
    }

    /// The kind of the list that begins here, by the first record that has one.
    fn kind_of_list(&self) -> ExportKind {
        let mut ahead = self.cursor.clone();
        if !ahead.pass(b'[') || ahead.peek() == Some(b']') {
            return ExportKind::EmptyList;
        }
        let mut first = None;
        for _ in 0..LOOKED_AT {
            let kind = match ahead.take::<Members<'_>>() {
                Ok((record, _)) => kind_of_record(&record),
                Err(NotTaken::Broken(_)) if !ahead.pass_broken() => break,
                Err(_) => ExportKind::Unknown,
            };
            if kind.is_export() {
                return kind;
            }
            first = first.or(Some(kind));
            if !ahead.pass(b',') {
                break;
            }
        }
        first.unwrap_or(ExportKind::Unknown)
    }

    /// Reads the list that begins here, and says how many rows it has.
    fn list(&mut self, kind: ExportKind, place: Place) -> Result<u64, Broken> {
        self.cursor.pass(b'[');
        let mut rows = 0_u32;
        if self.cursor.pass(b']') {
            return Ok(0);
        }
        self.begun = self.begun.or(Some(kind));
        loop {
            self.cursor.peek();
            let place = Place { row: rows, offset: to_u32(self.cursor.offset()), ..place };
            self.record(kind, place)?;
            rows = rows.saturating_add(1);
            if self.cursor.pass(b']') {
                return Ok(u64::from(rows));
            }
            if !self.cursor.pass(b',') {
                return Err(Broken(self.cursor.malformed()));
            }
        }
    }

    /// Reads the record that begins here. What is no JSON is passed over, if its end can be told.
    fn record(&mut self, kind: ExportKind, place: Place) -> Result<(), Broken> {
        let fault = match records::deliver(kind, place, &mut self.cursor, self.report, self.sink) {
            Ok(()) => return Ok(()),
            Err(NotTaken::Type(why)) => FaultKind::Record { kind, why },
            Err(NotTaken::Deep(fault)) => fault,
            Err(NotTaken::Broken(fault)) => {
                if !matches!(fault, FaultKind::Malformed { .. }) || !self.cursor.pass_broken() {
                    return Err(Broken(fault));
                }
                fault
            }
        };
        self.report.lost(fault, place);
        Ok(())
    }

    /// Reads an object: an answer with a list in it, or a record by itself.
    fn object(&mut self, place: Place) -> Result<ExportKind, Broken> {
        let start = self.cursor.clone();
        let mut object = Members::default();
        // The lists of the object whose records have a kind: their names, kinds and numbers of rows.
        let mut lists: Vec<(&str, ExportKind, u64)> = Vec::new();
        let mut deep = false;
        self.cursor.pass(b'{');
        while !self.cursor.pass(b'}') {
            if !object.0.is_empty() || !lists.is_empty() {
                if !self.cursor.pass(b',') {
                    return Err(Broken(self.cursor.malformed()));
                }
                self.cursor.peek();
            }
            let name = match self.cursor.take::<Text<'_>>() {
                Ok((Text(name), _)) => name,
                Err(NotTaken::Broken(fault)) => return Err(Broken(fault)),
                Err(_) => return Err(Broken(self.cursor.malformed())),
            };
            if !self.cursor.pass(b':') {
                return Err(Broken(self.cursor.malformed()));
            }
            let at = self.cursor.peek();
            if object.has(&name) || lists.iter().any(|(list, ..)| *list == name) {
                self.report.fault(FaultKind::MemberTwice { member: name.as_ref().to_owned() }, Some(place));
            }
            let member = MEMBERS.iter().find(|member| member.name() == name).filter(|_| at == Some(b'['));
            let kind = member.map(|_| self.kind_of_list()).filter(|kind| kind.is_export());
            if let (Some(member), Some(kind)) = (member, kind) {
                let rows = self.list(kind, Place { list: List::Member(*member), ..place })?;
                lists.push((member.name(), kind, rows));
                continue;
            }
            match self.cursor.take::<&RawValue>() {
                Ok((value, _)) => object.0.push((name, value)),
                Err(NotTaken::Deep(fault)) => {
                    deep = true;
                    self.report.fault(fault, Some(place));
                }
                Err(NotTaken::Broken(fault)) => return Err(Broken(fault)),
                Err(NotTaken::Type(_)) => return Err(Broken(self.cursor.malformed())),
            }
            if object.0.len() + lists.len() > MOST_MEMBERS {
                return Err(Broken(FaultKind::TooManyMembers));
            }
        }
        if let Some((_, kind, _)) = lists.first().copied() {
            for (_, kind, rows) in lists {
                self.report.lists.push(ListSeen::new(kind, rows, Page::of(&object), page_sizes(kind)));
            }
            return Ok(kind);
        }
        self.whole_object(start, &object, deep, place)
    }

    /// What is no export: an error answer, or a value of no known kind, by its members or those of its first record.
    fn no_export(&mut self, kind: ExportKind, object: &Members<'_>, place: Place) -> ExportKind {
        if kind == ExportKind::ErrorAnswer {
            self.report.error_answer(error_answer::of_object(object), Some(place));
        } else {
            let members = object.names().take(NAMED_MEMBERS).map(str::to_owned).collect();
            self.report.fault(FaultKind::UnknownKind { members, named: self.named }, Some(place));
        }
        kind
    }

    /// An object without a list of records that show their kind.
    fn whole_object(
        &mut self,
        start: Cursor<'a>,
        object: &Members<'a>,
        deep: bool,
        place: Place,
    ) -> Result<ExportKind, Broken> {
        let kind = kind_of_record(object);
        if kind.is_export() {
            let behind = std::mem::replace(&mut self.cursor, start);
            self.record(kind, place)?;
            self.cursor = behind;
            self.report.single = true;
            return Ok(kind);
        }
        if kind == ExportKind::Manifest {
            match manifest::check(self.cursor.since(start.offset())) {
                Ok(()) => self.report.records += 1,
                Err(why) => self.report.fault(FaultKind::Record { kind, why }, Some(place)),
            }
            return Ok(kind);
        }
        let collection = object.read::<Members<'_>>("metadata").and_then(|data| data.read::<String>("collectionType"));
        let collection = collection.and_then(|collection| kind_of_collection(&collection));
        for member in MEMBERS {
            let Some(value) = object.get(member.name()) else { continue };
            let Ok(records) = serde_json::from_str::<Vec<&RawValue>>(value.get()) else { continue };
            let first = records.first().and_then(|record| members(record)).unwrap_or_default();
            match collection.or_else(|| records.is_empty().then_some(ExportKind::EmptyList)) {
                // What the answer says it lists is listed, though no record looks like it.
                Some(kind) if kind.is_export() => {
                    let behind = self.cursor.clone();
                    self.cursor.move_to(value);
                    let rows = self.list(kind, Place { list: List::Member(member), ..place })?;
                    self.cursor = behind;
                    self.report.lists.push(ListSeen::new(kind, rows, Page::of(object), page_sizes(kind)));
                    return Ok(kind);
                }
                Some(ExportKind::EmptyList) => {
                    self.report.fault(FaultKind::EmptyList, Some(place));
                    return Ok(ExportKind::EmptyList);
                }
                Some(kind) => return Ok(self.no_export(kind, &first, place)),
                None if kind_of_record(&first) == ExportKind::ErrorAnswer => {
                    return Ok(self.no_export(ExportKind::ErrorAnswer, &first, place));
                }
                None => {}
            }
        }
        if deep {
            return Ok(ExportKind::Unknown);
        }
        Ok(self.no_export(kind, object, place))
    }
}

/// The kind of values that are of two.
fn together(first: Option<ExportKind>, second: Option<ExportKind>) -> Option<ExportKind> {
    match (first, second) {
        (Some(first), Some(second)) if first != second => Some(ExportKind::Mixed),
        (first, second) => first.or(second),
    }
}
