//! `authz`: who may use which key, and why or why not.

use serde::{Deserialize, Serialize};

use super::exports::{self, InputReport, Labels};
use super::{Answer, Now, Outcome, Problem, RequestError, SCHEMA_VERSION, Tool, Unknown, UnknownKind};
use crate::authz::{self, DecidedUse, Doubt, MissingKind, Verdict};
use crate::inventory::Inventory;
use crate::policy::{Forms, SideName, forms};

/// What is asked about authorizations.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AuthzRequest {
    /// For which moment.
    pub now: Now,
    /// Whether an input that cannot be read is passed over.
    #[serde(default)]
    pub keep_going: bool,
    /// Only this source: the CRN of a resource or a deployment, or the name of a deployment.
    #[serde(default)]
    pub source: Option<String>,
    /// Only this key: its CRN, its id, or its name.
    #[serde(default)]
    pub key: Option<String>,
}

impl AuthzRequest {
    /// A request for all uses.
    #[must_use]
    pub const fn at(now: Now) -> Self {
        Self { now, keep_going: false, source: None, key: None }
    }
}

/// Where a use was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionWitness {
    /// The name of the input.
    pub input: String,
    /// The JSON pointer to the value.
    pub pointer: String,
}

/// What kind of thing is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MissingName {
    /// Any policy that applies.
    Policy,
    /// A role that gives access.
    Role,
    /// The role AuthorizationDelegator.
    Delegation,
    /// One attribute of the nearest policy.
    Attribute,
    /// A policy for a service that works for the deployment.
    Dependent,
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Missing {
    /// What kind of thing.
    pub kind: MissingName,
    /// The role, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// In words.
    pub text: String,
}

/// How a condition of a near policy came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum NearMissOutcome {
    /// It fails.
    Mismatch,
    /// It cannot be judged.
    Unknown,
}

/// A condition in which a near policy fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NearMissReport {
    /// The id of the policy.
    pub policy: String,
    /// The side; absent for a condition of the policy as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<SideName>,
    /// The attribute.
    pub attribute: String,
    /// What the policy wants.
    pub wants: String,
    /// What the use has; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has: Option<String>,
    /// How it came out.
    pub outcome: NearMissOutcome,
}

/// A service that works for a deployment, and whether it is authorized.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DependentReport {
    /// The service.
    pub service: String,
    /// Whether.
    pub verdict: Verdict,
    /// The ids of the policies that authorize it.
    pub policies: Vec<String>,
}

/// Whether one source may use one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionReport {
    /// The CRN of the source, as registered.
    pub source: String,
    /// The service that a policy must name; empty where that is not known.
    pub source_service: String,
    /// The CRN of the key; null where no list holds it.
    pub key: Option<String>,
    /// The id of the key, where no list holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// Where the use was read.
    pub witnesses: Vec<DecisionWitness>,
    /// Whether IAM authorizes it. Network rules are other gates and were not looked at.
    pub verdict: Verdict,
    /// Whether one policy is enough by itself.
    pub single_policy: bool,
    /// The ids of the policies that authorize it.
    pub policies: Vec<String>,
    /// What is missing.
    pub missing: Vec<Missing>,
    /// What is not known, and what would settle it.
    pub unknown: Vec<Unknown>,
    /// The policies that come nearest.
    pub near_misses: Vec<NearMissReport>,
    /// The services that work for the deployment.
    pub dependents: Vec<DependentReport>,
    /// The smallest policy that would cover the use; null where it is covered, or not known well enough.
    pub template: Option<Forms>,
}

/// The decisions in numbers: of a use and the services that work for it, the worse counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuthzSummary {
    /// IAM authorizes it.
    pub covered: u32,
    /// IAM does not.
    pub not_covered: u32,
    /// It could not be decided.
    pub unknown: u32,
}

/// Who may use which key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuthzAnswer {
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
    /// The decisions, by key and source.
    pub decisions: Vec<DecisionReport>,
    /// The decisions in numbers.
    pub summary: AuthzSummary,
    /// What was wrong with the inputs.
    pub problems: Vec<Problem>,
}

impl Answer for AuthzAnswer {
    fn outcome(&self) -> Outcome {
        self.outcome
    }
}

impl Inventory {
    /// Decides who may use which key.
    ///
    /// # Errors
    ///
    /// [`RequestError`] if a source or a key is asked for that no export names.
    pub fn authz(&self, request: &AuthzRequest) -> Result<AuthzAnswer, RequestError> {
        let mut uses = authz::decided_uses(self, |_| true);
        if let Some(key) = request.key.as_deref() {
            uses.retain(|one| self.is_key(one, key));
            if uses.is_empty() {
                return Err(RequestError::not_found("key", key));
            }
        }
        if let Some(source) = request.source.as_deref() {
            uses.retain(|one| self.is_source(one, source));
            if uses.is_empty() {
                return Err(RequestError::not_found("source", source));
            }
        }
        let mut summary = AuthzSummary::default();
        for one in &uses {
            *match one.worst() {
                Verdict::Covered => &mut summary.covered,
                Verdict::NotCovered => &mut summary.not_covered,
                Verdict::Unknown => &mut summary.unknown,
            } += 1;
        }
        let problems = exports::problems(self);
        let outcome = match exports::outcome(self, &problems, request.keep_going) {
            Outcome::Fine if summary.not_covered > 0 => Outcome::Bad,
            Outcome::Fine if summary.unknown > 0 => Outcome::Unknown,
            outcome => outcome,
        };
        let decisions: Vec<DecisionReport> = uses.iter().map(|one| self.decision(one)).collect();
        let deployments =
            uses.iter().filter_map(|one| one.found.belongs.deployment()).map(|deployment| self.text(deployment));
        let keys = decisions.iter().filter_map(|decision| decision.key.as_deref());
        Ok(AuthzAnswer {
            schema_version: SCHEMA_VERSION,
            tool: Tool::THIS,
            now: request.now,
            outcome,
            inputs: exports::inputs(self),
            labels: exports::labels(self, deployments.chain(keys)),
            summary,
            problems,
            decisions,
        })
    }

