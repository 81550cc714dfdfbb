//! Two policies beside each other.

use std::collections::BTreeMap;

use super::region::{FactName, Region, regions};
use super::role::{contains, grants, is_open, only_service};
use super::search::{Budget, Undecided};
use super::values::Point;
use crate::authz::Truth;
use crate::policy::{Authorization, Role, Side, SideName};

/// What two policies are to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Every use that the first lets in, the second lets in with at least the same roles.
    pub implies: Truth,
    /// The other way round.
    pub implied: Truth,
    /// No use is let in by both.
    pub disjoint: Truth,
    /// What the first grants and the second does not.
    pub only_first: Vec<Difference>,
    /// What the second grants and the first does not.
    pub only_second: Vec<Difference>,
}

/// Something that one policy grants and another does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The roles that are granted.
    pub roles: Vec<String>,
    /// The fact in which the other is narrower; none where the other grants no such role, or grants nothing.
    pub fact: Option<(SideName, String)>,
    /// What the first wants of the fact, in words.
    pub first: String,
    /// What the other wants of it.
    pub second: String,
    /// A use that the first lets in and the other does not.
    pub witness: Witness,
}

/// A use, by the facts that either policy speaks of. What is not named may be anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Witness {
    /// The facts, by side and name.
    pub facts: Vec<WitnessFact>,
}

/// One fact of a [`Witness`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessFact {
    /// Of which side.
    pub side: SideName,
    /// The name of its attribute.
    pub name: String,
    /// The value; none where there is no such thing.
    pub value: Option<String>,
}

impl Witness {
    /// The value of a fact: none if the witness does not speak of it.
    #[must_use]
    pub fn value(&self, side: SideName, name: &str) -> Option<Option<&str>> {
        let fact = self.facts.iter().find(|fact| fact.side == side && fact.name == name)?;
        Some(fact.value.as_deref())
    }
}

/// Compares two policies.
#[must_use]
pub fn relate(first: &Authorization, second: &Authorization) -> Relation {
    Relation {
        implies: implies(first, second),
        implied: implies(second, first),
        disjoint: disjoint(first, second),
        only_first: difference(first, second),
        only_second: difference(second, first),
    }
}

/// Whether every use that the first policy lets in is let in by the second, with at least the same roles.
///
/// A policy that lets nobody in implies every other.
///
/// ```
/// use kmsguard::authz::{Truth, implies};
/// use kmsguard::policy::read_text;
///
/// let policy = |resource: &str| {
///     read_text(&format!(
///         r#"{{"type": "authorization",
///             "subjects": [{{"attributes": [{{"name": "accountId", "value": "1"}}, {{"name": "serviceName", "value": "messagehub"}}]}}],
///             "roles": [{{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}}],
///             "resources": [{{"attributes": [{{"name": "accountId", "value": "1"}}, {{"name": "serviceName", "value": "kms"}}{resource}]}}]}}"#
///     ))
/// };
/// let wide = policy("")?;
/// let narrow = policy(r#", {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}"#)?;
/// assert_eq!((implies(&narrow, &wide), implies(&wide, &narrow)), (Truth::True, Truth::False));
/// # Ok::<(), kmsguard::policy::PolicyFault>(())
/// ```
#[must_use]
pub fn implies(first: &Authorization, second: &Authorization) -> Truth {
    let (regions_of_first, regions_of_second) = (regions(first), regions(second));
    let mut truth = Truth::True;
    for role in first.roles.iter().filter(|role| grants(role)) {
        for region in &regions_of_first {
            let region = region.of_service(only_service(role));
            if region.is_empty(&Budget::of_one()) == Ok(true) {
                continue;
            }
            truth = truth.and(included(&region, role, second, &regions_of_second).truth);
        }
    }
    truth
}

