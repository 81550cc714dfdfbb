//! Bytes to records: what kind of export a file is, the records it holds, and what could not be read.
//!
//! A reader borrows from the bytes and hands each record to a [`Sink`]; nothing borrowed leaves this module. One record
//! that cannot be read costs one fault, and every other record is still read.

mod document;
mod fault;
mod input;
mod kind;
mod manifest;
mod read;
mod recognise;
mod records;
#[cfg_attr(not(test), expect(dead_code, reason = "for the kinds that are tables"))]
mod table;

pub(crate) use document::members;
pub(crate) use fault::Fault;
pub use fault::FaultKind;
pub use input::{Input, Unread};
pub use kind::ExportKind;
pub(crate) use manifest::{Call, calls};
pub(crate) use read::{FileReport, Place, Sink, pointer_of, read};
pub(crate) use records::{InstanceRecord, KeyRecord, Record, RegistrationRecord};
