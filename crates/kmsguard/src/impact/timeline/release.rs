//! When deployments that are deleted let go of their key.
//!
//! The pages contradict each other: one gives a deleted deployment three days in which it can be had back, another up to nine in
//! which it is still registered with its key. Both are shown, and the longer one decides.

use super::{Event, EventKind, after};
use crate::catalog::key_life::{RECLAMATION, REGISTERED_AFTER_DELETION, REGISTRATIONS, Span};
use crate::catalog::services::{SoftDelete, life, of_crn};
use crate::now::Now;

const DAY: i64 = 24 * 60 * 60;

/// A deployment that is registered with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::impact) struct Holder<'a> {
    pub(in crate::impact) crn: &'a str,
    pub(in crate::impact) name: &'a str,
    /// As its CRN names it.
    pub(in crate::impact) service: &'a str,
    pub(in crate::impact) state: HolderState,
}

/// Whether a deployment was deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::impact) enum HolderState {
    /// It stands.
    Standing,
    /// It was deleted, and is kept for a while: when that was, and when it is to be removed for good, as far as an export says.
    Deleted { at: Option<Now>, removed: Option<Now> },
}

impl Holder<'_> {
    /// What pages say of deleted deployments of its service; of two generations the longer.
    fn kept(&self) -> (Option<Span>, Option<Span>) {
        let lives = of_crn(self.service, "").filter_map(life).filter_map(|life| life.soft_delete);
        let all: Vec<SoftDelete> = lives.collect();
        let longest = |days: fn(&SoftDelete) -> Option<u32>, known: Option<Span>| {
            let days = all.iter().filter_map(|one| days(one).map(|days| (i64::from(days) * DAY, one.because.source)));
            let listed = days.map(|(seconds, source)| Span { seconds, source });
            listed.chain(known).max_by_key(|span| span.seconds)
        };
        // Where one page of a family is silent on registrations, the longest that any page gives counts.
        let registered = (!all.is_empty()).then_some(REGISTERED_AFTER_DELETION);
        (longest(|one| one.reclaimable_days, None), longest(|one| one.registered_days, registered))
    }

    /// When it was or would be removed for good, if it stands and were deleted at a moment.
    pub(in crate::impact) fn removed(&self, now: Now) -> Option<Now> {
        match self.state {
            HolderState::Standing => after(now, self.kept().0?),
            HolderState::Deleted { removed: Some(removed), .. } => Some(removed),
            HolderState::Deleted { at, removed: None } => after(at?, self.kept().0?),
        }
    }

    /// Until when it is registered at the latest, if it stands and were deleted at a moment.
    pub(in crate::impact) fn released(&self, now: Now) -> Option<Now> {
        match self.state {
            HolderState::Standing => after(now, self.kept().1?),
            HolderState::Deleted { at, .. } => after(at?, self.kept().1?),
        }
    }

    /// The same, where that moment is to come: of a registration that should be gone already and is not, no page says when it goes.
    fn released_yet(&self, now: Now) -> Option<Now> {
        self.released(now).filter(|at| *at > now)
    }

    fn is_deleted(&self) -> bool {
        matches!(self.state, HolderState::Deleted { .. })
    }
}

/// What happens to a deployment that was deleted and is kept for a while.
pub(in crate::impact) fn of_deleted_deployment(holder: &Holder<'_>) -> Vec<Event> {
    let HolderState::Deleted { at, removed } = holder.state else { return Vec::new() };
    let name = holder.name;
    let event = |at, kind, event, source| Event { at, kind, subject: Some(holder.crn.to_owned()), event, source };
    let source = if removed.is_some() { RECLAMATION } else { holder.kept().0.map_or(RECLAMATION, |span| span.source) };
    let removed = at.or(removed).and_then(|now| holder.removed(now)).map(|at| {
        let text =
            format!("`{name}`, which was deleted, is removed for good; its registration ends then at the earliest");
        event(at, EventKind::DeploymentRemoved, text, source)
    });
    let released = at.and_then(|now| holder.released(now)).map(|at| {
        let text = format!(
            "`{name}` is no longer registered with the key, at the latest: pages give up to 9 days, longer than it can be had back"
        );
        event(at, EventKind::RegistrationEnds, text, REGISTERED_AFTER_DELETION.source)
    });
    removed.into_iter().chain(released).collect()
}

