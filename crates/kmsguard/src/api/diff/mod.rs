//! `diff`: two audits, one earlier and one later. What is new, what is fixed, what stands as it did, and what is only out of sight.
//!
//! A finding that is not found again is fixed only where the later audit looked where the earlier one did: it checked the rule, it
//! decided it for the object, and everything that the earlier audit had read about its account and its KMS instance was there again.

mod audit_read;
mod markdown;
mod out_of_sight;

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Answer, Labels, Now, Outcome, RequestError, SCHEMA_VERSION, Suppressed, Tool, Unknown};
use crate::config::Configuration;
use crate::order::Gather as _;
use crate::rules::{FailOn, Severity};
use audit_read::{AuditRead, FindingRead};
use out_of_sight::Sight;

/// Which audits are compared.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DiffRequest {
    /// For which moment.
    pub now: Now,
    /// The earlier audit: an answer of `audit`.
    pub old: Value,
    /// The later audit: an answer of `audit`.
    pub new: Value,
    /// From which severity on a new finding makes the outcome `bad`. None: that of the configuration, or `low`.
    #[serde(default)]
    pub fail_on: Option<FailOn>,
    /// The configuration: what `kmsguard.toml` holds, as JSON.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Configuration>"))]
    pub config: Option<Value>,
}

/// How a finding differs from what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum DiffChange {
    /// It is more severe, or about resources that it was not about.
    Worse,
    /// It is less severe, or no longer about all the resources.
    Better,
    /// It was suppressed, and stands now.
    Restored,
    /// It stood, and is suppressed now.
    Suppressed,
}

/// A finding of one of the audits, or of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiffFinding {
    /// The id of the rule.
    pub rule: String,
    /// Its name.
    pub name: String,
    /// How bad it is; of one that is gone, how bad it was.
    pub severity: Severity,
    /// How bad it was before, where it was more or less.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity_was: Option<Severity>,
    /// How it differs from what it was, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<DiffChange>,
    /// What stands in a heading.
    pub title: String,
    /// What was found.
    pub message: String,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// What the account is called, where that was configured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// Who owns the account, where that was configured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The CRN of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The CRNs of the resources, sorted.
    pub resources: Vec<String>,
    /// The ids of the authorizations, sorted.
    pub policies: Vec<String>,
    /// By which it is known in both audits.
    pub fingerprint: String,
    /// Why it does not count, where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Suppressed>,
}

/// A finding that was not found again, though nothing shows that it is fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiffUndetermined {
    /// The finding of the earlier audit.
    pub finding: DiffFinding,
    /// What would settle it, sorted.
    pub needs: Vec<Unknown>,
}

/// One of the audits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiffSide {
    /// The moment it was for.
    pub now: String,
    /// Its outcome in one word.
    pub outcome: String,
    /// How many findings it has.
    pub findings: u32,
    /// How many of them are suppressed.
    pub suppressed: u32,
}

/// The difference in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiffSummary {
    /// How many findings are new, suppressed ones left out.
    pub new: u32,
    /// How many are fixed.
    pub fixed: u32,
    /// How many were found again.
    pub unchanged: u32,
    /// How many of those found again are worse than they were, or stand again, suppressed ones left out.
    pub worse: u32,
    /// How many were not found again, though nothing shows that they are fixed.
    pub undetermined: u32,
}

/// What is different between two audits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiffAnswer {
    /// 1.
    pub schema_version: u32,
    /// Who answers.
    pub tool: Tool,
    /// For which moment.
    pub now: Now,
    /// The outcome in one word.
    pub outcome: Outcome,
    /// The earlier audit.
    pub from: DiffSide,
    /// The later audit.
    pub to: DiffSide,
    /// What the CRNs of the findings are called.
    pub labels: Labels,
    /// Findings of the later audit alone, in its order.
    pub new: Vec<DiffFinding>,
    /// Findings of the earlier audit alone, in its order, where the later one looked and did not find them.
    pub fixed: Vec<DiffFinding>,
    /// Findings of both, as the later audit has them, in its order.
    pub unchanged: Vec<DiffFinding>,
    /// Findings of the earlier audit alone that nothing shows to be fixed, in its order.
    pub undetermined: Vec<DiffUndetermined>,
    /// The difference in numbers.
    pub summary: DiffSummary,
}

impl Answer for DiffAnswer {
    fn outcome(&self) -> Outcome {
        self.outcome
    }
}

