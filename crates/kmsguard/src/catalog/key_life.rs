//! How long things take in the life of a key, and of the deployments that hang on it.

use super::Source;

/// A span of time that a page states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its length.
    pub seconds: i64,
    /// Where it was read.
    pub source: Source,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
/// The seconds of a day.
pub const DAY: i64 = 24 * HOUR;

/// The page that says what becomes of a deleted key.
pub const DELETING: Source = Source {
    title: "Key Protect: About deleting and purging keys",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-delete-purge-keys",
    as_of: "2026-08-12",
};
/// The page that says how a deleted key is restored.
pub const RESTORING: Source = Source {
    title: "Key Protect: Restoring keys",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-restore-keys",
    as_of: "2026-06-24",
};
/// The page that says how a key is disabled, and enabled again.
pub const DISABLING: Source = Source {
    title: "Key Protect: Disabling and enabling root keys",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-disable-keys",
    as_of: "2026-06-24",
};
/// The page that says how a key is rotated.
pub const ROTATING: Source = Source {
    title: "Key Protect: Manually rotating keys",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-rotate-keys",
    as_of: "2026-06-24",
};
/// The page that says in which state a key takes which action.
pub const KEY_STATES: Source = Source {
    title: "Key Protect: Monitoring the lifecycle of encryption keys",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-key-states",
    as_of: "2026-08-12",
};
const NOTICE: Source = Source {
    title: "Key Protect: Activity tracking events",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-at-events",
    as_of: "2026-08-12",
};
const OBJECT_STORAGE: Source = Source {
    title: "Cloud Object Storage: Managing encryption with Key Protect",
    url: "https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-kp",
    as_of: "2026-08-07",
};

/// The page that says how two people delete a key.
pub const DUAL_AUTHORIZATION: Source = Source {
    title: "Key Protect: Deleting keys by using dual authorization",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-delete-dual-auth-keys",
    as_of: "2026-08-12",
};

/// How long what the first of two people said holds.
pub const DUAL_AUTHORIZATION_LAPSES: Span = Span { seconds: 7 * DAY, source: DUAL_AUTHORIZATION };

/// The page that says which registrations hold a key.
pub const REGISTRATIONS: Source = Source {
    title: "Key Protect: Viewing associations between root keys and encrypted resources",
    url: "https://cloud.ibm.com/docs/key-protect?topic=key-protect-view-protected-resources",
    as_of: "2026-08-12",
};

/// How long a deleted deployment can be had back.
pub const RECLAMATION: Source = Source {
    title: "Cloud Databases: Deprovisioning",
    url: "https://cloud.ibm.com/docs/cloud-databases?topic=cloud-databases-deprovisioning",
    as_of: "2026-07-31",
};

/// For so long a deleted instance is kept, and can be had back.
pub const RECLAIMED: Span = Span { seconds: 3 * DAY, source: RECLAMATION };
/// From then on a deleted key can be restored.
pub const RESTORABLE_FROM: Span = Span { seconds: 30, source: RESTORING };
/// Until then a deleted key can be restored, if it does not expire before.
pub const RESTORABLE_UNTIL: Span = Span { seconds: 30 * DAY, source: RESTORING };
/// From then on a disabled key can be enabled again.
pub const ENABLED_FROM: Span = Span { seconds: 30, source: DISABLING };
/// A key can be rotated by hand once in that time.
pub const ROTATED_AGAIN: Span = Span { seconds: HOUR, source: ROTATING };
/// By then Object Storage has taken notice.
pub const OBJECT_STORAGE_NOTICE: Span = Span { seconds: 90, source: OBJECT_STORAGE };
/// By then every service has taken notice.
pub const SERVICE_NOTICE: Span = Span { seconds: 4 * HOUR, source: NOTICE };
/// From then on whoever has the role `KeyPurge` can end a deleted key for good.
pub const PURGEABLE_FROM: Span = Span { seconds: 4 * HOUR, source: DELETING };
/// At that time or later a deleted key is gone.
pub const PURGED: Span = Span { seconds: 90 * DAY, source: DELETING };
/// For so long a deleted deployment may stay registered with its key.
pub const REGISTERED_AFTER_DELETION: Span = Span {
    seconds: 9 * DAY,
    source: Source {
        title: "Event Streams (Gen 2): Key Protect integration",
        url: "https://cloud.ibm.com/docs/EventStreams-gen2?topic=EventStreams-gen2-key-protect",
        as_of: "2026-02-26",
    },
};
