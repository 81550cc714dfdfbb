//! `kmsguard audit --statistics`: the findings counted in place of shown.

use std::collections::BTreeMap;
use std::fmt::Write;

use kmsguard::api::{AuditAnswer, RULES};

use super::audit::count;
use super::audit_text::severity;
use super::output::Sheet;
use super::terminal::{Look, paint, plain};

/// A line for each rule and severity, the worst first; then what could not be decided, and what would settle it.
pub(crate) fn text(answer: &AuditAnswer, Sheet { colour, .. }: Sheet) -> String {
    let mut text = String::new();
    let (mut standing, mut accepted) = (BTreeMap::new(), BTreeMap::new());
    for finding in &answer.findings {
        let into = if finding.suppressed.is_some() { &mut accepted } else { &mut standing };
        *into.entry((finding.severity, finding.rule, finding.name)).or_insert(0_u32) += 1;
    }
    let mut lines = |title: &str, of: BTreeMap<_, u32>| {
        if of.is_empty() {
            return;
        }
        let _ = writeln!(text, "{}", paint(colour, Look::Strong, title));
        for ((of, rule, name), number) in of {
            let (look, word) = severity(of);
            let _ = writeln!(text, "{number:>8}  {}  {rule:<8}  {name}", paint(colour, look, &format!("{word:<8}")));
        }
    };
    lines("findings", standing);
    lines("suppressed", accepted);
    if !answer.undetermined.is_empty() {
        let _ = writeln!(text, "{}", paint(colour, Look::Strong, "undecided"));
    }
    for one in &answer.undetermined {
        let name = RULES.iter().find(|rule| rule.id == one.rule).map_or("", |rule| rule.name);
        let _ = writeln!(text, "{:>8}  {:<8}  {name}", one.count, one.rule);
        // The same need of many things is one line.
        let mut needs: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for need in &one.needs {
            *needs.entry((&need.name, &need.why)).or_default() += 1;
        }
        for ((name, why), number) in needs {
            let times = if number == 1 { String::new() } else { format!(", {number} times") };
            let _ = writeln!(text, "          needs {}: {}{times}", plain(name), plain(why));
        }
    }
    let suppressed = match answer.summary.suppressed {
        0 => String::new(),
        number => format!(", {number} suppressed"),
    };
    let all: u32 = answer.summary.by_rule.values().sum();
    let rules = count(u32::try_from(answer.checked.len()).unwrap_or(u32::MAX), "rule");
    let _ = writeln!(text, "{}{suppressed} · {rules} checked · as of {}", count(all, "finding"), answer.now);
    text
}
