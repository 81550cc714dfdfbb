//! The smallest authorizations that keep every use covered.
//!
//! Nothing is ever widened: what takes the place of a policy lets in no more than the policy did. What is not certain stays as it
//! is: a policy on which a use rests that is not known to be covered, one whose roles are enough only together with
//! another's, one that somebody else looks after.

mod exports;
mod narrow;
#[cfg(test)]
mod properties;

pub(crate) use exports::{TightenedExports, Untouched, tightened};
use narrow::narrowed;

use std::collections::BTreeSet;

use super::compare::implies;
use super::decide::{Decision, Verdict, decide};
use super::evaluate::{KeyUse, evaluate};
use super::index::AuthorizationIndex;
use super::truth::Truth;
use crate::policy::Authorization;

/// Policies as they are, and as they could be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tightened {
    /// The policies that stay, by their place in the list: those that may not be moved, those that are as narrow as can be, and
    /// those that are [held](Self::held).
    pub kept: Vec<usize>,
    /// The policies that stay though they may be moved, because a use that rests on them is not certain, with that use.
    pub held: Vec<(usize, usize)>,
    /// The policies that can go once the new ones stand.
    pub removed: Vec<usize>,
    /// The policies to make.
    pub added: Vec<Added>,
}

/// A policy to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The policy.
    pub policy: Authorization,
    /// The uses that rest on it, by their place in the list.
    pub uses: Vec<usize>,
}

/// How often what was found is narrowed again; every round after the first takes policies away.
const MOST_ROUNDS: usize = 8;

