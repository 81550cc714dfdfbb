//! Dates of exports, and how far they lie from each other.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::inventory::{Inventory, Symbol, moment};

/// A date of an export; none where it is not there or cannot be read.
pub(super) fn read(inventory: &Inventory, date: Option<Symbol>) -> Option<Timestamp> {
    date.and_then(|date| moment(inventory.text(date)))
}

/// So many months and days later, by the calendar in UTC.
pub(super) fn later(from: Timestamp, months: u16, days: u16) -> Option<Timestamp> {
    let span = jiff::Span::new().try_months(i64::from(months)).and_then(|span| span.try_days(i64::from(days))).ok()?;
    let then = Offset::UTC.to_datetime(from);
    Offset::UTC.to_timestamp(then.date().checked_add(span).ok()?.to_datetime(then.time())).ok()
}

/// The day, `YYYY-MM-DD` in UTC.
pub(super) fn day(moment: Timestamp) -> String {
    Offset::UTC.to_datetime(moment).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_the_calendar() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
        let cases = [
            ("2026-01-31T12:00:00Z", 1, 0, "2026-02-28"),
            ("2026-01-31T12:00:00Z", 1, 7, "2026-03-07"),
            ("2026-11-21T00:00:00Z", 12, 0, "2027-11-21"),
            ("2026-11-21T23:59:59Z", 0, 30, "2026-12-21"),
        ];
        for (from, months, days, expected) in cases {
            assert_eq!(later(at(from), months, days).map(day).as_deref(), Some(expected), "{from}");
        }
        assert_eq!(later(Timestamp::MAX, 1, 0), None);
    }
}
