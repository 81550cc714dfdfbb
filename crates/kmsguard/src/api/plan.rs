//! `plan`: from a service and a key to the steps that join them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::preflight::PreflightReport;
use super::written::{self, BodyReport, EffectReport, PutReport};
use super::{Answer, Evidence, Now, Outcome, Problem, SCHEMA_VERSION, Tool};
use crate::catalog::Source;
use crate::crn::Severity;
use crate::plan::{self, Derived, FaultKind, Json, Note, Reversible, StepId};

/// Which plan, for which moment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanRequest {
    /// The request as written: `{service, key {crn}, …}`. It is taken raw, so that its problems are part of the answer.
    pub document: serde_json::Value,
    /// The moment for which it is answered.
    pub now: Now,
    /// A body that was written by hand, to be judged: its text, or the text of what holds it (a command, Terraform), or parsed JSON.
    #[serde(default)]
    pub check: Option<serde_json::Value>,
    /// A body to put the key into, in the same forms.
    #[serde(default)]
    pub into: Option<serde_json::Value>,
    /// What a service answered of a deployment, to be told which key is in effect: its text, or parsed JSON.
    #[serde(default)]
    pub verify: Option<serde_json::Value>,
    /// Beside exports: an input that cannot be read is passed over, and only reported.
    #[serde(default)]
    pub keep_going: bool,
}

impl PlanRequest {
    /// A plan for a moment, and nothing else.
    #[must_use]
    pub const fn new(document: serde_json::Value, now: Now) -> Self {
        Self { document, now, check: None, into: None, verify: None, keep_going: false }
    }
}

/// Why something is so, or is worth knowing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reason {
    /// Of what kind the ground is.
    pub kind: ReasonKind,
    /// Its name: a fact of the catalogue, a field, a policy, or a CRN.
    #[serde(rename = "ref")]
    pub reference: String,
    /// What it says.
    pub text: String,
    /// Where that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Where it was seen in the inputs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// Of what kind a ground is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReasonKind {
    /// A registration of a resource with a key.
    Registration,
    /// Something that the request, or a resource, says.
    Parameter,
    /// An authorization.
    Policy,
    /// Something about a key.
    Key,
    /// A fact of the catalogue.
    Catalogue,
}

/// What the service needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Requirements {
    /// The roles on the key, by the command line's names.
    pub roles: Vec<&'static str>,
    /// Whether it passes its authorization on to a service it depends on.
    pub delegation: bool,
    /// The services whose keys it takes.
    pub targets: Vec<&'static str>,
}

/// A call of a REST API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RestCall {
    /// The method.
    pub method: &'static str,
    /// The address.
    pub url: String,
    /// The headers; `$TOKEN` stands for an IAM token.
    pub headers: BTreeMap<&'static str, String>,
    /// The body, an object; absent for a call that reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Json>,
}

/// One step, in all its forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanStep {
    /// Which; two keys in two KMS instances have a step `authorize` each.
    pub id: StepId,
    /// What it does.
    pub title: String,
    /// In which account.
    pub account: String,
    /// What whoever does it needs.
    pub role: String,
    /// Whether it can be undone.
    pub reversible: Reversible,
    /// By the REST API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<RestCall>,
    /// The same as a command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curl: Option<String>,
    /// On the command line, one command an entry, quoted for a POSIX shell.
    pub cli: Vec<String>,
    /// In Terraform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terraform: Option<String>,
    /// In the console, one action an entry.
    pub console: Vec<String>,
    /// What is worth knowing.
    pub notes: Vec<Reason>,
}

/// Something that the request does not say and the plan fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DerivedValue {
    /// The field it stands for, as a JSON pointer into the request.
    pub pointer: String,
    /// The value.
    pub value: String,
    /// From what.
    pub because: String,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanAnswer {
    /// 1.
    pub schema_version: u32,
    /// Who answers.
    pub tool: Tool,
    /// For which moment.
    pub now: Now,
    /// `bad` if a problem is an error.
    pub outcome: Outcome,
    /// Whether no problem is an error.
    pub ok: bool,
    /// Everything wrong or suspicious, by its place in the request.
    pub problems: Vec<Problem>,
    /// What the service needs; absent where the request names no service that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirements: Option<Requirements>,
    /// Everything that was filled in, by its place in the request.
    pub derived: Vec<DerivedValue>,
    /// The steps, in the order of their doing; none if a problem is an error, or if something else was asked.
    pub steps: Vec<PlanStep>,
    /// What is wrong with a body; where one was given to be judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<BodyReport>,
    /// A body with the key in it; where one was given to put it into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub into: Option<PutReport>,
    /// Which key is in effect; where an answer of a service was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verify: Option<EffectReport>,
    /// What the exports say of the plan; where some were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preflight: Option<PreflightReport>,
}

