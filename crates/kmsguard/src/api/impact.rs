//! `impact`: what an action on a key breaks, when, and for how long it can be undone.

use serde::{Deserialize, Serialize};

use super::exports::{self, InputReport, Labels};
use super::ordered::{self, OrderStepReport, Ordering};
use super::untangle::{self, UntanglingReport};
use super::{
    Answer, Command, Evidence, Now, Outcome, Problem, Reason, ReasonKind, RequestError, SCHEMA_VERSION, Surface, Tool,
    Unknown, UnknownKind,
};
use crate::catalog::Source;
use crate::catalog::effects::{Effect, Since};
pub use crate::impact::ActionKind;
use crate::impact::{self, Action, Assessment, Certainty, EventKind, Needed, NotFound, Step, Understood, Verdict};
use crate::inventory::{Inventory, KeyNotFound, SharedText, Symbol};

/// An action.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ActionRequest {
    /// What is done.
    pub kind: ActionKind,
    /// To what: a key by its CRN, its id, its name, or as `INSTANCE/KEY` by their names; an authorization by its id; a deployment or an
    /// instance of a KMS by its CRN, its GUID or its name; a plan of Terraform by the name of the input that holds it.
    pub target: String,
}

/// What is asked of an impact.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ImpactRequest {
    /// For which moment: the actions take place then.
    pub now: Now,
    /// The actions, all taken together.
    pub actions: Vec<ActionRequest>,
    /// Whether they are forced.
    #[serde(default)]
    pub force: bool,
    /// Whether an input that cannot be read is passed over.
    #[serde(default)]
    pub keep_going: bool,
    /// Whether a safe order is wanted.
    #[serde(default)]
    pub order: bool,
}

impl ImpactRequest {
    /// No action yet, at a moment, without force.
    #[must_use]
    pub const fn at(now: Now) -> Self {
        Self { now, actions: Vec::new(), force: false, keep_going: false, order: false }
    }
}

/// An action, as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActionReport {
    /// What is done.
    pub kind: ActionKind,
    /// To what: its CRN, or its id where it has none or none is known.
    pub target: String,
    /// Whether it is forced.
    pub force: bool,
}

/// A resource, and what happens to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AffectedResource {
    /// Its CRN.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub resource: SharedText,
    /// The CRN of the deployment it belongs to; its own where that is not known.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub deployment: SharedText,
    /// Its service.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub service: SharedText,
    /// The worst that happens to it.
    pub effect: Effect,
    /// Whether it does happen.
    pub certainty: Certainty,
    /// From when on.
    pub since: Since,
    /// What undoes it: a command, or `support ticket`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub undo: Option<SharedText>,
    /// Until when it can be undone, where the service promises that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recoverable_until: Option<Now>,
    /// Why.
    pub because: Vec<Reason>,
}

/// What the actions would do with force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IfForced {
    /// What they would come to.
    pub verdict: Verdict,
    /// What would happen to which resource, by its CRN.
    pub affected: Vec<AffectedResource>,
}

/// Something that happens at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelineEvent {
    /// When.
    pub at: Now,
    /// What.
    pub event: String,
    /// The page that says so.
    pub source: Source,
    /// What, in one word.
    pub kind: EventKind,
    /// To which key or deployment: its CRN, or the id of a key of which no CRN is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// What the actions do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImpactAnswer {
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
    /// The actions, in the order in which they were asked, with those of a plan of Terraform in the place of the plan.
    pub actions: Vec<ActionReport>,
    /// What they come to.
    pub verdict: Verdict,
    /// What they would do with force, where they will be refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_forced: Option<IfForced>,
    /// What happens to which resource if they take place, by its CRN.
    pub affected: Vec<AffectedResource>,
    /// What happens when, if they take place.
    pub timeline: Vec<TimelineEvent>,
    /// Why they will be refused: what no force gets past first, then by resource.
    pub blockers: Vec<Reason>,
    /// What to run: to look first, to act, to undo.
    pub commands: Vec<Command>,
    /// What is not known, and what would settle it.
    pub unknown: Vec<Unknown>,
    /// What was wrong with the inputs.
    pub problems: Vec<Problem>,
    /// The steps in which all is removed without harm to what stays, where that was asked; none where there is no such order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<OrderStepReport>>,
    /// Whether there is such an order, and why not, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordering: Option<Ordering>,
    /// How each key is untangled of which that was asked, in the order of the actions; absent where it was asked of none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untangling: Option<Vec<UntanglingReport>>,
}

impl Answer for ImpactAnswer {
    fn outcome(&self) -> Outcome {
        self.outcome
    }
}

