//! Policies that others make superfluous.

use super::region::regions;
use super::relation::implies;
use super::role::grants;
use crate::authz::evaluate::is_considered;
use crate::authz::{AuthorizationIndex, Truth};
use crate::policy::Authorization;

/// A policy that grants nothing which another does not grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redundant {
    /// The policy, by its place in the list.
    pub policy: usize,
    /// The policy that grants all of it, by its place in the list.
    pub by: usize,
    /// Both grant the same: the earlier one is taken to stay.
    pub equivalent: bool,
}

/// The policies of a list that grant nothing beside what a single other one grants, in their order.
///
/// A policy that nobody can judge whole is never called superfluous, and makes no other so. Of two that grant the same, the
/// earlier stays.
#[must_use]
pub fn redundant(policies: &[Authorization]) -> Vec<Redundant> {
    let index = AuthorizationIndex::new(policies);
    let mut found = Vec::new();
    for (number, policy) in policies.iter().enumerate().filter(|(_, policy)| is_considered(policy)) {
        if !lets_somebody_in(policy) {
            continue;
        }
        for other in index.wider(policy) {
            let Some(by) = policies.get(other).filter(|_| other != number) else { continue };
            if implies(policy, by) != Truth::True {
                continue;
            }
            let equivalent = implies(by, policy) == Truth::True;
            if !equivalent || other < number {
                found.push(Redundant { policy: number, by: other, equivalent });
                break;
            }
        }
    }
    found
}

/// The first policy of a list that grants all that a new one would, and whether it is the same: IAM refuses to make the same
/// policy twice.
///
/// Source: IAM Policy Management API, as of 2026-06-29: a policy that stands already is answered 409 `policy_conflict_error`.
/// Whether an authorization that a wider one covers is refused too, no page says.
#[must_use]
pub fn already_covered(policies: &[Authorization], new: &Authorization) -> Option<Redundant> {
    if !lets_somebody_in(new) {
        return None;
    }
    let covering = policies.iter().enumerate().filter(|(_, policy)| is_considered(policy));
    let covering = covering.filter(|(_, policy)| implies(new, policy) == Truth::True);
    let mut covering = covering.map(|(by, policy)| Redundant {
        policy: policies.len(),
        by,
        equivalent: implies(policy, new) == Truth::True,
    });
    let first = covering.next()?;
    if first.equivalent { Some(first) } else { covering.find(|other| other.equivalent).or(Some(first)) }
}

/// Whether a policy grants anything to anybody. What does not is a mistake of its own, and not superfluous because of another.
fn lets_somebody_in(policy: &Authorization) -> bool {
    policy.roles.iter().any(grants) && !regions(policy).is_empty()
}
