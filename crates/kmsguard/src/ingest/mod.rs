//! Bytes to records: what kind of export a file is, the records it holds, and what could not be read.
//!
//! A file becomes text (`frame`), its values are walked through (`walk`), each record is read as one of its kind (`records`), and
//! what a list says of its pages and a manifest of its call tells whether it is whole (`paging`, `manifest`).
//!
//! A reader borrows from the bytes and hands each record to a [`Sink`]; nothing borrowed leaves this module. One record
//! that cannot be read costs one fault, and every other record is still read.

mod cursor;
mod document;
mod error_answer;
mod fault;
mod frame;
mod input;
mod kind;
mod manifest;
#[cfg(feature = "schema")]
mod manifest_document;
mod paging;
mod read;
mod records;
mod snapshot;
mod table;
mod walk;

pub(crate) use document::{member_of, members, repeated};
pub use error_answer::Mend;
pub(crate) use error_answer::{MESSAGES as ERROR_MESSAGES, without_words as error_without_words};
pub(crate) use fault::Fault;
pub use fault::FaultKind;
pub(crate) use frame::{Opened, looks_like_json, open};
pub use input::{Input, Unread};
pub use kind::ExportKind;
pub(crate) use manifest::{Call, calls};
#[cfg(feature = "schema")]
pub use manifest_document::{Manifest, ManifestCall};
pub(crate) use paging::{ListSeen, Next, are_whole};
pub(crate) use read::{FileReport, Place, Sink, pointer_of, read};
pub(crate) use records::{
    ChangeRecord, EventRecord, FlatCell, InstancePolicyRecord, InstanceRecord, KeyPolicyRecord, KeyRecord,
    KeyRingRecord, KeyVersionRecord, Layout, PairRecord, ReclamationRecord, Record, RegistrationRecord,
    ReportedKeyRecord, ReportedUseRecord, RotationRecord, SchematicsInstanceRecord, SchematicsSettingsRecord, Sheet,
    StateKeyRecord, StateUseRecord, VpcRecord, sheet, without_indexes,
};
pub(crate) use snapshot::expand;
pub use snapshot::{SNAPSHOT_FORMAT, Snapshot, SnapshotFault, SnapshotInput};
pub(crate) use table::{Row, RowTooLarge, rows};
