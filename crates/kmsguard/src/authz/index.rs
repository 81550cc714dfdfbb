//! Finds the policies that may concern a use without looking at all of them.

use std::collections::BTreeSet;

use hashbrown::{Equivalent, HashMap};

use super::decide::{Decision, Verdict, add_dependents, verdict};
use super::evaluate::{KeyUse, is_considered};
use super::explain::MOST_LOOKED_AT;
use super::fact::Fact;
use super::plain::Plain;
use crate::policy::{Authorization, Side, SideName};

/// The policies of an inventory, by target service, target account and source service, then by the narrowest thing that each
/// names. Policies that say one of these in any other way than letter for letter are looked at for every use.
#[derive(Debug, Default)]
pub struct AuthorizationIndex {
    buckets: HashMap<Place, Bucket>,
    loose: Vec<usize>,
    /// Those of the loose that name no key and no KMS instance letter for letter.
    loose_anywhere: Vec<usize>,
    /// The others of them, by the first of [`LOOSE_MARKS`] that each names.
    loose_by_mark: [HashMap<String, Vec<usize>>; LOOSE_MARKS.len()],
    all: Vec<usize>,
    /// The policies of equalities alone, each at its place.
    plain: Vec<Option<Plain>>,
    /// The policies that name a key, whomever they let use it.
    by_key: HashMap<String, Vec<usize>>,
}

#[derive(Debug, Default)]
struct Bucket {
    all: Vec<usize>,
    by_mark: [HashMap<String, Vec<usize>>; MARKS.len()],
    anywhere: Vec<usize>,
}

/// The attributes of which an account can have thousands of policies that differ in nothing else, the narrowest first. A policy
/// stands under the first that it names letter for letter.
static MARKS: [(SideName, &str); 6] = [
    (SideName::Resource, "resource"),
    (SideName::Subject, "serviceInstance"),
    (SideName::Resource, "serviceInstance"),
    (SideName::Resource, "keyRing"),
    (SideName::Subject, "resourceGroupId"),
    (SideName::Resource, "resourceGroupId"),
];

/// What tells the loose policies apart: whatever else such a policy says, one that names another key or KMS instance does not apply.
static LOOSE_MARKS: [&str; 2] = ["resource", "serviceInstance"];

/// The mark under which a loose policy stands, with its value.
fn loose_mark(policy: &Authorization) -> Option<(usize, &str)> {
    let [resource] = policy.resources.as_slice() else { return None };
    // A whole CRN in the place of an id is a mistake that is told of.
    let value = |name: &&str| resource.exact(name).filter(|value| !value.starts_with("crn:"));
    LOOSE_MARKS.iter().enumerate().find_map(|(number, name)| Some((number, value(name)?)))
}

/// The mark under which a policy stands, with its value.
fn mark(subject: &Side, resource: &Side) -> Option<(usize, String)> {
    MARKS.iter().enumerate().find_map(|(number, (side, name))| {
        let side = if *side == SideName::Subject { subject } else { resource };
        Some((number, side.exact(name)?.to_owned()))
    })
}

fn fact_of<'a>(key_use: &KeyUse<'a>, side: SideName, name: &str) -> Fact<'a> {
    let fact = if side == SideName::Subject { key_use.source.fact(name) } else { key_use.target.fact(name) };
    fact.unwrap_or_default()
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Place {
    target_service: String,
    target_account: String,
    /// Empty for a policy that names no service: it goes by resource group, or is a mistake.
    source_service: String,
}

/// A [`Place`] that borrows. It hashes alike, for a text and a borrowed text do.
#[derive(Hash)]
struct PlaceRef<'a> {
    target_service: &'a str,
    target_account: &'a str,
    source_service: &'a str,
}

impl Equivalent<Place> for PlaceRef<'_> {
    fn equivalent(&self, place: &Place) -> bool {
        self.target_service == place.target_service
            && self.target_account == place.target_account
            && self.source_service == place.source_service
    }
}

