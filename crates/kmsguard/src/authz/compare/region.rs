//! The uses that a policy lets in, as one set of values for each fact.

use std::collections::BTreeMap;

use super::search::{Budget, Undecided};
use super::values::Values;
use crate::authz::evaluate::is_considered;
use crate::authz::{Source, Target};
use crate::policy::{Attribute, Authorization, Operator, Side, SideName};

/// A fact: of which side, and its name.
pub(super) type FactName = (SideName, String);

/// The uses that one subject and one resource of a policy let in: a set of values for each fact that they narrow.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub(super) facts: BTreeMap<FactName, Values>,
    /// The facts say all of it. Where they do not, the policy lets in no more than they do, and nobody knows how much less.
    pub(super) exact: bool,
    /// The attributes that not every service honours.
    pub(super) scopes: Vec<&'static str>,
}

/// The scopes that a service may not honour; whoever refuses keys refuses key rings as well.
const SCOPES: [&str; 2] = ["keyRing", "resource"];

/// The regions of a policy: none for one that lets nobody in.
pub(super) fn regions(policy: &Authorization) -> Vec<Region> {
    if !is_considered(policy) {
        return Vec::new();
    }
    let whole = policy.is_plainly_in_force();
    let unread = Side { unreadable: true, ..Side::default() };
    // A policy without a side is one that could not be read.
    let subjects = if policy.subjects.is_empty() { std::slice::from_ref(&unread) } else { &policy.subjects };
    let resources = if policy.resources.is_empty() { std::slice::from_ref(&unread) } else { &policy.resources };
    let pairs = subjects.iter().flat_map(|subject| resources.iter().map(move |resource| (subject, resource)));
    let regions = pairs.filter_map(|(subject, resource)| region(subject, resource, whole));
    regions.filter(|region| region.is_empty(&Budget::of_one()) != Ok(true)).collect()
}

fn region(subject: &Side, resource: &Side, whole: bool) -> Option<Region> {
    let mut region = Region {
        facts: BTreeMap::from([((SideName::Resource, "resourceType".to_owned()), Values::only("key"))]),
        exact: whole,
        scopes: SCOPES.into_iter().filter(|scope| resource.has(scope)).collect(),
    };
    let names = |side: &Side, name: &str| side.has(name) || side.unreadable;
    if !names(subject, "accountId") || !names(resource, "accountId") {
        return None;
    }
    if !subject.has("serviceName") && !subject.has("resourceGroupId") {
        if !subject.has("serviceType") && !subject.unreadable {
            return None;
        }
        region.exact = false;
    }
    if !resource.has("serviceName") {
        let wider = ["serviceType", "service_group_id", "resourceGroupId"].iter().any(|name| resource.has(name));
        if !wider && !resource.unreadable {
            return None;
        }
        region.exact = false;
    }
    region.narrow(SideName::Subject, subject, |name| Source::default().fact(name).is_some());
    region.narrow(SideName::Resource, resource, |name| Target::default().fact(name).is_some());
    Some(region)
}

impl Region {
    fn narrow(&mut self, name: SideName, side: &Side, is_fact: impl Fn(&str) -> bool) {
        self.exact &= !side.unreadable && !side.tags;
        for attribute in &side.attributes {
            let values = if is_fact(&attribute.name) { Values::of(attribute) } else { None };
            match values {
                Some(values) => {
                    self.exact &= !merely_exists(attribute);
                    self.put((name, attribute.name.clone()), values);
                }
                None => self.exact = false,
            }
        }
    }

    /// Narrows one fact.
    pub(super) fn put(&mut self, fact: FactName, values: Values) {
        let before = self.facts.remove(&fact).unwrap_or_else(Values::all);
        self.facts.insert(fact, before.and(values));
    }

    /// What the region lets through of a fact.
    pub(super) fn values(&self, fact: &FactName) -> Values {
        self.facts.get(fact).cloned().unwrap_or_else(Values::all)
    }

    /// Whether no use is in it.
    pub(super) fn is_empty(&self, budget: &Budget) -> Result<bool, Undecided> {
        let mut undecided = false;
        for values in self.facts.values() {
            match values.is_empty(budget) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(Undecided) => undecided = true,
            }
        }
        if undecided { Err(Undecided) } else { Ok(false) }
    }

    /// The region for the resources of one service.
    pub(super) fn of_service(&self, service: Option<&str>) -> Self {
        let mut region = self.clone();
        if let Some(service) = service {
            region.put((SideName::Resource, "serviceName".to_owned()), Values::only(service));
        }
        region
    }

    /// Whether the other certainly lets in all that the region does; undecided only where the bound was reached.
    pub(super) fn is_within(&self, other: &Self, budget: &Budget) -> Result<bool, Undecided> {
        if !other.exact || !other.asks_no_more_scopes_than(self) {
            return Ok(false);
        }
        let any = Values::all();
        let mut undecided = false;
        for (fact, values) in &other.facts {
            match self.facts.get(fact).unwrap_or(&any).is_within(values, budget) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(Undecided) => undecided = true,
            }
        }
        if undecided { Err(Undecided) } else { Ok(true) }
    }

    /// Whether every scope that the service must honour for this region stands in the other too, so that wherever the other is
    /// judged, this one is.
    pub(super) fn asks_no_more_scopes_than(&self, other: &Self) -> bool {
        self.scopes.iter().all(|scope| other.scopes.contains(scope) || other.scopes.contains(&"keyRing"))
    }
}

/// An account and a service must be equal to something; that there be one is not that.
fn merely_exists(attribute: &Attribute) -> bool {
    matches!(attribute.name.as_str(), "accountId" | "serviceName") && attribute.operator == Operator::StringExists
}