/// From when on a key can go without force: the earliest day on which the last of those that are registered with it has let go,
/// by the longer of what the pages say. None where nothing is registered, or where nothing says how long one of them stays, as of one
/// that should be gone already.
pub(in crate::impact) fn deletable(key: &str, holders: &[Holder<'_>], now: Now) -> Option<Event> {
    let at = last(holders.iter().map(|holder| holder.released_yet(now)))?;
    let standing: Vec<String> =
        holders.iter().filter(|holder| !holder.is_deleted()).map(|holder| format!("`{}`", holder.name)).collect();
    let event = if standing.is_empty() {
        "from now on the key can be deleted without force, if nothing else is registered with it by then".to_owned()
    } else {
        format!(
            "the earliest day on which the key surely goes without force: {} would have to be deleted at once, and may be registered until now",
            standing.join(", ")
        )
    };
    Some(Event {
        at,
        kind: EventKind::DeletableWithoutForce,
        subject: Some(key.to_owned()),
        event,
        source: REGISTRATIONS,
    })
}

/// From when on nothing loses anything by the deletion of a key: all that uses it was deleted, and is removed for good and
/// registered no more. None where something stands, or a date is not known.
pub(in crate::impact) fn safe(key: &str, holders: &[Holder<'_>], now: Now) -> Option<Event> {
    if !holders.iter().all(Holder::is_deleted) {
        return None;
    }
    let removed = last(holders.iter().map(|holder| holder.removed(now)))?;
    let released = last(holders.iter().map(|holder| holder.released_yet(now)))?;
    Some(Event {
        at: removed.max(released),
        kind: EventKind::SafeToDelete,
        subject: Some(key.to_owned()),
        event:
            "from now on nothing that was read loses anything by the deletion of the key, if nothing begins to use it"
                .to_owned(),
        source: RECLAMATION,
    })
}

/// The last of moments that are all known; none where there are none.
pub(in crate::impact) fn last(moments: impl Iterator<Item = Option<Now>>) -> Option<Now> {
    moments.collect::<Option<Vec<Now>>>()?.into_iter().max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::impact::timeline::moment;

    const NOW: &str = "2026-11-21T12:00:00Z";

    fn holder(service: &'static str, state: HolderState) -> Holder<'static> {
        Holder { crn: "crn", name: "old", service, state }
    }

    fn deleted(at: &str, removed: Option<&str>) -> HolderState {
        HolderState::Deleted { at: moment(at), removed: removed.and_then(moment) }
    }

    fn at(event: Option<Event>) -> Option<String> {
        event.map(|event| event.at.to_string())
    }

    fn now() -> Now {
        moment(NOW).expect("a moment")
    }

    #[test]
    fn a_deleted_deployment_is_registered_for_nine_days_at_most() {
        let state = deleted("2026-11-19T10:31:44.902Z", Some("2026-11-22T10:31:44.902Z"));
        let events = of_deleted_deployment(&holder("messagehub", state));
        let shown: Vec<(String, EventKind)> = events.iter().map(|event| (event.at.to_string(), event.kind)).collect();
        assert_eq!(
            shown,
            [
                ("2026-11-22T10:31:44Z".to_owned(), EventKind::DeploymentRemoved),
                ("2026-11-28T10:31:44Z".to_owned(), EventKind::RegistrationEnds),
            ]
        );
        assert_eq!(of_deleted_deployment(&holder("messagehub", HolderState::Standing)), []);
    }

    #[test]
    fn three_days_are_counted_where_no_export_says_when_it_is_removed_and_a_page_says_how_long() {
        let state = deleted("2026-11-19T00:00:00Z", None);
        let first = |service| of_deleted_deployment(&holder(service, state)).first().map(|event| event.at.to_string());
        assert_eq!(first("databases-for-redis").as_deref(), Some("2026-11-22T00:00:00Z"));
        // No page says it of Secrets Manager, nor how long it stays registered.
        assert_eq!(first("secrets-manager"), None);
    }

    #[test]
    fn the_last_registration_decides_when_force_is_not_needed() {
        let old = holder("messagehub", deleted("2026-11-13T12:00:00Z", None));
        let newer = holder("databases-for-redis", deleted("2026-11-20T00:00:00Z", None));
        assert_eq!(at(deletable("key", &[old, newer], now())).as_deref(), Some("2026-11-29T00:00:00Z"));
        assert_eq!(at(deletable("key", &[old], now())).as_deref(), Some("2026-11-22T12:00:00Z"));
        // It should have let go of the key ten days ago, and is registered all the same.
        let stuck = holder("messagehub", deleted("2026-11-01T00:00:00Z", None));
        assert_eq!(deletable("key", &[old, stuck], now()), None);
        let standing = holder("messagehub", HolderState::Standing);
        assert_eq!(at(deletable("key", &[old, standing], now())).as_deref(), Some("2026-11-30T12:00:00Z"));
        assert_eq!(deletable("key", &[], now()), None);
        // Nothing says how long a deleted bucket stays registered, nor when this one was deleted.
        assert_eq!(deletable("key", &[old, holder("cloud-object-storage", HolderState::Standing)], now()), None);
        let undated = HolderState::Deleted { at: None, removed: moment(NOW) };
        assert_eq!(deletable("key", &[holder("messagehub", undated)], now()), None);
    }

    #[test]
    fn a_key_is_safe_once_all_that_used_it_is_gone_for_good() {
        let old = holder("messagehub", deleted("2026-11-13T12:00:00Z", Some("2026-11-30T00:00:00Z")));
        assert_eq!(at(safe("key", &[old], now())).as_deref(), Some("2026-11-30T00:00:00Z"));
        let earlier = holder("messagehub", deleted("2026-11-13T12:00:00Z", Some("2026-11-16T00:00:00Z")));
        assert_eq!(at(safe("key", &[earlier], now())).as_deref(), Some("2026-11-22T12:00:00Z"));
        assert_eq!(safe("key", &[old, holder("messagehub", HolderState::Standing)], now()), None);
        assert_eq!(safe("key", &[holder("secrets-manager", deleted("2026-11-13T12:00:00Z", None))], now()), None);
        assert_eq!(safe("key", &[], now()), None);
    }
}
