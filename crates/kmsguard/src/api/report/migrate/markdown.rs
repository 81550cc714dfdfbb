//! A page for a comment and for the summary of a job: how many days are left, then what somebody has to act on.

use crate::api::{MigrateAnswer, MigrationRow, MigrationStep};
use crate::migrate::Readiness;
use crate::report::markdown::{Page, cell, code, code_cell};
use crate::report::plain;

/// So many keys are shown with what is wrong; the table names the others.
const IN_FULL: usize = 20;

pub(super) fn markdown(answer: &MigrateAnswer) -> String {
    let mut page = Page::new("## kmsguard migrate\n\n");
    page.push(&format!("**{}**\n\n{} · as of {}\n", cell(&answer.headline()), answer.numbers(), answer.now));
    let rows = answer.by_readiness();
    let shown = |crn: &str| match answer.name(crn) {
        Some(name) => cell(&plain(name)),
        None => code_cell(&plain(crn)),
    };
    let row = |row: &&MigrationRow| {
        format!(
            "| {} | {} | {} | {} | {} |\n",
            row.readiness.words(),
            shown(&row.source_key),
            row.target_key.as_deref().map(shown).unwrap_or_default(),
            cell(&plain(&row.users())),
            cell(&plain(&row.next.action))
        )
    };
    let heading = "\n| Ready | Key | To | Used by | Next |\n| --- | --- | --- | --- | --- |\n";
    page.table(heading, rows.len(), rows.iter().map(row), "keys");
    let open: Vec<&&MigrationRow> = rows.iter().filter(|row| needs_somebody(row)).collect();
    for (number, row) in open.iter().take(IN_FULL).enumerate() {
        if !page.push_if_it_fits(&full(answer, row)) {
            page.left_out(open.len().min(IN_FULL) - number, "explanations");
            break;
        }
    }
    policies(answer, &mut page);
    let steps = answer.steps.iter().map(step);
    let heading = "\n### The way\n\n| Step | Keys | Not before | Command |\n| --- | --- | --- | --- |\n";
    page.table(heading, answer.steps.len(), steps, "steps");
    let unseen =
        answer.scope.not_seen.iter().map(|one| format!("| {} | {} |\n", cell(&one.usage), cell(&one.how_to_check)));
    let heading = "\n### What no export shows\n\n| Use | How to find out |\n| --- | --- |\n";
    page.table(heading, answer.scope.not_seen.len(), unseen, "uses");
    page.into_text()
}

fn needs_somebody(row: &MigrationRow) -> bool {
    matches!(row.readiness, Readiness::NotReady | Readiness::Unknown)
}

/// A key that opens, with what is wrong, what is not known and what comes next. No name stands in the line that opens it: that is HTML.
fn full(answer: &MigrateAnswer, row: &MigrationRow) -> String {
    let shown = |text: &str| cell(&plain(text));
    let name = answer.name(&row.source_key).map(|name| format!("{}: ", shown(name))).unwrap_or_default();
    let mut text = format!(
        "\n<details><summary>{}: a key of {} associations</summary>\n\n- key: {name}{}\n",
        row.readiness.words(),
        row.associations.len(),
        code(&plain(&row.source_key))
    );
    for problem in &row.problems {
        text += &format!("- {}: {}\n", problem.code, shown(&problem.message));
    }
    for unknown in row.unknown.iter().take(IN_FULL) {
        let command = unknown.command.as_deref().map(|command| format!(": {}", code(&plain(command))));
        text += &format!("- not known: {}{}\n", shown(&unknown.why), command.unwrap_or_default());
    }
    let command = row.next.command.as_deref().map(|command| format!(": {}", code(&plain(command))));
    text += &format!("- next: {}{}\n", shown(&row.next.action), command.unwrap_or_default());
    text + "\n</details>\n"
}

fn policies(answer: &MigrateAnswer, page: &mut Page) {
    let row = |one: &crate::api::MigrationPolicy| {
        let command = one.template.cli.as_deref().unwrap_or("only as JSON");
        format!("| {} | {} |\n", one.associations, code_cell(&plain(command)))
    };
    let heading = "\n### Authorizations to make\n\n| For associations | Command |\n| --- | --- |\n";
    page.table(heading, answer.policies.len(), answer.policies.iter().map(row), "authorizations");
}

fn step(step: &MigrationStep) -> String {
    let not_before = step.not_before.map(|moment| moment.to_string()).unwrap_or_default();
    format!("| {} | {} | {not_before} | {} |\n", cell(&step.text), step.keys, code_cell(&plain(&step.command.command)))
}
