//! When what happens to a deleted key.

use super::{Event, EventKind, after};
use crate::catalog::key_life::{
    DELETING, OBJECT_STORAGE_NOTICE, PURGEABLE_FROM, PURGED, RESTORABLE_FROM, RESTORABLE_UNTIL, SERVICE_NOTICE, Span,
};
use crate::impact::affected::Affected;
use crate::inventory::Inventory;
use crate::now::Now;
use crate::order::Arrange as _;

/// When services have taken notice of what was done to a key: Object Storage, where some of the data lies there, and all of them.
pub(in crate::impact) fn noticed(inventory: &Inventory, affected: &[Affected], now: Now, key: &str) -> Vec<Event> {
    let object_storage = affected.iter().any(|row| inventory.text(row.service) == "cloud-object-storage");
    let notice = |span: Span, text: &str| {
        let at = after(now, span)?;
        Some(Event::new(at, EventKind::ServicesNotified, key, text.to_owned(), span.source))
    };
    let first = object_storage.then(|| notice(OBJECT_STORAGE_NOTICE, "Object Storage has taken notice")).flatten();
    let last = notice(SERVICE_NOTICE, "all services have taken notice, at the latest");
    first.into_iter().chain(last).collect()
}

/// In which time a deleted key can be restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::impact) enum Window {
    /// Until then.
    Until(Now),
    /// It is over, or there is none.
    Closed,
    /// When the key expires, or when it was deleted, is not known.
    Unknown,
}

/// A key that is deleted: at which moment, and when it would expire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::impact) struct Deletion {
    /// Not known for a key that is deleted already, where no export says when.
    pub(in crate::impact) at: Option<Now>,
    /// Whether it took place already.
    pub(in crate::impact) done: bool,
    /// The moment at which the key expires.
    pub(in crate::impact) expires: Expiry,
}

/// When a key expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::impact) enum Expiry {
    /// Never.
    Never,
    /// Then.
    At(Now),
    /// The key is in no list that was read.
    Unknown,
}

impl Deletion {
    /// The last moment at which the key can be restored, as far as it is known.
    fn last_restore(self) -> Option<Now> {
        let end = after(self.at?, RESTORABLE_UNTIL)?;
        Some(match self.expires {
            Expiry::At(expiry) => end.min(expiry),
            Expiry::Never | Expiry::Unknown => end,
        })
    }

    /// In which time the key can be restored, asked at a moment.
    pub(in crate::impact) fn window(self, now: Now) -> Window {
        let (Some(at), Some(last)) = (self.at, self.last_restore()) else { return Window::Unknown };
        let first = after(at, RESTORABLE_FROM).unwrap_or(at);
        if last <= first.max(now) {
            Window::Closed
        } else if self.expires == Expiry::Unknown {
            Window::Unknown
        } else {
            Window::Until(last)
        }
    }

