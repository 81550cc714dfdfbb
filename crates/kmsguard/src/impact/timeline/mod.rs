//! When what happens: to a key, and to the deployments that are registered with it.

mod key;
mod release;

use serde::Serialize;

use crate::catalog::Source;
use crate::catalog::key_life::Span;
use crate::now::Now;

pub(super) use key::{Deletion, Expiry, Window, noticed};
pub(super) use release::{Holder, HolderState, deletable, last, of_deleted_deployment, safe};

/// Something that happens at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) at: Now,
    pub(crate) kind: EventKind,
    /// The CRN of the key or the deployment it happens to; the id of a key of which no CRN is known.
    pub(crate) subject: Option<String>,
    pub(crate) event: String,
    pub(crate) source: Source,
}

/// What happens at a moment, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EventKind {
    /// A key is deleted, or was.
    KeyDeleted,
    /// From then on a deleted key can be restored.
    RestorableFrom,
    /// Services have taken notice.
    ServicesNotified,
    /// From then on a deleted key can be purged.
    PurgeableFrom,
    /// Until then a deleted key can be restored.
    RestorableUntil,
    /// Then or later a deleted key is gone.
    PurgedFrom,
    /// A deleted deployment is removed for good.
    DeploymentRemoved,
    /// A deleted deployment is no longer registered with its key, at the latest.
    RegistrationEnds,
    /// From then on the key can be deleted without force.
    DeletableWithoutForce,
    /// From then on nothing that is known loses anything by the deletion of the key.
    SafeToDelete,
    /// A key is disabled.
    KeyDisabled,
    /// From then on a disabled key can be enabled.
    EnableableFrom,
    /// A deleted key is restored.
    KeyRestored,
    /// A key is rotated.
    KeyRotated,
    /// From then on a key can be rotated again.
    RotatableFrom,
    /// An authorization is removed.
    PolicyRemoved,
    /// A deployment, or an instance of a KMS, is deleted.
    InstanceDeleted,
    /// What the first of two people said of the deletion of a key holds no longer.
    DeletionAuthorizationLapses,
}

impl Event {
    /// Something that happens to a key, an authorization or an instance.
    pub(super) fn new(at: Now, kind: EventKind, subject: &str, event: String, source: Source) -> Self {
        Self { at, kind, subject: Some(subject.to_owned()), event, source }
    }

    /// The same, after a while.
    pub(super) fn later(from: Now, span: Span, kind: EventKind, subject: &str, event: &str) -> Option<Self> {
        Some(Self::new(after(from, span)?, kind, subject, event.to_owned(), span.source))
    }
}

/// A moment later than another.
pub(super) fn after(moment: Now, span: Span) -> Option<Now> {
    let sum = moment.timestamp().checked_add(jiff::SignedDuration::from_secs(span.seconds)).ok()?;
    Now::from_unix_seconds(sum.as_second()).ok()
}

/// A date of an export, as a moment.
pub(super) fn moment(date: &str) -> Option<Now> {
    date.parse().ok()
}
