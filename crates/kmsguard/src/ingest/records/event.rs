//! Activity events: who did what with a key.
//!
//! Sources: Key Protect docs, *Activity tracking events* (names, old and new), as of 2026-08-12, and *Monitoring crypto-shredding* and VPC
//! docs, *Managing encryption* (whole events), as of 2026-08-21; Key Protect docs, *Using the Key Usage Reporter (KUR) tool* (the table of
//! Cloud Logs), as of 2026-09-15. Offsets of times may lack their colon: `2020-06-22T15:36:16.7+0000`.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::ingest::document::{Members, Text, members};

/// An event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventRecord<'a> {
    #[serde(borrow)]
    pub(crate) action: Text<'a>,
    #[serde(borrow)]
    pub(crate) event_time: Option<Text<'a>>,
    /// `success`, `failure` and others.
    #[serde(borrow)]
    pub(crate) outcome: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) initiator: Option<Party<'a>>,
    #[serde(borrow)]
    pub(crate) target: Option<Party<'a>>,
    #[serde(borrow)]
    pub(crate) request_data: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(crate) response_data: Option<&'a RawValue>,
}

/// Who did it, or to what it was done.
#[derive(Debug, Deserialize)]
pub(crate) struct Party<'a> {
    #[serde(borrow)]
    pub(crate) id: Option<Text<'a>>,
}

impl EventRecord<'_> {
    /// The resource that the event is about, where it names one beside the key.
    pub(crate) fn resource(&self) -> Option<(String, bool)> {
        let of = |data: Option<&RawValue>| {
            let data = members(data?)?;
            ["resourceCRN", "resourceCrn"].iter().find_map(|name| data.read::<String>(name))
        };
        let response = of(self.response_data).map(|resource| (resource, true));
        response.or_else(|| of(self.request_data).map(|resource| (resource, false)))
    }

    /// The state of the key after what was done, where the event says so.
    pub(crate) fn key_state(&self) -> Option<u8> {
        members(self.response_data?)?.read("keyState")
    }
}

/// How an event is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// By itself.
    Plain,
    /// In `payload`.
    Payload,
    /// In a cell of a table.
    Text,
}

/// Whether the members are those of an event, or of something that wraps one.
pub(super) fn is_event(record: &Members<'_>) -> bool {
    let plain = |record: &Members<'_>| {
        record.has("action") && record.has("eventTime") && (record.has("target") || record.has("initiator"))
    };
    plain(record) || record.get("payload").and_then(members).is_some_and(|payload| plain(&payload))
}

/// The event of a record, and how it is laid out.
pub(super) fn unwrap(record: &RawValue) -> (&RawValue, Layout) {
    let payload = members(record).filter(|object| !object.has("action")).and_then(|object| object.get("payload"));
    payload.map_or((record, Layout::Plain), |payload| (payload, Layout::Payload))
}
