//! Collects the uses of keys: each pair of key and resource once, however many places tell of it.
//!
//! Entries are put in order of their keys by counting, and those of one key by the text of their resources, so that the same pair
//! stands together: no table of a million pairs is made, and a text is looked up once.

use hashbrown::{HashMap, HashSet};

use super::build::{Context, Named, Registered};
use super::deployment::{self, Belongs};
use super::evidence::Witness;
use super::interner::{Interner, Symbol};
use super::resource::Resource;
use super::tables::{Key, KeyIndex, Seen, Use, Witnesses};
use crate::crn::{Crn, Kind, parse};

/// Which key an entry means: the row of a list, or the CRN or id by which it is named, or both.
#[derive(Debug, Clone, Copy)]
struct Meant {
    key: Option<KeyIndex>,
    /// The CRN, where the entry names the key by one or a manifest tells it.
    crn: Option<Symbol>,
    id: Symbol,
}

/// One place that tells of a use.
struct Told {
    resource: Resource,
    prevents_deletion: Option<bool>,
    seen: (Seen, Witness),
}

/// What tells of uses, in the order in which it was read.
struct Entries<'a> {
    registered: &'a [Registered],
    named: &'a [Named],
    /// The resources of `named`.
    resources: Vec<Resource>,
}

impl Entries<'_> {
    fn get(&self, number: usize) -> Option<Told> {
        if let Some(registered) = self.registered.get(number) {
            return Some(Told {
                resource: registered.resource,
                prevents_deletion: registered.prevents_deletion,
                seen: (Seen::Registration, Witness { place: registered.place, member: "resourceCrn" }),
            });
        }
        let row = number.checked_sub(self.registered.len())?;
        let named = self.named.get(row)?;
        Some(Told {
            resource: *self.resources.get(row)?,
            prevents_deletion: named.prevents_deletion,
            seen: (named.seen, named.witness),
        })
    }
}

/// The uses, by key, then by resource.
pub(super) fn uses(
    interner: &mut Interner,
    keys: &[Key],
    registered: &[Registered],
    named: &[Named],
    contexts: &[Context],
    known_accounts: &HashSet<Symbol>,
) -> Vec<Use> {
    let lookup = Lookup::of(keys);
    let mut meant: Vec<Meant> = Vec::with_capacity(registered.len() + named.len());
    for one in registered {
        meant.push(lookup.registered(interner, contexts, one));
    }
    for one in named {
        meant.push(lookup.named(interner, one));
    }
    let resources = named.iter().map(|one| {
        let text = interner.text(one.resource).to_owned();
        Resource::of(interner, one.resource, &text)
    });
    let entries = Entries { registered, named, resources: resources.collect() };
    let interner = &*interner;
    let mut collected =
        Collected { known_accounts, volumes: interner.find("is"), uses: Vec::with_capacity(meant.len()) };
    let (order, unlisted) = by_key(keys.len(), &meant);
    let text_of = |number: u32| {
        let meant = meant.get(number as usize)?;
        let told = entries.get(number as usize)?;
        Some((interner.text(meant.crn.unwrap_or(meant.id)), interner.text(told.resource.crn), number))
    };
    // Keys that no list holds stand before those of the lists.
    let mut unlisted: Vec<(&str, &str, u32)> = unlisted.into_iter().filter_map(text_of).collect();
    unlisted.sort_unstable();
    for same in unlisted.chunk_by(|first, second| (first.0, first.1) == (second.0, second.1)) {
        collected.put(&entries, &meant, same.iter().map(|(.., number)| *number));
    }
    let mut of_one_key: Vec<(&str, u32)> = Vec::new();
    for numbers in order.chunk_by(|first, second| key_of(&meant, *first) == key_of(&meant, *second)) {
        of_one_key.clear();
        of_one_key.extend(numbers.iter().filter_map(|number| {
            let told = entries.get(*number as usize)?;
            Some((interner.text(told.resource.crn), *number))
        }));
        of_one_key.sort_unstable();
        for same in of_one_key.chunk_by(|first, second| first.0 == second.0) {
            collected.put(&entries, &meant, same.iter().map(|(_, number)| *number));
        }
    }
    let mut uses = collected.uses;
    attribute_managed(interner, &mut uses);
    uses
}

fn key_of(meant: &[Meant], number: u32) -> Option<KeyIndex> {
    meant.get(number as usize).and_then(|meant| meant.key)
}

/// The numbers of the entries whose keys lists hold, by key and in their order, and those of the others.
fn by_key(keys: usize, meant: &[Meant]) -> (Vec<u32>, Vec<u32>) {
    let mut unlisted = Vec::new();
    // Where the entries of each key begin.
    let mut next = vec![0_u32; keys + 1];
    for (number, meant) in (0_u32..).zip(meant) {
        match meant.key.and_then(|key| next.get_mut(key.0 as usize + 1)) {
            Some(count) => *count += 1,
            None => unlisted.push(number),
        }
    }
    let mut before = 0;
    for count in &mut next {
        before += *count;
        *count = before;
    }
    let mut order = vec![0_u32; meant.len() - unlisted.len()];
    for (number, meant) in (0_u32..).zip(meant) {
        let Some(next) = meant.key.and_then(|key| next.get_mut(key.0 as usize)) else { continue };
        if let Some(place) = order.get_mut(*next as usize) {
            *place = number;
        }
        *next += 1;
    }
    (order, unlisted)
}

