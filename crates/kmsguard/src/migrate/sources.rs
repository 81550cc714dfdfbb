//! The keys to move from: those of Hyper Protect Crypto Services that lists hold, uses name or pairs begin with.

use std::collections::BTreeMap;

use super::pairing::Pairing;
use crate::crn::{Kind, parse};
use crate::inventory::{Inventory, Key, Use};

/// A key to move from, with what uses it.
#[derive(Debug)]
pub(super) struct SourceKey<'a> {
    pub(super) crn: &'a str,
    pub(super) key: Option<&'a Key>,
    /// By resource.
    pub(super) uses: &'a [Use],
}

/// The keys to move from, by CRN.
pub(super) fn sources<'a>(inventory: &'a Inventory, pairing: &Pairing<'a>) -> Vec<SourceKey<'a>> {
    let mut found: BTreeMap<&str, SourceKey<'a>> = BTreeMap::new();
    let none = |crn, key| SourceKey { crn, key, uses: &[] };
    for key in &inventory.keys {
        let crn = inventory.text(key.crn);
        if is_hyper_protect(crn) {
            found.insert(crn, none(crn, Some(key)));
        }
    }
    for crn in pairing.sources() {
        found
            .entry(crn)
            .or_insert_with(|| none(crn, inventory.interner.find(crn).and_then(|symbol| inventory.key_by_crn(symbol))));
    }
    // Uses stand by key, so those of one key stand together.
    for uses in inventory.uses.chunk_by(|first, second| (first.key, named(first)) == (second.key, named(second))) {
        let Some(first) = uses.first() else { continue };
        let key = first.key.and_then(|key| inventory.key(key));
        let Some(crn) = key.map(|key| key.crn).or(first.key_crn) else { continue };
        let crn = inventory.text(crn);
        if let Some(source) = found.get_mut(crn) {
            source.uses = uses;
        } else if is_hyper_protect(crn) {
            found.insert(crn, SourceKey { crn, key, uses });
        }
    }
    found.into_values().collect()
}

/// The CRN by which a use names a key that no list holds; of listed keys some uses have one and some have not.
fn named(found: &Use) -> Option<crate::inventory::Symbol> {
    if found.key.is_some() { None } else { found.key_crn }
}

/// Whether a CRN is that of a key of Hyper Protect Crypto Services.
pub(super) fn is_hyper_protect(crn: &str) -> bool {
    parse(crn).is_ok_and(|crn| crn.service_name == "hs-crypto" && crn.kind() == Kind::KmsKey)
}
