//! Which key is meant, and what uses it.

use super::model::Certainty;
use crate::crn::{Crn, parse};
use crate::ingest::ExportKind;
use crate::inventory::{
    Inventory, Key, KeyIndex, KeyNotFound, Listing, NamedKey, Seen, Use, find_key, instance_of_key, named_keys,
};

/// A key, as far as the exports know it.
#[derive(Debug, Clone)]
pub(crate) struct Target<'a> {
    /// Its row, where a list of keys holds it.
    pub(crate) key: Option<(KeyIndex, &'a Key)>,
    pub(crate) id: &'a str,
    /// Its CRN, where one is known.
    pub(super) crn: Option<String>,
    /// The CRN of its KMS instance, where that is known.
    pub(super) instance: Option<String>,
    /// What is known of the registrations of that instance.
    pub(super) registrations: Listing,
}

/// The one key that is named by a CRN, an id, a name, or `INSTANCE/KEY`.
pub(super) fn find<'a>(inventory: &'a Inventory, asked: &str) -> Result<Target<'a>, KeyNotFound> {
    find_key(inventory, asked).map(|named| target(inventory, named, asked))
}

/// A key of a list.
pub(super) fn of_key<'a>(inventory: &'a Inventory, index: KeyIndex, key: &'a Key) -> Target<'a> {
    Target {
        key: Some((index, key)),
        id: inventory.text(key.id),
        crn: Some(inventory.text(key.crn).to_owned()),
        instance: Some(inventory.text(key.instance).to_owned()),
        registrations: key.registrations,
    }
}

fn target<'a>(inventory: &'a Inventory, candidate: NamedKey<'a>, asked: &str) -> Target<'a> {
    if let Some((index, key)) = candidate.key {
        return of_key(inventory, index, key);
    }
    let registered = || {
        let of_key = inventory.uses.iter().filter(|found| inventory.text(found.key_id) == candidate.id);
        let witnesses = of_key.flat_map(|found| found.witnesses.iter()).filter(|(seen, _)| *seen == Seen::Registration);
        witnesses.filter_map(|(_, witness)| inventory.sources.get(witness.place.input as usize))
    };
    let from_asked = asked.starts_with("crn:").then_some(asked);
    let from_export = || {
        let instance = registered().find_map(|source| source.instance)?;
        let crn = parse(inventory.text(instance)).ok()?;
        Some(Crn { resource_type: "key", resource: candidate.id, ..crn }.to_string())
    };
    let crn = candidate.crn.or(from_asked).map(str::to_owned).or_else(from_export);
    let instance = crn.as_deref().and_then(instance_of_key);
    let listed = instance.as_deref().and_then(|instance| inventory.interner.find(instance));
    let listing = listed.map_or(Listing::Missing, |instance| inventory.listing(ExportKind::KmsRegistrations, instance));
    // Where nothing says of which instance a list of registrations is, the list itself says how whole it is.
    let of_lists =
        registered().map(|source| Listing::of(source.report.complete)).fold(Listing::Missing, Listing::beside);
    Target { key: None, id: candidate.id, crn, instance, registrations: listing.beside(of_lists) }
}

impl Target<'_> {
    /// What names this key: for certain, or by a bare id that another key has as well, or without proof.
    pub(super) fn uses<'i>(&self, inventory: &'i Inventory) -> Vec<(&'i Use, Certainty)> {
        let mut uses: Vec<(&Use, Certainty)> = match self.key {
            Some((index, _)) => inventory.uses_of(index).map(|found| (found, Certainty::Certain)).collect(),
            None => Vec::new(),
        };
        let find = |text: &str| inventory.interner.find(text);
        let (id, crn) = (find(self.id), self.crn.as_deref().and_then(find));
        let shares_id = self.key.is_some() || self.others_have_its_id(inventory);
        // Uses of keys that no list holds stand before all others.
        for found in inventory.uses.iter().take_while(|found| found.key.is_none()) {
            match found.key_crn {
                Some(named) if Some(named) == crn => uses.push((found, Certainty::Certain)),
                None if Some(found.key_id) == id => {
                    uses.push((found, if shares_id { Certainty::Possible } else { Certainty::Certain }));
                }
                _ => {}
            }
        }
        for (_, certainty) in uses.iter_mut().filter(|(found, _)| !found.is_proved()) {
            *certainty = Certainty::Possible;
        }
        uses
    }

    /// Whether another key of the exports has the same id.
    fn others_have_its_id(&self, inventory: &Inventory) -> bool {
        let others = named_keys(inventory);
        others.iter().any(|other| other.id == self.id && other.crn.is_some() && other.crn != self.crn.as_deref())
    }

    /// The CRN, or the id where no CRN is known.
    pub(crate) fn label(&self) -> String {
        self.crn.clone().unwrap_or_else(|| self.id.to_owned())
    }

    /// The GUID of the KMS instance, as commands want it.
    pub(crate) fn guid(&self) -> &str {
        let crn = self.instance.as_deref().and_then(|instance| parse(instance).ok());
        crn.map_or("INSTANCE", |crn| crn.service_instance)
    }
}
