//! Policies that others make superfluous.

use super::region::{Region, regions};
use super::relation::{covers, implies};
use super::role::grants;
use super::search::{Budget, Undecided};
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

/// What of a list is superfluous.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Redundancy {
    /// The policies that are, in their order.
    pub certain: Vec<Redundant>,
    /// The places of those of which it could not be decided, in their order: comparing the patterns of all takes longer than is tried.
    pub undecided: Vec<usize>,
}

/// The policies of a list that grant nothing beside what a single other one grants, in their order.
///
/// A policy that nobody can judge whole is never called superfluous, and makes no other so. Of two that grant the same, the
/// earlier stays.
#[must_use]
pub fn redundant(policies: &[Authorization]) -> Redundancy {
    redundant_within(policies, &Budget::of_a_list())
}

fn redundant_within(policies: &[Authorization], budget: &Budget) -> Redundancy {
    let index = AuthorizationIndex::new(policies);
    let regions: Vec<Vec<Region>> = policies.iter().map(regions).collect();
    let covers = |first: usize, second: usize| {
        let read = |number: usize| Some((policies.get(number)?, regions.get(number)?.as_slice()));
        read(first).zip(read(second)).map_or(Ok(false), |(first, second)| covers(first, second, budget))
    };
    let mut found = Redundancy::default();
    for (number, policy) in policies.iter().enumerate().filter(|(_, policy)| is_considered(policy)) {
        if !lets_somebody_in(policy) {
            continue;
        }
        let mut undecided = false;
        let mut by = None;
        for other in index.wider(policy) {
            let Some(wider) = policies.get(other).filter(|_| other != number) else { continue };
            if differ(policy, wider) {
                continue;
            }
            match covers(number, other).and_then(|covered| Ok((covered, covered && covers(other, number)?))) {
                Ok((false, _)) => {}
                // Of two that grant the same, the earlier stays: it is the other one that is superfluous.
                Ok((true, true)) if other > number => {}
                Ok((true, equivalent)) => {
                    by = Some(Redundant { policy: number, by: other, equivalent });
                    break;
                }
                Err(Undecided) => undecided = true,
            }
        }
        match by {
            Some(by) => found.certain.push(by),
            None if undecided => found.undecided.push(number),
            None => {}
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
    let budget = Budget::of_a_list();
    others.any(|other| {
        let pair = ((policy, own.as_slice()), (other, &regions(other)[..]));
        is_considered(other) && !differ(policy, other) && covers(pair.0, pair.1, &budget) == Ok(true)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Attribute, Operator, Role, Value};

    /// A policy for the keys whose id is like a pattern.
    fn policy(source: &str, pattern: &str) -> Authorization {
        let side = |service: &str| vec![Attribute::equals("accountId", "1"), Attribute::equals("serviceName", service)];
        let value = Value::Texts(vec![pattern.to_owned()]);
        let keys = Attribute { name: "resource".to_owned(), operator: Operator::StringMatch, value };
        let resource = side("kms").into_iter().chain([keys]).collect();
        let reader = Role::of_id("crn:v1:bluemix:public:iam::::serviceRole:Reader");
        Authorization::granting(side(source), resource, vec![reader])
    }

    /// A pattern that takes a search of its own beside any other of these.
    fn long(number: usize) -> String {
        let letters = ["a", "b", "c", "d"];
        let own: String = (0..40).map(|place| format!("*{}", letters[(number >> (place % 8)) & 3])).collect();
        own + &"?".repeat(number % 7 + 50)
    }

    #[test]
    fn beginnings_are_compared_however_many_there_are() {
        let mut policies: Vec<Authorization> =
            (0..600).map(|number| policy("messagehub", &format!("{number:03}-*"))).collect();
        policies.push(policy("messagehub", "123-4*"));
        let found = redundant(&policies);
        assert_eq!(found.certain, [Redundant { policy: 600, by: 123, equivalent: false }]);
        assert!(found.undecided.is_empty(), "{:?}", found.undecided);
    }

    #[test]
    fn what_takes_too_long_is_undecided_and_the_rest_is_not() {
        let mut policies: Vec<Authorization> = (0..9).map(|number| policy("messagehub", &long(number))).collect();
        let plain = policies.len();
        policies.extend([policy("is", "x"), policy("is", "x")]);
        let found = redundant_within(&policies, &Budget::of(100_000));
        assert_eq!(found.undecided, (0..9).collect::<Vec<_>>());
        // A pattern without a wildcard is one text: that costs nothing.
        assert_eq!(found.certain, [Redundant { policy: plain + 1, by: plain, equivalent: true }]);
    }
}
