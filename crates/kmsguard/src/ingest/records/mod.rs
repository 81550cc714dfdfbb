//! The records of exports, one file per kind: typed, borrowed from the bytes. Members that are not used are not read.

mod instance;
mod key;
mod registration;
mod rule;

pub(crate) use instance::InstanceRecord;
pub(crate) use key::KeyRecord;
pub(crate) use registration::RegistrationRecord;
pub(crate) use rule::Member;
pub(super) use rule::{MEMBERS, kind_of_collection, kind_of_record, page_sizes};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::fault::{Fault, FaultKind};
use super::kind::ExportKind;
use super::read::{FileReport, Place, Sink};

/// A record of an export.
#[derive(Debug)]
pub(crate) enum Record<'a> {
    /// A key.
    Key(KeyRecord<'a>),
    /// A registration of a key.
    Registration(RegistrationRecord<'a>),
    /// A policy of IAM, as text.
    Policy(&'a RawValue),
    /// A service instance.
    Instance(InstanceRecord<'a>),
}

/// Hands one record of a list to the sink, and says in the report what came of it.
pub(super) fn deliver(kind: ExportKind, place: Place, record: &RawValue, report: &mut FileReport, sink: &mut dyn Sink) {
    let typed = match typed(kind, record) {
        Ok(Some(typed)) => typed,
        Ok(None) => return,
        Err(fault) => return lost(report, fault, place),
    };
    match sink.take(place, &typed) {
        Ok(()) => report.records += 1,
        // A registration of something that has no CRN is still one; any other record is lost to its list.
        Err(fault @ FaultKind::RecordCrn { .. }) if kind == ExportKind::KmsRegistrations => {
            report.records += 1;
            report.faults.push(Fault { kind: fault, place: Some(place) });
        }
        Err(fault) => lost(report, fault, place),
    }
}

fn lost(report: &mut FileReport, fault: FaultKind, place: Place) {
    if report.complete.is_none() {
        report.notes.push("a record could not be read, so the list is not whole".to_owned());
    }
    report.complete = Some(false);
    report.faults.push(Fault { kind: fault, place: Some(place) });
}

fn typed(kind: ExportKind, record: &RawValue) -> Result<Option<Record<'_>>, FaultKind> {
    Ok(Some(match kind {
        ExportKind::KmsKeys => Record::Key(read(kind, record)?),
        ExportKind::KmsRegistrations => Record::Registration(read(kind, record)?),
        ExportKind::IamPolicies => Record::Policy(record),
        ExportKind::ResourceInstances => Record::Instance(read(kind, record)?),
        _ => return Ok(None),
    }))
}

fn read<'a, T: Deserialize<'a>>(kind: ExportKind, record: &'a RawValue) -> Result<T, FaultKind> {
    serde_json::from_str(record.get()).map_err(|error| {
        // serde_json ends its texts with a place inside the record, which would mislead beside the place in the file.
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or(&why).to_owned();
        FaultKind::Record { kind, why }
    })
}
