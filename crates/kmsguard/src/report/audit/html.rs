//! One file that needs no network: it opens in any browser, in dark or light, can be filtered and printed.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Audit, Finding};
use crate::report::graph::{self, Graph};
use crate::report::page::{SCRIPT, STYLE, filter};
use crate::report::words::SEVERITIES;
use crate::report::{count, plain, words};

/// Only these two styles and this script may run, whatever a name in an export makes of the page. A test makes the hashes anew.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; \
                      style-src 'sha256-dgHccq9fI6CigD4VbCiRj31LV1mBXA7YhA2Cz8sjXUQ=' 'sha256-2/Hrxupqw0HwzgFSK2N8ukpU/CyVUMj03zrZ/A2eqDg='; \
                      script-src 'sha256-GuAwJpisZ+2i7CM723g59w33/lFaIF8GA2kzdgNBwBg='";

/// A page holds so many findings; other formats hold them all.
const MOST: usize = 5_000;

/// So many places of a finding are shown.
const PLACES: usize = 100;

pub(crate) fn html(audit: &Audit<'_>, picture: &Graph) -> String {
    let total = audit.findings.count();
    let standing = audit.standing().count();
    let verdict = verdict(audit, standing);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "kmsguard audit: " (verdict) }
                style { (PreEscaped(STYLE)) }
                style { (PreEscaped(graph::STYLE)) }
            }
            body {
                header {
                    h1 { "kmsguard audit" }
                    p { strong { (verdict) } " · " (numbers(audit)) }
                }
                main {
                    section aria-labelledby="picture" {
                        h2 id="picture" { "What hangs on which key" }
                        p { (picture.words) }
                        @if !picture.keys.is_empty() {
                            section.picture tabindex="0" aria-label="Picture, may scroll" { (graph::svg_inside(picture)) }
                        }
                    }
                    section aria-labelledby="findings" {
                        h2 id="findings" { "Findings" }
                        @if total == 0 {
                            p { (verdict) "." }
                        } @else {
                            (filter("Severity", SEVERITIES.into_iter().map(words::severity)))
                            ol.findings { @for finding in audit.all().take(MOST) { (entry(audit, &finding)) } }
                        }
                        @if total > MOST {
                            p { (count(total - MOST, "more finding")) " left out: the page would be too long. SARIF, CSV and JSON hold them all." }
                        }
                    }
                    (undetermined(audit))
                    (read(audit))
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string() + "\n"
}

fn verdict(audit: &Audit<'_>, standing: usize) -> String {
    match (standing, audit.problems.iter().any(|problem| problem.is_error)) {
        (0, true) => "no findings in what could be read".to_owned(),
        (0, false) if !audit.undetermined.is_empty() => "no findings, but not everything could be decided".to_owned(),
        (0, false) => "no findings".to_owned(),
        (number, _) => count(number, "finding"),
    }
}

/// `2 high, 1 low · 1 suppressed · as of …`.
fn numbers(audit: &Audit<'_>) -> String {
    let number = |severity| audit.standing().filter(|finding| finding.severity == severity).count();
    let numbers: Vec<String> = SEVERITIES
        .into_iter()
        .map(|severity| (number(severity), severity))
        .filter(|(number, _)| *number > 0)
        .map(|(number, severity)| format!("{number} {}", words::severity(severity)))
        .collect();
    let suppressed = audit.findings.count() - audit.standing().count();
    let mut parts = vec![numbers.join(", ")];
    parts.push(if suppressed > 0 { format!("{suppressed} suppressed") } else { String::new() });
    parts.push(format!("as of {}", audit.now));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn entry(audit: &Audit<'_>, finding: &Finding<'_>) -> Markup {
    let severity = words::severity(finding.severity);
    let class = if finding.suppressed.is_some() { format!("{severity} suppressed") } else { severity.to_owned() };
    let named =
        |crn: &str| html! { @if let Some(name) = audit.findings.name(crn) { (plain(name)) " " } code { (plain(crn)) } };
    html! {
        li class=(class) data-severity=(severity) {
            details {
                summary {
                    strong { (severity) } " " code { (finding.rule) } " " (finding.title) ": " (plain(finding.subject(audit.findings)))
                    @if finding.suppressed.is_some() { " (suppressed)" }
                }
                p { (plain(finding.message)) }
                dl {
                    @if let Some(reason) = finding.suppressed { dt { "suppressed" } dd { (plain(reason)) } }
                    @if !finding.because.is_empty() { dt { "why " (severity) } dd { (plain(finding.because)) } }
                    @if let Some(account) = finding.account {
                        dt { "account" }
                        dd {
                            @if let Some(name) = finding.account_name { (plain(name)) " " }
                            code { (plain(account)) }
                            @if let Some(owner) = finding.owner { ", owner " (plain(owner)) }
                        }
                    }
                    @if let Some(key) = finding.key { dt { "key" } dd { (named(key)) } }
                    @for resource in finding.resources.iter().take(PLACES) { dt { "concerns" } dd { (named(resource)) } }
                    @for place in finding.places.iter().take(PLACES) {
                        dt { "seen in" }
                        dd { code { (plain(place.input)) ":" (place.line) " " (plain(place.pointer)) } }
                    }
                    @if finding.resources.len().max(finding.seen_in()) > PLACES {
                        dt { "and more" }
                        dd { (count(finding.resources.len(), "resource")) ", " (count(finding.seen_in(), "place")) " in all" }
                    }
                    dt { "fix" }
                    dd {
                        (plain(finding.fix))
                        @for command in &finding.commands { div { (plain(command.text)) ":" } pre { code { (plain(command.command)) } } }
                    }
                    dt { "fingerprint" }
                    dd { code { (finding.fingerprint) } }
                }
            }
        }
    }
}

fn undetermined(audit: &Audit<'_>) -> Markup {
    let rows = || audit.undetermined.iter().flat_map(|one| one.needs.iter().map(move |need| (one, need)));
    html! {
        @if rows().next().is_some() {
            section aria-labelledby="undecided" {
                h2 id="undecided" { "What could not be decided" }
                table {
                    thead { tr { th scope="col" { "Rule" } th scope="col" { "Objects" } th scope="col" { "Why" } th scope="col" { "What would settle it" } } }
                    tbody {
                        @for (one, need) in rows() {
                            tr {
                                td { code { (one.rule) } }
                                td { (one.count) }
                                td {
                                    (plain(need.why))
                                    @if let Some(of) = need.of { ", of " (plain(audit.findings.name(of).unwrap_or(of))) }
                                }
                                td {
                                    @if let Some(command) = need.command { code { (plain(command)) } }
                                    @if let Some(role) = need.role { " (" (plain(role)) ")" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was read, and what could not be.
fn read(audit: &Audit<'_>) -> Markup {
    html! {
        section aria-labelledby="read" {
            h2 id="read" { "What was read" }
            @if !audit.problems.is_empty() {
                ul {
                    @for problem in &audit.problems {
                        li {
                            strong { @if problem.is_error { "error" } @else { "warning" } } " " code { (problem.code) } " "
                            @if let Some(input) = problem.input { code { (plain(input)) } ": " }
                            (plain(problem.message))
                        }
                    }
                }
            }
            table {
                thead { tr { th scope="col" { "Export" } th scope="col" { "Kind" } th scope="col" { "Records" } th scope="col" { "Account" } } }
                tbody {
                    @for input in &audit.inputs {
                        tr {
                            td { code { (plain(input.name)) } }
                            td { (input.kind) }
                            td { (input.records) }
                            td { @if let Some(account) = input.account { code { (plain(account)) } } }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::hash;

    #[test]
    fn the_page_runs_its_own_styles_and_script_alone() {
        for text in [STYLE, graph::STYLE, SCRIPT] {
            assert!(POLICY.contains(&hash(text)), "the hash is {}", hash(text));
        }
        assert!(!SCRIPT.contains("</") && !STYLE.contains('<') && !graph::STYLE.contains(['<', '&']));
    }
}
