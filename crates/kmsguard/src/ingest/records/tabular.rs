//! Exports that are tables: pairs of keys, and activity events as Cloud Logs or the Key Usage Reporter writes them.

use super::event::{EventRecord, Layout};
use super::flat_event::FlatColumns;
use super::migration::Columns;
use super::{Record, is_key_crn, why};
use crate::ingest::fault::FaultKind;
use crate::ingest::kind::ExportKind;
use crate::ingest::read::{FileReport, List, Place, Sink, to_u32};
use crate::ingest::table::{Row, Separator, rows};

/// A table of a known kind.
enum Table {
    /// Pairs of keys, with their columns.
    Pairs(Columns),
    /// Events, each the text of the column of that number.
    Events(usize),
    /// Events, each a row of cells.
    FlatEvents(FlatColumns),
}

/// How a table of a known kind is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) separator: Separator,
    pub(crate) has_heading: bool,
    /// The column that holds the events; none where the rows are pairs of keys, or events themselves.
    pub(crate) events: Option<usize>,
    /// The columns of events that are rows themselves.
    pub(crate) flat: Option<FlatColumns>,
}

/// The layout of a text, if it is a table that is read.
pub(crate) fn sheet(text: &str) -> Option<Sheet> {
    let (separator, table, has_heading) = recognise(text)?;
    let (events, flat) = match table {
        Table::Pairs(_) => (None, None),
        Table::Events(column) => (Some(column), None),
        Table::FlatEvents(columns) => (None, Some(columns)),
    };
    Some(Sheet { separator, has_heading, events, flat })
}

/// Reads a text as a table, if its first rows are those of one that is known.
pub(in crate::ingest) fn deliver(
    input: u32,
    base: usize,
    text: &str,
    report: &mut FileReport,
    sink: &mut dyn Sink,
) -> bool {
    let Some((separator, table, has_heading)) = recognise(text) else { return false };
    report.kind = match table {
        Table::Pairs(_) => ExportKind::MigrationPairs,
        Table::Events(_) | Table::FlatEvents(_) => ExportKind::ActivityEvents,
    };
    for (number, row) in (0_u32..).zip(rows(text, separator).skip(usize::from(has_heading))) {
        let place =
            |offset: usize| Place { input, document: 0, row: number, offset: to_u32(base + offset), list: List::Bare };
        match row {
            Ok(row) => of_row(&table, place(row.offset), &row, report, sink),
            Err(large) => {
                let why = "a cell is too long, or a quotation mark is not closed".to_owned();
                report.lost(FaultKind::Record { kind: report.kind, why }, place(large.offset));
            }
        }
    }
    true
}

/// What the first row tells: a pair of keys by itself, a heading above one, or a heading with the column of the events.
fn recognise(text: &str) -> Option<(Separator, Table, bool)> {
    let mut commas = rows(text, Separator::Comma).take(2).filter_map(Result::ok);
    let (first, second) = (commas.next(), commas.next());
    if let Some(first) = first {
        if let Some(columns) = FlatColumns::of(&first) {
            return Some((Separator::Comma, Table::FlatEvents(columns), true));
        }
        if is_pair(&first) {
            return Some((Separator::Comma, Table::Pairs(Columns::default()), false));
        }
        if second.as_ref().is_some_and(is_pair) {
            return Some((Separator::Comma, Table::Pairs(Columns::of(&first)), true));
        }
    }
    let heading = rows(text, Separator::Tab).next()?.ok().filter(|heading| heading.len() > 1)?;
    let column = heading.cells().position(|cell| cell.trim() == "text")?;
    Some((Separator::Tab, Table::Events(column), true))
}

/// Whether a row pairs two keys, or is to: the second may still have to be filled in.
fn is_pair(row: &Row) -> bool {
    let mut cells = row.cells().map(str::trim);
    let (Some(source), Some(target)) = (cells.next(), cells.next()) else { return false };
    is_key_crn(source) && (is_key_crn(target) || (target.is_empty() && source.contains(":hs-crypto:")))
}

fn of_row(table: &Table, place: Place, row: &Row, report: &mut FileReport, sink: &mut dyn Sink) {
    let kind = report.kind;
    let taken = match table {
        Table::Pairs(columns) => match columns.pair(row) {
            // The other key is still to be filled in: the row says nothing yet.
            Some(pair) if pair.target.is_empty() => Ok(()),
            Some(pair) => sink.take(place, &Record::Pair(pair)),
            None => Err(FaultKind::Record { kind, why: "a row has fewer than two cells".to_owned() }),
        },
        Table::Events(column) => event(kind, row.cell(*column).unwrap_or_default(), place, sink),
        Table::FlatEvents(columns) => columns.deliver(kind, row, place, sink),
    };
    match taken {
        Ok(()) => report.read(),
        Err(fault) => report.lost(fault, place),
    }
}

/// Hands on the event that is written as a text.
fn event(kind: ExportKind, text: &str, place: Place, sink: &mut dyn Sink) -> Result<(), FaultKind> {
    match serde_json::from_str::<EventRecord<'_>>(text) {
        Ok(event) => sink.take(place, &Record::Event(event, Layout::Text)),
        Err(error) => Err(FaultKind::Record { kind, why: why(&error) }),
    }
}