    /// What happens to the key that `subject` names, in order. `object_storage`: whether some of the data lies there.
    pub(in crate::impact) fn events(self, now: Now, object_storage: bool, subject: &str) -> Vec<Event> {
        let Some(at) = self.at else { return Vec::new() };
        let event = |at, kind, event: &str, source| Event {
            at,
            kind,
            subject: Some(subject.to_owned()),
            event: event.to_owned(),
            source,
        };
        let deleted = if self.done {
            "the key was deleted: its state is 5, destroyed"
        } else {
            "the key is deleted: its state becomes 5, destroyed, and nothing can be decrypted with it"
        };
        let mut events = vec![event(at, EventKind::KeyDeleted, deleted, DELETING)];
        let mut then = |span: Span, kind, text| {
            if let Some(at) = after(at, span) {
                events.push(event(at, kind, text, span.source));
            }
        };
        let window = self.window(now);
        if !self.done && window != Window::Closed {
            then(RESTORABLE_FROM, EventKind::RestorableFrom, "from now on the key can be restored");
        }
        if object_storage {
            let text = "Object Storage has taken notice: reads and writes fail";
            then(OBJECT_STORAGE_NOTICE, EventKind::ServicesNotified, text);
        }
        then(SERVICE_NOTICE, EventKind::ServicesNotified, "all services have taken notice, at the latest");
        let purge = "from now on a person with the role KeyPurge can purge the key for good";
        then(PURGEABLE_FROM, EventKind::PurgeableFrom, purge);
        then(PURGED, EventKind::PurgedFrom, "now or later the key is purged: nothing brings it back");
        if let Some(last) = self.last_restore() {
            let text = match (window, self.expires) {
                (Window::Closed, _) if !self.done => "the key has expired: once deleted it cannot be restored",
                (_, Expiry::Unknown) => {
                    "until now at most the key can be restored; earlier if it expires, which is not known"
                }
                (_, Expiry::At(expiry)) if expiry == last => {
                    "the key expires: until now it can be restored, and no longer"
                }
                _ => "until now the key can be restored, and no longer",
            };
            events.push(event(last, EventKind::RestorableUntil, text, RESTORABLE_UNTIL.source));
        }
        events.arrange_by_key(|event| event.at);
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(text: &str) -> Now {
        text.parse().expect("a moment")
    }

    fn deletion(expires: Expiry) -> Deletion {
        Deletion { at: Some(now("2026-11-21T12:00:00Z")), done: false, expires }
    }

    fn shown(events: &[Event]) -> Vec<(String, &str)> {
        events.iter().map(|event| (event.at.to_string(), event.event.as_str())).collect()
    }

    #[test]
    fn a_key_goes_through_thirty_days_and_ninety() {
        let events = deletion(Expiry::Never).events(now("2026-11-21T12:00:00Z"), true, "key");
        let moments: Vec<String> = events.iter().map(|event| event.at.to_string()).collect();
        assert_eq!(
            moments,
            [
                "2026-11-21T12:00:00Z",
                "2026-11-21T12:00:30Z",
                "2026-11-21T12:01:30Z",
                "2026-11-21T16:00:00Z",
                "2026-11-21T16:00:00Z",
                "2026-12-21T12:00:00Z",
                "2027-02-19T12:00:00Z",
            ],
            "{:?}",
            shown(&events)
        );
    }

    #[test]
    fn the_window_ends_with_the_earlier_of_thirty_days_and_the_expiry() {
        let asked = now("2026-11-21T12:00:00Z");
        let until = |text| Window::Until(now(text));
        assert_eq!(deletion(Expiry::Never).window(asked), until("2026-12-21T12:00:00Z"));
        let soon = Expiry::At(now("2026-12-01T00:00:00Z"));
        assert_eq!(deletion(soon).window(asked), until("2026-12-01T00:00:00Z"));
        let late = Expiry::At(now("2027-12-01T00:00:00Z"));
        assert_eq!(deletion(late).window(asked), until("2026-12-21T12:00:00Z"));
        // Restoring is possible from 30 seconds on only.
        let at_once = Expiry::At(now("2026-11-21T12:00:30Z"));
        assert_eq!(deletion(at_once).window(asked), Window::Closed);
        assert_eq!(deletion(Expiry::At(now("2026-01-01T00:00:00Z"))).window(asked), Window::Closed);
        assert_eq!(deletion(Expiry::Unknown).window(asked), Window::Unknown);
    }

    #[test]
    fn a_key_that_is_deleted_already_is_counted_from_its_deletion() {
        let deleted = Deletion { at: Some(now("2026-11-01T00:00:00Z")), done: true, expires: Expiry::Never };
        assert_eq!(deleted.window(now("2026-11-21T12:00:00Z")), Window::Until(now("2026-12-01T00:00:00Z")));
        assert_eq!(deleted.window(now("2026-12-01T00:00:00Z")), Window::Closed);
        let unknown = Deletion { at: None, ..deleted };
        assert_eq!(unknown.window(now("2026-11-21T12:00:00Z")), Window::Unknown);
        assert_eq!(unknown.events(now("2026-11-21T12:00:00Z"), true, "key"), []);
    }

    #[test]
    fn the_last_moment_of_time_is_no_reason_to_fail() {
        let end = now("9999-12-30T00:00:00Z");
        let events = Deletion { at: Some(end), done: false, expires: Expiry::Never }.events(end, true, "key");
        assert!(events.iter().all(|event| event.at >= end));
    }
}