impl AuthorizationIndex {
    /// An index of policies. Their places in the list are what answers name them by.
    #[must_use]
    pub fn new(policies: &[Authorization]) -> Self {
        let plain = |policy| if is_considered(policy) { Plain::of(policy) } else { None };
        let mut index = Self { plain: policies.iter().map(plain).collect(), ..Self::default() };
        for (number, policy) in policies.iter().enumerate().filter(|(_, policy)| is_considered(policy)) {
            index.all.push(number);
            let Some(place) = place(policy) else {
                index.loose.push(number);
                let marked = loose_mark(policy);
                let marked = marked.and_then(|(mark, value)| Some((index.loose_by_mark.get_mut(mark)?, value)));
                match marked {
                    Some((marked, value)) => marked.entry_ref(value).or_default().push(number),
                    None => index.loose_anywhere.push(number),
                }
                continue;
            };
            let ([subject], [resource]) = (policy.subjects.as_slice(), policy.resources.as_slice()) else { continue };
            if let Some(key) = resource.exact("resource") {
                index.by_key.entry(key.to_owned()).or_default().push(number);
            }
            let bucket = index.buckets.entry(place).or_default();
            bucket.all.push(number);
            let marked = mark(subject, resource).and_then(|(mark, value)| Some((bucket.by_mark.get_mut(mark)?, value)));
            match marked {
                Some((marked, value)) => marked.entry(value).or_default().push(number),
                None => bucket.anywhere.push(number),
            }
        }
        index
    }

    /// The buckets that a use falls into; none where the use is not known well enough to tell.
    fn buckets<'i>(&'i self, key_use: &KeyUse<'_>) -> Option<impl Iterator<Item = &'i Bucket>> {
        let (source, target) = (&key_use.source, &key_use.target);
        let (Some(target_service), Some(target_account), Some(source_service)) =
            (target.service_name.value(), target.account.value(), source.service_name.value())
        else {
            return None;
        };
        let places =
            [source_service, ""].map(|source_service| PlaceRef { target_service, target_account, source_service });
        Some(places.into_iter().filter_map(|place| self.buckets.get(&place)))
    }

    /// The buckets whose policies can apply to a use: what is known of it rules the others out, and what is not known rules out
    /// none.
    fn possible_buckets<'i>(&'i self, key_use: &KeyUse<'_>) -> Vec<&'i Bucket> {
        if let Some(buckets) = self.buckets(key_use) {
            return buckets.collect();
        }
        let (source, target) = (&key_use.source, &key_use.target);
        let can_be = |fact: Fact<'_>, named: &str| fact.value().is_none_or(|value| value == named);
        let fits = |place: &Place| {
            can_be(target.service_name, &place.target_service)
                && can_be(target.account, &place.target_account)
                && (place.source_service.is_empty() || can_be(source.service_name, &place.source_service))
        };
        // In which order the table holds them does not show: the policies are put in their own.
        self.buckets.iter().filter(|(place, _)| fits(place)).map(|(_, bucket)| bucket).collect()
    }

