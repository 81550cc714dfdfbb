//! One file that needs no network: it opens in any browser, in dark or light, and can be printed.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::chart::chart;
use super::untangled;
use super::view::{Group, Weight, actions, groups, name, ordered, refusals, verdict, when};
use crate::api::{Certainty, ImpactAnswer, Severity};
use crate::report::page::STYLE;
use crate::report::{count, plain, timeline};

/// Only these two styles may run, whatever a name in an export makes of the page, and no script. A test makes the hashes anew.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; \
                      style-src 'sha256-dgHccq9fI6CigD4VbCiRj31LV1mBXA7YhA2Cz8sjXUQ=' 'sha256-eL+f00GfaeVTFxkfJU+6m13/r9Gj2467aFPg+WSStbQ='";

/// A page holds so many deployments; other formats hold them all.
const MOST: usize = 5_000;

/// Of a deployment so many resources are shown.
const RESOURCES: usize = 100;

pub(super) fn html(answer: &ImpactAnswer) -> String {
    let verdict = verdict(answer);
    let chart = chart(answer);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "kmsguard impact: " (verdict) }
                style { (PreEscaped(STYLE)) }
                style { (PreEscaped(timeline::STYLE)) }
            }
            body {
                header {
                    h1 { "kmsguard impact" }
                    p { strong { (verdict) } " · as of " (answer.now) }
                    ul { @for (action, target) in actions(answer) { li { (action) " " code { (plain(target)) } } } }
                }
                main {
                    (refused(answer))
                    (affected(answer))
                    (order(answer))
                    (untangled::markup(answer))
                    section aria-labelledby="when" {
                        h2 id="when" { (chart.title) }
                        p { (chart.words) }
                        @if !chart.moments.is_empty() {
                            section.picture tabindex="0" aria-label="Picture, may scroll" { (timeline::svg_inside(&chart)) }
                            (pages(answer))
                        }
                    }
                    (unknown(answer))
                    (commands(answer))
                    (read(answer))
                }
            }
        }
    };
    page.into_string() + "\n"
}

/// A name with its CRN, or the CRN alone.
fn named(answer: &ImpactAnswer, crn: &str) -> Markup {
    let name = name(answer, crn);
    html! { @if name != crn { (plain(name)) " " } code { (plain(crn)) } }
}

fn refused(answer: &ImpactAnswer) -> Markup {
    let refusals = refusals(answer);
    html! {
        @if !refusals.is_empty() {
            section aria-labelledby="refused" {
                h2 id="refused" { "Why it is refused" }
                ul {
                    @for (text, names) in &refusals {
                        li { (plain(text)) ": " (plain(&names.iter().take(RESOURCES).copied().collect::<Vec<_>>().join(", "))) @if names.len() > RESOURCES { " and " (names.len() - RESOURCES) " more" } }
                    }
                }
            }
        }
    }
}

fn affected(answer: &ImpactAnswer) -> Markup {
    let groups = groups(answer);
    html! {
        section aria-labelledby="hit" {
            h2 id="hit" { "What is hit" }
            @if groups.is_empty() { p { "Nothing that is known." } } @else {
                ol.findings { @for group in groups.iter().take(MOST) { (entry(answer, group)) } }
            }
            @if groups.len() > MOST {
                p { (count(groups.len() - MOST, "more deployment")) " left out: the page would be too long. JSON holds them all." }
            }
        }
    }
}

fn entry(answer: &ImpactAnswer, group: &Group<'_>) -> Markup {
    let class = match group.weight {
        Weight::Lost => "high",
        Weight::Doubtful | Weight::CutOff => "medium",
        Weight::Untouched => "info",
    };
    html! {
        li class=(class) {
            details {
                summary {
                    strong { @if group.certainty == Certainty::Possible { "possibly " } (group.effect) } " "
                    (plain(name(answer, group.deployment))) " (" (plain(group.service)) ", " (count(group.resources.len(), "resource")) ") "
                    (group.since)
                }
                dl {
                    dt { "deployment" }
                    dd { (named(answer, group.deployment)) }
                    @for why in &group.why { dt { "why" } dd { (plain(why)) } }
                    @if let Some(undo) = group.undo {
                        dt { "undone by" }
                        dd { code { (plain(undo)) } @if let Some(until) = group.until { " until " (until) } }
                    }
                    @for resource in group.resources.iter().take(RESOURCES) { dt { "resource" } dd { code { (plain(resource)) } } }
                    @if group.resources.len() > RESOURCES {
                        dt { "and more" }
                        dd { (count(group.resources.len(), "resource")) " in all" }
                    }
                }
            }
        }
    }
}

