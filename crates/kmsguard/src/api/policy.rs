//! `policy`: authorizations read from any form, checked, and written in every form that can carry them.

use serde::{Deserialize, Serialize};

use super::authorization::AuthorizationParts;
use super::comparison::{self, ComparisonReport, Placed, RedundantReport, RelationName};
use super::{Answer, Now, Outcome, Problem, SCHEMA_VERSION, SideParts, Tool};
use crate::crn::Severity;
use crate::policy::{self, Form, Forms, Origin, PolicyFault, PolicyFaultKind, State};

/// Which policies, for which moment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicyRequest {
    /// The policies: a document of JSON, or a text in any form.
    pub document: serde_json::Value,
    /// Policies to compare them with: a document of JSON, or a text in any form.
    #[serde(default)]
    pub compare: Option<serde_json::Value>,
    /// The account in which commands are run and Terraform is applied: both leave it out.
    #[serde(default)]
    pub account: Option<String>,
    /// The moment for which it is answered.
    pub now: Now,
}

/// A policy, and every form that can carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyReport {
    /// The id that IAM gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Whether it is in force.
    pub state: State,
    /// Who made it.
    pub origin: Origin,
    /// Who is let in.
    pub subject: SideParts,
    /// What they are let in to.
    pub resource: SideParts,
    /// The roles, by their ids as written.
    pub roles: Vec<String>,
    /// When it last let somebody in, where the export says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_permit_at: Option<String>,
    /// What is wrong with it, and which forms cannot carry it.
    pub problems: Vec<Problem>,
    /// The policy in each form; null where a form would let more or less in.
    pub forms: Forms,
    /// The account in which it is made: that of its resource, where it names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// What it grants, in one sentence.
    pub grants: String,
    /// The form in which it is written.
    pub form: Form,
    /// Where it stands in the document: a JSON pointer; in a text of another form its number, where there are several.
    pub pointer: String,
    /// Where it stands in a text of another form: offsets `[start, end)` in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[u32; 2]>,
}

/// Policies, read and checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyAnswer {
    /// 1.
    pub schema_version: u32,
    /// Who answers.
    pub tool: Tool,
    /// For which moment.
    pub now: Now,
    /// `incomplete` if something is no policy that can be read, `bad` if a problem is an error, `empty` if there is none, `unknown`
    /// if something is settled only elsewhere, or a comparison cannot be decided.
    pub outcome: Outcome,
    /// What could not be read as a policy at all.
    pub problems: Vec<Problem>,
    /// The policies, in the order of the document.
    pub authorizations: Vec<PolicyReport>,
    /// Those that grant nothing beside what another of the document grants.
    pub redundant: Vec<RedundantReport>,
    /// The policies beside those they were to be compared with, in the order of both documents.
    pub comparisons: Vec<ComparisonReport>,
}

impl Answer for PolicyAnswer {
    fn outcome(&self) -> Outcome {
        self.outcome
    }
}

