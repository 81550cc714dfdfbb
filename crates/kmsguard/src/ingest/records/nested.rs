//! Records that stand deeper in their value than in a list: those of reports and plans.

use serde_json::value::RawValue;

use super::{Record, why};
use crate::ingest::fault::FaultKind;
use crate::ingest::kind::ExportKind;
use crate::ingest::read::{FileReport, List, Place, Sink, prefix_of, to_u32};

/// Hands on the records inside one value, each with the pointer at which it stands.
pub(super) struct Nest<'r> {
    /// What the value is.
    kind: ExportKind,
    place: Place,
    /// Where the value begins in memory: records are parts of its text.
    start: usize,
    report: &'r mut FileReport,
    sink: &'r mut dyn Sink,
}

impl<'r> Nest<'r> {
    pub(super) fn new(
        kind: ExportKind,
        place: Place,
        value: &RawValue,
        report: &'r mut FileReport,
        sink: &'r mut dyn Sink,
    ) -> Self {
        Self { kind, place, start: value.get().as_ptr() as usize, report, sink }
    }

    pub(super) const fn report(&mut self) -> &mut FileReport {
        self.report
    }

    /// What a person should know of the input.
    pub(super) fn remark(&mut self, remark: String) {
        if !self.report.remarks.contains(&remark) {
            self.report.remarks.push(remark);
        }
    }

    /// Says that the input itself tells that it is not whole.
    pub(super) fn unfinished(&mut self, remark: &str) {
        self.remark(remark.to_owned());
        self.report.unfinish();
    }

    /// Counts a record of which nothing is needed.
    pub(super) fn pass(&mut self) {
        self.report.read();
    }

    /// Hands on a record that is a part of the value, at a pointer below it.
    pub(super) fn put(&mut self, pointer: &str, part: &RawValue, record: &Record<'_>) {
        let place = self.place(pointer, part);
        match self.sink.take(place, record) {
            Ok(()) => self.report.read(),
            // A resource without a CRN may still use the key.
            Err(fault @ FaultKind::RecordCrn { .. })
                if matches!(record, Record::ReportedUse(..) | Record::StateUse(_)) =>
            {
                self.report.read();
                self.report.fault(fault, Some(place));
            }
            Err(fault) => self.report.lost(fault, place),
        }
    }

    /// Says that a part could not be read as a record.
    pub(super) fn lost(&mut self, pointer: &str, part: &RawValue, error: &serde_json::Error) {
        self.refused(pointer, part, FaultKind::Record { kind: self.kind, why: why(error) });
    }

    /// Says what is wrong with a part.
    pub(super) fn refused(&mut self, pointer: &str, part: &RawValue, fault: FaultKind) {
        let place = self.place(pointer, part);
        self.report.lost(fault, place);
    }

    fn place(&mut self, pointer: &str, part: &RawValue) -> Place {
        let inside = (part.get().as_ptr() as usize).saturating_sub(self.start);
        let row = to_u32(self.report.pointers.len());
        self.report.pointers.push(format!("{}{pointer}", prefix_of(self.place)).into_boxed_str());
        Place { row, offset: self.place.offset.saturating_add(to_u32(inside)), list: List::Nested, ..self.place }
    }
}
