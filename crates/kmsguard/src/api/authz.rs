//! `authz`: who may use which key, and why or why not.

use serde::{Deserialize, Serialize};

use super::exports::{self, InputReport, Labels};
use super::impact::key_not_found;
use super::{Answer, Now, Outcome, Problem, RequestError, SCHEMA_VERSION, Tool, Unknown};
use crate::authz::{
    self, AskedKey, AskedSource, AskedUse, AuthorizationIndex, Doubt, MissingKind, Pair, SourceNotFound, Verdict,
};
use crate::config::nearest;
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
    /// Only this source: the CRN of a resource or a deployment, the name of a deployment, or `SERVICE-ID@ACCOUNT` for a
    /// deployment that is not made yet. Without a key: also which other keys it may use.
    #[serde(default)]
    pub source: Option<String>,
    /// Only this key: its CRN, its id, its name, or `INSTANCE/KEY`. Without a source: also whom the authorizations let use it.
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
    /// The same in words.
    pub text: String,
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

/// Who may use a key, or which key a source may use, whether or not it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReachReport {
    /// Who: a source as it was asked for, or the sources that an authorization names, in words.
    pub source: String,
    /// The CRN of the key, or its id where no CRN is known.
    pub key: String,
    /// `covered` or `unknown`; what may not use a key is not listed.
    pub verdict: Verdict,
    /// The ids of the authorizations that let it.
    pub policies: Vec<String>,
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
    /// Where a source or a key alone is asked for: which other keys the source may use, or whom the authorizations let use the
    /// key. Empty otherwise.
    pub reach: Vec<ReachReport>,
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
    /// [`RequestError`] if a source or a key is asked for that no export names, or that several are called.
    pub fn authz(&self, request: &AuthzRequest) -> Result<AuthzAnswer, RequestError> {
        let problems = exports::problems(self);
        let key = match request.key.as_deref() {
            Some(key) => Some(authz::asked_key(self, key).map_err(|error| key_not_found(self, error, &problems))?),
            None => None,
        };
        let source = match request.source.as_deref() {
            Some(source) => Some(self.asked_source(source)?),
            None => None,
        };
        let mut uses = authz::decided_uses(self, |_| true);
        uses.retain(|one| {
            let pair = one.pair(self);
            key.as_ref().is_none_or(|key| is_key(&pair, key))
                && request.source.as_deref().is_none_or(|asked| self.is_source(&pair, asked))
        });
        let mut asked = Vec::new();
        let mut reach = Vec::new();
        match (source, key) {
            (Some(source), Some(key)) if uses.is_empty() => {
                let index = AuthorizationIndex::new(&self.policies);
                asked.push(authz::asked_use(self, &index, &source, key));
            }
            (Some(source), None) => {
                let index = AuthorizationIndex::new(&self.policies);
                let others =
                    authz::usable_keys(self).filter(|key| !uses.iter().any(|one| is_key(&one.pair(self), key)));
                let others: Vec<AskedUse<'_>> =
                    others.map(|key| authz::asked_use(self, &index, &source, key)).collect();
                // What is not made yet has no uses: what it could use is all that can be asked.
                match source {
                    AskedSource::Planned { .. } => asked = others,
                    AskedSource::Known { .. } => {
                        let may = others.iter().filter(|one| one.decision.verdict != Verdict::NotCovered);
                        reach = may.map(|one| self.reach_of_source(&one.pair())).collect();
                    }
                }
            }
            (None, Some(key)) => {
                let key_name = key.crn.unwrap_or(key.id);
                reach = authz::reach(self, key).iter().map(|one| self.reach_of_key(one, key_name)).collect();
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
        let pairs: Vec<Pair<'_>> =
            uses.iter().map(|one| one.pair(self)).chain(asked.iter().map(AskedUse::pair)).collect();
        let mut summary = AuthzSummary::default();
        for pair in &pairs {
            *match pair.worst() {
                Verdict::Covered => &mut summary.covered,
                Verdict::NotCovered => &mut summary.not_covered,
                Verdict::Unknown => &mut summary.unknown,
            } += 1;
        }
        let outcome = match exports::outcome(self, &problems, request.keep_going) {
            Outcome::Fine if summary.not_covered > 0 => Outcome::Bad,
            Outcome::Fine if summary.unknown > 0 => Outcome::Unknown,
            outcome => outcome,
        };
        let decisions: Vec<DecisionReport> = pairs.iter().map(|pair| self.decision(pair)).collect();
        let of_pairs = pairs.iter().map(|pair| pair.of);
        let keys = decisions.iter().filter_map(|decision| decision.key.as_deref());
        let reached = reach.iter().flat_map(|one| [one.source.as_str(), one.key.as_str()]);
        Ok(AuthzAnswer {
            schema_version: SCHEMA_VERSION,
            tool: Tool::THIS,
            now: request.now,
            outcome,
            inputs: exports::inputs(self),
            labels: exports::labels(self, of_pairs.chain(keys).chain(reached)),
            summary,
            problems,
            decisions,
            reach,
        })
    }

    fn asked_source<'a>(&'a self, asked: &'a str) -> Result<AskedSource<'a>, RequestError> {
        authz::find_source(self, asked).map_err(|error| match error {
            SourceNotFound::None => RequestError {
                help: "give a CRN, the name of a deployment, or `SERVICE-ID@ACCOUNT` for one that is not made yet; \
                       `kmsguard inventory` lists what was read"
                    .to_owned(),
                ..RequestError::not_found("source", asked)
            },
            SourceNotFound::Several(candidates) => RequestError {
                code: "REQ011",
                message: format!("`{}` may be any of {} deployments", asked.escape_debug(), candidates.len()),
                help: format!("name one by its CRN: {}", candidates.join(", ")),
            },
            SourceNotFound::Service(id) => RequestError {
                code: "REQ012",
                message: format!("no service `{}` is known to take keys", id.escape_debug()),
                help: match nearest(&id, authz::service_ids()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("one of: {}", authz::service_ids().collect::<Vec<_>>().join(", ")),
                },
            },
            SourceNotFound::Account(account) => RequestError {
                code: "REQ013",
                message: format!("`{}` is not an account id", account.escape_debug()),
                help: "write `SERVICE-ID@ACCOUNT` with the id of the account alone, without `a/`".to_owned(),
            },
        })
    }

    fn reach_of_source(&self, pair: &Pair<'_>) -> ReachReport {
        ReachReport {
            source: pair.source.to_owned(),
            key: pair.key_crn.unwrap_or(pair.key_id).to_owned(),
            verdict: pair.decision.verdict,
            policies: pair
                .decision
                .policies
                .iter()
                .chain(&pair.decision.possible)
                .map(|policy| self.policy_name(*policy))
                .collect(),
        }
    }

    fn reach_of_key(&self, reach: &authz::Reach, key: &str) -> ReachReport {
        let policy = self.policies.get(reach.policy);
        ReachReport {
            source: policy.map(authz::subject_text).unwrap_or_default(),
            key: key.to_owned(),
            verdict: reach.verdict,
            policies: vec![self.policy_name(reach.policy)],
        }
    }

    /// Whether a pair is of the source that was asked for: a resource, its deployment, or the name of one.
    fn is_source(&self, pair: &Pair<'_>, asked: &str) -> bool {
        let deployment = self.interner.find(pair.of).and_then(|deployment| self.instance(deployment));
        let name = deployment.and_then(|deployment| deployment.name).map(|name| self.text(name));
        pair.source == asked || pair.of == asked || name == Some(asked)
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

    fn decision(&self, one: &Pair<'_>) -> DecisionReport {
        let text = |symbol| self.text(symbol).to_owned();
        let decision = one.decision;
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
        let mut missing: Vec<Missing> = missing.collect();
        if let Some(last) = missing.last_mut().filter(|_| pair_is_refused(decision)) {
            last.text.push_str(PROVIDED);
        }
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
            text: authz::note_text(&near.note),
        });
        let template = if decision.verdict == Verdict::Covered { None } else { authz::template(&one.key_use) };
        DecisionReport {
            source: one.source.to_owned(),
            source_service: one.key_use.source.service_name.value().unwrap_or_default().to_owned(),
            key_id: key.is_none().then(|| one.key_id.to_owned()),
            key,
            witnesses: one
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
            missing,
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
    pub(super) fn unknowns(&self, one: &Pair<'_>) -> Vec<Unknown> {
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

    fn unknown(&self, one: &Pair<'_>, doubt: &Doubt) -> Unknown {
        super::parts::unknown(one.wanted(self, doubt))
    }
}

/// What every "no" ends with: IAM lists only what its caller may read.
const PROVIDED: &str = "; provided whoever exported could see all authorizations of the account";

/// Whether a "no" rests on the list of authorizations being whole.
fn pair_is_refused(decision: &authz::Decision) -> bool {
    decision.worst() == Verdict::NotCovered
}

/// Whether a pair is of the key that was asked for.
fn is_key(pair: &Pair<'_>, key: &AskedKey<'_>) -> bool {
    match (pair.key_crn, key.crn) {
        (Some(crn), Some(asked)) => crn == asked,
        _ => pair.key_id == key.id,
    }
}
