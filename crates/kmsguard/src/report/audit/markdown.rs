//! A page for a comment on a change, and for the summary of a job.

use std::collections::BTreeMap;

use super::{Audit, Finding, Need};
use crate::report::markdown::{Page, cell, code, code_cell};
use crate::report::words::{self, SEVERITIES};
use crate::report::{count, plain};

/// So many findings are shown with what to do; the table names the others.
const IN_FULL: usize = 10;

pub(crate) fn markdown(audit: &Audit<'_>) -> String {
    let mut page = Page::new("## kmsguard audit\n\n");
    page.push(&summary(audit));
    let shown = |text: &str| cell(&plain(text));
    let standing = audit.standing().count();
    let row = |finding: Finding<'_>| {
        format!(
            "| {} | {} | {} | {} |\n",
            words::severity(finding.severity),
            finding.rule,
            subject(audit, &finding),
            shown(finding.message)
        )
    };
    let heading = "\n| Severity | Rule | About | What was found |\n| --- | --- | --- | --- |\n";
    page.table(heading, standing, audit.standing().map(row), "findings");
    for (number, finding) in audit.standing().take(IN_FULL).enumerate() {
        if !page.push_if_it_fits(&full(audit, &finding)) {
            page.left_out(standing.min(IN_FULL) - number, "explanations");
            break;
        }
    }
    undetermined(audit, &mut page);
    if !audit.problems.is_empty() {
        let row = |problem: &super::Problem<'_>| {
            let input = problem.input.map(|input| code_cell(&plain(input))).unwrap_or_default();
            format!("| {} | {input} | {} |\n", problem.code, shown(problem.message))
        };
        let heading = "\n### What could not be read\n\n| Code | Input | What is wrong |\n| --- | --- | --- |\n";
        page.table(heading, audit.problems.len(), audit.problems.iter().map(row), "problems");
    }
    page.into_text()
}

/// `**2 findings**: 1 high, 1 low · 1 suppressed · 3 exports, 40 records · as of …`.
fn summary(audit: &Audit<'_>) -> String {
    let mut by_severity: BTreeMap<_, usize> = BTreeMap::new();
    let mut suppressed = 0_usize;
    for finding in audit.all() {
        match finding.suppressed {
            Some(_) => suppressed += 1,
            None => *by_severity.entry(finding.severity).or_default() += 1,
        }
    }
    let found: usize = by_severity.values().sum();
    let verdict = match (found, audit.problems.iter().any(|problem| problem.is_error)) {
        (0, true) => "no findings in what could be read".to_owned(),
        (0, false) if !audit.undetermined.is_empty() => "no findings, but not everything could be decided".to_owned(),
        (0, false) => "no findings".to_owned(),
        _ => count(found, "finding"),
    };
    let numbers = SEVERITIES.iter().filter_map(|severity| {
        by_severity.get(severity).map(|number| format!("{number} {}", words::severity(*severity)))
    });
    let numbers: Vec<String> = numbers.collect();
    let numbers = if numbers.is_empty() { String::new() } else { format!(": {}", numbers.join(", ")) };
    let suppressed = if suppressed == 0 { String::new() } else { format!(" · {suppressed} suppressed") };
    let read = audit.inputs.iter().filter(|input| input.records > 0).count();
    let records = audit.inputs.iter().map(|input| input.records as usize).sum();
    format!(
        "**{verdict}**{numbers}{suppressed} · {}, {} · as of {}\n",
        count(read, "export"),
        count(records, "record"),
        audit.now
    )
}

/// What a finding is about: by name, or by CRN.
fn subject(audit: &Audit<'_>, finding: &Finding<'_>) -> String {
    let subject = finding.subject(audit.findings);
    if subject.starts_with("crn:") { code_cell(&plain(subject)) } else { cell(&plain(subject)) }
}

/// A finding that opens, with where it was seen and what to do. No name stands in the line that opens it: that is HTML.
fn full(audit: &Audit<'_>, finding: &Finding<'_>) -> String {
    let shown = |text: &str| cell(&plain(text));
    let mut text = format!(
        "\n<details><summary>{} {} {}</summary>\n\n{}\n\n",
        words::severity(finding.severity),
        finding.rule,
        finding.title,
        shown(finding.message)
    );
    if let Some(key) = finding.key {
        let name = audit.findings.name(key).map(|name| format!("{}: ", shown(name))).unwrap_or_default();
        text += &format!("- key: {name}{}\n", code(&plain(key)));
    }
    for resource in finding.resources.iter().take(IN_FULL) {
        let name = audit.findings.name(resource).map(|name| format!("{}: ", shown(name))).unwrap_or_default();
        text += &format!("- concerns: {name}{}\n", code(&plain(resource)));
    }
    for place in finding.places.iter().take(IN_FULL) {
        text += &format!("- seen in: {}\n", code(&format!("{}:{}", plain(place.input), place.line)));
    }
    for (shown_of, what) in [(finding.resources.len(), "resources"), (finding.seen_in(), "places")] {
        if shown_of > IN_FULL {
            text += &format!("- {} more {what}\n", shown_of - IN_FULL);
        }
    }
    text += &format!("- fix: {}\n", shown(finding.fix));
    for command in &finding.commands {
        text += &format!("  - {}: {}\n", shown(command.text), code(&plain(command.command)));
    }
    text + "\n</details>\n"
}

fn undetermined(audit: &Audit<'_>, page: &mut Page) {
    let shown = |text: &str| cell(&plain(text));
    let rows: Vec<String> = audit
        .undetermined
        .iter()
        .flat_map(|one| one.needs.iter().map(move |need| (one, need)))
        .map(|(one, Need { of, why, command, role })| {
            let of = match of.map(|of| (of, audit.findings.name(of))) {
                Some((_, Some(name))) => shown(name),
                Some((crn, None)) => code_cell(&plain(crn)),
                None => String::new(),
            };
            let command = command.map(|command| code_cell(&plain(command))).unwrap_or_default();
            format!(
                "| {} | {} | {} | {of} | {command} | {} |\n",
                one.rule,
                one.count,
                shown(why),
                role.map(shown).unwrap_or_default()
            )
        })
        .collect();
    let heading = "\n### What could not be decided\n\n| Rule | Objects | Why | Of | Command | Role |\n\
                   | --- | --- | --- | --- | --- | --- |\n";
    page.table(heading, rows.len(), rows.into_iter(), "rows");
}
