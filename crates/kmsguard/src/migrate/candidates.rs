//! Keys that could be the one to move to: active root keys that may be of Key Protect Dedicated. None of them is ever taken for it.

use std::collections::BTreeMap;

use super::model::KeySide;
use super::pairing::Pairing;
use super::target::{KindsOfKms, key_side};
use crate::crn::parse;
use crate::inventory::{Inventory, KeyState};

/// So many are shown for a key.
const SHOWN: usize = 10;

/// A key that could be the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate<'a> {
    pub(crate) crn: &'a str,
    /// Whether its KMS instance is of Key Protect Dedicated, where something tells.
    pub(crate) dedicated: Option<bool>,
    pub(crate) same_name: bool,
    pub(crate) same_region: bool,
    pub(crate) same_account: bool,
    /// Whether another key is to move to it.
    pub(crate) taken: bool,
}

/// A key, before it is compared with a source.
#[derive(Debug, Clone, Copy)]
struct Target<'a> {
    crn: &'a str,
    name: Option<&'a str>,
    region: Option<&'a str>,
    account: Option<&'a str>,
    dedicated: Option<bool>,
    taken: bool,
}

/// All of them, by name and by region.
#[derive(Debug, Default)]
pub(super) struct Candidates<'a> {
    all: Vec<Target<'a>>,
    by_name: BTreeMap<&'a str, Vec<usize>>,
    by_region: BTreeMap<&'a str, Vec<usize>>,
    /// How many have a name and a region.
    of_both: BTreeMap<(&'a str, &'a str), usize>,
}

impl<'a> Candidates<'a> {
    pub(super) fn of(inventory: &'a Inventory, kinds: &KindsOfKms, pairing: &Pairing<'a>) -> Self {
        let mut candidates = Self::default();
        for key in &inventory.keys {
            let crn = inventory.text(key.crn);
            let usable = key.state == KeyState::Active && key.extractable == Some(false);
            let dedicated = kinds.is_dedicated(key.instance);
            if !usable || dedicated == Some(false) || !parse(crn).is_ok_and(|crn| crn.service_name == "kms") {
                continue;
            }
            let Some(side) = key_side(inventory, crn, Some(key)) else { continue };
            let number = candidates.all.len();
            candidates.all.push(Target {
                crn,
                name: side.name,
                region: side.region,
                account: side.account,
                dedicated,
                taken: pairing.is_target(crn),
            });
            if let Some(both) = side.name.zip(side.region) {
                *candidates.of_both.entry(both).or_default() += 1;
            }
            for (index, text) in [(&mut candidates.by_name, side.name), (&mut candidates.by_region, side.region)] {
                if let Some(text) = text {
                    index.entry(text).or_default().push(number);
                }
            }
        }
        // What is known to be Dedicated stands first, then by CRN, which is how keys stand.
        for numbers in candidates.by_name.values_mut().chain(candidates.by_region.values_mut()) {
            numbers.sort_by_key(|number| {
                candidates.all.get(*number).map(|target| (target.dedicated != Some(true), target.taken))
            });
        }
        candidates
    }

    /// The first of those that have the name or the region of a key, and how many more there are.
    pub(super) fn for_source(&self, source: &KeySide<'a>) -> (Vec<Candidate<'a>>, usize) {
        let named = source.name.and_then(|name| self.by_name.get(name)).map(Vec::as_slice).unwrap_or_default();
        let near = source.region.and_then(|region| self.by_region.get(region)).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<usize> = Vec::new();
        for number in named.iter().take(SHOWN).chain(near.iter().take(SHOWN * 2)) {
            if found.len() < SHOWN && !found.contains(number) {
                found.push(*number);
            }
        }
        let both = source.name.zip(source.region).and_then(|both| self.of_both.get(&both)).copied().unwrap_or(0);
        let total = named.len() + near.len() - both;
        let candidate = |target: &Target<'a>| Candidate {
            crn: target.crn,
            dedicated: target.dedicated,
            same_name: target.name.is_some() && target.name == source.name,
            same_region: target.region.is_some() && target.region == source.region,
            taken: target.taken,
            same_account: target.account.is_some() && target.account == source.account,
        };
        let mut found: Vec<Candidate<'a>> =
            found.into_iter().filter_map(|number| self.all.get(number)).map(candidate).collect();
        found.sort_by_key(|one| {
            (one.dedicated != Some(true), one.taken, !one.same_name, !one.same_region, !one.same_account, one.crn)
        });
        let more = total.saturating_sub(found.len());
        (found, more)
    }
}
