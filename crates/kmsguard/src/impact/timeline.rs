//! When what happens to a deleted key, and to the deployments that were deleted before it.

use crate::catalog::Source;
use crate::catalog::key_life::{
    DELETING, OBJECT_STORAGE_NOTICE, PURGEABLE_FROM, PURGED, RECLAMATION, REGISTERED_AFTER_DELETION, RESTORABLE_FROM,
    RESTORABLE_UNTIL, SERVICE_NOTICE, Span,
};
use crate::now::Now;

/// Something that happens at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) at: Now,
    pub(crate) event: String,
    pub(crate) source: Source,
}

/// In which time a deleted key can be restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Window {
    /// Until then.
    Until(Now),
    /// It is over, or there is none.
    Closed,
    /// When the key expires, or when it was deleted, is not known.
    Unknown,
}

/// A key that is deleted: at which moment, and when it would expire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deletion {
    /// Not known for a key that is deleted already, where no export says when.
    pub(super) at: Option<Now>,
    /// Whether it took place already.
    pub(super) done: bool,
    /// The moment at which the key expires.
    pub(super) expires: Expiry,
}

/// When a key expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expiry {
    /// Never.
    Never,
    /// Then.
    At(Now),
    /// The key is in no list that was read.
    Unknown,
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
    pub(super) fn window(self, now: Now) -> Window {
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

    /// What happens to the key, in order. `object_storage`: whether some of the data lies there.
    pub(super) fn events(self, now: Now, object_storage: bool) -> Vec<Event> {
        let Some(at) = self.at else { return Vec::new() };
        let mut events = vec![Event {
            at,
            event: if self.done {
                "the key was deleted: its state is 5, destroyed".to_owned()
            } else {
                "the key is deleted: its state becomes 5, destroyed, and nothing can be decrypted with it".to_owned()
            },
            source: DELETING,
        }];
        let mut then = |span: Span, event: String| {
            if let Some(at) = after(at, span) {
                events.push(Event { at, event, source: span.source });
            }
        };
        let window = self.window(now);
        if !self.done && window != Window::Closed {
            then(RESTORABLE_FROM, "from now on the key can be restored".to_owned());
        }
        if object_storage {
            then(OBJECT_STORAGE_NOTICE, "Object Storage has taken notice: reads and writes fail".to_owned());
        }
        then(SERVICE_NOTICE, "all services have taken notice, at the latest".to_owned());
        then(PURGEABLE_FROM, "from now on a person with the role KeyPurge can purge the key for good".to_owned());
        then(PURGED, "now or later the key is purged: nothing brings it back".to_owned());
        if let Some(last) = self.last_restore() {
            let event = match (window, self.expires) {
                (Window::Closed, _) if !self.done => "the key has expired: once deleted it cannot be restored",
                (_, Expiry::Unknown) => {
                    "until now at most the key can be restored; earlier if it expires, which is not known"
                }
                (_, Expiry::At(expiry)) if expiry == last => {
                    "the key expires: until now it can be restored, and no longer"
                }
                _ => "until now the key can be restored, and no longer",
            };
            events.push(Event { at: last, event: event.to_owned(), source: RESTORABLE_UNTIL.source });
        }
        events.sort_by_key(|event| event.at);
        events
    }
}

/// What happens to a deployment that was deleted and is kept for a while.
pub(super) fn of_deleted_deployment(name: &str, deleted: Option<Now>, reclaimed: Option<Now>) -> Vec<Event> {
    let removed = reclaimed.map(|at| Event {
        at,
        event: format!("`{name}`, which was deleted, is removed for good"),
        source: RECLAMATION,
    });
    let freed = deleted.and_then(|deleted| after(deleted, REGISTERED_AFTER_DELETION)).map(|at| Event {
        at,
        event: format!("`{name}` is no longer registered with the key, at the latest"),
        source: REGISTERED_AFTER_DELETION.source,
    });
    removed.into_iter().chain(freed).collect()
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
        let events = deletion(Expiry::Never).events(now("2026-11-21T12:00:00Z"), true);
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
        assert_eq!(unknown.events(now("2026-11-21T12:00:00Z"), true), []);
    }

    #[test]
    fn a_deleted_deployment_is_registered_for_nine_days_at_most() {
        let events =
            of_deleted_deployment("old", moment("2026-11-19T10:31:44.902Z"), moment("2026-11-22T10:31:44.902Z"));
        assert_eq!(
            shown(&events),
            [
                ("2026-11-22T10:31:44Z".to_owned(), "`old`, which was deleted, is removed for good"),
                ("2026-11-28T10:31:44Z".to_owned(), "`old` is no longer registered with the key, at the latest"),
            ]
        );
    }

    #[test]
    fn the_last_moment_of_time_is_no_reason_to_fail() {
        let end = now("9999-12-30T00:00:00Z");
        let events = Deletion { at: Some(end), done: false, expires: Expiry::Never }.events(end, true);
        assert!(events.iter().all(|event| event.at >= end));
    }
}