impl Inventory {
    /// What a set of actions breaks, when, and for how long it can be undone.
    ///
    /// # Errors
    ///
    /// [`RequestError`] if there is no action, or one whose target is not exactly one thing of the exports.
    pub fn impact(&self, request: &ImpactRequest) -> Result<ImpactAnswer, RequestError> {
        if request.actions.is_empty() {
            return Err(RequestError {
                code: "REQ010",
                message: "no action was given".to_owned(),
                help: "name one, such as `--delete-key KEY`".to_owned(),
            });
        }
        let problems = exports::problems(self);
        let reading = exports::outcome(self, &problems, request.keep_going);
        let actions: Vec<Action<'_>> = request.actions.iter().map(|action| understood(action, request.force)).collect();
        let mut found = if reading == Outcome::Empty {
            nothing_read(request)
        } else {
            impact::assess(self, request.now, &actions).map_err(|error| not_found(self, error, &problems))?
        };
        let order = if request.order && reading != Outcome::Empty {
            Some(impact::order(self, request.now, &actions).map_err(|error| not_found(self, error, &problems))?)
        } else {
            None
        };
        let untangling = if reading == Outcome::Empty { None } else { untangled(self, request, &problems)? };
        let of_rows: Vec<Symbol> = found.affected.iter().flat_map(|row| [row.resource, row.deployment]).collect();
        let affected = affected(self, std::mem::take(&mut found.affected));
        let of_order = order.iter().flat_map(ordered::named);
        let named: Vec<String> = of_order.chain(untangling.iter().flatten().flat_map(untangle::named)).collect();
        let of_unknown = found.unknown.iter().filter_map(|needed| needed.of.as_deref());
        let of_actions = found.actions.iter().map(|action| action.target.as_str());
        let of_texts = of_actions.chain(of_unknown).chain(named.iter().map(String::as_str));
        let mut labels = exports::labels_of(self, of_rows);
        labels.extend(exports::labels(self, of_texts));
        Ok(ImpactAnswer {
            schema_version: SCHEMA_VERSION,
            tool: Tool::THIS,
            now: request.now,
            outcome: match (reading, found.verdict) {
                (Outcome::Incomplete | Outcome::Empty, _) => reading,
                (_, Verdict::Blocked | Verdict::Destroys | Verdict::Degrades) => Outcome::Bad,
                (_, Verdict::Unknown) => Outcome::Unknown,
                (_, Verdict::Safe) => Outcome::Fine,
            },
            inputs: exports::inputs(self),
            labels,
            actions: found
                .actions
                .iter()
                .map(|action| ActionReport { kind: action.kind, target: action.target.clone(), force: action.force })
                .collect(),
            verdict: found.verdict,
            if_forced: found.if_forced.map(|verdict| IfForced { verdict, affected: affected.clone() }),
            affected,
            timeline: found.timeline.iter().map(timeline_event).collect(),
            blockers: found.blockers.into_iter().map(|blocker| reason(self, blocker.reason)).collect(),
            commands: found.commands.iter().map(command).collect(),
            unknown: found.unknown.into_iter().map(unknown).collect(),
            problems,
            order: order.as_ref().map(ordered::steps),
            ordering: order.map(|order| ordered::ordering(self, order)),
            untangling,
        })
    }
}

/// How the keys are untangled of which that is asked; none where it is asked of none.
fn untangled(
    inventory: &Inventory,
    request: &ImpactRequest,
    problems: &[Problem],
) -> Result<Option<Vec<UntanglingReport>>, RequestError> {
    let asked = request.actions.iter().filter(|action| action.kind == ActionKind::UntangleKey);
    let mut reports = Vec::new();
    for action in asked {
        let found = impact::untangle(inventory, request.now, &action.target)
            .map_err(|error| not_found(inventory, error, problems))?;
        reports.extend(found.map(|found| untangle::report(inventory, request.now, found)));
    }
    let is_asked = request.actions.iter().any(|action| action.kind == ActionKind::UntangleKey);
    Ok(is_asked.then_some(reports))
}

fn understood(request: &ActionRequest, force: bool) -> Action<'_> {
    Action { kind: request.kind, target: request.target.as_str().into(), force }
}

/// Of an inventory without exports nothing is known.
fn nothing_read(request: &ImpactRequest) -> Assessment {
    Assessment {
        actions: request
            .actions
            .iter()
            .map(|action| Understood { kind: action.kind, target: action.target.clone(), force: request.force })
            .collect(),
        verdict: Verdict::Unknown,
        if_forced: None,
        affected: Vec::new(),
        timeline: Vec::new(),
        blockers: Vec::new(),
        commands: Vec::new(),
        unknown: vec![Needed {
            export: true,
            name: "kms-registrations".into(),
            of: None,
            why: "nothing was read: give keys and registrations of the KMS instance".to_owned(),
            command: Some("ibmcloud kp registrations --instance-id INSTANCE --output json".to_owned()),
            role: Some("Reader"),
            decides: true,
            worst: Verdict::Destroys,
        }],
    }
}

fn affected(inventory: &Inventory, found: Vec<impact::Affected>) -> Vec<AffectedResource> {
    let text = |symbol| inventory.shared(symbol);
    let row = |row: impact::Affected| AffectedResource {
        resource: text(row.resource),
        deployment: text(row.deployment),
        service: text(row.service),
        effect: row.effect,
        certainty: row.certainty,
        since: row.since,
        undo: row.undo,
        recoverable_until: row.recoverable_until,
        because: row.because.into_iter().map(|because| reason(inventory, because)).collect(),
    };
    found.into_iter().map(row).collect()
}

