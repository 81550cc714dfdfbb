//! The operation `snapshot`: exports packed into one file.

use serde::Deserialize;

use super::{Answer, Outcome};
use crate::ingest::Snapshot;
use crate::inventory::Inventory;
use crate::snapshot;

/// How exports are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SnapshotRequest {
    /// Replaces the names of accounts, users and resources by pseudonyms.
    #[serde(default)]
    pub redact: bool,
}

/// A snapshot is made of whatever was read.
impl Answer for Snapshot {
    fn outcome(&self) -> Outcome {
        if self.inputs.is_empty() { Outcome::Empty } else { Outcome::Fine }
    }
}

impl Inventory {
    /// The exports in one file: read in place of them it gives the same answers, byte for byte. Secrets in them are written over.
    ///
    /// ```
    /// use kmsguard::api::{Input, Inventory, InventoryRequest, SnapshotRequest, to_json};
    ///
    /// let exports = Inventory::read(vec![Input::found("a/list.json", "[]")]);
    /// let snapshot = to_json(&exports.snapshot(&SnapshotRequest::default()));
    /// let read = Inventory::read(vec![Input::named("a.snapshot", snapshot)]);
    /// let request = InventoryRequest { now: "2026-11-21T12:00:00Z".parse()?, keep_going: false };
    /// assert_eq!(to_json(&read.inventory(&request)), to_json(&exports.inventory(&request)));
    /// # Ok::<(), kmsguard::api::NowError>(())
    /// ```
    #[must_use]
    pub fn snapshot(&self, request: &SnapshotRequest) -> Snapshot {
        snapshot::snapshot(self, request.redact)
    }
}
