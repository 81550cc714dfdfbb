//! A row for each resource of each key, and one for each key without any.

use core::fmt::{self, Write};

use crate::api::migrate::{authorized_word, intent_word, verdict_word};
use crate::api::{MigrateAnswer, MigrationAssociation, MigrationRow};
use crate::report::csv::row;

const COLUMNS: [&str; 20] = [
    "readiness",
    "source_key",
    "source_name",
    "state",
    "target_key",
    "target_name",
    "resource",
    "deployment_name",
    "service",
    "intent",
    "verdict",
    "authorized",
    "policies",
    "authorization_to_make",
    "problems",
    "unknown",
    "next",
    "command",
    "not_before",
    "first_input",
];

pub(super) fn csv(answer: &MigrateAnswer, sink: &mut dyn Write) -> fmt::Result {
    sink.write_str(&row(COLUMNS))?;
    for one in answer.by_readiness() {
        let of_key = OfKey::of(answer, one);
        if one.associations.is_empty() {
            sink.write_str(&of_key.row(answer, None))?;
        }
        for association in &one.associations {
            sink.write_str(&of_key.row(answer, Some(association)))?;
        }
    }
    Ok(())
}

/// What stands in every row of a key.
struct OfKey<'a> {
    row: &'a MigrationRow,
    problems: String,
    unknown: String,
    not_before: String,
}

impl<'a> OfKey<'a> {
    fn of(_answer: &MigrateAnswer, row: &'a MigrationRow) -> Self {
        let problems = row.problems.iter().map(|problem| format!("{} {}", problem.code, problem.message));
        let unknown = row.unknown.iter().map(|unknown| unknown.why.as_str());
        Self {
            row,
            problems: problems.collect::<Vec<_>>().join("; "),
            unknown: unknown.collect::<Vec<_>>().join("; "),
            not_before: row.next.not_before.map(|moment| moment.to_string()).unwrap_or_default(),
        }
    }

    fn row(&self, answer: &MigrateAnswer, association: Option<&MigrationAssociation>) -> String {
        let name = |crn: &str| answer.name(crn).unwrap_or_default().to_owned();
        let target = self.row.target_key.as_deref().unwrap_or_default();
        let deployment = association.and_then(|one| one.deployment.as_deref()).map(name).unwrap_or_default();
        let template = association.and_then(|one| one.template.as_ref()).and_then(|forms| forms.cli.as_deref());
        let first = association.and_then(|one| one.witnesses.first()).map(|witness| &*witness.evidence.input);
        row([
            self.row.readiness.words(),
            &self.row.source_key,
            &name(&self.row.source_key),
            self.row.state.name(),
            target,
            &name(target),
            association.map_or("", |one| &one.resource),
            &deployment,
            association.map_or("", |one| &one.service),
            association.map_or("", |one| intent_word(one.intent)),
            association.map_or("", |one| verdict_word(one.verdict)),
            association.map_or("", |one| authorized_word(one.authorized)),
            &association.map(|one| one.policies.join(" ")).unwrap_or_default(),
            template.unwrap_or_default(),
            &self.problems,
            &self.unknown,
            &self.row.next.action,
            self.row.next.command.as_deref().unwrap_or_default(),
            &self.not_before,
            first.unwrap_or_default(),
        ])
    }
}
