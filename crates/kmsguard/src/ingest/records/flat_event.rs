//! Activity events as rows of cells: `process-at` of the Key Usage Reporter writes them so.
//!
//! Source: Key Protect docs, *Using the Key Usage Reporter (KUR) tool*, section on processing activity tracking logs, as of 2026-09-15.
//! A row names the key by its service, region, account, KMS instance and id; of whom the event is about beside the key nothing is
//! left but who initiated it. The summaries have the same columns without the time, and counts: of them no state of a key follows.

use super::Record;
use super::event::{EventRecord, Layout, Party};
use crate::crn::{Crn, Scope, ScopeType};
use crate::ingest::document::Text;
use crate::ingest::fault::FaultKind;
use crate::ingest::kind::ExportKind;
use crate::ingest::read::{Place, Sink};
use crate::ingest::table::Row;

/// The columns of a table of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FlatColumns {
    service: usize,
    region: usize,
    account: usize,
    instance: usize,
    key: usize,
    action: usize,
    outcome: Option<usize>,
    initiator: Option<usize>,
    time: Option<usize>,
}

/// What stands in a column of a table of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FlatCell {
    /// The account of the key.
    Account,
    /// Who did it.
    Initiator,
    /// Something else that is read: the key, what was done, when.
    Read,
    /// Nothing that is read.
    Other,
}

impl FlatColumns {
    /// What stands in a column.
    pub(crate) fn cell(self, column: usize) -> FlatCell {
        let Self { service, region, account, instance, key, action, outcome, initiator, time } = self;
        let read = [Some(service), Some(region), Some(instance), Some(key), Some(action), outcome, time];
        match Some(column) {
            found if found == Some(account) => FlatCell::Account,
            found if found == initiator => FlatCell::Initiator,
            found if read.contains(&found) => FlatCell::Read,
            _ => FlatCell::Other,
        }
    }

    /// The columns by their heading; none if it is not one of such a table.
    pub(super) fn of(heading: &Row) -> Option<Self> {
        let column = |name: &str| heading.cells().position(|cell| cell.trim() == name);
        Some(Self {
            service: column("serviceName")?,
            region: column("region")?,
            account: column("accountId")?,
            instance: column("instanceId")?,
            key: column("keyId")?,
            action: column("action")?,
            outcome: column("outcome"),
            initiator: column("initiatorId"),
            time: column("eventTime"),
        })
    }

    /// Hands on the event of a row. One that is about no key is read and says nothing.
    pub(super) fn deliver(
        self,
        kind: ExportKind,
        row: &Row,
        place: Place,
        sink: &mut dyn Sink,
    ) -> Result<(), FaultKind> {
        let cell = |column: usize| row.cell(column).unwrap_or_default().trim();
        let optional = |column: Option<usize>| column.map(cell).filter(|text| !text.is_empty());
        if cell(self.action).is_empty() {
            return Err(FaultKind::Record { kind, why: "a row has no `action`".to_owned() });
        }
        let key = Crn {
            version: "v1",
            cname: "bluemix",
            ctype: "public",
            service_name: cell(self.service),
            location: cell(self.region),
            scope: Some(Scope { kind: ScopeType::Account, id: cell(self.account) }),
            service_instance: cell(self.instance),
            resource_type: "key",
            resource: cell(self.key),
        };
        let key = key.to_string();
        let text = |text: &'_ str| Text(text.to_owned().into());
        let event = EventRecord {
            action: text(cell(self.action)),
            event_time: optional(self.time).map(text),
            outcome: optional(self.outcome).map(text),
            initiator: optional(self.initiator).map(|id| Party { id: Some(text(id)) }),
            target: Some(Party { id: Some(text(&key)) }),
            request_data: None,
            response_data: None,
        };
        sink.take(place, &Record::Event(event, Layout::Text))
    }
}
