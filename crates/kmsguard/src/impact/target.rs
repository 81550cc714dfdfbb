//! Which key is meant, and what uses it.

use std::collections::BTreeSet;

use super::model::Certainty;
use crate::crn::{Crn, Kind, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Key, KeyIndex, Listing, Seen, Use};

/// A key, as far as the exports know it.
#[derive(Debug, Clone)]
pub(super) struct Target<'a> {
    /// Its row, where a list of keys holds it.
    pub(super) key: Option<(KeyIndex, &'a Key)>,
    pub(super) id: &'a str,
    /// Its CRN, where one is known.
    pub(super) crn: Option<String>,
    /// The CRN of its KMS instance, where that is known.
    pub(super) instance: Option<String>,
    /// What is known of the registrations of that instance.
    pub(super) registrations: Listing,
}

/// Why no action can be taken on what was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TargetError {
    /// Nothing was found.
    None {
        asked: String,
        keys: usize,
        /// Keys that no list holds, but uses name.
        named: usize,
    },
    /// More than one key is called so.
    Several {
        asked: String,
        /// Their CRNs, or ids where no CRN is known; sorted.
        candidates: Vec<String>,
    },
}

/// A key that may be meant.
#[derive(Debug, Clone, Copy)]
struct Candidate<'a> {
    key: Option<(KeyIndex, &'a Key)>,
    crn: Option<&'a str>,
    id: &'a str,
}

/// The one key that is named by a CRN, an id, a name, or `INSTANCE/KEY`.
pub(super) fn find<'a>(inventory: &'a Inventory, asked: &str) -> Result<Target<'a>, TargetError> {
    let known = candidates(inventory);
    let fits: Vec<Candidate<'a>> =
        known.iter().copied().filter(|candidate| is_called(inventory, candidate, asked)).collect();
    match fits.as_slice() {
        [one] => Ok(target(inventory, *one, asked)),
        [] => Err(TargetError::None {
            asked: asked.to_owned(),
            keys: inventory.keys.len(),
            named: known.iter().filter(|candidate| candidate.key.is_none()).count(),
        }),
        several => {
            let shown = |candidate: &Candidate<'_>| candidate.crn.unwrap_or(candidate.id).to_owned();
            let candidates: BTreeSet<String> = several.iter().map(shown).collect();
            Err(TargetError::Several { asked: asked.to_owned(), candidates: candidates.into_iter().collect() })
        }
    }
}

/// The keys of the lists, and those that only uses name: by CRN, or by an id that no other key has.
fn candidates(inventory: &Inventory) -> Vec<Candidate<'_>> {
    let rows = (0_u32..).zip(&inventory.keys).map(|(row, key)| Candidate {
        key: Some((KeyIndex(row), key)),
        crn: Some(inventory.text(key.crn)),
        id: inventory.text(key.id),
    });
    let mut found: Vec<Candidate<'_>> = rows.collect();
    let unresolved = || inventory.uses.iter().filter(|found| found.key.is_none());
    let by_crn: BTreeSet<(&str, &str)> =
        unresolved().filter_map(|found| Some((inventory.text(found.key_crn?), inventory.text(found.key_id)))).collect();
    found.extend(by_crn.into_iter().map(|(crn, id)| Candidate { key: None, crn: Some(crn), id }));
    let ids: BTreeSet<&str> = found.iter().map(|candidate| candidate.id).collect();
    let by_id: BTreeSet<&str> = unresolved()
        .filter(|found| found.key_crn.is_none())
        .map(|found| inventory.text(found.key_id))
        .filter(|id| !ids.contains(id))
        .collect();
    found.extend(by_id.into_iter().map(|id| Candidate { key: None, crn: None, id }));
    found
}

fn is_called(inventory: &Inventory, candidate: &Candidate<'_>, asked: &str) -> bool {
    if asked.starts_with("crn:") {
        let id_of_asked = || parse(asked).ok().filter(|crn| crn.kind() == Kind::KmsKey).map(|crn| crn.resource);
        return match candidate.crn {
            Some(crn) => crn == asked,
            None => id_of_asked() == Some(candidate.id),
        };
    }
    let name = candidate.key.and_then(|(_, key)| key.name).map(|name| inventory.text(name));
    let is_key = |text: &str| text == candidate.id || Some(text) == name;
    is_key(asked)
        || asked.match_indices('/').any(|(slash, _)| {
            let (instance, key) = (asked.get(..slash), asked.get(slash + 1..));
            key.is_some_and(is_key) && instance.is_some_and(|instance| is_instance(inventory, candidate, instance))
        })
}

