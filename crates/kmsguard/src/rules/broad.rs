//! The keys of a KMS instance that a service does not use.

use std::cell::RefCell;
use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

use super::Context;
use super::finding::Needed;
use super::rests::all_uses;
use super::visible::Visible;
use super::words;
use crate::authz::{Fact, Target, Truth, attribute};
use crate::catalog::needs::Need;
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Belongs, Inventory, Key, KeyIndex, KeyState, Symbol};
use crate::policy::Authorization;

/// Keys that a service does not use.
#[derive(Debug, Clone, Default)]
pub(super) struct Excess {
    /// How many.
    pub(super) count: u32,
    /// The names of the first of them.
    pub(super) first: Vec<String>,
    /// Their KMS instances.
    pub(super) instances: Vec<Symbol>,
    /// There are keys of which it is not known whether they are such.
    pub(super) doubtful: bool,
}

impl Excess {
    /// How many keys are named.
    const NAMED: usize = 3;

    pub(super) fn add(&mut self, other: Self) {
        self.count += other.count;
        let room = Self::NAMED.saturating_sub(self.first.len());
        self.first.extend(other.first.into_iter().take(room));
        self.instances.extend(other.instances);
        self.doubtful |= other.doubtful;
    }
}

/// Which services use which keys, by the names that authorizations have for the services.
#[derive(Debug, Default)]
pub(crate) struct Needing {
    by_service: HashMap<String, HashSet<KeyIndex>>,
    /// The keys with a use of which the service is not known.
    doubtful: HashSet<KeyIndex>,
    /// The rows of the keys of each KMS instance: from, to.
    rows: HashMap<Symbol, (usize, usize)>,
    /// What was found of whole instances.
    known: RefCell<HashMap<(Symbol, String), Excess>>,
}

/// The attributes of a resource by which it may be narrowed here; each is a fact of the key.
const SCOPES: &[&str] =
    &["accountId", "serviceName", "serviceInstance", "resourceType", "keyRing", "resourceGroupId", "region"];

/// Whether what an authorization reaches can be said of every key.
pub(super) fn is_plain(policy: &Authorization) -> bool {
    let ([_], [resource]) = (policy.subjects.as_slice(), policy.resources.as_slice()) else { return false };
    policy.is_plainly_in_force()
        && !policy.subjects.iter().chain([resource]).any(|side| side.unreadable || side.tags)
        && resource.attributes.iter().all(|attribute| SCOPES.contains(&attribute.name.as_str()))
}

/// The settings of Schematics that were not read.
pub(super) fn settings_needed(context: &Context<'_>, account: &str) -> Option<Needed> {
    Visible::of(context).settings_needed(account)
}

