//! When what happens, as a picture: a line of moments from top to bottom, and beside it the spans of time that begin and end there.

mod svg;

pub(crate) use svg::{STYLE, svg, svg_inside};

use crate::now::Now;
use crate::report::plain;

/// A picture holds so many moments; what is beyond them is counted.
const MOST: usize = 200;

/// How a moment looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Somebody acts.
    Act,
    /// Something becomes possible.
    Opens,
    /// Something is no longer possible, or gone.
    Closes,
    /// Nothing is lost any more.
    Good,
    Plain,
}

/// Something that happens at a moment.
#[derive(Debug)]
pub(crate) struct Moment {
    pub(crate) at: Now,
    pub(crate) text: String,
    /// To what it happens.
    pub(crate) about: String,
    pub(crate) look: Look,
}

/// Something that is possible from one moment to another, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) what: &'static str,
}

/// A picture: its moments in the order of time, and what it says in words.
#[derive(Debug)]
pub(crate) struct Chart {
    /// The moment for which was asked.
    pub(crate) now: Now,
    pub(crate) title: &'static str,
    pub(crate) words: String,
    pub(crate) moments: Vec<Moment>,
    pub(crate) stretches: Vec<Stretch>,
    /// So many moments are not shown.
    pub(crate) left_out: usize,
}

impl Chart {
    /// A picture of moments, which stand in the order of time, and of stretches between them. What lies beyond the picture is left
    /// out.
    pub(crate) fn of(
        now: Now,
        title: &'static str,
        mut moments: Vec<Moment>,
        stretches: impl IntoIterator<Item = Stretch>,
    ) -> Self {
        for moment in &mut moments {
            (moment.text, moment.about) = (plain(&moment.text), plain(&moment.about));
        }
        let left_out = moments.len().saturating_sub(MOST);
        let words = words(&moments);
        moments.truncate(MOST);
        let kept = stretches.into_iter().filter(|stretch| stretch.from < stretch.to && stretch.to < moments.len());
        Self { now, title, words, stretches: kept.collect(), moments, left_out }
    }
}

fn words(moments: &[Moment]) -> String {
    match (moments.first(), moments.last()) {
        (Some(first), Some(last)) => format!(
            "{} from {} to {}.",
            if moments.len() == 1 { "1 event".to_owned() } else { format!("{} events", moments.len()) },
            first.at,
            last.at
        ),
        _ => "Nothing is known to happen.".to_owned(),
    }
}

/// How long before or after another moment one is: `+9 d`, `-30 s`.
pub(crate) fn distance(from: Now, to: Now) -> String {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    let seconds = to.timestamp().as_second().saturating_sub(from.timestamp().as_second());
    let sign = if seconds < 0 { '-' } else { '+' };
    let length = seconds.saturating_abs();
    let part = |of: i64, whole: i64, unit: &str, rest_unit: &str| match (length % of) / whole {
        0 => format!("{sign}{} {unit}", length / of),
        rest => format!("{sign}{} {unit} {rest} {rest_unit}", length / of),
    };
    match length {
        0 => "now".to_owned(),
        ..MINUTE => format!("{sign}{length} s"),
        MINUTE..HOUR => part(MINUTE, 1, "min", "s"),
        HOUR..DAY => part(HOUR, MINUTE, "h", "min"),
        _ => part(DAY, HOUR, "d", "h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(text: &str) -> Now {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_distance_is_said_in_two_units_at_most() {
        let from = now("2026-11-21T12:00:00Z");
        for (to, shown) in [
            ("2026-11-21T12:00:00Z", "now"),
            ("2026-11-21T12:00:30Z", "+30 s"),
            ("2026-11-21T12:01:30Z", "+1 min 30 s"),
            ("2026-11-21T16:00:00Z", "+4 h"),
            ("2026-11-30T12:00:00Z", "+9 d"),
            ("2026-11-22T10:31:44Z", "+22 h 31 min"),
            ("2026-11-28T10:31:44Z", "+6 d 22 h"),
            ("2026-11-19T10:00:00Z", "-2 d 2 h"),
        ] {
            assert_eq!(distance(from, now(to)), shown);
        }
    }

    #[test]
    fn a_picture_that_would_be_too_long_says_how_much_it_leaves_out() {
        let at = now("2026-11-21T12:00:00Z");
        let moment = |_| Moment { at, text: "e\u{202e}".to_owned(), about: String::new(), look: Look::Plain };
        let beyond = Stretch { from: 0, to: MOST, what: "x" };
        let within = Stretch { from: 0, to: MOST - 1, what: "x" };
        let chart = Chart::of(at, "When", (0..MOST + 3).map(moment).collect(), [beyond, within]);
        assert_eq!((chart.moments.len(), chart.left_out), (MOST, 3));
        assert_eq!(chart.stretches, [within]);
        assert_eq!(chart.words, "203 events from 2026-11-21T12:00:00Z to 2026-11-21T12:00:00Z.");
        assert!(chart.moments.iter().all(|moment| moment.text == "e\\u{202e}"));
    }
}