impl Answer for PlanAnswer {
    fn outcome(&self) -> Outcome {
        self.outcome
    }
}

/// The authorization and the provisioning that give a service a key: checked, in order, ready to send.
///
/// ```
/// use kmsguard::api::{PlanRequest, plan};
///
/// let document = serde_json::json!({
///     "service": "event-streams-gen2",
///     "region": "ca-mon",
///     "resource_group": {"id": "5c49eabcf5e85881a37e2d100a33b3df"},
///     "key": {"crn": "crn:v1:bluemix:public:kms:ca-mon:a/0123456789abcdef0123456789abcdef:\
///                     44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"},
/// });
/// let answer = plan(&PlanRequest::new(document, "2026-11-21T12:00:00Z".parse()?));
/// assert!(answer.ok);
/// assert!(answer.steps[3].cli[1].starts_with("ibmcloud resource service-instance-create event-streams-gen2 messagehub"));
/// # Ok::<(), kmsguard::api::NowError>(())
/// ```
#[must_use]
pub fn plan(request: &PlanRequest) -> PlanAnswer {
    plan_with(request, plan::plan(&request.document, request.now))
}

/// The answer to a request whose plan was made.
pub(super) fn plan_with(request: &PlanRequest, plan: plan::Plan) -> PlanAnswer {
    let mut answer = steps(request, plan);
    written::judge(request, &mut answer);
    answer
}

/// The plan itself.
fn steps(request: &PlanRequest, plan: plan::Plan) -> PlanAnswer {
    let problems: Vec<Problem> = plan.faults.iter().map(Problem::of_plan).collect();
    let ok = problems.iter().all(|problem| problem.severity != Severity::Error);
    PlanAnswer {
        schema_version: SCHEMA_VERSION,
        tool: Tool::THIS,
        now: request.now,
        outcome: if ok { Outcome::Fine } else { Outcome::Bad },
        ok,
        problems,
        requirements: plan.service.map(|service| Requirements {
            roles: plan.roles.iter().map(|role| role.name).collect(),
            delegation: plan.delegation,
            targets: service.targets.to_vec(),
        }),
        derived: plan.derived.into_iter().map(DerivedValue::from).collect(),
        steps: plan.steps.into_iter().map(PlanStep::from).collect(),
        check: None,
        into: None,
        verify: None,
        preflight: None,
    }
}

impl Problem {
    pub(super) fn of_plan(fault: &plan::Fault) -> Self {
        let problem = match &fault.kind {
            // The span is one of the CRN's text, to which the pointer leads.
            FaultKind::Crn(crn) => {
                let [start, end] = [crn.span.start, crn.span.end].map(|bytes| u32::try_from(bytes).unwrap_or(u32::MAX));
                Self::of_crn(crn, [start, end])
            }
            kind => Self {
                code: kind.code(),
                severity: kind.severity(),
                message: kind.message(),
                help: Some(kind.help()),
                segment: None,
                span: None,
                input: None,
                pointer: None,
                line: None,
                column: None,
                url: kind.source().map(|source| source.url),
            },
        };
        Self { pointer: Some(fault.pointer.clone()), ..problem }
    }
}

impl From<Derived> for DerivedValue {
    fn from(derived: Derived) -> Self {
        Self { pointer: derived.pointer, value: derived.value, because: derived.because }
    }
}

impl From<Note> for Reason {
    fn from(note: Note) -> Self {
        let kind = match note.kind {
            plan::NoteKind::Parameter => ReasonKind::Parameter,
            plan::NoteKind::Key => ReasonKind::Key,
            plan::NoteKind::Catalogue => ReasonKind::Catalogue,
        };
        Self { kind, reference: note.reference, text: note.text, source: note.source, evidence: None }
    }
}

impl From<plan::Step> for PlanStep {
    fn from(step: plan::Step) -> Self {
        Self {
            id: step.id,
            title: step.title,
            account: step.account,
            role: step.role,
            reversible: step.reversible,
            curl: step.rest.as_ref().map(plan::Rest::curl),
            rest: step.rest.map(|rest| RestCall {
                method: rest.method,
                url: rest.url,
                headers: rest.headers.into_iter().collect(),
                body: rest.body,
            }),
            cli: step.cli,
            terraform: step.terraform,
            console: step.console,
            notes: step.notes.into_iter().map(Reason::from).collect(),
        }
    }
}
