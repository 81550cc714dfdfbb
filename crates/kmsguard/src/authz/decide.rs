//! One use against all policies of the key's account.

use super::evaluate::{Evaluation, KeyUse, evaluate};
use super::explain::{NearMiss, near_misses};
use super::fact::{Fact, Source};
use super::reason::{Doubt, Note, Outcome};
use super::truth::Truth;
use crate::catalog::needs::{Generation, Need, Required};
use crate::order::Arrange as _;
use crate::policy::{Authorization, RoleKind};

/// Whether a use is authorized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// IAM authorizes it.
    Covered,
    /// What is known does not tell.
    Unknown,
    /// IAM does not authorize it, provided whoever exported could see all authorizations of the account.
    NotCovered,
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingKind {
    /// Any policy that applies.
    Policy,
    /// A role that gives access.
    Role,
    /// The role `AuthorizationDelegator`.
    Delegation,
    /// A policy of the one attribute in which the nearest policy fails.
    Attribute,
    /// A policy for a service that works for the deployment.
    Dependent,
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What kind of thing.
    pub kind: MissingKind,
    /// The role, where it is one.
    pub role: Option<RoleKind>,
    /// The attribute or the service, where it is one.
    pub name: Option<String>,
    /// The policies that would give it but for a mistake in a role id, or in the attribute.
    pub policies: Vec<usize>,
}

/// Something that is not known, and the policies that depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFact {
    /// What.
    pub doubt: Doubt,
    /// The policies, by their place in the list that was given.
    pub policies: Vec<usize>,
}

/// Whether a service that works for the deployment is authorized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// The service.
    pub service: &'static str,
    /// Whether it is authorized.
    pub verdict: Verdict,
    /// The policies that authorize it.
    pub policies: Vec<usize>,
    /// What is not known, where the verdict is that.
    pub unknown: Vec<UnknownFact>,
}

/// Whether a use is authorized, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether.
    pub verdict: Verdict,
    /// One policy is enough by itself.
    pub single_policy: bool,
    /// The policies that authorize it, by their place in the list that was given.
    pub policies: Vec<usize>,
    /// The policies that may authorize it.
    pub possible: Vec<usize>,
    /// What is missing, where it is not covered.
    pub missing: Vec<Missing>,
    /// What is not known, where that decides.
    pub unknown: Vec<UnknownFact>,
    /// The policies that come nearest, with what they fail on.
    pub near_misses: Vec<NearMiss>,
    /// The services that work for the deployment.
    pub dependents: Vec<Dependent>,
}

impl Decision {
    /// The worse of the use's own verdict and those of its dependents: not covered before unknown before covered.
    #[must_use]
    pub fn worst(&self) -> Verdict {
        self.dependents.iter().map(|dependent| dependent.verdict).fold(self.verdict, Verdict::max)
    }
}

/// A policy that may apply, with how it came out.
struct Candidate<'p> {
    index: usize,
    policy: &'p Authorization,
    evaluation: Evaluation,
    notes: Vec<Note>,
}

/// Decides a use. `policies` are those that may concern it, with their place in the list of all; `complete`: nothing
/// speaks against the list of the key's account being all of it.
#[must_use]
pub fn decide<'p>(
    key_use: &KeyUse<'_>,
    policies: impl Iterator<Item = (usize, &'p Authorization)>,
    complete: bool,
) -> Decision {
    let policies: Vec<(usize, &Authorization)> = policies.collect();
    let over = |own: &KeyUse<'_>| verdict(own, &policies, &|_| None, &|_| policies.clone(), complete);
    let mut decision = over(key_use);
    add_dependents(&mut decision, key_use, &over);
    decision
}