pub(super) fn reason(inventory: &Inventory, reason: impact::Reason) -> Reason {
    Reason {
        kind: match reason.kind {
            impact::ReasonKind::Registration => ReasonKind::Registration,
            impact::ReasonKind::Parameter => ReasonKind::Parameter,
            impact::ReasonKind::Policy => ReasonKind::Policy,
            impact::ReasonKind::Key => ReasonKind::Key,
            impact::ReasonKind::Catalogue => ReasonKind::Catalogue,
        },
        reference: reason.about,
        text: reason.text,
        source: reason.source,
        evidence: reason.evidence.map(|witness| Evidence::of(inventory, witness)),
    }
}

fn timeline_event(event: &impact::Event) -> TimelineEvent {
    TimelineEvent {
        at: event.at,
        event: event.event.clone(),
        source: event.source,
        kind: event.kind,
        subject: event.subject.clone(),
    }
}

pub(super) fn command(step: &Step) -> Command {
    Command { surface: Surface::Cli, text: step.text.clone(), command: step.command.clone() }
}

pub(super) fn unknown(needed: Needed) -> Unknown {
    Unknown {
        kind: if needed.export { UnknownKind::Export } else { UnknownKind::Fact },
        name: needed.name.into_owned(),
        of: needed.of,
        why: needed.why,
        command: needed.command,
        role: needed.role.map(str::to_owned),
    }
}

/// The error for something that was asked for and is not one thing of the exports.
fn not_found(inventory: &Inventory, error: NotFound, problems: &[Problem]) -> RequestError {
    let none = |what: &str, asked: &str, help: String| RequestError {
        code: "REQ009",
        message: format!("no {what} `{}` was found", asked.escape_debug()),
        help: format!("{help}{}", unread(problems)),
    };
    let several = |asked: &str, number: usize, help: String| RequestError {
        code: "REQ011",
        message: format!("`{}` may be any of {}", asked.escape_debug(), count(number, "target")),
        help,
    };
    match error {
        NotFound::Key(error) => key_not_found(inventory, error, problems),
        NotFound::Policy { asked, searched, accounts } if accounts.is_empty() => {
            none("authorization", &asked, format!("searched {} by id", count(searched, "authorization")))
        }
        NotFound::Policy { asked, accounts, .. } => {
            let help = format!("authorizations of this id stand in the accounts {}", accounts.join(", "));
            several(&asked, accounts.len(), help)
        }
        NotFound::Instance { asked, searched, candidates } if candidates.is_empty() => {
            let searched = count(searched, "listed instance");
            none("instance", &asked, format!("searched {searched} and what uses keys, by CRN, GUID and name"))
        }
        NotFound::Instance { asked, candidates, .. } => {
            let help = format!("name one by its CRN: {}", described(inventory, &candidates).join(", "));
            several(&asked, candidates.len(), help)
        }
        NotFound::Plan { asked } => {
            none("plan of Terraform", &asked, "a plan is named by the input that holds it".to_owned())
        }
    }
}

/// How many inputs could not be read, where some could not.
fn unread(problems: &[Problem]) -> String {
    let unread = problems.iter().filter(|problem| problem.severity == crate::crn::Severity::Error).count();
    if unread == 0 { String::new() } else { format!("; {} could not be read", count(unread, "input")) }
}

/// The error for a key that was asked for and is not one key of the exports.
pub(super) fn key_not_found(inventory: &Inventory, error: KeyNotFound, problems: &[Problem]) -> RequestError {
    match error {
        KeyNotFound::None { asked, keys, named } => {
            let unread = unread(problems);
            RequestError {
                code: "REQ009",
                message: format!("no key `{}` was found", asked.escape_debug()),
                help: format!(
                    "searched {} and {} named by uses alone, by CRN, id, name and `INSTANCE/KEY`{unread}",
                    count(keys, "listed key"),
                    count(named, "key"),
                ),
            }
        }
        KeyNotFound::Several { asked, candidates } => RequestError {
            code: "REQ011",
            message: format!("`{}` may be any of {}", asked.escape_debug(), count(candidates.len(), "key")),
            help: format!("name one by its CRN: {}", described(inventory, &candidates).join(", ")),
        },
    }
}

/// CRNs with the names of their keys.
fn described(inventory: &Inventory, candidates: &[String]) -> Vec<String> {
    let labels = exports::labels(inventory, candidates.iter().map(String::as_str));
    let name = |crn: &String| labels.get(crn).and_then(|label| label.name.as_deref());
    candidates
        .iter()
        .map(|crn| name(crn).map_or_else(|| crn.clone(), |name| format!("{crn} ({})", name.escape_debug())))
        .collect()
}

fn count(number: usize, of: &str) -> String {
    if number == 1 { format!("1 {of}") } else { format!("{number} {of}s") }
}
