//! A row for each finding that counts.

use core::fmt::{self, Write};

use super::Audit;
use crate::report::csv::row;
use crate::report::words;

const COLUMNS: [&str; 14] = [
    "fingerprint",
    "severity",
    "rule",
    "name",
    "account",
    "account_name",
    "owner",
    "key",
    "key_name",
    "resource",
    "resource_name",
    "message",
    "fix",
    "first_input",
];

pub(crate) fn csv(audit: &Audit<'_>, sink: &mut dyn Write) -> fmt::Result {
    sink.write_str(&row(COLUMNS))?;
    let findings = audit.findings;
    for finding in audit.standing() {
        let names: Vec<&str> = finding.resources.iter().filter_map(|resource| findings.name(resource)).collect();
        sink.write_str(&row([
            finding.fingerprint,
            words::severity(finding.severity),
            finding.rule,
            finding.rule_name,
            finding.account.unwrap_or_default(),
            finding.account_name.unwrap_or_default(),
            finding.owner.unwrap_or_default(),
            finding.key.unwrap_or_default(),
            finding.key.and_then(|key| findings.name(key)).unwrap_or_default(),
            &finding.resources.join(" "),
            &names.join("; "),
            finding.message,
            &finding.whole_fix(),
            finding.first().map_or("", |place| place.input),
        ]))?;
    }
    Ok(())
}
