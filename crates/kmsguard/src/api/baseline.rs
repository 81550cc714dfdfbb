//! `baseline`: the findings that stand today, written down, so that tomorrow only what came since then counts.

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Answer, AuditRequest, Finding, Now, Outcome, Problem, RequestError, SCHEMA_VERSION, Suppressed, Tool};
use crate::inventory::{Inventory, SharedText};
use crate::order::Arrange as _;
use crate::rules::Severity;

/// Of what a baseline is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BaselineRequest {
    /// For which moment.
    pub now: Now,
    /// Whether an input that cannot be read is passed over.
    #[serde(default)]
    pub keep_going: bool,
    /// Only these rules: ids, or the letters of a family. None: those of the configuration, or all.
    #[serde(default)]
    pub select: Vec<String>,
    /// None of these rules: ids, or the letters of a family. None: those of the configuration.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// The configuration: what `kmsguard.toml` holds, as JSON. What it suppresses does not go into the baseline.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::config::Configuration>"))]
    pub config: Option<Value>,
}

/// A finding of a baseline: as much of it as tells whether it is still the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BaselineFinding {
    /// The fingerprint of the finding: of its rule, account, key, and what else tells it from others.
    pub fingerprint: String,
    /// The id of the rule.
    pub rule: &'static str,
    /// How bad it was.
    pub severity: Severity,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The CRN of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The CRNs of the resources, sorted.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub resources: Vec<SharedText>,
    /// The ids of the authorizations, sorted.
    pub policies: Vec<String>,
}

/// The findings that stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Baseline {
    /// 1.
    pub schema_version: u32,
    /// Who answers.
    pub tool: Tool,
    /// For which moment.
    pub now: Now,
    /// Whether all could be read.
    pub outcome: Outcome,
    /// The findings, by fingerprint.
    pub findings: Vec<BaselineFinding>,
    /// What was wrong with the inputs.
    pub problems: Vec<Problem>,
}

impl Answer for Baseline {
    fn outcome(&self) -> Outcome {
        self.outcome
    }
}

/// What became of a baseline in an audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BaselineReport {
    /// The moment of the baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// How many findings it holds.
    pub findings: u32,
    /// How many of them were found again, and are suppressed.
    pub used: u32,
    /// How many of them were found again, but worse or about more resources than then: they stand.
    pub worse: u32,
    /// How many of them were not found: mended, or not to be seen in these exports.
    pub unused: u32,
    /// How many of its entries cannot be read: they suppress nothing.
    pub malformed: u32,
    /// What a person should know of it.
    pub problems: Vec<Problem>,
}

impl Inventory {
    /// The findings that stand, written down.
    ///
    /// # Errors
    ///
    /// [`RequestError`] if a rule is chosen that is none, or the configuration is wrong.
    pub fn baseline(&self, request: &BaselineRequest) -> Result<Baseline, RequestError> {
        let asked = AuditRequest {
            keep_going: request.keep_going,
            select: request.select.clone(),
            ignore: request.ignore.clone(),
            config: request.config.clone(),
            ..AuditRequest::at(request.now)
        };
        let audit = self.audit(&asked)?;
        let standing = audit.findings.into_iter().filter(|finding| finding.suppressed.is_none());
        let mut findings: Vec<BaselineFinding> = standing
            .map(|finding| BaselineFinding {
                fingerprint: finding.fingerprint,
                rule: finding.rule,
                severity: finding.severity,
                account: finding.account,
                key: finding.key,
                resources: finding.resources,
                policies: finding.policies,
            })
            .collect();
        findings.arrange_by(|first, second| first.fingerprint.cmp(&second.fingerprint));
        Ok(Baseline {
            schema_version: SCHEMA_VERSION,
            tool: Tool::THIS,
            now: request.now,
            outcome: match audit.outcome {
                outcome @ (Outcome::Incomplete | Outcome::Empty) => outcome,
                Outcome::Fine | Outcome::Bad | Outcome::Unknown => Outcome::Fine,
            },
            findings,
            problems: audit.problems,
        })
    }
}

