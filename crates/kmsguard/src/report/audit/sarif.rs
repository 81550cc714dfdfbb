//! SARIF 2.1.0, as GitHub's code scanning takes it: a run for each account, one result at a time.
//!
//! Source: GitHub docs, *SARIF support for code scanning* and *SARIF results exceed one or more limits*, as of 2026-11.

use core::fmt::{self, Write};
use std::collections::{BTreeMap, BTreeSet};

use super::sarif_log::{
    self as log, Artifact, Invocation, Location, Logical, Message, Notification, Physical, Region, Reporting,
    SarifResult, Suppression,
};
use super::{Audit, Finding, Place, Problem};
use crate::order::Gather as _;
use crate::report::{count, plain};
use crate::rules::{RULES, Rule, Severity};

/// GitHub refuses a run with more results.
const MOST_RESULTS: usize = 25_000;

/// GitHub refuses a result with more places.
const MOST_PLACES: usize = 1_000;

pub(crate) fn sarif(audit: &Audit<'_>, sink: &mut dyn Write) -> fmt::Result {
    sink.write_str(r#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":["#)?;
    // Four bytes a finding, so that each is looked at once though there be many accounts.
    let mut places: Vec<u32> = (0..).take(audit.findings.count()).collect();
    let account_of = |place: u32| audit.findings.account(place as usize).unwrap_or_default();
    // The order of places is whole, so that the sorting needs no memory of its own.
    places.sort_unstable_by(|first, second| account_of(*first).cmp(account_of(*second)).then(first.cmp(second)));
    let mut accounts: BTreeSet<&str> = audit.inputs.iter().filter_map(|input| input.account).collect();
    accounts.extend(places.iter().map(|place| account_of(*place)));
    if accounts.is_empty() {
        accounts.insert("");
    }
    let mut rest = places.as_slice();
    for (number, account) in accounts.into_iter().enumerate() {
        let (own, others) = rest.split_at(rest.partition_point(|place| account_of(*place) == account));
        rest = others;
        if number > 0 {
            sink.write_char(',')?;
        }
        run(audit, account, own, number == 0, sink)?;
    }
    sink.write_str("]}\n")
}

/// A run without findings stands too: what was found there before is mended.
fn run(audit: &Audit<'_>, account: &str, places: &[u32], is_first: bool, sink: &mut dyn Write) -> fmt::Result {
    let shown = places.get(..MOST_RESULTS).unwrap_or(places);
    let found = || shown.iter().filter_map(|place| audit.findings.at(*place as usize));
    // Rules by their ids, in the order in which a result refers to them.
    let ids: BTreeSet<&str> = found().map(|finding| finding.rule).collect();
    let rules: BTreeMap<&str, usize> = ids.into_iter().zip(0..).into_map();
    let of = if account.is_empty() { "unknown" } else { account };
    let id = plain(&format!("kmsguard/{of}/"));
    let invocation = Invocation {
        // Whatever could not be read may have been of any account.
        execution_successful: !audit.problems.iter().any(|problem| problem.is_error),
        tool_execution_notifications: notifications(audit, is_first, places.len() - shown.len()),
    };
    tool(audit, rules.keys(), sink)?;
    write!(
        sink,
        r#","automationDetails":{},"columnKind":"utf16CodeUnits","invocations":[{}],"results":["#,
        log::json(&log::AutomationDetails { id: &id }),
        log::json(&invocation)
    )?;
    for (number, finding) in found().enumerate() {
        if number > 0 {
            sink.write_char(',')?;
        }
        sink.write_str(&result(audit, &finding, rules.get(finding.rule).copied()))?;
    }
    sink.write_str("]}")
}

/// Begins a run with the tool and its rules, whose pages are long: one at a time.
fn tool<'a>(audit: &Audit<'_>, ids: impl Iterator<Item = &'a &'a str>, sink: &mut dyn Write) -> fmt::Result {
    write!(
        sink,
        r#"{{"tool":{{"driver":{{"name":"kmsguard","version":{version},"semanticVersion":{version},"informationUri":{uri},"rules":["#,
        version = log::json(&audit.version),
        uri = log::json(&env!("CARGO_PKG_HOMEPAGE")),
    )?;
    let rules = ids.filter_map(|id| RULES.iter().find(|rule| rule.id == *id));
    for (number, rule) in rules.enumerate() {
        if number > 0 {
            sink.write_char(',')?;
        }
        sink.write_str(&log::json(&descriptor(rule)))?;
    }
    sink.write_str("]}}")
}