impl Needing {
    /// Which services use which keys, of all uses, proved or not.
    pub(super) fn of<'a>(context: &Context<'a>) -> &'a Self {
        context.shared.needing.get_or_init(|| Self::new(context))
    }

    fn new(context: &Context<'_>) -> Self {
        let inventory = context.inventory;
        let mut found = Self::default();
        for (row, key) in inventory.keys.iter().enumerate() {
            found.rows.entry(key.instance).and_modify(|(_, end)| *end = row + 1).or_insert((row, row + 1));
        }
        let unresolved: HashSet<Symbol> =
            all_uses(context).filter(|one| one.found.key.is_none()).map(|one| one.found.key_id).collect();
        if !unresolved.is_empty() {
            // An id that several keys have may be any of them.
            let rows = (0_u32..).zip(&inventory.keys).filter(|(_, key)| unresolved.contains(&key.id));
            found.doubtful.extend(rows.map(|(row, _)| KeyIndex(row)));
        }
        let storage = inventory.interner.find("is");
        // Uses stand by key, and what uses one key is of few services.
        let (mut last, mut put): (Option<KeyIndex>, Vec<(Symbol, *const Need)>) = (None, Vec::new());
        for one in all_uses(context) {
            let Some(key) = one.found.key else { continue };
            if last.replace(key) != Some(key) {
                put.clear();
            }
            let kind = (one.found.service, Rc::as_ptr(&one.need));
            // Storage of VPC has several names.
            let is_simple = Some(one.found.service) != storage && one.found.belongs != Belongs::Unreadable;
            if is_simple && put.contains(&kind) {
                continue;
            }
            put.push(kind);
            match one.key_use().source.service_name {
                Fact::Value(service) => found.put(service, key),
                Fact::None | Fact::Unknown => {
                    found.doubtful.insert(key);
                }
            }
            for dependent in &one.need.dependents {
                found.put(dependent.service, key);
            }
        }
        found
    }

    fn put(&mut self, service: &str, key: KeyIndex) {
        match self.by_service.get_mut(service) {
            Some(keys) => {
                keys.insert(key);
            }
            None => {
                self.by_service.insert(service.to_owned(), HashSet::from([key]));
            }
        }
    }

    /// The active root keys of a KMS instance that an authorization reaches and a service does not use. The error is what would tell.
    pub(super) fn excess(
        &self,
        context: &Context<'_>,
        policy: &Authorization,
        instance: Symbol,
        service: &str,
    ) -> Result<Excess, Box<Needed>> {
        let inventory = context.inventory;
        let lists = [
            (ExportKind::KmsKeys, "without all keys of the instance, it is not known which the authorization reaches"),
            (ExportKind::KmsRegistrations, "without all registrations, it is not known which keys the service uses"),
        ];
        for (kind, why) in lists {
            if !inventory.listing(kind, instance).is_usable() {
                return Err(Box::new(Needed::list_of(kind, inventory.text(instance), why)));
            }
        }
        let narrowed = policy
            .resources
            .iter()
            .any(|side| ["keyRing", "resourceGroupId", "region"].iter().any(|name| side.has(name)));
        let place = (instance, service.to_owned());
        if let Some(known) = self.known.borrow().get(&place).filter(|_| !narrowed) {
            return Ok(known.clone());
        }
        let found = self.count(inventory, policy, instance, service, narrowed);
        if !narrowed {
            self.known.borrow_mut().insert(place, found.clone());
        }
        Ok(found)
    }

    fn count(
        &self,
        inventory: &Inventory,
        policy: &Authorization,
        instance: Symbol,
        service: &str,
        narrowed: bool,
    ) -> Excess {
        let (start, end) = self.rows.get(&instance).copied().unwrap_or_default();
        let used = self.by_service.get(service);
        let mut found = Excess::default();
        let keys = (0_u32..).zip(&inventory.keys).skip(start).take(end - start);
        for (row, key) in keys.filter(|(_, key)| key.instance == instance) {
            let index = KeyIndex(row);
            if used.is_some_and(|used| used.contains(&index)) {
                continue;
            }
            let is_root = match (key.state, key.extractable) {
                (KeyState::Active, Some(false)) => Truth::True,
                (KeyState::Active | KeyState::Unknown, None) | (KeyState::Unknown, Some(false)) => Truth::Unknown,
                _ => Truth::False,
            };
            let free = if self.doubtful.contains(&index) { Truth::Unknown } else { Truth::True };
            let reached = if narrowed { is_reached(inventory, policy, key) } else { Truth::True };
            match is_root.and(free).and(reached) {
                Truth::False => {}
                Truth::Unknown => found.doubtful = true,
                Truth::True => {
                    found.count += 1;
                    if found.first.len() < Excess::NAMED {
                        found.first.push(words::key(inventory, key).to_owned());
                    }
                }
            }
        }
        if found.count > 0 {
            found.instances.push(instance);
        }
        found
    }
}

/// Whether the scope of an authorization holds a key.
fn is_reached(inventory: &Inventory, policy: &Authorization, key: &Key) -> Truth {
    let Ok(crn) = parse(inventory.text(key.crn)) else { return Truth::Unknown };
    let text = |symbol| inventory.text(symbol);
    let group = inventory.instance(key.instance).and_then(|instance| instance.resource_group);
    let target = Target {
        key_ring: Fact::known(key.key_ring.map(text)),
        resource_group: Fact::known(group.map(text)),
        ..Target::of_crn(&crn)
    };
    let sides = policy.resources.iter().flat_map(|side| &side.attributes);
    sides
        .map(|wanted| target.fact(&wanted.name).map_or(Truth::Unknown, |fact| attribute(wanted, fact)))
        .fold(Truth::True, Truth::and)
}
