//! Days on which something ends.

use super::Source;
use crate::now::Now;

/// A day on which something ends.
#[derive(Debug, Clone, Copy)]
pub struct EndDate {
    /// The day, `YYYY-MM-DD`: of several that are given, the earliest.
    pub date: &'static str,
    /// What other pages say.
    pub doubt: &'static str,
    /// The day that other pages name.
    pub also: &'static str,
    year: i16,
    month: i8,
    day: i8,
    /// Where it was read.
    pub sources: &'static [Source],
}

/// The end of Hyper Protect Crypto Services.
pub static HYPER_PROTECT_END: EndDate = EndDate {
    date: "2027-03-20",
    doubt: "one page says 2027-03-28",
    also: "2027-03-28",
    year: 2027,
    month: 3,
    day: 20,
    sources: &[
        Source {
            title: "Event Streams Gen 2: Release notes",
            url: "https://cloud.ibm.com/docs/event-streams-gen2?topic=event-streams-gen2-release-notes",
            as_of: "2026-03-27",
        },
        Source {
            title: "Hyper Protect Crypto Services: General FAQs (says 28 March)",
            url: "https://cloud.ibm.com/docs/hs-crypto?topic=hs-crypto-faq-basics",
            as_of: "2026-07-01",
        },
    ],
};

impl EndDate {
    /// How many days are left; negative once it is past. The day itself is day 0, in UTC.
    #[must_use]
    pub fn days_left(&self, now: Now) -> i32 {
        let today = jiff::tz::Offset::UTC.to_datetime(now.timestamp()).date();
        let end = jiff::civil::Date::new(self.year, self.month, self.day).unwrap_or(today);
        i32::try_from(end.duration_since(today).as_hours() / 24).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_today() {
        let days = |now: &str| HYPER_PROTECT_END.days_left(now.parse().expect("a moment"));
        assert_eq!(days("2026-11-21T23:59:59Z"), 119);
        assert_eq!(days("2027-03-20T10:00:00Z"), 0);
        assert_eq!(days("2027-03-21T00:00:00Z"), -1);
    }
}
