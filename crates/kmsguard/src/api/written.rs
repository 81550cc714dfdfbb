//! What others wrote about a plan: a body to be judged, a body to put the key into, an answer to be read.

use serde::Serialize;
use serde_json::Value;

use super::plan::{PlanAnswer, PlanRequest, Reason, ReasonKind};
use super::{Evidence, Outcome, Problem, Scalar, Unknown, UnknownKind};
use crate::crn::{Severity, Span};
use crate::order::Arrange as _;
use crate::plan::{self, Amiss, AmissKind, BodyForm, Fault, InEffect, Json, Position, WrittenIn};

/// What is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BodyReport {
    /// What it is; absent where it is no object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<BodyForm>,
    /// What it stands in; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_in: Option<WrittenIn>,
    /// The service that it is for; absent where nothing tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<&'static str>,
    /// The key that it names, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Everything wrong or suspicious, in the order of the text; `span` counts bytes of the whole text.
    pub problems: Vec<Problem>,
    /// The body put right; absent where nothing is wrong, or where what was meant cannot be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mended: Option<Json>,
}

/// A body with the key in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PutReport {
    /// What the body stands in; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_in: Option<WrittenIn>,
    /// The whole text with the key in the body, and everything else as it was; absent where the key cannot be put there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What was changed; empty where the key stood there already.
    pub changed: Vec<ChangeReport>,
    /// Why the key cannot be put there.
    pub problems: Vec<Problem>,
}

/// One change of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeReport {
    /// The place in the body.
    pub pointer: String,
    /// What stood there; absent where nothing did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What stands there now.
    pub to: String,
}

/// Which key is in effect, by what a service answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EffectReport {
    /// Whether it is the key of the plan.
    pub verdict: InEffect,
    /// The key of the plan; absent where the request names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<String>,
    /// The key in effect, as the answer writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective: Option<String>,
    /// Why: the places of the answer, what merely repeats the request among them.
    pub because: Vec<Reason>,
    /// What would settle it, where the answer does not.
    pub unknown: Vec<Unknown>,
}

/// The name under which evidence shows the answer that was given.
const ANSWER: &str = "verify";

/// Judges what was given beside the request. The steps are left out then: they were not asked for.
pub(super) fn judge(request: &PlanRequest, answer: &mut PlanAnswer) {
    if request.check.is_none() && request.into.is_none() && request.verify.is_none() {
        return;
    }
    answer.steps.clear();
    answer.derived.clear();
    let mut faults: Vec<Fault> = Vec::new();
    let mut outcome = Outcome::Fine;
    if let Some(body) = &request.check {
        let text = text_of(body);
        let checked = plan::check(&request.document, &text, request.now);
        faults.extend(checked.request_faults);
        let problems: Vec<Problem> = checked.faults.iter().map(|fault| Problem::of_amiss(&text, fault)).collect();
        outcome = outcome.worse(errors(&problems));
        let service = checked.service.map(|service| service.id);
        let (form, written_in, key, mended) = (checked.form, checked.written_in, checked.key, checked.mended);
        answer.check = Some(BodyReport { form, written_in, service, key, problems, mended });
    }
    if let Some(body) = &request.into {
        let text = text_of(body);
        let put = plan::into(&request.document, &text, request.now);
        faults.extend(plan::plan(&request.document, request.now).faults.into_iter().filter(is_error));
        if put.text.is_none() {
            outcome = Outcome::Bad;
        }
        let changed = put.changed.into_iter();
        answer.into = Some(PutReport {
            written_in: put.written_in,
            text: put.text,
            changed: changed.map(|one| ChangeReport { pointer: one.pointer, from: one.from, to: one.to }).collect(),
            problems: put.faults.iter().map(|fault| Problem::of_amiss(&text, fault)).collect(),
        });
    }
    if let Some(given) = &request.verify {
        let text = text_of(given);
        let effect = plan::effective(&request.document, &text, request.now);
        faults.extend(effect.request_faults.iter().cloned());
        outcome = outcome.worse(match effect.verdict {
            InEffect::Planned => Outcome::Fine,
            InEffect::OtherKey | InEffect::ProviderManaged => Outcome::Bad,
            InEffect::Unknown => Outcome::Unknown,
        });
        answer.verify = Some(effect_report(effect, &text));
    }
    let mut problems: Vec<Problem> = Vec::new();
    for fault in &faults {
        let problem = Problem::of_plan(fault);
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    problems.arrange_by(|one, other| {
        (&one.pointer, one.severity, one.code).cmp(&(&other.pointer, other.severity, other.code))
    });
    answer.outcome = outcome.worse(errors(&problems));
    answer.ok = answer.outcome != Outcome::Bad;
    answer.problems = problems;
}

/// Texts are taken as they are, parsed JSON as its text.
fn text_of(given: &Value) -> String {
    given.as_str().map_or_else(|| given.to_string(), str::to_owned)
}

fn is_error(fault: &Fault) -> bool {
    fault.kind.severity() == Severity::Error
}

fn errors(problems: &[Problem]) -> Outcome {
    let bad = problems.iter().any(|problem| problem.severity == Severity::Error);
    if bad { Outcome::Bad } else { Outcome::Fine }
}

fn effect_report(effect: plan::Effect, text: &str) -> EffectReport {
    let reason = |ground: plan::Ground| {
        let place = Position::of(text, ground.span.start);
        let evidence = Evidence {
            input: ANSWER.into(),
            pointer: ground.pointer.clone(),
            line: place.line,
            value: ground.value.map_or(Scalar::Null, |text| Scalar::Text(text.into())),
        };
        Reason {
            kind: ReasonKind::Parameter,
            reference: ground.pointer,
            text: ground.text,
            source: ground.source,
            evidence: Some(evidence),
        }
    };
    let unknown = effect.settles.into_iter().map(|settling| Unknown {
        kind: UnknownKind::Export,
        name: settling.name.to_owned(),
        of: effect.planned.clone(),
        why: settling.why,
        command: settling.command,
        role: settling.role.map(str::to_owned),
    });
    EffectReport {
        verdict: effect.verdict,
        unknown: unknown.collect(),
        planned: effect.planned,
        effective: effect.effective,
        because: effect.because.into_iter().map(reason).collect(),
    }
}

impl Problem {
    /// Something wrong with a body, at its place in the text.
    fn of_amiss(text: &str, amiss: &Amiss) -> Self {
        let Span { start, end } = amiss.span;
        let place = Position::of(text, start);
        let segment = match &amiss.kind {
            AmissKind::Plan(plan::FaultKind::Crn(fault)) => fault.segment,
            _ => None,
        };
        let url = match &amiss.kind {
            AmissKind::Plan(fault) => fault.source().map(|source| source.url),
            _ => None,
        };
        Self {
            code: amiss.kind.code(),
            severity: amiss.kind.severity(),
            message: amiss.kind.message(),
            help: Some(amiss.kind.help()),
            segment,
            span: Some([start, end].map(|bytes| u32::try_from(bytes).unwrap_or(u32::MAX))),
            input: None,
            pointer: Some(amiss.pointer.clone()),
            line: Some(place.line),
            column: Some(place.column),
            url,
        }
    }
}
