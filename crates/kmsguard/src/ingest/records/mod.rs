//! The records of exports, one file per kind: typed, borrowed from the bytes. Members that are not used are not read.

mod event;
mod flat_event;
mod instance;
mod key;
mod key_policy;
mod key_ring;
mod migration;
mod nested;
mod reclamation;
mod registration;
mod rule;
mod schematics;
mod tabular;
mod terraform;
mod usage_report;
mod vpc;

pub(crate) use event::{EventRecord, Layout};
pub(crate) use flat_event::FlatCell;
pub(crate) use instance::InstanceRecord;
pub(crate) use key::{KeyRecord, RotationRecord};
pub(crate) use key_policy::{InstancePolicyRecord, KeyPolicyRecord};
pub(crate) use key_ring::{KeyRingRecord, KeyVersionRecord};
pub(crate) use migration::PairRecord;
pub(crate) use reclamation::ReclamationRecord;
pub(crate) use registration::RegistrationRecord;
pub(crate) use rule::Member;
pub(super) use rule::{MEMBERS, is_listed, kind_of_collection, kind_of_record, page_sizes};
pub(crate) use schematics::{SchematicsInstanceRecord, SchematicsSettingsRecord};
pub(super) use tabular::deliver as deliver_table;
pub(crate) use tabular::{Sheet, sheet};
pub(crate) use terraform::{ChangeRecord, StateKeyRecord, StateUseRecord, without_indexes};
pub(crate) use usage_report::{ReportedKeyRecord, ReportedUseRecord};
pub(crate) use vpc::VpcRecord;

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
    /// A deleted service instance.
    Reclamation(ReclamationRecord<'a>),
    /// A policy of a key.
    KeyPolicy(KeyPolicyRecord<'a>),
    /// A policy of a KMS instance.
    InstancePolicy(InstancePolicyRecord<'a>),
    /// A key ring.
    KeyRing(KeyRingRecord<'a>),
    /// A version of a key.
    KeyVersion(KeyVersionRecord<'a>),
    /// The keys of Schematics.
    SchematicsSettings(SchematicsSettingsRecord<'a>),
    /// A KMS instance that Schematics could use.
    SchematicsInstance(SchematicsInstanceRecord<'a>),
    /// A volume, share, image or snapshot.
    Vpc(ExportKind, VpcRecord<'a>),
    /// A key of a report.
    ReportedKey(ReportedKeyRecord<'a>),
    /// A resource that a report names with a key, and the member that names it.
    ReportedUse(ReportedUseRecord<'a>, &'static str),
    /// A key of a state of Terraform.
    StateKey(StateKeyRecord),
    /// A resource of a state that names a key.
    StateUse(StateUseRecord),
    /// A service instance of a state.
    StateInstance(InstanceRecord<'a>),
    /// What a plan is to change.
    Change(Box<ChangeRecord>),
    /// A pair of keys.
    Pair(PairRecord<'a>),
    /// An activity event.
    Event(EventRecord<'a>, Layout),
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
        ExportKind::KmsKeyVersions => Record::KeyVersion(cursor.take()?.0),
        ExportKind::KmsKeyPolicies => Record::KeyPolicy(cursor.take()?.0),
        ExportKind::KmsInstancePolicies => Record::InstancePolicy(cursor.take()?.0),
        ExportKind::KmsKeyRings => Record::KeyRing(cursor.take()?.0),
        ExportKind::IamPolicies | ExportKind::IamPolicyTemplates => Record::Policy(cursor.take()?.0),
        ExportKind::ResourceInstances => Record::Instance(cursor.take()?.0),
        ExportKind::ResourceReclamations => Record::Reclamation(cursor.take()?.0),
        ExportKind::SchematicsSettings => Record::SchematicsSettings(cursor.take()?.0),
        ExportKind::SchematicsInstances => Record::SchematicsInstance(cursor.take()?.0),
        ExportKind::VpcVolumes | ExportKind::VpcShares | ExportKind::VpcImages | ExportKind::VpcSnapshots => {
            Record::Vpc(kind, cursor.take()?.0)
        }
        ExportKind::KeyUsageReport => {
            let value: &RawValue = cursor.take()?.0;
            usage_report::deliver(value, &mut nested::Nest::new(kind, place, value, report, sink));
            return Ok(());
        }
        ExportKind::TerraformPlan | ExportKind::TerraformState => {
            let value: &RawValue = cursor.take()?.0;
            terraform::deliver(value, &mut nested::Nest::new(kind, place, value, report, sink));
            return Ok(());
        }
        ExportKind::ActivityEvents => {
            match deliver_event(kind, place, cursor.take()?.0, sink) {
                Ok(()) => report.read(),
                Err(fault) => report.lost(fault, place),
            }
            return Ok(());
        }
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

fn deliver_event(kind: ExportKind, place: Place, record: &RawValue, sink: &mut dyn Sink) -> Result<(), FaultKind> {
    let (event, layout) = event::unwrap(record);
    match serde_json::from_str(event.get()) {
        Ok(event) => sink.take(place, &Record::Event(event, layout)),
        Err(error) => Err(FaultKind::Record { kind, why: why(&error) }),
    }
}

/// Whether a text is the CRN of a key.
fn is_key_crn(text: &str) -> bool {
    crate::crn::parse(text).is_ok_and(|crn| crn.kind() == crate::crn::Kind::KmsKey)
}

/// Why a record is none. serde_json ends its texts with a place inside the record, which would mislead beside the place in the file.
fn why(error: &serde_json::Error) -> String {
    let why = error.to_string();
    why.split(" at line ").next().unwrap_or(&why).to_owned()
}