/// Finds keys by id and by CRN.
struct Lookup {
    /// None where two keys have the id.
    by_id: HashMap<Symbol, Option<KeyIndex>>,
    by_crn: HashMap<Symbol, KeyIndex>,
}

impl Lookup {
    fn of(keys: &[Key]) -> Self {
        let mut lookup = Self { by_id: HashMap::with_capacity(keys.len()), by_crn: HashMap::with_capacity(keys.len()) };
        for (row, key) in (0_u32..).zip(keys) {
            lookup.by_id.entry(key.id).and_modify(|one| *one = None).or_insert(Some(KeyIndex(row)));
            lookup.by_crn.insert(key.crn, KeyIndex(row));
        }
        lookup
    }

    /// A registration names its key by a bare id: it is a key only if exactly one key has that id, or a manifest says of which KMS
    /// instance it is.
    fn registered(&self, interner: &mut Interner, contexts: &[Context], registered: &Registered) -> Meant {
        let id = registered.key_id;
        let context = contexts.get(registered.place.input as usize).copied().unwrap_or_default();
        let of_instance = context.kms_instance.and_then(|kms| self.key_of(interner, kms, id));
        let (key, crn) = of_instance.unwrap_or_else(|| (self.by_id.get(&id).copied().flatten(), None));
        Meant { key, crn, id }
    }

    /// The key of a KMS instance with an id: its row, or where no list holds it, its CRN.
    fn key_of(&self, interner: &mut Interner, kms: Symbol, id: Symbol) -> Option<(Option<KeyIndex>, Option<Symbol>)> {
        let crn = parse(interner.text(kms)).ok().filter(|crn| crn.kind() == Kind::KmsInstance)?;
        let crn = Crn { resource_type: "key", resource: interner.text(id), ..crn }.to_string();
        match interner.find(&crn).and_then(|crn| self.by_crn.get(&crn)) {
            Some(key) => Some((Some(*key), None)),
            None => Some((None, Some(interner.intern(&crn)))),
        }
    }

    fn named(&self, interner: &mut Interner, named: &Named) -> Meant {
        let text = interner.text(named.key).to_owned();
        match parse(&text).ok().filter(|crn| crn.kind() == Kind::KmsKey) {
            Some(crn) => Meant {
                key: self.by_crn.get(&named.key).copied(),
                crn: Some(named.key),
                id: interner.intern(crn.resource),
            },
            None => Meant { key: self.by_id.get(&named.key).copied().flatten(), crn: None, id: named.key },
        }
    }
}

/// The uses that are put together.
struct Collected<'a> {
    known_accounts: &'a HashSet<Symbol>,
    /// The service of volumes.
    volumes: Option<Symbol>,
    uses: Vec<Use>,
}

impl Collected<'_> {
    /// Puts all that tells of one use together, in the order in which it was read.
    fn put(&mut self, entries: &Entries<'_>, meant: &[Meant], mut numbers: impl Iterator<Item = u32>) {
        let get = |number: u32| Some((meant.get(number as usize)?, entries.get(number as usize)?));
        let Some((first, told)) = numbers.next().and_then(get) else { return };
        let Resource { crn: resource, service, account, part, .. } = told.resource;
        let mut found = Use {
            key: first.key,
            key_crn: first.crn,
            key_id: first.id,
            resource,
            belongs: self.belongs(&told.resource),
            part,
            service,
            account,
            prevents_deletion: told.prevents_deletion,
            witnesses: Witnesses::One([told.seen]),
        };
        for (meant, told) in numbers.filter_map(get) {
            found.witnesses.push(told.seen);
            found.key_crn = found.key_crn.or(meant.crn);
            found.prevents_deletion = either(found.prevents_deletion, told.prevents_deletion);
        }
        self.uses.push(found);
    }

    fn belongs(&self, resource: &Resource) -> Belongs {
        let is_known = || resource.account.is_some_and(|account| self.known_accounts.contains(&account));
        match resource.deployment {
            None => Belongs::Unreadable,
            Some(_) if Some(resource.service) == self.volumes && !is_known() => Belongs::Managed(None),
            Some(deployment) => Belongs::Deployment(deployment),
        }
    }
}

/// What two places say, where one of them is enough for a yes.
fn either(first: Option<bool>, second: Option<bool>) -> Option<bool> {
    if first == Some(true) || second == Some(true) { Some(true) } else { first.or(second) }
}

/// A managed volume belongs to the deployment on the same key that manages volumes, if there is one and no other.
fn attribute_managed(interner: &Interner, uses: &mut [Use]) {
    if !uses.iter().any(|found| matches!(found.belongs, Belongs::Managed(_))) {
        return;
    }
    let mut owners: HashMap<Symbol, Option<Symbol>> = HashMap::new();
    let mut manages: HashMap<Symbol, bool> = HashMap::new();
    for found in uses.iter() {
        let Some(owner) = found.belongs.deployment() else { continue };
        let service = found.service;
        if *manages.entry(service).or_insert_with(|| deployment::manages_volumes(interner.text(service))) {
            owners.entry(found.key_id).and_modify(|one| *one = one.filter(|one| *one == owner)).or_insert(Some(owner));
        }
    }
    for found in uses {
        if let Belongs::Managed(owner) = &mut found.belongs {
            *owner = owners.get(&found.key_id).copied().flatten();
        }
    }
}
