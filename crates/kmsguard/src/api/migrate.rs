//! `migrate`: what keeps each key of Hyper Protect Crypto Services from moving to Key Protect Dedicated, and what comes next.

mod answer;
mod progress;
mod words;

pub use answer::{
    MigrationAssociation, MigrationCandidate, MigrationDeadline, MigrationGrant, MigrationIntent, MigrationNext,
    MigrationOtherDate, MigrationPolicy, MigrationRow, MigrationScope, MigrationStep, MigrationSummary,
    MigrationToolReport, MigrationUnseen,
};
pub(super) use answer::{authorized_word, intent_word, verdict_word};
pub use progress::{MigrationProgress, ProgressOfKey};

use serde::{Deserialize, Serialize};

use super::exports::{self, InputReport, Labels};
use super::{Answer, Now, Outcome, Problem, RequestError, SCHEMA_VERSION, Tool, Unknown, parts};
use crate::catalog::dates::HYPER_PROTECT_END;
use crate::inventory::Inventory;
use crate::migrate::{self, Migration, Readiness};

/// What is asked of a migration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MigrateRequest {
    /// For which moment.
    pub now: Now,
    /// Whether an input that cannot be read is passed over.
    #[serde(default)]
    pub keep_going: bool,
    /// An earlier answer, to see what has moved since.
    #[serde(default)]
    pub since: Option<serde_json::Value>,
}

impl MigrateRequest {
    /// A request for all keys.
    #[must_use]
    pub const fn at(now: Now) -> Self {
        Self { now, keep_going: false, since: None }
    }
}

/// How ready the keys of Hyper Protect Crypto Services are to move to Key Protect Dedicated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MigrateAnswer {
    /// 1.
    pub schema_version: u32,
    /// Who answers.
    pub tool: Tool,
    /// For which moment.
    pub now: Now,
    /// The outcome in one word.
    pub outcome: Outcome,
    /// The inputs, by name.
    pub inputs: Vec<InputReport>,
    /// What the CRNs are called.
    pub labels: Labels,
    /// When Hyper Protect Crypto Services ends.
    pub deadline: MigrationDeadline,
    /// The keys to move, by CRN.
    pub rows: Vec<MigrationRow>,
    /// The authorizations to make, each once.
    pub policies: Vec<MigrationPolicy>,
    /// The way ahead for all keys, in order.
    pub steps: Vec<MigrationStep>,
    /// What the exports show of uses, and what none can show.
    pub scope: MigrationScope,
    /// What is not known of the whole, and what would settle it.
    pub unknown: Vec<Unknown>,
    /// What has moved since an earlier answer, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<MigrationProgress>,
    /// The rows in numbers.
    pub summary: MigrationSummary,
    /// What was wrong with the inputs.
    pub problems: Vec<Problem>,
}

impl Answer for MigrateAnswer {
    fn outcome(&self) -> Outcome {
        self.outcome
    }
}

impl Inventory {
    /// How ready the keys of Hyper Protect Crypto Services are to move to Key Protect Dedicated, and what comes next. Pairs of keys are
    /// among the exports.
    ///
    /// # Errors
    ///
    /// [`RequestError`] if the earlier answer is none of this operation.
    pub fn migrate(&self, request: &MigrateRequest) -> Result<MigrateAnswer, RequestError> {
        let problems = exports::problems(self);
        let reading = exports::outcome(self, &problems, request.keep_going);
        let found = migrate::assess(self, request.now);
        let rows: Vec<MigrationRow> = found.rows.iter().map(|row| answer::row(self, row)).collect();
        let progress = match &request.since {
            Some(since) => Some(progress::progress(since, &found, self)?),
            None => None,
        };
        let named = rows.iter().flat_map(answer::named);
        Ok(MigrateAnswer {
            schema_version: SCHEMA_VERSION,
            tool: Tool::THIS,
            now: request.now,
            outcome: if reading == Outcome::Fine { outcome(&found) } else { reading },
            inputs: exports::inputs(self),
            labels: exports::labels(self, named),
            deadline: MigrationDeadline {
                date: HYPER_PROTECT_END.date.to_owned(),
                days_left: HYPER_PROTECT_END.days_left(request.now),
                source: answer::source(0),
                also: MigrationOtherDate { date: HYPER_PROTECT_END.also.to_owned(), source: answer::source(1) },
            },
            summary: answer::summary(&found),
            policies: answer::policies(&found),
            steps: found.steps.iter().map(answer::step).collect(),
            scope: answer::scope(&found),
            unknown: found.unknown.iter().map(|(wanted, _)| parts::unknown(wanted.clone())).collect(),
            progress,
            problems,
            rows,
        })
    }
}

/// A row that is not ready is bad; one of which something is not known leaves the answer open, and so does a part of the whole.
fn outcome(found: &Migration<'_>) -> Outcome {
    let worst = found.rows.iter().map(|row| row.readiness).max();
    match worst {
        Some(Readiness::NotReady) => Outcome::Bad,
        Some(Readiness::Unknown) => Outcome::Unknown,
        _ if found.unknown.iter().any(|(_, decides)| *decides) => Outcome::Unknown,
        Some(Readiness::Ready | Readiness::Moved) | None => Outcome::Fine,
    }
}
