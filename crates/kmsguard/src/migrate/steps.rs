//! The way ahead for all keys: each step, and the earliest moment for it if the one before is done at once.

use super::model::{Readiness, Row};
use super::row::lacks_authorization;
use crate::catalog::Source;
use crate::catalog::migration::{GUIDE, SECONDS_BEFORE_SYNC, SECONDS_TO_MOVE, TOOL};
use crate::catalog::services::WAIT_SECONDS;
use crate::now::Now;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Act {
    Pair,
    Authorize,
    Check,
    Create,
    Sync,
    Status,
    Disable,
}

impl Act {
    /// The name by which answers know it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Pair => "pair",
            Self::Authorize => "authorize",
            Self::Check => "check",
            Self::Create => "create",
            Self::Sync => "sync",
            Self::Status => "status",
            Self::Disable => "disable",
        }
    }

    /// What does it.
    pub(crate) const fn command(self) -> &'static str {
        match self {
            Self::Pair => "kmsguard migrate PATH --write-pairs PAIRS.csv",
            Self::Authorize => "kmsguard migrate PATH --pairs PAIRS.csv --json",
            Self::Check => "./crkm authz-check PAIRS.csv",
            Self::Create => "./crkm create PAIRS.csv",
            Self::Sync => "./crkm sync PAIRS.csv",
            Self::Status => "./crkm status PAIRS.csv",
            Self::Disable => "ibmcloud kp key disable KEY --instance-id INSTANCE",
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Pair => "name for each key the root key of Key Protect Dedicated that it is to move to",
            Self::Authorize => "make the authorizations on the keys to move to; those on the keys to move from stay",
            Self::Check => "let the migration tool check the authorizations itself",
            Self::Create => "set the intents; services begin to move",
            Self::Sync => "synchronize a second time: databases, RabbitMQ and clusters move only then",
            Self::Status => "look what is left; Event Streams takes up to a business day, all others up to four hours",
            Self::Disable => "disable the keys of which nothing is left, once activity events name them no more",
        }
    }
}

/// A step of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) act: Act,
    pub(crate) text: &'static str,
    /// For so many keys.
    pub(crate) keys: u32,
    pub(crate) not_before: Option<Now>,
    pub(crate) source: Source,
}

/// The steps that are left.
pub(super) fn steps(rows: &[Row<'_>], now: Now) -> Vec<Step> {
    let left: Vec<&Row<'_>> = rows.iter().filter(|row| row.readiness != Readiness::Moved).collect();
    let with = |wanted: &dyn Fn(&Row<'_>) -> bool| {
        u32::try_from(left.iter().filter(|row| wanted(row)).count()).unwrap_or(u32::MAX)
    };
    let used = |row: &Row<'_>| !row.associations.is_empty() || row.target.is_some();
    let (unpaired, lacking) = (
        with(&|row| row.target.is_none() && used(row)),
        with(&|row| row.associations.iter().any(|one| !one.moved && lacks_authorization(one))),
    );
    let (without_intent, moving) = (with(&|row| used(row) && row.intent != Some(true)), with(&used));
    let idle = u32::try_from(rows.iter().filter(|row| row.readiness == Readiness::Moved).count()).unwrap_or(u32::MAX);
    let slow = left.iter().flat_map(|row| &row.associations).any(|one| one.is_slow && !one.moved);
    let mut at = 0;
    let mut steps = Vec::new();
    let mut put = |act: Act, keys: u32, seconds: i64, source: Source| {
        if keys == 0 {
            return;
        }
        at += seconds;
        let not_before = if at == 0 { None } else { later(now, at) };
        steps.push(Step { act, text: act.text(), keys, not_before, source });
    };
    put(Act::Pair, unpaired, 0, TOOL);
    put(Act::Authorize, lacking, 0, GUIDE);
    let settled = if lacking > 0 { WAIT_SECONDS.into() } else { 0 };
    put(Act::Check, without_intent, settled, TOOL);
    put(Act::Create, without_intent, 0, TOOL);
    put(Act::Sync, moving, if without_intent > 0 { SECONDS_BEFORE_SYNC } else { 0 }, TOOL);
    put(Act::Status, moving, SECONDS_TO_MOVE, GUIDE);
    if slow && moving > 0 {
        let day = business_day(now, at);
        if let Some(step) = steps.last_mut() {
            step.not_before = day.or(step.not_before);
        }
    }
    let after = steps.last().and_then(|step: &Step| step.not_before);
    let disable = moving.saturating_add(idle);
    if disable > 0 && !rows.is_empty() {
        let not_before = if moving > 0 { after } else { None };
        steps.push(Step { act: Act::Disable, text: Act::Disable.text(), keys: disable, not_before, source: GUIDE });
    }
    steps
}

fn later(now: Now, seconds: i64) -> Option<Now> {
    Now::from_unix_seconds(now.timestamp().as_second().checked_add(seconds)?).ok()
}

/// A day after a moment, and no day of a weekend: so long Event Streams may take.
fn business_day(now: Now, seconds: i64) -> Option<Now> {
    let mut moment = later(now, seconds.checked_add(SECONDS_OF_A_DAY - SECONDS_TO_MOVE)?)?;
    while jiff::tz::Offset::UTC.to_datetime(moment.timestamp()).weekday().to_monday_zero_offset() > 4 {
        moment = later(moment, SECONDS_OF_A_DAY)?;
    }
    Some(moment)
}

const SECONDS_OF_A_DAY: i64 = 86_400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_business_day_is_no_day_of_a_weekend() {
        let day = |now: &str| {
            let now: Now = now.parse().expect("a moment");
            business_day(now, SECONDS_TO_MOVE).expect("a moment").to_string()
        };
        assert_eq!(day("2026-11-25T10:00:00Z"), "2026-11-26T10:00:00Z");
        // The 27th is a Friday.
        assert_eq!(day("2026-11-27T10:00:00Z"), "2026-11-30T10:00:00Z");
    }
}