/// A finding that a baseline knows.
struct Known {
    severity: Severity,
    resources: Vec<String>,
}

/// Suppresses what the baseline knows. A finding that got worse since then, or is about more, is not the one that was accepted.
pub(super) fn apply(findings: &mut [Finding], document: &Value) -> Result<BaselineReport, RequestError> {
    let refused = || RequestError {
        code: "CONF008",
        message: "the baseline is not a document that `kmsguard baseline` wrote".to_owned(),
        help: "make it with `kmsguard baseline`".to_owned(),
    };
    let version = document.get("schema_version").and_then(Value::as_u64);
    let entries = document.get("findings").and_then(Value::as_array);
    let (Some(entries), true) = (entries, version == Some(SCHEMA_VERSION.into())) else { return Err(refused()) };
    let now = document.get("now").and_then(Value::as_str).filter(|now| now.parse::<Now>().is_ok());
    let reason = now.map_or_else(|| "in the baseline".to_owned(), |now| format!("in the baseline of {now}"));
    let mut known: HashMap<&str, Known> = HashMap::with_capacity(entries.len());
    let mut malformed = 0;
    for entry in entries {
        match known_of(entry) {
            Some((fingerprint, entry)) => {
                known.insert(fingerprint, entry);
            }
            None => malformed += 1,
        }
    }
    let (mut used, mut worse) = (0, 0);
    for finding in findings {
        let Some(entry) = known.get(finding.fingerprint.as_str()) else { continue };
        if finding.severity < entry.severity
            || finding
                .resources
                .iter()
                .any(|resource| entry.resources.binary_search_by(|known| known.as_str().cmp(resource)).is_err())
        {
            worse += 1;
        } else {
            used += 1;
            if finding.suppressed.is_none() {
                finding.suppressed = Some(Suppressed { reason: reason.clone(), expires: None });
            }
        }
    }
    let total = u32::try_from(known.len()).unwrap_or(u32::MAX);
    let unused = total.saturating_sub(used).saturating_sub(worse);
    let mut report = BaselineReport {
        now: now.map(str::to_owned),
        findings: total,
        used,
        worse,
        unused,
        malformed,
        problems: Vec::new(),
    };
    report.problems = problems(&report);
    Ok(report)
}

fn known_of(entry: &Value) -> Option<(&str, Known)> {
    let fingerprint = entry.get("fingerprint")?.as_str()?;
    let severity = entry.get("severity")?.as_str()?;
    let severity = Severity::NAMES.iter().find(|(name, _)| *name == severity)?.1;
    let texts = entry.get("resources")?.as_array()?.iter().map(|text| text.as_str().map(str::to_owned));
    let mut resources: Vec<String> = texts.collect::<Option<_>>()?;
    resources.sort();
    Some((fingerprint, Known { severity, resources }))
}

fn problems(report: &BaselineReport) -> Vec<Problem> {
    let count = |number: u32, one: &str, more: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {more}"),
    };
    let problem = |code, message, help: &str| Problem::of_configuration(code, message, help.to_owned(), "");
    let mut problems = Vec::new();
    if report.malformed > 0 {
        let entries = count(
            report.malformed,
            "entry of the baseline cannot be read and suppresses",
            "entries of the baseline cannot be read and suppress",
        );
        problems.push(problem("CONF009", format!("{entries} nothing"), "write the baseline anew"));
    }
    if report.worse > 0 {
        let found = count(
            report.worse,
            "finding of the baseline is worse than it was, and stands",
            "findings of the baseline are worse than they were, and stand",
        );
        problems.push(problem("CONF010", found, "mend what came since then"));
    }
    if report.unused > 0 {
        let gone = count(report.unused, "finding of the baseline was", "findings of the baseline were");
        problems.push(problem(
            "CONF012",
            format!("{gone} not found again"),
            "if what they were about is mended, write the baseline anew",
        ));
    }
    problems
}
