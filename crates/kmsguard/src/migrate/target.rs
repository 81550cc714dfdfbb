//! What is known of a key by its CRN, and of the kind of its KMS instance.

use hashbrown::HashMap;

use super::model::KeySide;
use crate::catalog::endpoints::{Kms, of_plan, read};
use crate::crn::parse;
use crate::inventory::{Inventory, Key, KeyState, Symbol, instance_of_key};

/// The kinds of KMS instances that something tells: a CRN does not tell Key Protect from Key Protect Dedicated.
#[derive(Debug)]
pub(super) struct KindsOfKms {
    /// By the CRN of the instance; none where two places contradict each other.
    dedicated: HashMap<Symbol, Option<bool>>,
}

impl KindsOfKms {
    pub(super) fn of(inventory: &Inventory) -> Self {
        let mut kinds = Self { dedicated: HashMap::new() };
        for instance in &inventory.instances {
            let kind = instance.plan.and_then(|plan| of_plan(inventory.text(plan)));
            if let Some(kind) = kind.filter(|_| inventory.text(instance.service) == "kms") {
                kinds.put(instance.crn, kind == Kms::Dedicated);
            }
        }
        for reported in &inventory.reported_kms {
            kinds.put(reported.instance, reported.dedicated);
        }
        for (key, endpoint) in inventory.settings.iter().flat_map(|settings| &settings.keys) {
            let instance = instance_of_key(inventory.text(*key)).and_then(|crn| inventory.interner.find(&crn));
            let host = endpoint.map(|endpoint| inventory.text(endpoint));
            let host = host.map(|host| host.strip_prefix("https://").unwrap_or(host).trim_end_matches('/'));
            if let (Some(instance), Some(found)) = (instance, host.and_then(read)) {
                kinds.put(instance, found.kms == Kms::Dedicated);
            }
        }
        kinds
    }

    fn put(&mut self, instance: Symbol, dedicated: bool) {
        let known = self.dedicated.entry(instance).or_insert(Some(dedicated));
        if *known != Some(dedicated) {
            *known = None;
        }
    }

    /// Whether a KMS instance is of Key Protect Dedicated, where something tells.
    pub(super) fn is_dedicated(&self, instance: Symbol) -> Option<bool> {
        self.dedicated.get(&instance).copied().flatten()
    }
}

/// What is known of a key by its CRN. None where it is no CRN of a key.
pub(super) fn key_side<'a>(inventory: &'a Inventory, crn: &'a str, key: Option<&'a Key>) -> Option<KeySide<'a>> {
    let parsed = parse(crn).ok()?;
    let text = |symbol: Symbol| inventory.text(symbol);
    let instance = instance_of_key(crn).and_then(|instance| inventory.interner.find(&instance));
    Some(KeySide {
        crn,
        id: parsed.resource,
        name: key.and_then(|key| key.name).map(text),
        instance: key.map(|key| key.instance).or(instance).map(text).unwrap_or_default(),
        account: parsed.account(),
        region: parsed.region(),
        state: key.map_or(KeyState::Unknown, |key| key.state),
        extractable: key.and_then(|key| key.extractable),
        state_witness: key.map(|key| key.state_witness),
        expires_at: key.and_then(|key| key.expires_at).map(text),
    })
}

/// The key with a CRN, where a list holds it.
pub(super) fn listed<'a>(inventory: &'a Inventory, crn: &str) -> Option<&'a Key> {
    inventory.interner.find(crn).and_then(|symbol| inventory.key_by_crn(symbol))
}