/// The order in which all is removed, or why there is none, where it was asked for.
fn order(answer: &ImpactAnswer) -> Markup {
    html! {
        @if let (Some(steps), Some(ordering)) = (&answer.order, &answer.ordering) {
            section aria-labelledby="order" {
                h2 id="order" { "In which order" }
                p { strong { (ordered(ordering.verdict)) } }
                @if !ordering.because.is_empty() || !ordering.unknown.is_empty() {
                    ul {
                        @for reason in ordering.because.iter().take(MOST) { li { (plain(name(answer, &reason.reference))) ": " (plain(&reason.text)) } }
                        @for unknown in ordering.unknown.iter().take(MOST) {
                            li { "not known: " @if let Some(of) = &unknown.of { (plain(name(answer, of))) ": " } (plain(&unknown.why)) }
                        }
                    }
                }
                @if !steps.is_empty() {
                    ol {
                        @for step in steps.iter().take(MOST) {
                            li {
                                (plain(&step.text))
                                @if let Some(wait) = &step.wait { p { (when(wait)) ": " (plain(&wait.why)) } }
                                @for check in &step.checks { p { "first, " (plain(&check.text)) ":" } pre { code { (plain(&check.command)) } } }
                                @for command in &step.commands { p { (plain(&command.text)) ":" } pre { code { (plain(&command.command)) } } }
                                @if let Some(undo) = &step.undo {
                                    p { "undone" @if let Some(until) = step.undo_until { " until " (until) } " by " code { (plain(undo)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The pages that say what happens when, once each.
fn pages(answer: &ImpactAnswer) -> Markup {
    let mut pages: Vec<_> = answer.timeline.iter().map(|event| event.source).collect();
    pages.sort_unstable_by_key(|page| (page.title, page.url));
    pages.dedup();
    html! {
        p { "What pages say this:" }
        ul { @for page in &pages { li { (page.title) ", as of " (page.as_of) ": " code { (page.url) } } } }
    }
}

fn unknown(answer: &ImpactAnswer) -> Markup {
    html! {
        @if !answer.unknown.is_empty() {
            section aria-labelledby="unknown" {
                h2 id="unknown" { "What is not known" }
                table {
                    thead { tr { th scope="col" { "Why it matters" } th scope="col" { "Of" } th scope="col" { "What would settle it" } } }
                    tbody {
                        @for unknown in answer.unknown.iter().take(MOST) {
                            tr {
                                td { (plain(&unknown.why)) }
                                td { @if let Some(of) = &unknown.of { (plain(name(answer, of))) } }
                                td {
                                    @if let Some(command) = &unknown.command { code { (plain(command)) } }
                                    @if let Some(role) = &unknown.role { " (" (plain(role)) ")" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn commands(answer: &ImpactAnswer) -> Markup {
    html! {
        @if !answer.commands.is_empty() {
            section aria-labelledby="commands" {
                h2 id="commands" { "Commands" }
                @for command in &answer.commands { p { (plain(&command.text)) ":" } pre { code { (plain(&command.command)) } } }
            }
        }
    }
}

/// What was read, and what could not be.
fn read(answer: &ImpactAnswer) -> Markup {
    html! {
        section aria-labelledby="read" {
            h2 id="read" { "What was read" }
            @if !answer.problems.is_empty() {
                ul {
                    @for problem in &answer.problems {
                        li {
                            strong { @if problem.severity == Severity::Error { "error" } @else { "warning" } } " " code { (problem.code) } " "
                            @if let Some(input) = &problem.input { code { (plain(input)) } ": " }
                            (plain(&problem.message))
                        }
                    }
                }
            }
            table {
                thead { tr { th scope="col" { "Export" } th scope="col" { "Kind" } th scope="col" { "Records" } th scope="col" { "Account" } } }
                tbody {
                    @for input in &answer.inputs {
                        tr {
                            td { code { (plain(&input.name)) } }
                            td { (input.kind.name()) }
                            td { (input.records) }
                            td { @if let Some(account) = &input.account { code { (plain(account)) } } }
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
    fn the_page_runs_its_own_styles_alone() {
        for text in [STYLE, timeline::STYLE] {
            assert!(POLICY.contains(&hash(text)), "the hash is {}", hash(text));
        }
        assert!(!timeline::STYLE.contains(['<', '&']));
    }
}