    fn is_key(&self, one: &DecidedUse<'_>, wanted: &str) -> bool {
        let crn = one.key.map(|key| key.crn).or(one.found.key_crn);
        let name = one.key.and_then(|key| key.name);
        [crn, name, Some(one.found.key_id)].into_iter().flatten().any(|symbol| self.text(symbol) == wanted)
    }

    fn is_source(&self, one: &DecidedUse<'_>, wanted: &str) -> bool {
        let deployment = one.found.belongs.deployment();
        let name = deployment.and_then(|deployment| self.instance(deployment)).and_then(|instance| instance.name);
        [Some(one.found.resource), deployment, name].into_iter().flatten().any(|symbol| self.text(symbol) == wanted)
    }

    /// The id of a policy, or where it stands.
    pub(super) fn policy_name(&self, policy: usize) -> String {
        let id = self.policies.get(policy).and_then(|policy| policy.id.clone());
        id.unwrap_or_else(|| self.policy_place(policy))
    }

    fn policy_place(&self, policy: usize) -> String {
        let Some(witness) = self.policy_witnesses.get(policy) else { return String::new() };
        let input = self.sources.get(witness.place.input as usize).map_or("", |source| source.input.name.as_str());
        format!("{input}#{}", self.pointer(*witness))
    }

    fn decision(&self, one: &DecidedUse<'_>) -> DecisionReport {
        let text = |symbol| self.text(symbol).to_owned();
        let decision = &one.decision;
        let names = |policies: &[usize]| policies.iter().map(|policy| self.policy_name(*policy)).collect::<Vec<_>>();
        let key = one.key.map(|key| text(key.crn));
        let missing = decision.missing.iter().map(|missing| Missing {
            kind: match missing.kind {
                MissingKind::Policy => MissingName::Policy,
                MissingKind::Role => MissingName::Role,
                MissingKind::Delegation => MissingName::Delegation,
                MissingKind::Attribute => MissingName::Attribute,
                MissingKind::Dependent => MissingName::Dependent,
            },
            role: missing.role.map(|role| authz::role_name(role).to_owned()),
            text: authz::missing_text(missing, &decision.near_misses, |policy| self.policy_name(policy)),
        });
        let near = decision.near_misses.iter().map(|near| NearMissReport {
            policy: self.policy_name(near.policy),
            side: near.note.side,
            attribute: near.note.attribute.clone(),
            wants: near.note.wants.clone(),
            has: near.note.has.clone(),
            outcome: match near.note.outcome {
                authz::Outcome::Mismatch(_) => NearMissOutcome::Mismatch,
                authz::Outcome::Unknown(_) => NearMissOutcome::Unknown,
            },
        });
        let template = if decision.verdict == Verdict::Covered { None } else { authz::template(&one.key_use()) };
        DecisionReport {
            source: text(one.found.resource),
            source_service: one.key_use().source.service_name.value().unwrap_or_default().to_owned(),
            key_id: key.is_none().then(|| text(one.found.key_id)),
            key,
            witnesses: one
                .found
                .witnesses
                .iter()
                .map(|(_, witness)| DecisionWitness {
                    input: self
                        .sources
                        .get(witness.place.input as usize)
                        .map(|source| source.input.name.clone())
                        .unwrap_or_default(),
                    pointer: self.pointer(*witness),
                })
                .collect(),
            verdict: decision.verdict,
            single_policy: decision.single_policy,
            policies: names(&decision.policies),
            missing: missing.collect(),
            unknown: self.unknowns(one),
            near_misses: near.collect(),
            dependents: decision
                .dependents
                .iter()
                .map(|dependent| DependentReport {
                    service: dependent.service.to_owned(),
                    verdict: dependent.verdict,
                    policies: names(&dependent.policies),
                })
                .collect(),
            template: template.as_ref().map(forms),
        }
    }

    /// What would settle what could not be decided of a use and of the services that work for it.
    pub(super) fn unknowns(&self, one: &DecidedUse<'_>) -> Vec<Unknown> {
        let own = one.decision.unknown.iter();
        let of_dependents = one.decision.dependents.iter().flat_map(|dependent| &dependent.unknown);
        let mut unknowns: Vec<Unknown> = Vec::new();
        for fact in own.chain(of_dependents) {
            let unknown = self.unknown(one, &fact.doubt);
            if !unknowns.contains(&unknown) {
                unknowns.push(unknown);
            }
        }
        unknowns
    }

    fn unknown(&self, one: &DecidedUse<'_>, doubt: &Doubt) -> Unknown {
        let wanted = one.wanted(self, doubt);
        Unknown {
            kind: if wanted.export.is_some() { UnknownKind::Export } else { UnknownKind::Fact },
            name: wanted.name,
            of: wanted.of.map(|of| self.text(of).to_owned()),
            why: wanted.why,
            command: wanted.command,
            role: wanted.role.map(str::to_owned),
        }
    }
}
