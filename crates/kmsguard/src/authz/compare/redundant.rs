//! Policies that others make superfluous.

use super::region::{Region, regions};
use super::relation::{covers, implies};
use super::role::grants;
use crate::authz::evaluate::is_considered;
use crate::authz::{AuthorizationIndex, Truth};
use crate::policy::{Authorization, Side};

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
    let regions: Vec<Vec<Region>> = policies.iter().map(regions).collect();
    let covers = |first: usize, second: usize| {
        let read = |number: usize| Some((policies.get(number)?, regions.get(number)?.as_slice()));
        read(first).zip(read(second)).is_some_and(|(first, second)| covers(first, second))
    };
    let mut found = Vec::new();
    for (number, policy) in policies.iter().enumerate().filter(|(_, policy)| is_considered(policy)) {
        if !lets_somebody_in(policy) {
            continue;
        }
        for other in index.wider(policy) {
            let Some(by) = policies.get(other).filter(|_| other != number) else { continue };
            if differ(policy, by) || !covers(number, other) {
                continue;
            }
            let equivalent = covers(other, number);
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

/// Whether one of some policies certainly grants all that another does. One that lets nobody in, as far as can be read, is granted by none.
pub(crate) fn is_granted_by<'p>(policy: &Authorization, mut others: impl Iterator<Item = &'p Authorization>) -> bool {
    if !lets_somebody_in(policy) {
        return false;
    }
    let own = regions(policy);
    others.any(|other| {
        is_considered(other) && !differ(policy, other) && covers((policy, &own), (other, regions(other).as_slice()))
    })
}

/// Whether both say, letter for letter, different things of one attribute: then neither grants what the other does. It costs next
/// to nothing beside a comparison, and rules most of a long list out.
fn differ(first: &Authorization, second: &Authorization) -> bool {
    let apart = |first: &[Side], second: &[Side]| match (first, second) {
        ([first], [second]) => first.attributes.iter().any(|attribute| {
            let values = first.exact(&attribute.name).zip(second.exact(&attribute.name));
            values.is_some_and(|(first, second)| first != second)
        }),
        _ => false,
    };
    apart(&first.subjects, &second.subjects) || apart(&first.resources, &second.resources)
}

/// Whether a policy grants anything to anybody. What does not is a mistake of its own, and not superfluous because of another.
fn lets_somebody_in(policy: &Authorization) -> bool {
    policy.roles.iter().any(grants) && !regions(policy).is_empty()
}
