//! Finds the policies that may concern a use without looking at all of them.

use hashbrown::{Equivalent, HashMap};

use super::decide::{Decision, Verdict, add_dependents, verdict};
use super::evaluate::{KeyUse, is_considered};
use super::explain::MOST_LOOKED_AT;
use crate::policy::Authorization;

/// The policies of an inventory, by target service, target account and source service, then by key. Policies that say one
/// of these in any other way than letter for letter are looked at for every use.
#[derive(Debug, Default)]
pub struct AuthorizationIndex {
    buckets: HashMap<Place, Bucket>,
    loose: Vec<usize>,
    all: Vec<usize>,
}

#[derive(Debug, Default)]
struct Bucket {
    all: Vec<usize>,
    by_key: HashMap<String, Vec<usize>>,
    by_instance: HashMap<String, Vec<usize>>,
    anywhere: Vec<usize>,
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
        let mut index = Self::default();
        for (number, policy) in policies.iter().enumerate().filter(|(_, policy)| is_considered(policy)) {
            index.all.push(number);
            let Some(place) = place(policy) else {
                index.loose.push(number);
                continue;
            };
            let bucket = index.buckets.entry(place).or_default();
            bucket.all.push(number);
            let exact = |name| policy.resources.first().and_then(|side| side.exact(name));
            match (exact("resource"), exact("serviceInstance")) {
                (Some(key), _) => bucket.by_key.entry(key.to_owned()).or_default().push(number),
                (None, Some(instance)) => bucket.by_instance.entry(instance.to_owned()).or_default().push(number),
                (None, None) => bucket.anywhere.push(number),
            }
        }
        index
    }

    /// The policies that can apply to a use, in their order.
    #[must_use]
    pub fn candidates(&self, key_use: &KeyUse<'_>) -> Vec<usize> {
        self.found(key_use, key_use.target.key_id.value(), usize::MAX)
    }

    /// Some of the policies that can apply to a use, and of those that only name another key.
    fn neighbours(&self, key_use: &KeyUse<'_>) -> Vec<usize> {
        self.found(key_use, None, MOST_LOOKED_AT)
    }

    /// The policies of the places that a use falls into, of each no more than `most` where any key will do.
    fn found(&self, key_use: &KeyUse<'_>, key: Option<&str>, most: usize) -> Vec<usize> {
        let (source, target) = (&key_use.source, &key_use.target);
        let (Some(target_service), Some(target_account), Some(source_service)) =
            (target.service_name.value(), target.account.value(), source.service_name.value())
        else {
            return self.all.clone();
        };
        let mut found = self.loose.clone();
        for source_service in [source_service, ""] {
            let place = PlaceRef { target_service, target_account, source_service };
            let Some(bucket) = self.buckets.get(&place) else { continue };
            match (key, target.service_instance.value()) {
                (Some(key), Some(instance)) => {
                    found.extend(&bucket.anywhere);
                    found.extend(bucket.by_instance.get(instance).into_iter().flatten());
                    found.extend(bucket.by_key.get(key).into_iter().flatten());
                }
                _ => found.extend(bucket.all.iter().take(most)),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Decides a use over the policies that the index was made of.
    #[must_use]
    pub fn decide(&self, policies: &[Authorization], key_use: &KeyUse<'_>, complete: bool) -> Decision {
        self.decide_with(policies, key_use, complete, |_| true)
    }

    /// The same, with near policies only for the verdicts that are chosen: looking for them costs more than deciding.
    pub(super) fn decide_with(
        &self,
        policies: &[Authorization],
        key_use: &KeyUse<'_>,
        complete: bool,
        explained: fn(Verdict) -> bool,
    ) -> Decision {
        let listed = |found: Vec<usize>| {
            found.into_iter().filter_map(|number| Some((number, policies.get(number)?))).collect::<Vec<_>>()
        };
        let over = |own: &KeyUse<'_>| {
            let candidates = listed(self.candidates(own));
            let near = |verdict| if explained(verdict) { listed(self.neighbours(own)) } else { Vec::new() };
            verdict(own, candidates.into_iter(), |verdict| near(verdict).into_iter(), complete)
        };
        let mut decision = over(key_use);
        add_dependents(&mut decision, key_use, over);
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