/// What could not be read or decided stands in the first run, what was left out in its own.
fn notifications<'a>(audit: &'a Audit<'a>, is_first: bool, left_out: usize) -> Vec<Notification<'a>> {
    let mut notifications = Vec::new();
    if is_first {
        notifications.extend(audit.problems.iter().map(of_problem));
        for one in &audit.undetermined {
            for need in &one.needs {
                let of = need.of.map(|of| format!(" of {of}")).unwrap_or_default();
                let text =
                    format!("{} is undecided for {}: {}{of}", one.rule, count(one.count as usize, "object"), need.why);
                notifications.push(Notification {
                    level: "warning",
                    message: Message::of(&text),
                    descriptor: Some(log::Reference { id: one.rule }),
                    locations: Vec::new(),
                });
            }
        }
    }
    if left_out > 0 {
        let text = format!("{} are left out: a run holds {MOST_RESULTS}", count(left_out, "result"));
        notifications.push(Notification {
            level: "warning",
            message: Message::of(&text),
            descriptor: None,
            locations: Vec::new(),
        });
    }
    notifications
}

fn of_problem<'a>(problem: &Problem<'a>) -> Notification<'a> {
    let place = problem.input.map(|input| Place { input, line: 1, pointer: "" });
    Notification {
        level: if problem.is_error { "error" } else { "warning" },
        message: Message::of(problem.message),
        descriptor: Some(log::Reference { id: problem.code }),
        locations: place.iter().map(location).collect(),
    }
}

fn descriptor(rule: &'static Rule) -> Reporting<'static> {
    let family = rule.id.trim_end_matches(|digit: char| digit.is_ascii_digit());
    let page = rule.page();
    Reporting {
        id: rule.id,
        name: rule.name,
        short_description: log::Text { text: rule.title.to_owned() },
        full_description: log::Text { text: what_it_finds(&page) },
        help_uri: format!(
            "{}/blob/main/crates/kmsguard/src/rules/{}.rs",
            env!("CARGO_PKG_REPOSITORY"),
            rule.id.to_ascii_lowercase()
        ),
        help: log::Help { text: page.clone(), markdown: page },
        default_configuration: log::Configuration { level: level(rule.severity) },
        properties: log::RuleProperties {
            tags: ["security", "ibm-cloud", "encryption", family],
            security_severity: score(rule.severity),
        },
    }
}

/// The first paragraph of a rule's page, on one line.
fn what_it_finds(page: &str) -> String {
    let after = page.split_once("## What it finds\n\n").map_or(page, |(_, after)| after);
    let paragraph = after.split_once("\n\n").map_or(after, |(paragraph, _)| paragraph);
    paragraph.replace('\n', " ")
}

fn result(audit: &Audit<'_>, finding: &Finding<'_>, rule: Option<usize>) -> String {
    let mut text = format!("{}\nFix: {}", plain(&finding.whole_message()), plain(&finding.whole_fix()));
    // A list of places holds none twice.
    let mut seen = BTreeSet::new();
    let mut places = finding.places.clone();
    places.retain(|place| seen.insert((place.input, place.line.max(1), place.pointer)));
    let more = finding.places_left_out + places.len().saturating_sub(MOST_PLACES);
    if more > 0 {
        text += &format!("\n{} left out.", count(more, "more place"));
        places.truncate(MOST_PLACES);
    }
    // Without a place GitHub shows no result at all.
    let anywhere = Place { input: audit.inputs.first().map_or("-", |input| input.name), line: 1, pointer: "" };
    let (first, others) = places.split_first().unwrap_or((&anywhere, &[]));
    let hash = format!("{}:1", finding.fingerprint);
    log::json(&SarifResult {
        rule_id: finding.rule,
        rule_index: rule,
        level: level(finding.severity),
        message: Message { text: log::escaped(&text) },
        locations: [location(first)],
        related_locations: others.iter().map(location).collect(),
        partial_fingerprints: log::Fingerprints { primary_location_line_hash: &hash, kmsguard: finding.fingerprint },
        suppressions: finding
            .suppressed
            .iter()
            .map(|reason| Suppression { kind: "external", status: "accepted", justification: plain(reason) })
            .collect(),
        properties: log::ResultProperties {
            severity: crate::report::words::severity(finding.severity),
            account: finding.account,
            key: finding.key,
            resources: finding.resources,
        },
    })
}

fn location(place: &Place<'_>) -> Location {
    let pointer = (!place.pointer.is_empty()).then(|| Logical { fully_qualified_name: plain(place.pointer) });
    Location {
        physical_location: Physical {
            artifact_location: Artifact { uri: log::uri(place.input) },
            region: Region { start_line: place.line.max(1) },
        },
        logical_locations: pointer.into_iter().collect(),
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

/// In GitHub's bands: critical is above 9.0, high from 7.0, medium from 4.0, low from 0.1.
const fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
        Severity::Info => "0.0",
    }
}
