//! Findings for people: the worst in full, then how many there are of each rule.

use std::collections::BTreeMap;
use std::fmt::Write;

use kmsguard::api::{AuditAnswer, Finding, FindingSeverity, Outcome, Surface};

use super::audit::count;
use super::output::Sheet;
use super::terminal::{Look, paint, plain};

/// So many findings are shown in full; the others are counted by rule.
const SHOWN: usize = 10;

/// So many places of a finding are shown.
const PLACES: usize = 5;

/// Where the values of a finding begin.
const INDENT: usize = 12;

pub(crate) fn text(answer: &AuditAnswer, sheet: Sheet) -> String {
    let mut text = String::new();
    let standing = || answer.findings.iter().filter(|finding| finding.suppressed.is_none());
    let number = standing().count();
    for finding in standing().take(SHOWN) {
        full(&mut text, finding, answer, sheet);
        text.push('\n');
    }
    if number > SHOWN {
        let _ = writeln!(text, "and {} more:", number - SHOWN);
        let mut by_rule = BTreeMap::<(&str, &str), u32>::new();
        for finding in standing().skip(SHOWN) {
            *by_rule.entry((finding.rule, finding.name)).or_default() += 1;
        }
        for ((rule, name), number) in by_rule {
            let _ = writeln!(text, "  {number:>6}  {rule} {name}");
        }
        text.push('\n');
    }
    let records: u32 = answer.inputs.iter().map(|input| input.records).sum();
    let read = answer.inputs.iter().filter(|input| input.records > 0).count();
    let read = count(u32::try_from(read).unwrap_or(u32::MAX), "export");
    let suppressed = match answer.summary.suppressed {
        0 => String::new(),
        number => format!(" · {number} suppressed"),
    };
    let verdict = verdict(answer, number, sheet.colour);
    let _ = writeln!(text, "{verdict}{suppressed} · {read}, {} · as of {}", count(records, "record"), answer.now);
    text
}

fn verdict(answer: &AuditAnswer, standing: usize, colour: bool) -> String {
    let severities = &answer.summary.by_severity;
    let numbers = [
        (severities.critical, "critical"),
        (severities.high, "high"),
        (severities.medium, "medium"),
        (severities.low, "low"),
        (severities.info, "info"),
    ];
    let numbers: Vec<String> = numbers
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, severity)| format!("{number} {severity}"))
        .collect();
    match (standing, answer.outcome) {
        (_, Outcome::Empty) => paint(colour, Look::Doubtful, "nothing to read was found"),
        (0, Outcome::Incomplete) => paint(colour, Look::Doubtful, "no findings in what could be read"),
        (0, _) if !answer.undetermined.is_empty() => {
            paint(colour, Look::Doubtful, "no findings, but not everything could be decided")
        }
        (0, _) => paint(colour, Look::Good, "no findings"),
        (number, _) => {
            let found = count(u32::try_from(number).unwrap_or(u32::MAX), "finding");
            paint(colour, Look::Strong, &format!("{found}: {}", numbers.join(", ")))
        }
    }
}

/// A severity in its look.
pub(crate) const fn severity(severity: FindingSeverity) -> (Look, &'static str) {
    match severity {
        FindingSeverity::Critical => (Look::Bad, "critical"),
        FindingSeverity::High => (Look::Bad, "high"),
        FindingSeverity::Medium => (Look::Doubtful, "medium"),
        FindingSeverity::Low => (Look::Doubtful, "low"),
        FindingSeverity::Info => (Look::Faint, "info"),
    }
}

fn full(text: &mut String, finding: &Finding, answer: &AuditAnswer, sheet: Sheet) {
    let (look, severity) = severity(finding.severity);
    let _ = writeln!(
        text,
        "{} {} {}",
        paint(sheet.colour, look, severity),
        finding.rule,
        paint(sheet.colour, Look::Strong, finding.title)
    );
    for line in wrapped(&plain(&finding.message), sheet.width, 2) {
        let _ = writeln!(text, "  {line}");
    }
    row(text, "because", wrapped(&plain(&finding.severity_because), sheet.width, INDENT));
    let named = |crn: &str| match answer.labels.get(crn).and_then(|label| label.name.as_deref()) {
        Some(name) => format!("{}  {}", plain(name), paint(sheet.colour, Look::Faint, &plain(crn))),
        None => plain(crn),
    };
    row(text, "key", finding.key.iter().map(|key| named(key)));
    row(text, "concerns", some(finding.resources.iter().map(|resource| named(resource)), 0, "resources"));
    let places = finding.evidence.iter().map(|evidence| {
        let place = format!("{}:{} {}", evidence.input, evidence.line, evidence.pointer);
        paint(sheet.colour, Look::Faint, &plain(&place))
    });
    row(text, "seen in", some(places, finding.evidence_left_out as usize, "places"));
    row(text, "fix", wrapped(&plain(&finding.remediation.text), sheet.width, INDENT));
    // What a person at a terminal types, each on its line, so that it can be copied; the request and the resource of Terraform stand in
    // the other formats.
    let commands = finding.remediation.commands.iter().filter(|command| command.surface == Surface::Cli);
    row(text, "", commands.map(|command| plain(&command.command)));
}

/// Lines behind what they are, which stands on the first.
fn row(text: &mut String, what: &str, lines: impl IntoIterator<Item = String>) {
    for (index, line) in lines.into_iter().enumerate() {
        let _ = writeln!(text, "  {:<9} {line}", if index == 0 { what } else { "" });
    }
}

/// The first of them, and how many more there are beside those that the answer leaves out.
fn some(lines: impl ExactSizeIterator<Item = String>, left_out: usize, of: &str) -> Vec<String> {
    let more = lines.len().saturating_sub(PLACES) + left_out;
    let mut shown: Vec<String> = lines.take(if more > 1 { PLACES } else { PLACES + 1 }).collect();
    if more > 1 {
        shown.push(format!("and {more} more {of}"));
    }
    shown
}

/// A text in lines of a terminal's width, broken between words; where nobody knows a width, in one.
fn wrapped(text: &str, width: Option<usize>, indent: usize) -> Vec<String> {
    let Some(width) = width.map(|width| width.saturating_sub(indent).max(20)) else {
        return if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
    };
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{some, wrapped};

    #[test]
    fn a_text_is_broken_between_words_where_the_width_is_known() {
        let text = "key `payments` protects 3 deployments of messagehub";
        assert_eq!(wrapped(text, Some(32), 2), ["key `payments` protects 3", "deployments of messagehub"]);
        assert_eq!(wrapped(text, None, 2), [text]);
        assert_eq!(wrapped("crn:v1:of-one-long-word-that-stays-whole x", Some(22), 2).len(), 2);
        assert_eq!(wrapped("", None, 2), Vec::<String>::new());
    }

    #[test]
    fn of_many_lines_the_first_are_shown_and_the_others_counted() {
        let lines = |number: usize, left_out| some((0..number).map(|line| line.to_string()), left_out, "places");
        assert_eq!(lines(6, 0).len(), 6);
        assert_eq!(lines(7, 0), ["0", "1", "2", "3", "4", "and 2 more places"]);
        assert_eq!(lines(10, 3), ["0", "1", "2", "3", "4", "and 8 more places"]);
    }
}
