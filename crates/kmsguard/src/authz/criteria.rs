//! Whether an authorization lets a resource move to another key, by the criteria that IBM publishes for the check of its migration
//! tool, with a third answer; and beside it what IAM itself would say.
//!
//! Source: Key Protect docs, *Migrating from HPCS to Key Protect Dedicated with the Key Migration Tool*, *Matching criteria*, as of
//! 2026-07-30. A policy matches when its subject names the account of the resource and its service, or its resource group, or both; its
//! resource the account and service of the target key, and whatever else it names is equal to the target's; its roles give access; and,
//! where the service requires it, delegation too. One policy has to do all of that, where IAM adds up what several grant, and a scope that
//! the service does not honour is not looked at, where IAM's answer is open.

use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

use super::asked::AskedKey;
use super::attribute::access;
use super::decide::{Decision, UnknownFact, Verdict, merged};
use super::evaluate::{Evaluation, KeyUse, evaluate};
use super::fact::{Source, Target};
use super::index::AuthorizationIndex;
use super::reason::{Doubt, Outcome};
use super::shape::{Shape, Shapes};
use super::truth::Truth;
use super::uses::{facts, is_worker_disk, listing_of, source, target_of, worker_disks};
use crate::catalog::needs::{Generation, Need, Required, UseFacts, needs};
use crate::inventory::{Inventory, KeyIndex, Symbol, Use};

/// Whether an authorization matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MatchVerdict"))]
#[serde(rename_all = "kebab-case")]
pub enum Match {
    /// One does.
    Match,
    /// What is known does not tell.
    Unknown,
    /// None does, provided whoever exported could see all authorizations of the account.
    NoMatch,
}

/// What came out for a resource and a target key.
#[derive(Debug)]
pub(crate) struct Judged {
    /// By the criteria.
    pub(crate) verdict: Match,
    /// The policies that match, by their place.
    pub(crate) policies: Vec<usize>,
    /// What is not known, where the verdict is that.
    pub(crate) unknown: Vec<UnknownFact>,
    /// What the resource needs while it moves.
    pub(crate) need: Need,
    /// What IAM would say.
    pub(crate) decision: Decision,
}