/// Whether the KMS instance of a key has a name or a GUID.
fn is_instance(inventory: &Inventory, candidate: &Candidate<'_>, asked: &str) -> bool {
    let Some(instance) = candidate.crn.and_then(instance_of) else { return false };
    let guid = parse(&instance).is_ok_and(|crn| crn.service_instance == asked);
    let row = inventory.interner.find(&instance).and_then(|symbol| inventory.instance(symbol));
    guid || row.and_then(|row| row.name).is_some_and(|name| inventory.text(name) == asked)
}

/// The CRN of the KMS instance of a key.
fn instance_of(key: &str) -> Option<String> {
    parse(key).ok().map(|crn| Crn { resource_type: "", resource: "", ..crn }.to_string())
}

fn target<'a>(inventory: &'a Inventory, candidate: Candidate<'a>, asked: &str) -> Target<'a> {
    if let Some((_, key)) = candidate.key {
        return Target {
            key: candidate.key,
            id: candidate.id,
            crn: candidate.crn.map(str::to_owned),
            instance: Some(inventory.text(key.instance).to_owned()),
            registrations: key.registrations,
        };
    }
    let registered = || {
        let of_key = inventory.uses.iter().filter(|found| inventory.text(found.key_id) == candidate.id);
        let witnesses = of_key.flat_map(|found| &found.witnesses).filter(|(seen, _)| *seen == Seen::Registration);
        witnesses.filter_map(|(_, witness)| inventory.sources.get(witness.place.input as usize))
    };
    let from_asked = asked.starts_with("crn:").then_some(asked);
    let from_export = || {
        let instance = registered().find_map(|source| source.instance)?;
        let crn = parse(inventory.text(instance)).ok()?;
        Some(Crn { resource_type: "key", resource: candidate.id, ..crn }.to_string())
    };
    let crn = candidate.crn.or(from_asked).map(str::to_owned).or_else(from_export);
    let instance = crn.as_deref().and_then(instance_of);
    let listed = instance.as_deref().and_then(|instance| inventory.interner.find(instance));
    let listing = listed.map_or(Listing::Missing, |instance| inventory.listing(ExportKind::KmsRegistrations, instance));
    // Where nothing says of which instance a list of registrations is, the list itself says how whole it is.
    let of_lists =
        registered().map(|source| Listing::of(source.report.complete)).fold(Listing::Missing, Listing::beside);
    Target { key: None, id: candidate.id, crn, instance, registrations: listing.beside(of_lists) }
}

impl Target<'_> {
    /// What names this key: for certain, or by a bare id that another key has as well.
    pub(super) fn uses<'i>(&self, inventory: &'i Inventory) -> Vec<(&'i Use, Certainty)> {
        let mut uses: Vec<(&Use, Certainty)> = match self.key {
            Some((index, _)) => inventory.uses_of(index).map(|found| (found, Certainty::Certain)).collect(),
            None => Vec::new(),
        };
        let by_id = |found: &Use| found.key_crn.is_none() && inventory.text(found.key_id) == self.id;
        let shares_id = self.key.is_some() || self.others_have_its_id(inventory);
        for found in inventory.uses.iter().filter(|found| found.key.is_none()) {
            let named = found.key_crn.map(|crn| inventory.text(crn));
            if named.is_some() && named == self.crn.as_deref() {
                uses.push((found, Certainty::Certain));
            } else if by_id(found) {
                uses.push((found, if shares_id { Certainty::Possible } else { Certainty::Certain }));
            }
        }
        uses
    }

    /// Whether another key of the exports has the same id.
    fn others_have_its_id(&self, inventory: &Inventory) -> bool {
        let others = candidates(inventory);
        others.iter().any(|other| other.id == self.id && other.crn.is_some() && other.crn != self.crn.as_deref())
    }

    /// The CRN, or the id where no CRN is known.
    pub(super) fn label(&self) -> String {
        self.crn.clone().unwrap_or_else(|| self.id.to_owned())
    }

    /// The GUID of the KMS instance, as commands want it.
    pub(super) fn guid(&self) -> &str {
        let crn = self.instance.as_deref().and_then(|instance| parse(instance).ok());
        crn.map_or("INSTANCE", |crn| crn.service_instance)
    }
}
