//! A page for a comment on a change, and for the summary of a job.

use super::view::{actions, groups, name, ordered, refusals, verdict, when};
use crate::api::{Certainty, ImpactAnswer};
use crate::report::markdown::{Page, cell, code, code_cell};
use crate::report::timeline::distance;
use crate::report::{count, plain};

/// A name, or a CRN as code, in a table.
fn shown(answer: &ImpactAnswer, crn: &str) -> String {
    let name = name(answer, crn);
    if name.starts_with("crn:") { code_cell(&plain(name)) } else { cell(&plain(name)) }
}

pub(super) fn markdown(answer: &ImpactAnswer) -> String {
    let mut page = Page::new("## kmsguard impact\n\n");
    page.push(&format!("**{}** · as of {}\n", cell(&verdict(answer)), answer.now));
    let row = |(action, target): (String, &str)| format!("- {action} {}\n", code(&plain(target)));
    page.table("\n", answer.actions.len(), actions(answer).into_iter().map(row), "actions");
    affected(answer, &mut page);
    let refusals = refusals(answer);
    let row = |(text, names): &(&str, Vec<&str>)| {
        let names: Vec<String> = names.iter().map(|name| shown(answer, name)).collect();
        format!("| {} | {} |\n", cell(&plain(text)), names.join(", "))
    };
    let heading = "\n### Why it is refused\n\n| Why | Whose |\n| --- | --- |\n";
    page.table(heading, refusals.len(), refusals.iter().map(row), "reasons");
    order(answer, &mut page);
    super::untangled::markdown(answer, &mut page);
    timeline(answer, &mut page);
    unknown(answer, &mut page);
    let row = |command: &crate::api::Command| {
        format!("- {}: {}\n", cell(&plain(&command.text)), code(&plain(&command.command)))
    };
    page.table("\n### Commands\n\n", answer.commands.len(), answer.commands.iter().map(row), "commands");
    let row = |problem: &crate::api::Problem| {
        let input = problem.input.as_deref().map(|input| code_cell(&plain(input))).unwrap_or_default();
        format!("| {} | {input} | {} |\n", problem.code, cell(&plain(&problem.message)))
    };
    let heading = "\n### What could not be read\n\n| Code | Input | What is wrong |\n| --- | --- | --- |\n";
    page.table(heading, answer.problems.len(), answer.problems.iter().map(row), "problems");
    page.into_text()
}

fn affected(answer: &ImpactAnswer, page: &mut Page) {
    let groups = groups(answer);
    let row = |group: &super::view::Group<'_>| {
        let possible = if group.certainty == Certainty::Possible { "possibly " } else { "" };
        let undo = match (group.undo, group.until) {
            (Some(undo), Some(until)) => format!("{} until {until}", code_cell(&plain(undo))),
            (Some(undo), None) => code_cell(&plain(undo)),
            (None, _) => String::new(),
        };
        format!(
            "| {} | {} | {possible}{} | {} | {} | {undo} | {} |\n",
            shown(answer, group.deployment),
            cell(&plain(group.service)),
            group.effect,
            count(group.resources.len(), "resource"),
            cell(&group.since),
            cell(&plain(&group.why.join("; "))),
        )
    };
    let heading = "\n### What is hit\n\n| Deployment | Service | Effect | Of | Since | Undone by | Why |\n\
                   | --- | --- | --- | --- | --- | --- | --- |\n";
    page.table(heading, groups.len(), groups.iter().map(row), "deployments");
}

fn order(answer: &ImpactAnswer, page: &mut Page) {
    let (Some(steps), Some(ordering)) = (&answer.order, &answer.ordering) else { return };
    page.push(&format!("\n### In which order\n\n**{}**\n", ordered(ordering.verdict)));
    let row = |reason: &crate::api::Reason| {
        format!("- {}: {}\n", shown(answer, &reason.reference), cell(&plain(&reason.text)))
    };
    page.table("\n", ordering.because.len(), ordering.because.iter().map(row), "reasons");
    let row = |unknown: &crate::api::Unknown| {
        let of = unknown.of.as_deref().map(|of| format!("{}: ", shown(answer, of))).unwrap_or_default();
        format!("- not known: {of}{}\n", cell(&plain(&unknown.why)))
    };
    page.table("\n", ordering.unknown.len(), ordering.unknown.iter().map(row), "doubts");
    let row = |(number, step): (usize, &crate::api::OrderStepReport)| {
        let code = |commands: &[crate::api::Command]| {
            let codes: Vec<String> = commands.iter().map(|one| code_cell(&plain(&one.command))).collect();
            codes.join("<br>")
        };
        let (when, why) = step.wait.as_ref().map_or(("at once".to_owned(), ""), |wait| (when(wait), &wait.why));
        format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            number + 1,
            cell(&plain(&step.text)),
            cell(&when),
            cell(&plain(why)),
            code(&step.checks),
            code(&step.commands)
        )
    };
    let heading = "\n| Step | What | When | Why then | Check first | Run |\n| --- | --- | --- | --- | --- | --- |\n";
    page.table(heading, steps.len(), steps.iter().enumerate().map(row), "steps");
}

fn timeline(answer: &ImpactAnswer, page: &mut Page) {
    let row = |event: &crate::api::TimelineEvent| {
        format!(
            "| {} | {} | {} | {} |\n",
            event.at,
            distance(answer.now, event.at),
            cell(&plain(&event.event)),
            event.subject.as_deref().map(|subject| shown(answer, subject)).unwrap_or_default()
        )
    };
    let heading =
        if answer.blockers.is_empty() { "What happens when" } else { "What happens when, if it goes through" };
    let heading = format!("\n### {heading}\n\n| At | From then | What | Of |\n| --- | --- | --- | --- |\n");
    page.table(&heading, answer.timeline.len(), answer.timeline.iter().map(row), "events");
}

fn unknown(answer: &ImpactAnswer, page: &mut Page) {
    let row = |unknown: &crate::api::Unknown| {
        let of = unknown.of.as_deref().map(|of| shown(answer, of)).unwrap_or_default();
        let command = unknown.command.as_deref().map(|command| code_cell(&plain(command))).unwrap_or_default();
        let role = unknown.role.as_deref().map(|role| cell(&plain(role))).unwrap_or_default();
        format!("| {} | {of} | {command} | {role} |\n", cell(&plain(&unknown.why)))
    };
    let heading = "\n### What is not known\n\n| Why it matters | Of | Command | Role |\n| --- | --- | --- | --- |\n";
    page.table(heading, answer.unknown.len(), answer.unknown.iter().map(row), "rows");
}
