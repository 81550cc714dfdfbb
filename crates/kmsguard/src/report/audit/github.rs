//! Commands that GitHub's runners read from the log of a job, and show beside the lines of a change.
//!
//! Source: GitHub docs, *Workflow commands for GitHub Actions*, as of 2026-11.

use core::fmt::{self, Write};

use super::Audit;
use crate::report::plain;
use crate::rules::Severity;

pub(crate) fn github(audit: &Audit<'_>, sink: &mut dyn Write) -> fmt::Result {
    for finding in audit.standing() {
        let level = match finding.severity {
            Severity::Critical | Severity::High => "error",
            Severity::Medium => "warning",
            Severity::Low | Severity::Info => "notice",
        };
        write!(sink, "::{level} ")?;
        if let Some(place) = finding.first() {
            write!(sink, "file={},line={},", property(place.input), place.line)?;
        }
        let title = format!("{} {}", finding.rule, finding.title);
        let message = format!("{}; {}", finding.message, finding.whole_fix());
        writeln!(sink, "title={}::{}", property(&title), data(&message))?;
    }
    Ok(())
}

/// What stands behind the second pair of colons: it ends with the line.
fn data(text: &str) -> String {
    plain(text).replace('%', "%25")
}

/// What stands before it: commas and colons part it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn a_name_begins_no_command() {
        assert_eq!(data("100%\n::set-output name=x::y"), "100%25\\u{a}::set-output name=x::y");
        assert_eq!(property("a,b::c%2C"), "a%2Cb%3A%3Ac%252C");
    }
}
