//! One file that needs no network: it opens in any browser, in dark or light; its table can be filtered, and it can be printed.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::api::migrate::{authorized_word, intent_word, verdict_word};
use crate::api::{MigrateAnswer, MigrationAssociation, MigrationRow, Severity, Unknown};
use crate::migrate::Readiness;
use crate::report::page::{SCRIPT, STYLE, filter};
use crate::report::{count, plain};

/// Only this style and this script may run, whatever a name in an export makes of the page. A test makes the hashes anew.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-dgHccq9fI6CigD4VbCiRj31LV1mBXA7YhA2Cz8sjXUQ='; \
                      script-src 'sha256-GuAwJpisZ+2i7CM723g59w33/lFaIF8GA2kzdgNBwBg='";

/// A page holds so many keys; other formats hold them all.
const MOST: usize = 5_000;

/// Of a key so many resources are shown.
const RESOURCES: usize = 100;

const CHOICES: [Readiness; 4] = [Readiness::NotReady, Readiness::Unknown, Readiness::Ready, Readiness::Moved];

pub(super) fn html(answer: &MigrateAnswer) -> String {
    let rows = answer.by_readiness();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "kmsguard migrate: " (answer.days()) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "kmsguard migrate" }
                    p { strong { (answer.headline()) } }
                    p { (answer.numbers()) " · as of " (answer.now) }
                }
                main {
                    section aria-labelledby="keys" {
                        h2 id="keys" { "Keys" }
                        @if rows.is_empty() { p { "No key of Hyper Protect Crypto Services was found." } } @else {
                            (filter("Ready", CHOICES.into_iter().map(Readiness::words)))
                            table {
                                thead { tr { th scope="col" { "Ready" } th scope="col" { "Key" } th scope="col" { "Move to" } th scope="col" { "Used by" } th scope="col" { "Next" } } }
                                tbody.findings { @for row in rows.iter().take(MOST) { (key(answer, row)) } }
                            }
                        }
                        @if rows.len() > MOST {
                            p { (count(rows.len() - MOST, "more key")) " left out: the page would be too long. CSV and JSON hold them all." }
                        }
                    }
                    (policies(answer))
                    (unknown(answer))
                    (way(answer))
                    (scope(answer))
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string() + "\n"
}

/// A name with its CRN, or the CRN alone.
fn named(answer: &MigrateAnswer, crn: &str) -> Markup {
    html! { @if let Some(name) = answer.name(crn) { (plain(name)) " " } code { (plain(crn)) } }
}

fn key(answer: &MigrateAnswer, row: &MigrationRow) -> Markup {
    let class = match row.readiness {
        Readiness::NotReady => "high",
        Readiness::Unknown => "medium",
        Readiness::Ready | Readiness::Moved => "info",
    };
    html! {
        tr class=(class) data-severity=(row.readiness.words()) {
            td { strong { (row.readiness.words()) } }
            td { (named(answer, &row.source_key)) " (" (row.state.name()) ")" }
            td { @match &row.target_key { Some(target) => { (named(answer, target)) } None => { (candidates(answer, row)) } } }
            td {
                (plain(&row.users()))
                @if !row.associations.is_empty() { (associations(answer, row)) }
            }
            td {
                @if !row.problems.is_empty() || !row.unknown.is_empty() {
                    ul {
                        @for problem in &row.problems {
                            li { @if problem.severity == Severity::Error { strong { (problem.code) } } @else { (problem.code) } " " (plain(&problem.message)) }
                        }
                        @for unknown in row.unknown.iter().take(RESOURCES) { li { "not known: " (wanted(answer, unknown)) } }
                    }
                }
                @if let Some(moment) = row.next.not_before { "Not before " (moment) ": " }
                (plain(&row.next.action))
                @if let Some(command) = &row.next.command { pre { code { (plain(command)) } } }
            }
        }
    }
}

fn candidates(answer: &MigrateAnswer, row: &MigrationRow) -> Markup {
    html! {
        @if row.candidates.is_empty() { "to be named" } @else {
            details {
                summary { "to be named; could be" }
                ul {
                    @for candidate in &row.candidates {
                        li { (named(answer, &candidate.key)) @if candidate.taken { ", taken by another key" } @if candidate.dedicated.is_none() { ", not known to be Dedicated" } }
                    }
                }
            }
        }
    }
}

