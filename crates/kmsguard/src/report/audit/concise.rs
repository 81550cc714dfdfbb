//! A line for each finding that counts: `PLACE: SEVERITY RULE MESSAGE`.

use core::fmt::{self, Write};

use super::Audit;
use crate::report::{plain, words};

pub(crate) fn concise(audit: &Audit<'_>, sink: &mut dyn Write) -> fmt::Result {
    for finding in audit.standing() {
        if let Some(place) = finding.first() {
            write!(sink, "{}:{}: ", plain(place.input), place.line)?;
        }
        writeln!(sink, "{} {} {}", words::severity(finding.severity), finding.rule, plain(finding.message))?;
    }
    Ok(())
}
