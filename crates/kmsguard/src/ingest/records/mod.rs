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

use serde_json::value::RawValue;

use super::cursor::{Cursor, Taken};
use super::fault::FaultKind;
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

/// Hands the record at the cursor to the sink, and says in the report what came of it.
pub(super) fn deliver(
    kind: ExportKind,
    place: Place,
    cursor: &mut Cursor<'_>,
    report: &mut FileReport,
    sink: &mut dyn Sink,
) -> Taken<()> {
    let record = match kind {
        ExportKind::KmsKeys => Record::Key(cursor.take()?.0),
        ExportKind::KmsRegistrations => Record::Registration(cursor.take()?.0),
        ExportKind::IamPolicies => Record::Policy(cursor.take()?.0),
        ExportKind::ResourceInstances => Record::Instance(cursor.take()?.0),
        _ => return cursor.take::<&RawValue>().map(drop),
    };
    match sink.take(place, &record) {
        Ok(()) => report.read(),
        // A registration of something that has no CRN is still one; any other record is lost to its list.
        Err(fault @ FaultKind::RecordCrn { .. }) if kind == ExportKind::KmsRegistrations => {
            report.read();
            report.fault(fault, Some(place));
        }
        Err(fault) => report.lost(fault, place),
    }
    Ok(())
}