/// Reads policies, says what is wrong with them, and writes them in every form that can carry them.
///
/// ```
/// use kmsguard::api::{PolicyRequest, policy};
///
/// let attributes = |service: &str| serde_json::json!([{"attributes": [
///     {"name": "accountId", "value": "0123456789abcdef0123456789abcdef"}, {"name": "serviceName", "value": service}]}]);
/// let answer = policy(&PolicyRequest {
///     document: serde_json::json!({
///         "type": "authorization",
///         "subjects": attributes("messagehub"),
///         "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
///         "resources": attributes("kms"),
///     }),
///     compare: None,
///     account: None,
///     now: "2026-11-21T12:00:00Z".parse()?,
/// });
/// let command = answer.authorizations[0].forms.cli.as_deref();
/// assert_eq!(command, Some("ibmcloud iam authorization-policy-create messagehub kms Reader"));
/// # Ok::<(), kmsguard::api::NowError>(())
/// ```
#[must_use]
pub fn policy(request: &PolicyRequest) -> PolicyAnswer {
    let account = request.account.as_deref();
    let mut problems = Vec::new();
    let mut authorizations = Vec::new();
    let mut placed: Vec<Placed> = Vec::new();
    let mut doubt = false;
    for found in read(&request.document, account) {
        match found.policy {
            Err(fault) => problems.push(Problem::of_document(&fault, &found.pointer, found.span)),
            Ok(policy) => {
                let label = match authorizations.len() {
                    0 => "authorization".to_owned(),
                    earlier => format!("authorization_{}", earlier + 1),
                };
                let (forms, left_out) = policy::written(&policy, &label);
                doubt |= policy.problems.iter().any(|fault| fault.kind.is_doubt());
                let faults = policy.problems.iter().chain(&left_out);
                let problems = faults.map(|fault| Problem::of_document(fault, &found.pointer, found.span)).collect();
                let parts = AuthorizationParts::of(&policy, problems);
                authorizations.push(PolicyReport {
                    id: parts.id,
                    state: parts.state,
                    origin: parts.origin,
                    subject: parts.subject,
                    resource: parts.resource,
                    roles: parts.roles,
                    last_permit_at: parts.last_permit_at,
                    problems: parts.problems,
                    forms,
                    account: policy.target_account().map(str::to_owned),
                    grants: policy::sentence(&policy),
                    form: found.form,
                    pointer: found.pointer.clone(),
                    span: found.span.map(offsets),
                });
                placed.push((found.pointer, policy));
            }
        }
    }
    let mut others: Vec<Placed> = Vec::new();
    for found in request.compare.iter().flat_map(|document| read(document, account)) {
        match found.policy {
            Ok(policy) => others.push((found.pointer, policy)),
            Err(fault) => problems.push(Problem::of_compared(&fault, &found.pointer)),
        }
    }
    let comparisons = comparison::comparisons(&placed, &others);
    let (redundant, not_compared) = comparison::redundancies(&placed);
    for number in not_compared {
        let fault = PolicyFault { kind: PolicyFaultKind::NotCompared, pointer: String::new(), span: None };
        if let Some(report) = authorizations.get_mut(number) {
            doubt = true;
            report.problems.push(Problem::of_document(
                &fault,
                &report.pointer,
                report.span.map(|span| span.map(|byte| byte as usize)),
            ));
        }
    }
    let undecided = comparisons.iter().any(|one| one.relation == RelationName::Unknown);
    let wrong = |problem: &Problem| problem.severity == Severity::Error;
    let outcome = if !problems.is_empty() {
        Outcome::Incomplete
    } else if authorizations.iter().flat_map(|report| &report.problems).any(wrong) {
        Outcome::Bad
    } else if authorizations.is_empty() {
        Outcome::Empty
    } else if undecided || doubt {
        Outcome::Unknown
    } else {
        Outcome::Fine
    };
    PolicyAnswer {
        schema_version: SCHEMA_VERSION,
        tool: Tool::THIS,
        now: request.now,
        outcome,
        problems,
        redundant,
        authorizations,
        comparisons,
    }
}

/// The policies of a document: JSON, or a text in any form.
fn read(document: &serde_json::Value, account: Option<&str>) -> Vec<policy::Found> {
    let found = match document {
        serde_json::Value::String(text) => policy::read_document(text, account),
        document => policy::read_document(&document.to_string(), account),
    };
    found.unwrap_or_else(|fault| {
        vec![policy::Found { pointer: String::new(), span: fault.span, form: Form::V1, policy: Err(fault) }]
    })
}

/// Offsets as answers write them.
fn offsets(span: [usize; 2]) -> [u32; 2] {
    span.map(|bytes| u32::try_from(bytes).unwrap_or(u32::MAX))
}

impl Problem {
    /// A fault of the document with which another is compared; a span is one of the document itself.
    fn of_compared(fault: &PolicyFault, pointer: &str) -> Self {
        let problem = Self::of_document(fault, pointer, None);
        let message = format!("to compare with: {}", problem.message);
        Self { message, span: None, pointer: Some(format!("{pointer}{}", fault.pointer)), ..problem }
    }

    /// What stands in a text that is no JSON has a span, else a pointer.
    fn of_document(fault: &PolicyFault, pointer: &str, span: Option<[usize; 2]>) -> Self {
        let span = fault.span.or(span);
        Self {
            code: fault.kind.code(),
            severity: fault.kind.severity(),
            message: fault.kind.message(),
            help: Some(fault.kind.help()),
            segment: None,
            span: span.map(offsets),
            input: None,
            pointer: span.is_none().then(|| format!("{pointer}{}", fault.pointer)),
            line: None,
            column: None,
            url: None,
        }
    }
}
