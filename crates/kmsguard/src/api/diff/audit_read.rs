//! An answer of `audit`, read back. What is not known is passed over, for a later version may say more.

use serde::Deserialize;
use serde_json::Value;

use super::{DiffFinding, DiffSide};
use crate::api::{Labels, RequestError, SCHEMA_VERSION, Suppressed};
use crate::rules::Severity;

/// An audit.
#[derive(Debug, Deserialize)]
pub(super) struct AuditRead {
    schema_version: u32,
    now: String,
    pub(super) outcome: String,
    pub(super) inputs: Vec<InputRead>,
    #[serde(default)]
    pub(super) labels: Labels,
    /// None where the answer does not say which rules were checked.
    pub(super) checked: Option<Vec<String>>,
    pub(super) findings: Vec<FindingRead>,
    pub(super) undetermined: Vec<UndeterminedRead>,
    pub(super) problems: Vec<ProblemRead>,
}

/// An input of an audit.
#[derive(Debug, Deserialize)]
pub(super) struct InputRead {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) records: u32,
    pub(super) account: Option<String>,
    pub(super) instance: Option<String>,
    pub(super) complete: Option<bool>,
}

/// A finding of an audit.
#[derive(Debug, Deserialize)]
pub(super) struct FindingRead {
    pub(super) rule: String,
    name: String,
    pub(super) severity: Severity,
    title: String,
    message: String,
    pub(super) account: Option<String>,
    account_name: Option<String>,
    owner: Option<String>,
    pub(super) key: Option<String>,
    pub(super) resources: Vec<String>,
    pub(super) policies: Vec<String>,
    #[serde(default)]
    pub(super) evidence: Vec<EvidenceRead>,
    pub(super) fingerprint: String,
    pub(super) suppressed: Option<Suppressed>,
}

/// Where something was read.
#[derive(Debug, Deserialize)]
pub(super) struct EvidenceRead {
    pub(super) input: String,
}

/// A rule that was not decided.
#[derive(Debug, Deserialize)]
pub(super) struct UndeterminedRead {
    pub(super) rule: String,
    pub(super) needs: Vec<NeedRead>,
    pub(super) count: u32,
    pub(super) examples: Vec<String>,
}

/// What would settle it.
#[derive(Debug, Deserialize)]
pub(super) struct NeedRead {
    pub(super) name: String,
    pub(super) of: Option<String>,
    pub(super) why: String,
    pub(super) command: Option<String>,
    pub(super) role: Option<String>,
}

/// What was wrong with an input.
#[derive(Debug, Deserialize)]
pub(super) struct ProblemRead {
    pub(super) severity: String,
    pub(super) input: Option<String>,
}

impl AuditRead {
    /// Reads one; `which` is for the message.
    pub(super) fn of(document: &Value, which: &str) -> Result<Self, RequestError> {
        let read = Self::deserialize(document).ok().filter(|read| read.schema_version == SCHEMA_VERSION);
        let mut read = read.ok_or_else(|| RequestError {
            code: "REQ015",
            message: format!("the {which} document is not an answer of `audit`"),
            help: "give what `kmsguard audit --json` wrote, whole and as it is".to_owned(),
        })?;
        for finding in &mut read.findings {
            finding.resources.sort();
        }
        Ok(read)
    }

    pub(super) fn side(&self) -> DiffSide {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        DiffSide {
            now: self.now.clone(),
            outcome: self.outcome.clone(),
            findings: count(self.findings.len()),
            suppressed: count(self.findings.iter().filter(|finding| finding.suppressed.is_some()).count()),
        }
    }
}

impl FindingRead {
    pub(super) fn report(&self) -> DiffFinding {
        DiffFinding {
            rule: self.rule.clone(),
            name: self.name.clone(),
            severity: self.severity,
            severity_was: None,
            change: None,
            title: self.title.clone(),
            message: self.message.clone(),
            account: self.account.clone(),
            account_name: self.account_name.clone(),
            owner: self.owner.clone(),
            key: self.key.clone(),
            resources: self.resources.clone(),
            policies: self.policies.clone(),
            fingerprint: self.fingerprint.clone(),
            suppressed: self.suppressed.clone(),
        }
    }
}