/// The decision about a use alone, without those that work for it. `quick`: how a policy comes out, where that is known without
/// looking at it. `near`: the policies among which to look for near ones,
/// which may be more than those that can apply.
pub(super) fn verdict<'p>(
    key_use: &KeyUse<'_>,
    policies: &[(usize, &'p Authorization)],
    quick: &dyn Fn(usize) -> Option<Evaluation>,
    near: &dyn Fn(Verdict) -> Vec<(usize, &'p Authorization)>,
    complete: bool,
) -> Decision {
    let mut sure = Vec::new();
    let mut possible = Vec::new();
    for (index, policy) in policies.iter().copied() {
        let evaluation = quick(index).unwrap_or_else(|| evaluate(policy, key_use, None));
        match evaluation.applies {
            Truth::False => {}
            Truth::True => sure.push(Candidate { index, policy, evaluation, notes: Vec::new() }),
            Truth::Unknown if evaluation.matters() => {
                possible.push(Candidate { index, policy, evaluation, notes: Vec::new() });
            }
            Truth::Unknown => {}
        }
    }
    let delegation = key_use.need.delegation;
    let access_sure = any(&sure, |evaluation| evaluation.access);
    let delegation_sure = any(&sure, |evaluation| evaluation.delegation);
    let access_at_best = access_sure.or(any(&possible, |evaluation| evaluation.access));
    let delegation_at_best = delegation_sure.or(any(&possible, |evaluation| evaluation.delegation));
    let covered = access_sure == Truth::True && (delegation == Required::No || delegation_sure == Truth::True);
    let at_best = access_at_best != Truth::False && (delegation != Required::Yes || delegation_at_best != Truth::False);
    let verdict = match (covered, at_best, complete) {
        (true, _, _) => Verdict::Covered,
        (false, false, true) => Verdict::NotCovered,
        _ => Verdict::Unknown,
    };
    let enough = |evaluation: &Evaluation| {
        evaluation.access == Truth::True && (delegation == Required::No || evaluation.delegation == Truth::True)
    };
    let helps = |evaluation: &Evaluation| {
        evaluation.access == Truth::True || (delegation != Required::No && evaluation.delegation == Truth::True)
    };
    let mut decision = Decision {
        verdict,
        single_policy: covered && sure.iter().any(|candidate| enough(&candidate.evaluation)),
        policies: sure.iter().filter(|one| helps(&one.evaluation)).map(|one| one.index).collect(),
        possible: possible.iter().map(|one| one.index).collect(),
        missing: Vec::new(),
        unknown: Vec::new(),
        near_misses: Vec::new(),
        dependents: Vec::new(),
    };
    if covered {
        return decision;
    }
    // Why a policy only may apply is told of what is not covered alone.
    for candidate in &mut possible {
        candidate.evaluation = evaluate(candidate.policy, key_use, Some(&mut candidate.notes));
    }
    let notes = possible.iter().map(|one| (one.index, one.notes.as_slice())).collect();
    decision.near_misses = near_misses(key_use, &near(verdict), notes);
    let mut applying: Vec<usize> = sure.iter().chain(&possible).map(|one| one.index).collect();
    applying.sort_unstable();
    match verdict {
        Verdict::NotCovered => {
            let wanted = [
                (access_at_best == Truth::False, RoleKind::Reader, MissingKind::Role),
                (
                    delegation == Required::Yes && delegation_at_best == Truth::False,
                    RoleKind::AuthorizationDelegator,
                    MissingKind::Delegation,
                ),
            ];
            if applying.is_empty() {
                decision.missing = no_policy(&decision.near_misses);
            }
            for (is_missing, role, kind) in wanted {
                if is_missing && !applying.is_empty() {
                    let policies = mistaken(policies, &applying, role);
                    decision.missing.push(Missing { kind, role: Some(role), name: None, policies });
                }
            }
        }
        Verdict::Unknown => {
            let need_decides = access_sure == Truth::True && delegation == Required::Unknown;
            let roles = unknown_roles(policies, &applying, key_use);
            decision.unknown = unknown_facts(&possible, roles, need_decides, at_best, complete);
        }
        Verdict::Covered => {}
    }
    decision
}

fn any(candidates: &[Candidate<'_>], grants: impl Fn(&Evaluation) -> Truth) -> Truth {
    candidates.iter().map(|candidate| grants(&candidate.evaluation)).fold(Truth::False, Truth::or)
}

/// What is missing where no policy applies: a policy, or no more than one attribute of one.
fn no_policy(near: &[NearMiss]) -> Vec<Missing> {
    let mut missing = vec![Missing { kind: MissingKind::Policy, role: None, name: None, policies: Vec::new() }];
    if let Some(nearest) = near.first() {
        let alone = near.iter().filter(|other| other.policy == nearest.policy).count() == 1;
        if alone {
            missing.push(Missing {
                kind: MissingKind::Attribute,
                role: None,
                name: Some(nearest.note.attribute.clone()),
                policies: vec![nearest.policy],
            });
        }
    }
    missing
}

/// The policies that would grant a role, had its id been written rightly, among those that apply: their places, ascending.
fn mistaken(policies: &[(usize, &Authorization)], applying: &[usize], wanted: RoleKind) -> Vec<usize> {
    use crate::policy::RoleMistake as Mistake;
    let meant = |mistake| match wanted {
        RoleKind::AuthorizationDelegator => {
            matches!(mistake, Mistake::DelegatorAsServiceRole | Mistake::DelegatorOfService | Mistake::SeveralRoles)
        }
        _ => matches!(mistake, Mistake::ServiceRoleAsPlatformRole | Mistake::SeveralRoles),
    };
    policies
        .iter()
        .filter(|(index, policy)| {
            applying.binary_search(index).is_ok()
                && policy.roles.iter().any(|role| matches!(role.kind, RoleKind::Malformed(mistake) if meant(mistake)))
        })
        .map(|(index, _)| *index)
        .collect()
}

/// The roles of which it is not known what they allow, of the policies that apply: their places, ascending.
fn unknown_roles(policies: &[(usize, &Authorization)], applying: &[usize], key_use: &KeyUse<'_>) -> Vec<UnknownFact> {
    let service = key_use.target.service_name;
    policies
        .iter()
        .filter(|(index, _)| applying.binary_search(index).is_ok())
        .flat_map(|(index, policy)| policy.roles.iter().map(move |role| (*index, role)))
        .filter(|(_, role)| super::access(role, service) == Truth::Unknown)
        .map(|(index, role)| UnknownFact {
            doubt: Doubt::RoleUnknown { role: role.text.clone() },
            policies: vec![index],
        })
        .collect()
}

fn unknown_facts(
    possible: &[Candidate<'_>],
    roles: Vec<UnknownFact>,
    need_decides: bool,
    at_best: bool,
    complete: bool,
) -> Vec<UnknownFact> {
    let mut facts = Vec::new();
    if at_best {
        for candidate in possible {
            for note in &candidate.notes {
                if let Outcome::Unknown(doubt) = &note.outcome {
                    facts.push(UnknownFact { doubt: doubt.clone(), policies: vec![candidate.index] });
                }
            }
        }
        facts.extend(roles);
        if need_decides {
            facts.push(UnknownFact { doubt: Doubt::DelegationNeed, policies: Vec::new() });
        }
    }
    if !complete {
        facts.push(UnknownFact { doubt: Doubt::AuthorizationsIncomplete, policies: Vec::new() });
    }
    merged(facts)
}

/// Each doubt once, with all policies that depend on it.
pub(super) fn merged(mut facts: Vec<UnknownFact>) -> Vec<UnknownFact> {
    facts.arrange_by(|one, other| (&one.doubt, &one.policies).cmp(&(&other.doubt, &other.policies)));
    let mut merged: Vec<UnknownFact> = Vec::new();
    for fact in facts {
        match merged.last_mut() {
            // The policies of one doubt come in their order, so one that is there already is the last.
            Some(last) if last.doubt == fact.doubt => {
                for policy in fact.policies {
                    if last.policies.last() != Some(&policy) {
                        last.policies.push(policy);
                    }
                }
            }
            _ => merged.push(fact),
        }
    }
    merged
}

/// Adds the services that work for a deployment: whether they are authorized on the same key, whoever made the policy and for
/// whichever account.
pub(super) fn add_dependents(decision: &mut Decision, key_use: &KeyUse<'_>, decide: &dyn Fn(&KeyUse<'_>) -> Decision) {
    for needed in &key_use.need.dependents {
        let need = Need {
            delegation: Required::No,
            generation: Generation::NotApplicable,
            cluster: key_use.need.cluster,
            dependents: Vec::new(),
            source: None,
        };
        let found = decide(&KeyUse {
            source: Source { service_name: Fact::Value(needed.service), ..Source::default() },
            target: key_use.target,
            need: &need,
            any_source_account: true,
        });
        let doubtful = needed.required != Required::Yes && found.verdict != Verdict::Covered;
        let mut unknown = found.unknown;
        if doubtful {
            let doubt = Doubt::DependentNeed { service: needed.service.to_owned() };
            unknown = merged(unknown.into_iter().chain([UnknownFact { doubt, policies: Vec::new() }]).collect());
        }
        let verdict = if doubtful { Verdict::Unknown } else { found.verdict };
        if verdict == Verdict::NotCovered {
            decision.missing.push(Missing {
                kind: MissingKind::Dependent,
                role: Some(RoleKind::Reader),
                name: Some(needed.service.to_owned()),
                policies: Vec::new(),
            });
        }
        let dependent = Dependent { service: needed.service, verdict, policies: found.policies, unknown };
        decision.dependents.push(dependent);
    }
}