/// The smallest policies that keep covered what is covered. `movable` says of each policy whether it may be taken away.
#[must_use]
pub fn tighten(policies: &[Authorization], movable: &[bool], uses: &[KeyUse<'_>]) -> Tightened {
    let index = AuthorizationIndex::new(policies);
    let before: Vec<Decision> = uses.iter().map(|one| index.verdict(policies, one, true)).collect();
    let may_go = |number: usize| movable.get(number).copied().unwrap_or(false);
    let mut held: Vec<(usize, usize)> = Vec::new();
    loop {
        let stays = |number: usize| !may_go(number) || held.iter().any(|(held, _)| *held == number);
        let fixed: Vec<bool> = (0..policies.len()).map(stays).collect();
        match narrow_all(policies, &fixed, uses, &before) {
            Ok(list) => return difference(policies, uses, held, &list),
            Err(new) => {
                let more: Vec<(usize, usize)> = new.into_iter().filter(|(number, _)| !stays(*number)).collect();
                if more.is_empty() {
                    // What cannot be narrowed without losing a use stays as it is.
                    return Tightened { kept: (0..policies.len()).collect(), held, ..Tightened::default() };
                }
                for (number, of) in more {
                    if !held.iter().any(|(held, _)| *held == number) {
                        held.push((number, of));
                    }
                }
                held.sort_unstable();
            }
        }
    }
}

/// A policy of a list in the making: where it came from, and whether it stays.
#[derive(Debug, Clone)]
struct Entry {
    from: Option<usize>,
    fixed: bool,
    policy: Authorization,
}

/// Policies that must stay, each with a use that says so.
type Held = Vec<(usize, usize)>;

/// Narrows until nothing changes. The error names what must stay.
fn narrow_all(
    policies: &[Authorization],
    fixed: &[bool],
    uses: &[KeyUse<'_>],
    before: &[Decision],
) -> Result<Vec<Entry>, Held> {
    let of = |(number, policy): (usize, &Authorization)| Entry {
        from: Some(number),
        fixed: fixed.get(number).copied().unwrap_or(true),
        policy: policy.clone(),
    };
    let mut list: Vec<Entry> = policies.iter().enumerate().map(of).collect();
    for _ in 0..MOST_ROUNDS {
        let (next, changed) = narrow_once(&list, uses)?;
        list = next;
        if !changed {
            break;
        }
    }
    let after: Vec<Authorization> = list.iter().map(|entry| entry.policy.clone()).collect();
    let index = AuthorizationIndex::new(&after);
    let lost = uses.iter().zip(before).enumerate().filter(|(_, (one, before))| {
        before.verdict == Verdict::Covered && index.verdict(&after, one, true).verdict != Verdict::Covered
    });
    let lost: Vec<(usize, usize)> =
        lost.flat_map(|(number, (_, before))| before.policies.iter().map(move |policy| (*policy, number))).collect();
    if lost.is_empty() { Ok(list) } else { Err(lost) }
}

/// One round: for each use that the fixed policies do not cover by themselves, the narrowest policy within one that covers it.
fn narrow_once(list: &[Entry], uses: &[KeyUse<'_>]) -> Result<(Vec<Entry>, bool), Held> {
    let policies: Vec<Authorization> = list.iter().map(|entry| entry.policy.clone()).collect();
    let index = AuthorizationIndex::new(&policies);
    let entry = |number: usize| list.get(number);
    let is_fixed = |number: &usize| entry(*number).is_none_or(|entry| entry.fixed);
    let covers = |numbers: &[usize], one: &KeyUse<'_>| {
        let chosen = numbers.iter().filter_map(|number| Some((*number, policies.get(*number)?)));
        decide(one, chosen, true).verdict == Verdict::Covered
    };
    let mut stay: Vec<(usize, usize)> = Vec::new();
    // What each use needs: a policy that is there and is narrow, or a new one.
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    let mut needed: Vec<Authorization> = Vec::new();
    for (number, one) in uses.iter().enumerate() {
        let decision = index.verdict(&policies, one, true);
        let mut hold = |numbers: &mut dyn Iterator<Item = usize>| {
            let original = numbers.filter(|found| !is_fixed(found)).filter_map(|found| entry(found)?.from);
            stay.extend(original.map(|policy| (policy, number)));
        };
        if decision.verdict != Verdict::Covered {
            // Whatever adds to it stays, even by a role of which it is not known what it allows.
            let matters =
                |found: &usize| policies.get(*found).is_some_and(|policy| evaluate(policy, one, None).matters());
            hold(&mut index.candidates(one).into_iter().filter(matters));
            continue;
        }
        let fixed: Vec<usize> = decision.policies.iter().copied().filter(is_fixed).collect();
        if covers(&fixed, one) {
            continue;
        }
        let alone: Vec<usize> =
            decision.policies.iter().copied().filter(|found| !is_fixed(found) && covers(&[*found], one)).collect();
        let narrow: Vec<(usize, Authorization)> = alone
            .iter()
            .filter_map(|found| Some((*found, narrowed(policies.get(*found)?, one)?)))
            .filter(|(_, policy)| decide(one, std::iter::once((0, policy)), true).verdict == Verdict::Covered)
            .collect();
        // One that cannot be narrower stays before a new one is made.
        let is_narrow = |(found, narrow): &&(usize, Authorization)| {
            policies.get(*found).is_some_and(|policy| implies(policy, narrow) == Truth::True)
        };
        match (narrow.iter().find(is_narrow), narrow.first()) {
            (Some((found, _)), _) => {
                kept.insert(*found);
            }
            (None, Some((_, policy))) => {
                let grants = |known: &Authorization| {
                    known.subjects == policy.subjects
                        && known.resources == policy.resources
                        && known.roles == policy.roles
                };
                if !needed.iter().any(grants) {
                    needed.push(policy.clone());
                }
            }
            // Enough only together, or not to be written any narrower.
            (None, None) => hold(&mut decision.policies.iter().copied()),
        }
    }
    if !stay.is_empty() {
        return Err(stay);
    }
    let removed = list.iter().enumerate().any(|(number, entry)| !entry.fixed && !kept.contains(&number));
    let added = !needed.is_empty();
    let stays = |(number, entry): (usize, &Entry)| (entry.fixed || kept.contains(&number)).then(|| entry.clone());
    let mut next: Vec<Entry> = list.iter().enumerate().filter_map(stays).collect();
    next.extend(superfluous_left_out(needed).into_iter().map(|policy| Entry { from: None, fixed: false, policy }));
    Ok((next, removed || added))
}

/// The policies without those that another of them contains.
fn superfluous_left_out(needed: Vec<Authorization>) -> Vec<Authorization> {
    let gone: BTreeSet<usize> = super::compare::redundant(&needed).certain.iter().map(|one| one.policy).collect();
    needed.into_iter().enumerate().filter(|(number, _)| !gone.contains(number)).map(|(_, policy)| policy).collect()
}

fn difference(policies: &[Authorization], uses: &[KeyUse<'_>], held: Vec<(usize, usize)>, list: &[Entry]) -> Tightened {
    let kept: Vec<usize> = list.iter().filter_map(|entry| entry.from).collect();
    let removed = (0..policies.len()).filter(|number| !kept.contains(number)).collect();
    let resting = |policy: &Authorization| {
        let rests = |one: &KeyUse<'_>| decide(one, std::iter::once((0, policy)), true).verdict == Verdict::Covered;
        uses.iter().enumerate().filter(|(_, one)| rests(one)).map(|(number, _)| number).collect()
    };
    let added = list.iter().filter(|entry| entry.from.is_none());
    let added = added.map(|entry| Added { policy: entry.policy.clone(), uses: resting(&entry.policy) }).collect();
    Tightened { kept, held, removed, added }
}