    /// The policies that can apply to a use, in their order.
    #[must_use]
    pub fn candidates(&self, key_use: &KeyUse<'_>) -> Vec<usize> {
        let mut found = self.loose_anywhere.clone();
        for (name, marked) in LOOSE_MARKS.iter().zip(&self.loose_by_mark).filter(|(_, marked)| !marked.is_empty()) {
            match fact_of(key_use, SideName::Resource, name) {
                Fact::Value(value) => found.extend(marked.get(value).into_iter().flatten()),
                Fact::None => {}
                // The numbers are sorted below.
                Fact::Unknown => found.extend(marked.values().flatten()),
            }
        }
        for bucket in self.possible_buckets(key_use) {
            found.extend(&bucket.anywhere);
            for ((side, name), marked) in MARKS.iter().zip(&bucket.by_mark).filter(|(_, marked)| !marked.is_empty()) {
                match fact_of(key_use, *side, name) {
                    Fact::Value(value) => found.extend(marked.get(value).into_iter().flatten()),
                    // What is none is equal to nothing.
                    Fact::None => {}
                    // The numbers are sorted below: in which order the table holds them does not show.
                    Fact::Unknown => found.extend(marked.values().flatten()),
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The policies that can grant all that a policy grants, in their order: of its place those that are marked as it is or not at
    /// all, and those that are looked at for every use.
    #[must_use]
    pub fn wider(&self, policy: &Authorization) -> Vec<usize> {
        let (Some(own), [subject], [resource]) =
            (place(policy), policy.subjects.as_slice(), policy.resources.as_slice())
        else {
            return self.all.clone();
        };
        let mut found = self.loose.clone();
        let Place { target_service, target_account, source_service } = &own;
        for source_service in [source_service.as_str(), ""] {
            let place = PlaceRef { target_service, target_account, source_service };
            let Some(bucket) = self.buckets.get(&place) else { continue };
            found.extend(&bucket.anywhere);
            for ((side, name), marked) in MARKS.iter().zip(&bucket.by_mark) {
                let side = if *side == SideName::Subject { subject } else { resource };
                match side.exact(name) {
                    Some(value) => found.extend(marked.get(value).into_iter().flatten()),
                    None if side.has(name) => found.extend(marked.values().flatten()),
                    None => {}
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The policies among which those nearest to a use are looked for: all of a small list; of a large one those that name
    /// something of the use, and some of the rest.
    fn neighbours(&self, key_use: &KeyUse<'_>) -> Vec<usize> {
        let Some(buckets) = self.buckets(key_use).filter(|_| self.all.len() > MOST_LOOKED_AT) else {
            return self.all.iter().take(MOST_LOOKED_AT).copied().collect();
        };
        let mut found: Vec<usize> = self.loose.iter().take(MOST_LOOKED_AT / 4).copied().collect();
        let named = |name| key_use.target.fact(name).and_then(Fact::value);
        found.extend(
            named("resource").and_then(|key| self.by_key.get(key)).into_iter().flatten().take(MOST_LOOKED_AT / 4),
        );
        for bucket in buckets {
            for ((side, name), marked) in MARKS.iter().zip(&bucket.by_mark) {
                let value = fact_of(key_use, *side, name).value();
                found.extend(value.and_then(|value| marked.get(value)).into_iter().flatten().take(MOST_LOOKED_AT / 8));
            }
            found.extend(bucket.anywhere.iter().chain(&bucket.all).take(MOST_LOOKED_AT / 4));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Decides a use over the policies that the index was made of.
    #[must_use]
    pub fn decide(&self, policies: &[Authorization], key_use: &KeyUse<'_>, complete: bool) -> Decision {
        self.decide_with(policies, key_use, complete, |_| true, &BTreeSet::new())
    }

    /// The same without the policies that come nearest, which cost more to find than all the rest.
    #[must_use]
    pub fn verdict(&self, policies: &[Authorization], key_use: &KeyUse<'_>, complete: bool) -> Decision {
        self.decide_with(policies, key_use, complete, |_| false, &BTreeSet::new())
    }

    /// The same, with near policies only for the verdicts that are chosen: looking for them costs more than deciding. `without`: the
    /// policies that are taken to be gone.
    pub(super) fn decide_with(
        &self,
        policies: &[Authorization],
        key_use: &KeyUse<'_>,
        complete: bool,
        explained: fn(Verdict) -> bool,
        without: &BTreeSet<usize>,
    ) -> Decision {
        let listed = |found: Vec<usize>| {
            let there = found.into_iter().filter(|number| !without.contains(number));
            there.filter_map(|number| Some((number, policies.get(number)?))).collect::<Vec<_>>()
        };
        let over = |own: &KeyUse<'_>| {
            let candidates = listed(self.candidates(own));
            let near = |verdict| if explained(verdict) { listed(self.neighbours(own)) } else { Vec::new() };
            let quick = |number: usize| self.plain.get(number)?.as_ref()?.evaluate(own);
            verdict(own, &candidates, &quick, &near, complete)
        };
        let mut decision = over(key_use);
        add_dependents(&mut decision, key_use, &over);
        decision
    }
}

/// Where a policy stands in the index; none for one that does not say all of it letter for letter.
fn place(policy: &Authorization) -> Option<Place> {
    let ([subject], [resource]) = (policy.subjects.as_slice(), policy.resources.as_slice()) else { return None };
    if subject.unreadable || resource.unreadable {
        return None;
    }
    let source_service = match subject.exact("serviceName") {
        Some(service) if !service.is_empty() => service,
        None if !subject.has("serviceName") => "",
        _ => return None,
    };
    Some(Place {
        target_service: resource.exact("serviceName")?.to_owned(),
        target_account: resource.exact("accountId")?.to_owned(),
        source_service: source_service.to_owned(),
    })
}
