//! How keys are untangled, as Markdown and as part of a page.

use maud::{Markup, html};

use super::view::{name, word};
use crate::api::{
    Command, ImpactAnswer, Surface, UntangleStep, UntangleVerdict, UntangleWait, UntangledDeployment, UntanglingReport,
};
use crate::report::markdown::{Page, cell, code_cell};
use crate::report::{count, plain};

/// A page holds so many deployments, and so many steps.
const MOST: usize = 5_000;

/// What an untangling comes to, in words.
pub(super) const fn verdict(verdict: UntangleVerdict) -> &'static str {
    match verdict {
        UntangleVerdict::NotShared => "one deployment at most uses it: there is nothing to untangle",
        UntangleVerdict::InPlace => "all that share it can be given a key of their own where they stand",
        UntangleVerdict::Anew => "some must be made anew, or need a support ticket",
        UntangleVerdict::Unknown => "not all of it is known",
    }
}

/// How long a step waits, in words.
pub(super) fn waits(wait: &UntangleWait) -> String {
    let days = |seconds: u32| seconds / 86_400;
    match wait.seconds {
        Some(seconds) if seconds >= 86_400 => {
            format!("{} after the step it waits for", count(days(seconds) as usize, "day"))
        }
        Some(seconds) => format!("{} after the step it waits for", count(seconds as usize, "second")),
        None => "not before the check shows it".to_owned(),
    }
}

/// What of a deployment gets its key in which way.
fn parts(one: &UntangledDeployment) -> Vec<String> {
    one.parts
        .iter()
        .map(|part| {
            let of =
                if part.services.is_empty() { "of no known service".to_owned() } else { part.services.join(" or ") };
            format!("{} ({of}): {}", count(part.resources.len(), "resource"), word(&part.how))
        })
        .collect()
}

fn surface(command: &Command) -> &'static str {
    match command.surface {
        Surface::Cli => "",
        Surface::Rest => " (REST)",
        Surface::Terraform => " (Terraform)",
    }
}

pub(super) fn markdown(answer: &ImpactAnswer, page: &mut Page) {
    for report in answer.untangling.iter().flatten() {
        one(answer, report, page);
    }
}

fn one(answer: &ImpactAnswer, report: &UntanglingReport, page: &mut Page) {
    let shown = |crn: &str| {
        let name = name(answer, crn);
        if name.starts_with("crn:") { code_cell(&plain(name)) } else { cell(&plain(name)) }
    };
    page.push(&format!("\n### Untangling {}\n\n**{}**\n", shown(&report.key), verdict(report.verdict)));
    let row = |one: &UntangledDeployment| {
        let why = one.parts.iter().flat_map(|part| &part.because).filter(|reason| reason.source.is_some());
        let mut why: Vec<&str> = why.map(|reason| reason.text.as_str()).collect();
        why.dedup();
        format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            shown(&one.deployment),
            cell(&plain(&one.service)),
            word(&one.how),
            one.key.as_ref().map(|key| code_cell(&plain(&key.name))).unwrap_or_default(),
            cell(&plain(&parts(one).join("; "))),
            cell(&plain(&why.join("; "))),
        )
    };
    let heading =
        "\n| Deployment | Service | How | Its key | What of it | Why |\n| --- | --- | --- | --- | --- | --- |\n";
    page.table(heading, report.deployments.len(), report.deployments.iter().map(row), "deployments");
    let row = |(number, step): (usize, &UntangleStep)| {
        let code = |commands: &mut dyn Iterator<Item = &Command>| {
            commands.map(|one| code_cell(&plain(&one.command))).collect::<Vec<_>>().join("<br>")
        };
        format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            number + 1,
            step.deployment.as_deref().map(shown).unwrap_or_default(),
            cell(&plain(&step.text)),
            step.wait.as_ref().map(|wait| cell(&plain(&format!("{}: {}", waits(wait), wait.why)))).unwrap_or_default(),
            code(&mut step.checks.iter()),
            code(&mut step.in_shell()),
        )
    };
    let heading = "\n| Step | For | What | When | Check first | Run |\n| --- | --- | --- | --- | --- | --- |\n";
    page.table(heading, report.steps.len(), report.steps.iter().enumerate().map(row), "steps");
    let stays =
        |reason: &crate::api::Reason| format!("- {}: {}\n", shown(&reason.reference), cell(&plain(&reason.text)));
    page.table(
        "\n**What stays on the key, or may:**\n\n",
        report.stays.len(),
        report.stays.iter().map(stays),
        "reasons",
    );
    let because = &report.removal.because;
    page.table("\n**Why what is left cannot be removed:**\n\n", because.len(), because.iter().map(stays), "reasons");
}

pub(super) fn markup(answer: &ImpactAnswer) -> Markup {
    html! { @for (place, report) in answer.untangling.iter().flatten().enumerate() { (section(answer, place, report)) } }
}

fn section(answer: &ImpactAnswer, place: usize, report: &UntanglingReport) -> Markup {
    let id = format!("untangling-{place}");
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { "Untangling " (plain(name(answer, &report.key))) }
            p { strong { (verdict(report.verdict)) } }
            table {
                thead { tr { th scope="col" { "Deployment" } th scope="col" { "How" } th scope="col" { "Its key" } th scope="col" { "What of it" } th scope="col" { "Why" } } }
                tbody {
                    @for one in report.deployments.iter().take(MOST) {
                        tr {
                            td { (plain(name(answer, &one.deployment))) " (" (plain(&one.service)) ")" }
                            td { (word(&one.how)) }
                            td { @if let Some(key) = &one.key { code { (plain(&key.name)) } } }
                            td { ul { @for part in parts(one) { li { (plain(&part)) } } } }
                            td { @for reason in one.parts.iter().flat_map(|part| &part.because).filter(|reason| reason.source.is_some()) { p { (plain(&reason.text)) } } }
                        }
                    }
                }
            }
            @if !report.steps.is_empty() {
                ol { @for step in report.steps.iter().take(MOST) { (one_step(answer, step)) } }
            }
            @if !report.stays.is_empty() {
                p { "What stays on the key, or may:" }
                ul { @for reason in report.stays.iter().take(MOST) { li { (plain(name(answer, &reason.reference))) ": " (plain(&reason.text)) } } }
            }
            @if !report.removal.because.is_empty() {
                p { "Why what is left cannot be removed:" }
                ul { @for reason in report.removal.because.iter().take(MOST) { li { (plain(name(answer, &reason.reference))) ": " (plain(&reason.text)) } } }
            }
        }
    }
}

fn one_step(answer: &ImpactAnswer, step: &UntangleStep) -> Markup {
    html! {
        li {
            @if let Some(deployment) = &step.deployment { (plain(name(answer, deployment))) ": " }
            (plain(&step.text))
            @if let Some(wait) = &step.wait { p { (waits(wait)) ": " (plain(&wait.why)) } }
            @for check in &step.checks { p { "first, " (plain(&check.text)) ":" } pre { code { (plain(&check.command)) } } }
            @for command in &step.commands { p { (plain(&command.text)) (surface(command)) ":" } pre { code { (plain(&command.command)) } } }
        }
    }
}
