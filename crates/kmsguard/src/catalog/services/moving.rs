//! How data gets from a deployment into one that is made anew beside it.

use serde::Serialize;

use super::{Fact, Service, event_streams, object_storage};
use crate::catalog::Source;
use crate::catalog::needs::Generation;

/// How data moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MoveKind {
    /// A backup of the old one is restored when the new one is made.
    Restore,
    /// The service mirrors the old one into the new one.
    Mirror,
    /// The customer copies it.
    Copy,
    /// No page that was read says how.
    Unknown,
}

/// How data moves, and where that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moving {
    /// How.
    pub kind: MoveKind,
    /// What the page says.
    pub because: Fact,
}

static RESTORE: Moving = Moving {
    kind: MoveKind::Restore,
    because: Fact::new(
        "databases-classic.restore",
        "a backup is restored into a new deployment, which may be given another key; the old deployment must stand until that is done, \
         and its backups go with it",
        Source {
            title: "Cloud Databases: Managing backups",
            url: "https://cloud.ibm.com/docs/cloud-databases?topic=cloud-databases-dashboard-backups",
            as_of: "2023-10-04",
        },
    ),
};

static MIRROR: Moving = Moving {
    kind: MoveKind::Mirror,
    because: Fact::new(
        "event-streams-classic.mirroring",
        "two Enterprise clusters can be a mirrored pair; mirroring is asynchronous, and messages may come twice",
        Source {
            title: "Event Streams: Enabling mirroring",
            url: "https://cloud.ibm.com/docs/EventStreams?topic=EventStreams-mirroring_setup",
            as_of: "2026-03-12",
        },
    ),
};

static COPY: Moving = Moving {
    kind: MoveKind::Copy,
    because: Fact::new(
        "object-storage.copy",
        "an object is copied into another bucket by a `PUT` that names it in `x-amz-copy-source`",
        Source {
            title: "Cloud Object Storage: Object operations",
            url: "https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-object-operations",
            as_of: "2017-09-27",
        },
    ),
};

/// How the data of a service moves; none where no page that was read says so.
#[must_use]
pub fn moving(service: &Service) -> Option<&'static Moving> {
    let is_database =
        service.service_name.starts_with("databases-for-") || service.service_name == "messages-for-rabbitmq";
    match service.id {
        id if id == event_streams::CLASSIC.id => Some(&MIRROR),
        id if id == object_storage::BUCKET.id => Some(&COPY),
        _ if is_database && service.generation == Generation::Classic => Some(&RESTORE),
        _ => None,
    }
}