/// Whether it is certain that the second policy lets in every use that the first does, with at least the same roles, given the
/// regions of both: the same as `implies` being true, without the uses that tell the two apart, which cost most of it. Undecided
/// only where the bound was reached.
pub(super) fn covers(
    first: (&Authorization, &[Region]),
    second: (&Authorization, &[Region]),
    budget: &Budget,
) -> Result<bool, Undecided> {
    let mut undecided = false;
    for role in first.0.roles.iter().filter(|role| grants(role)) {
        for region in first.1.iter().map(|region| region.of_service(only_service(role))) {
            if region.is_empty(budget) == Ok(true) {
                continue;
            }
            match covered(&region, role, second, budget) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(Undecided) => undecided = true,
            }
        }
    }
    if undecided { Err(Undecided) } else { Ok(true) }
}

/// Whether it is certain that a policy lets in all of a region with a role.
fn covered(region: &Region, role: &Role, by: (&Authorization, &[Region]), budget: &Budget) -> Result<bool, Undecided> {
    let mut undecided = false;
    for wider in by.0.roles.iter().filter(|wider| contains(wider, role) == Truth::True) {
        for other in by.1.iter().map(|other| other.of_service(only_service(wider))) {
            if other.is_empty(budget) == Ok(true) {
                continue;
            }
            match region.is_within(&other, budget) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(Undecided) => undecided = true,
            }
        }
    }
    if undecided { Err(Undecided) } else { Ok(false) }
}

/// Whether no use is let in by both policies, whatever their roles.
#[must_use]
pub fn disjoint(first: &Authorization, second: &Authorization) -> Truth {
    let others = regions(second);
    let mut truth = Truth::True;
    for region in regions(first) {
        for other in &others {
            let mut both = region.clone();
            for (fact, values) in &other.facts {
                both.put(fact.clone(), values.clone());
            }
            truth = truth.and(match both.is_empty(&Budget::of_one()) {
                Ok(true) => Truth::True,
                Ok(false) if region.exact && other.exact => Truth::False,
                _ => Truth::Unknown,
            });
        }
    }
    truth
}

/// What the first policy grants and the second does not: for each fact in which the second is narrower, a use that shows it.
/// Empty where nothing is known to be granted by the first alone.
#[must_use]
pub fn difference(first: &Authorization, second: &Authorization) -> Vec<Difference> {
    let others = regions(second);
    let mut found: Vec<Difference> = Vec::new();
    for role in first.roles.iter().filter(|role| grants(role)) {
        for region in regions(first) {
            let region = region.of_service(only_service(role));
            let inclusion = included(&region, role, second, &others);
            if inclusion.truth != Truth::False {
                continue;
            }
            for (fact, witness) in inclusion.escapes {
                let name = role.shown_name().or(role.command_name()).unwrap_or(&role.text).to_owned();
                match found.iter_mut().find(|one| one.fact == fact) {
                    Some(known) => {
                        if !known.roles.contains(&name) {
                            known.roles.push(name);
                        }
                    }
                    None => found.push(Difference {
                        roles: vec![name],
                        first: fact.as_ref().map(|fact| wants(first, fact)).unwrap_or_default(),
                        second: fact.as_ref().map(|fact| wants(second, fact)).unwrap_or_default(),
                        fact,
                        witness,
                    }),
                }
            }
        }
    }
    found
}

/// Whether a region is inside another policy's, and by which facts it is not.
struct Inclusion {
    truth: Truth,
    /// Uses of the region that the other policy does not let in: for each fact in which it is narrower, or for none.
    escapes: Vec<(Option<FactName>, Witness)>,
}

