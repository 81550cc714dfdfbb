//! A plan beside exports: whether it can be carried out as things stand.

use serde::Serialize;

use super::exports::{self, InputReport, Labels};
use super::plan::{PlanAnswer, PlanRequest, plan_with};
use super::{Evidence, Inventory, Outcome, Unknown};
use crate::catalog::Source;
use crate::plan;
use crate::preflight::{self, Check, CheckId, Standing};

/// What the exports say of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PreflightReport {
    /// The inputs, by name.
    pub inputs: Vec<InputReport>,
    /// What the CRNs are called.
    pub labels: Labels,
    /// What was looked at: key by key, then what is of no key.
    pub checks: Vec<CheckReport>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckReport {
    /// What.
    pub id: CheckId,
    /// The CRN of the key, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// How it stands.
    pub standing: Standing,
    /// What was found.
    pub text: String,
    /// The ids of authorizations that it is about.
    pub policies: Vec<String>,
    /// The CRNs of deployments, or of other keys, that it is about.
    pub resources: Vec<String>,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
    /// What would settle it.
    pub unknown: Vec<Unknown>,
    /// The page that says why it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Inventory {
    /// A plan, and whether it can be carried out by what the exports show.
    ///
    /// A step that is done already is left out; with something that makes the plan fail, all of them are.
    #[must_use]
    pub fn plan(&self, request: &PlanRequest) -> PlanAnswer {
        let mut made = plan::plan(&request.document, request.now);
        let looked = preflight::preflight(self, &request.document, &made, request.now);
        let problems = exports::problems(self);
        let mut outcome = match exports::outcome(self, &problems, request.keep_going) {
            Outcome::Incomplete => Outcome::Incomplete,
            // What was not read is unknown, and said so check by check.
            _ => Outcome::Fine,
        };
        let report = looked.map(|looked| {
            plan::leave_out(&mut made.steps, &looked.dropped);
            self.preflight_report(&looked.checks)
        });
        let checks = report.as_ref().map(|report| report.checks.as_slice()).unwrap_or_default();
        let stands = |standing| checks.iter().any(|check| check.standing == standing);
        let bad = stands(Standing::Bad);
        if stands(Standing::Unknown) {
            outcome = outcome.worse(Outcome::Unknown);
        }
        if bad {
            made.steps.clear();
            outcome = outcome.worse(Outcome::Bad);
        }
        let mut answer = plan_with(request, made);
        answer.outcome = answer.outcome.worse(outcome);
        answer.ok = !matches!(answer.outcome, Outcome::Bad | Outcome::Incomplete);
        answer.problems.extend(problems);
        answer.preflight = report;
        answer
    }

    fn preflight_report(&self, checks: &[Check]) -> PreflightReport {
        let report = |check: &Check| CheckReport {
            id: check.id,
            key: check.key.clone(),
            standing: check.standing,
            text: check.text.clone(),
            policies: check.policies.iter().map(|policy| self.policy_name(*policy)).collect(),
            resources: check.resources.clone(),
            evidence: check.witnesses.iter().map(|witness| Evidence::of(self, *witness)).collect(),
            unknown: check.wanted.iter().cloned().map(super::parts::unknown).collect(),
            source: check.source,
        };
        let checks: Vec<CheckReport> = checks.iter().map(report).collect();
        let crns = checks.iter().flat_map(|check| check.key.iter().chain(&check.resources)).map(String::as_str);
        PreflightReport { inputs: exports::inputs(self), labels: exports::labels(self, crns), checks }
    }
}
