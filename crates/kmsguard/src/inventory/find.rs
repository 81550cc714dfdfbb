//! Which key is meant by a CRN, an id, an alias, a name, or `INSTANCE/KEY`.

use std::collections::BTreeSet;

use super::{Inventory, Key, KeyIndex};
use crate::crn::{Crn, Kind, parse};
use crate::order::Gather as _;

/// Why what was named is not one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyNotFound {
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

/// A key that something of the exports names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NamedKey<'a> {
    /// Its row, where a list of keys holds it.
    pub(crate) key: Option<(KeyIndex, &'a Key)>,
    /// Its CRN, where one is known.
    pub(crate) crn: Option<&'a str>,
    pub(crate) id: &'a str,
}

/// The one key that is named by a CRN, an id, an alias, a name, or `INSTANCE/KEY`.
pub(crate) fn find_key<'a>(inventory: &'a Inventory, asked: &str) -> Result<NamedKey<'a>, KeyNotFound> {
    // A CRN of a list names its key and no other.
    let listed = inventory.interner.find(asked).and_then(|crn| inventory.row_of_key(crn));
    if let Some(key) = listed.and_then(|row| Some((row, inventory.key(row)?))) {
        return Ok(NamedKey { key: Some(key), crn: Some(inventory.text(key.1.crn)), id: inventory.text(key.1.id) });
    }
    let known = named_keys(inventory);
    let fits: Vec<NamedKey<'a>> =
        known.iter().copied().filter(|candidate| is_called(inventory, candidate, asked)).collect();
    match fits.as_slice() {
        [one] => Ok(*one),
        [] => Err(KeyNotFound::None {
            asked: asked.to_owned(),
            keys: inventory.keys.len(),
            named: known.iter().filter(|candidate| candidate.key.is_none()).count(),
        }),
        several => {
            let shown = |candidate: &NamedKey<'_>| candidate.crn.unwrap_or(candidate.id).to_owned();
            let candidates: BTreeSet<String> = several.iter().map(shown).collect();
            Err(KeyNotFound::Several { asked: asked.to_owned(), candidates: candidates.into_iter().collect() })
        }
    }
}

/// The keys of the lists, and those that only uses name: by CRN, or by an id that no other key has.
pub(crate) fn named_keys(inventory: &Inventory) -> Vec<NamedKey<'_>> {
    let rows = (0_u32..).zip(&inventory.keys).map(|(row, key)| NamedKey {
        key: Some((KeyIndex(row), key)),
        crn: Some(inventory.text(key.crn)),
        id: inventory.text(key.id),
    });
    let mut found: Vec<NamedKey<'_>> = rows.collect();
    let unresolved = || inventory.uses.iter().filter(|found| found.key.is_none());
    let by_crn: BTreeSet<(&str, &str)> = unresolved()
        .filter_map(|found| Some((inventory.text(found.key_crn?), inventory.text(found.key_id))))
        .into_set();
    found.extend(by_crn.into_iter().map(|(crn, id)| NamedKey { key: None, crn: Some(crn), id }));
    let ids: BTreeSet<&str> = found.iter().map(|candidate| candidate.id).collect();
    let by_id: BTreeSet<&str> = unresolved()
        .filter(|found| found.key_crn.is_none())
        .map(|found| inventory.text(found.key_id))
        .filter(|id| !ids.contains(id))
        .collect();
    found.extend(by_id.into_iter().map(|id| NamedKey { key: None, crn: None, id }));
    found
}

fn is_called(inventory: &Inventory, candidate: &NamedKey<'_>, asked: &str) -> bool {
    if asked.starts_with("crn:") {
        let id_of_asked = || parse(asked).ok().filter(|crn| crn.kind() == Kind::KmsKey).map(|crn| crn.resource);
        return match candidate.crn {
            Some(crn) => crn == asked,
            None => id_of_asked() == Some(candidate.id),
        };
    }
    let name = candidate.key.and_then(|(_, key)| key.name).map(|name| inventory.text(name));
    let aliases = || candidate.key.map(|(_, key)| &*key.aliases).unwrap_or_default();
    let is_key = |text: &str| {
        text == candidate.id || Some(text) == name || aliases().iter().any(|alias| inventory.text(*alias) == text)
    };
    is_key(asked)
        || asked.match_indices('/').any(|(slash, _)| {
            let (instance, key) = (asked.get(..slash), asked.get(slash + 1..));
            key.is_some_and(is_key) && instance.is_some_and(|instance| is_instance(inventory, candidate, instance))
        })
}

/// Whether the KMS instance of a key has a name or a GUID.
fn is_instance(inventory: &Inventory, candidate: &NamedKey<'_>, asked: &str) -> bool {
    let Some(instance) = candidate.crn.and_then(instance_of_key) else { return false };
    let guid = parse(&instance).is_ok_and(|crn| crn.service_instance == asked);
    let row = inventory.interner.find(&instance).and_then(|symbol| inventory.instance(symbol));
    guid || row.and_then(|row| row.name).is_some_and(|name| inventory.text(name) == asked)
}

/// The CRN of the KMS instance of a key.
pub(crate) fn instance_of_key(key: &str) -> Option<String> {
    parse(key).ok().map(|crn| Crn { resource_type: "", resource: "", ..crn }.to_string())
}