fn included(region: &Region, role: &Role, other: &Authorization, others: &[Region]) -> Inclusion {
    let sure = |truth: Truth| if region.exact && !is_open(role) { truth } else { Truth::Unknown };
    let holding = other.roles.iter().map(|wider| (wider, contains(wider, role)));
    let holding: Vec<(&Role, Truth)> = holding.filter(|(_, contains)| *contains != Truth::False).collect();
    let mut within: Vec<(Inclusion, Region)> = Vec::new();
    for (wider, contains) in &holding {
        for other in others {
            let other = other.of_service(only_service(wider));
            if other.is_empty(&Budget::of_one()) != Ok(true) {
                let inclusion = inside(region, &other);
                within.push((Inclusion { truth: limit(inclusion.truth, *contains), ..inclusion }, other));
            }
        }
    }
    if within.is_empty() {
        // No such role there, or nobody is let in there at all.
        return match point_of(region, None, region) {
            Ok(Some(witness)) => Inclusion { truth: sure(Truth::False), escapes: vec![(None, witness)] },
            _ => Inclusion { truth: Truth::Unknown, escapes: Vec::new() },
        };
    }
    if within.iter().any(|(inclusion, _)| inclusion.truth == Truth::True) {
        return Inclusion { truth: Truth::True, escapes: Vec::new() };
    }
    let all_outside = within.iter().all(|(inclusion, _)| inclusion.truth == Truth::False);
    // Several regions may cover together what none of them covers alone: only a use outside of all of them separates.
    let others: Vec<&Region> = within.iter().map(|(_, other)| other).collect();
    let nearest = within.iter().map(|(inclusion, _)| inclusion).min_by_key(|inclusion| inclusion.escapes.len());
    let escapes: Vec<_> = nearest
        .map(|inclusion| inclusion.escapes.clone())
        .unwrap_or_default()
        .into_iter()
        .filter(|(_, witness)| others.iter().all(|other| is_outside(witness, other)))
        .collect();
    let truth = if all_outside && !escapes.is_empty() { sure(Truth::False) } else { Truth::Unknown };
    Inclusion { truth, escapes }
}

/// A truth that rests on another which is not known: what is false stays so.
fn limit(truth: Truth, by: Truth) -> Truth {
    if truth == Truth::False { truth } else { truth.and(by) }
}

fn inside(region: &Region, other: &Region) -> Inclusion {
    let mut escapes = Vec::new();
    let mut undecided = false;
    for fact in other.facts.keys() {
        match region.values(fact).outside(&other.values(fact)) {
            Ok(None) => {}
            Ok(Some(point)) => match point_of(region, Some((fact, point)), other) {
                Ok(Some(witness)) => escapes.push((Some(fact.clone()), witness)),
                _ => undecided = true,
            },
            Err(Undecided) => undecided = true,
        }
    }
    let truth = match (escapes.is_empty(), undecided) {
        (false, _) => Truth::False,
        (true, false) if other.exact && other.asks_no_more_scopes_than(region) => Truth::True,
        _ => Truth::Unknown,
    };
    Inclusion { truth, escapes }
}

/// A use of a region, with one fact as given; in all else it is, where it can be, as the other region wants it.
fn point_of(region: &Region, fixed: Option<(&FactName, Point)>, other: &Region) -> Result<Option<Witness>, Undecided> {
    let mut facts: BTreeMap<FactName, Point> = BTreeMap::new();
    for fact in region.facts.keys().chain(other.facts.keys()) {
        let point = match &fixed {
            Some((name, point)) if *name == fact => point.clone(),
            _ => {
                let values = region.values(fact);
                let shared = values.common(&other.values(fact)).unwrap_or(None);
                match shared.map_or_else(|| values.any(), |point| Ok(Some(point)))? {
                    Some(point) => point,
                    None => return Ok(None),
                }
            }
        };
        facts.insert(fact.clone(), point);
    }
    let facts = facts.into_iter().map(|((side, name), value)| WitnessFact { side, name, value });
    Ok(Some(Witness { facts: facts.collect() }))
}

/// Whether a use is let in by a region, judged by the facts that it speaks of; a fact that it does not speak of may be anything.
fn is_outside(witness: &Witness, region: &Region) -> bool {
    region
        .facts
        .iter()
        .any(|((side, name), values)| witness.value(*side, name).is_some_and(|value| !values.contains(value)))
}

/// What a policy wants of a fact, in words.
fn wants(policy: &Authorization, (side, name): &FactName) -> String {
    let sides: &[Side] = if *side == SideName::Subject { &policy.subjects } else { &policy.resources };
    let of_side = |side: &Side| {
        let wanted: Vec<String> =
            side.named(name).map(|one| format!("{} `{}`", one.operator.name(), one.value.text())).collect();
        if wanted.is_empty() { "any".to_owned() } else { wanted.join(" and ") }
    };
    sides.iter().map(of_side).collect::<Vec<_>>().join(", or ")
}