/// Judges resources; what is alike to all policies is judged once.
pub(crate) struct Judge<'a> {
    inventory: &'a Inventory,
    index: AuthorizationIndex,
    shapes: Shapes<'a>,
    disks: HashSet<(KeyIndex, Symbol)>,
    known: HashMap<Shape<'a>, Rc<Judged>>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(inventory: &'a Inventory) -> Self {
        Self {
            inventory,
            index: AuthorizationIndex::new(&inventory.policies),
            shapes: Shapes::new(&inventory.policies),
            disks: worker_disks(inventory),
            known: HashMap::new(),
        }
    }

    /// The source of a use, and the key that it is to move to.
    pub(crate) fn sides(&self, found: &Use, key: AskedKey<'a>) -> (Source<'a>, Target<'a>) {
        (source(self.inventory, found), target_of(self.inventory, key.crn, key.id, key.key))
    }

    /// Whether an authorization lets what uses one key use another.
    pub(crate) fn judge(&mut self, found: &Use, key: AskedKey<'a>) -> Rc<Judged> {
        let (source, target) = self.sides(found, key);
        let of_use = facts(self.inventory, found, &source, &target, &self.disks);
        // Who does not use the key yet has nobody that works for it on this key.
        let facts = UseFacts { provisioned: Some(false), ..of_use };
        self.judged(source, target, facts, is_worker_disk(self.inventory, found))
    }

    /// Whether an authorization lets a service of an account use a key with access alone.
    pub(crate) fn judge_service(&mut self, service: &'a str, account: &'a str, key: AskedKey<'a>) -> Rc<Judged> {
        let target = target_of(self.inventory, key.crn, key.id, key.key);
        let facts = UseFacts { provisioned: Some(false), other_account: Some(false), ..UseFacts::default() };
        self.judged(Source::planned(service, account), target, facts, false)
    }

    fn judged(&mut self, source: Source<'a>, target: Target<'a>, facts: UseFacts<'a>, worker_disk: bool) -> Rc<Judged> {
        let complete = listing_of(self.inventory, &target).1.is_usable();
        let exact = Shape { source, target, facts, worker_disk, complete };
        let shape = self.shapes.of(exact);
        if let Some(known) = self.known.get(&shape) {
            return Rc::clone(known);
        }
        let judged = Rc::new(self.decide(&exact));
        self.known.insert(shape, Rc::clone(&judged));
        judged
    }

    fn decide(&self, exact: &Shape<'a>) -> Judged {
        let policies = &self.inventory.policies;
        let service = exact.source.service_name.value();
        let own = needs(service, &UseFacts { migration: false, ..exact.facts });
        let own = Need { cluster: own.cluster || exact.worker_disk, ..own };
        let key_use = KeyUse { source: exact.source, target: exact.target, need: &own, any_source_account: false };
        let decision = self.index.verdict(policies, &key_use, exact.complete);
        let moving = needs(service, &UseFacts { migration: true, ..exact.facts });
        let need = Need { cluster: own.cluster, ..moving };
        // The criteria say nothing of scopes that a service does not honour: for them every service honours all.
        let plain = Need { generation: Generation::NotApplicable, cluster: false, ..need.clone() };
        let key_use = KeyUse { need: &plain, ..key_use };
        let (verdict, matching, unknown) = self.by_criteria(&key_use, exact.complete);
        Judged { verdict, policies: matching, unknown, need, decision }
    }

    /// One policy has to do everything.
    fn by_criteria(&self, key_use: &KeyUse<'_>, complete: bool) -> (Match, Vec<usize>, Vec<UnknownFact>) {
        let delegation = key_use.need.delegation;
        let (mut matching, mut unknown) = (Vec::new(), Vec::new());
        let listed = |number: usize| Some((number, self.inventory.policies.get(number)?));
        for (number, policy) in self.index.candidates(key_use).into_iter().filter_map(listed) {
            let mut notes = Vec::new();
            let found = evaluate(policy, key_use, Some(&mut notes));
            match fits(&found, delegation) {
                Truth::True => matching.push(number),
                Truth::False => {}
                Truth::Unknown => {
                    let doubts = notes.into_iter().filter_map(|note| match note.outcome {
                        Outcome::Unknown(doubt) => Some(doubt),
                        Outcome::Mismatch(_) => None,
                    });
                    let roles = policy.roles.iter().filter(|role| {
                        found.access != Truth::True && access(role, key_use.target.service_name) == Truth::Unknown
                    });
                    let roles = roles.map(|role| Doubt::RoleUnknown { role: role.text.clone() });
                    let need = delegation == Required::Unknown && found.delegation != Truth::True;
                    let need = need.then_some(Doubt::DelegationNeed);
                    let all = doubts.chain(roles).chain(need);
                    unknown.extend(all.map(|doubt| UnknownFact { doubt, policies: vec![number] }));
                }
            }
        }
        if !matching.is_empty() {
            return (Match::Match, matching, Vec::new());
        }
        let undecided = !unknown.is_empty();
        if !complete {
            unknown.push(UnknownFact { doubt: Doubt::AuthorizationsIncomplete, policies: Vec::new() });
        }
        let verdict = if undecided || !complete { Match::Unknown } else { Match::NoMatch };
        (verdict, matching, merged(unknown))
    }
}

/// Whether one policy is enough by itself.
fn fits(found: &Evaluation, delegation: Required) -> Truth {
    let delegated = match delegation {
        Required::No => Truth::True,
        Required::Yes => found.delegation,
        Required::Unknown => found.delegation.or(Truth::Unknown),
    };
    found.applies.and(found.access).and(delegated)
}

/// What is said of a resource by both is at least this bad.
pub(crate) const fn worse(by_criteria: Match, by_iam: Verdict) -> Match {
    match (by_criteria, by_iam) {
        (Match::NoMatch, _) | (_, Verdict::NotCovered) => Match::NoMatch,
        (Match::Unknown, _) | (_, Verdict::Unknown) => Match::Unknown,
        (Match::Match, Verdict::Covered) => Match::Match,
    }
}