/// What is different between two audits.
///
/// # Errors
///
/// [`RequestError`] if one of the documents is no answer of `audit`, or the configuration is wrong.
pub fn diff(request: &DiffRequest) -> Result<DiffAnswer, RequestError> {
    let configuration = match &request.config {
        None => Configuration::default(),
        Some(document) => Configuration::read(document).map_err(|faults| RequestError::configurations(&faults))?,
    };
    let fail_on = request.fail_on.or(configuration.rules.fail_on).unwrap_or_default();
    let old = AuditRead::of(&request.old, "earlier")?;
    let new = AuditRead::of(&request.new, "later")?;
    let before = by_fingerprint(&old.findings);
    let after = by_fingerprint(&new.findings);
    let (mut added, mut unchanged, mut fixed, mut undetermined) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for finding in &new.findings {
        match before.get(finding.fingerprint.as_str()) {
            Some(was) => unchanged.push(found_again(was, finding)),
            None => added.push(finding.report()),
        }
    }
    let sight = Sight::of(&old, &new);
    for finding in old.findings.iter().filter(|finding| !after.contains_key(finding.fingerprint.as_str())) {
        match sight.needs(finding) {
            needs if needs.is_empty() => fixed.push(finding.report()),
            needs => undetermined.push(DiffUndetermined { finding: finding.report(), needs }),
        }
    }
    let stands = |finding: &&DiffFinding| finding.suppressed.is_none();
    let is_worse = |finding: &&DiffFinding| {
        matches!(finding.change, Some(DiffChange::Worse | DiffChange::Restored)) && finding.suppressed.is_none()
    };
    let fails = added.iter().filter(stands).chain(unchanged.iter().filter(is_worse));
    let fails = fails.into_iter().any(|finding| fail_on.fails(finding.severity));
    let is = |side: &AuditRead, outcome: &str| side.outcome == outcome;
    let outcome = if is(&old, "incomplete") || is(&new, "incomplete") {
        Outcome::Incomplete
    } else if fails {
        Outcome::Bad
    } else if !undetermined.is_empty() {
        Outcome::Unknown
    } else if is(&new, "empty") {
        Outcome::Empty
    } else {
        Outcome::Fine
    };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(DiffAnswer {
        schema_version: SCHEMA_VERSION,
        tool: Tool::THIS,
        now: request.now,
        outcome,
        from: old.side(),
        to: new.side(),
        labels: labels(
            &old,
            &new,
            added.iter().chain(&fixed).chain(&unchanged).chain(undetermined.iter().map(|one| &one.finding)),
        ),
        summary: DiffSummary {
            new: count(added.iter().filter(stands).count()),
            fixed: count(fixed.len()),
            unchanged: count(unchanged.len()),
            worse: count(unchanged.iter().filter(is_worse).count()),
            undetermined: count(undetermined.len()),
        },
        new: added,
        fixed,
        unchanged,
        undetermined,
    })
}

fn by_fingerprint(findings: &[FindingRead]) -> HashMap<&str, &FindingRead> {
    findings.iter().map(|finding| (finding.fingerprint.as_str(), finding)).collect()
}

fn found_again(was: &FindingRead, is: &FindingRead) -> DiffFinding {
    let lacks = |some: &[String], others: &[String]| others.iter().any(|one| some.binary_search(one).is_err());
    let gained = lacks(&was.resources, &is.resources);
    let lost = lacks(&is.resources, &was.resources);
    // The worst severity has the least place.
    let change = match (was.suppressed.is_some(), is.suppressed.is_some()) {
        (true, false) => Some(DiffChange::Restored),
        (false, true) => Some(DiffChange::Suppressed),
        _ if is.severity < was.severity || (gained && is.severity == was.severity) => Some(DiffChange::Worse),
        _ if is.severity > was.severity || lost => Some(DiffChange::Better),
        _ => None,
    };
    DiffFinding { change, severity_was: (is.severity != was.severity).then_some(was.severity), ..is.report() }
}

/// The labels of all CRNs that the findings name, of the later audit where it has them.
fn labels<'a>(old: &AuditRead, new: &AuditRead, findings: impl Iterator<Item = &'a DiffFinding>) -> Labels {
    let named = findings.flat_map(|finding| finding.key.iter().chain(&finding.resources));
    let label = |crn: &String| new.labels.get(crn).or_else(|| old.labels.get(crn)).cloned();
    named.filter_map(|crn| Some((crn.clone(), label(crn)?))).into_map()
}