fn associations(answer: &MigrateAnswer, row: &MigrationRow) -> Markup {
    let shown: Vec<&MigrationAssociation> = {
        let mut all: Vec<&MigrationAssociation> = row.associations.iter().collect();
        all.sort_by_key(|one| !one.is_open());
        all.truncate(RESOURCES);
        all
    };
    html! {
        details {
            summary { "each of them" }
            ul {
                @for one in shown {
                    li {
                        (named(answer, &one.resource))
                        @if row.target_key.is_some() { ": " (verdict_word(one.verdict)) ", IAM " (authorized_word(one.authorized)) }
                        ", follows an intent: " (intent_word(one.intent))
                        @if let Some(differs) = &one.differs { ". " (plain(differs)) }
                        @if let Some(witness) = one.witnesses.first() {
                            " (seen in " code { (plain(&witness.evidence.input)) ":" (witness.evidence.line) } ")"
                        }
                    }
                }
            }
            @if row.associations.len() > RESOURCES { p { (count(row.associations.len() - RESOURCES, "more association")) " left out." } }
        }
    }
}

fn policies(answer: &MigrateAnswer) -> Markup {
    html! {
        @if !answer.policies.is_empty() {
            section aria-labelledby="policies" {
                h2 id="policies" { "Authorizations to make" }
                p { "Each is made in the account of the key to move to; those on the keys to move from stay." }
                @for policy in answer.policies.iter().take(MOST) {
                    details {
                        summary { "for " (count(policy.associations as usize, "association")) }
                        @if let Some(command) = &policy.template.cli { pre { code { (plain(command)) } } }
                        @if let Some(terraform) = &policy.template.terraform { pre { code { @for line in terraform.lines() { (plain(line)) "\n" } } } }
                    }
                }
            }
        }
    }
}

fn wanted(answer: &MigrateAnswer, unknown: &Unknown) -> Markup {
    html! {
        (plain(&unknown.why))
        @if let Some(of) = &unknown.of { ", of " (plain(answer.name(of).unwrap_or(of))) }
        @if let Some(command) = &unknown.command { ": " code { (plain(command)) } }
        @if let Some(role) = &unknown.role { " (" (plain(role)) ")" }
    }
}

fn unknown(answer: &MigrateAnswer) -> Markup {
    html! {
        @if !answer.unknown.is_empty() || !answer.problems.is_empty() {
            section aria-labelledby="unknown" {
                h2 id="unknown" { "What is not known of the whole" }
                ul {
                    @for problem in &answer.problems {
                        li { code { (problem.code) } " " @if let Some(input) = &problem.input { code { (plain(input)) } ": " } (plain(&problem.message)) }
                    }
                    @for unknown in &answer.unknown { li { (wanted(answer, unknown)) } }
                }
            }
        }
    }
}

fn way(answer: &MigrateAnswer) -> Markup {
    html! {
        @if !answer.steps.is_empty() {
            section aria-labelledby="way" {
                h2 id="way" { "The way" }
                ol {
                    @for step in &answer.steps {
                        li {
                            (step.text) " (" (count(step.keys as usize, "key")) ")"
                            @if let Some(moment) = step.not_before { ", not before " (moment) }
                            pre { code { (step.command.command) } }
                        }
                    }
                }
            }
        }
    }
}

fn scope(answer: &MigrateAnswer) -> Markup {
    html! {
        section aria-labelledby="scope" {
            h2 id="scope" { "What was seen, and what no export shows" }
            @if !answer.scope.seen.is_empty() { ul { @for seen in &answer.scope.seen { li { (seen) } } } }
            table {
                thead { tr { th scope="col" { "Use that no export shows" } th scope="col" { "How to find out" } } }
                tbody { @for one in &answer.scope.not_seen { tr { td { (one.usage) } td { (one.how_to_check) } } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::hash;

    #[test]
    fn the_page_runs_its_own_style_and_script_alone() {
        for text in [STYLE, SCRIPT] {
            assert!(POLICY.contains(&hash(text)), "the hash is {}", hash(text));
        }
    }
}
