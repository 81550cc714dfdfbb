//! Services that may use a key to move and would not show: those that are authorized on it and are not known to register what they
//! encrypt.

use std::collections::{BTreeMap, BTreeSet};

use crate::authz::{Fact, Target, Truth, attribute, is_considered};
use crate::catalog::services::registers;
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Key};
use crate::policy::{Attribute, Authorization, Side};

/// The authorizations on Hyper Protect Crypto Services of such services.
#[derive(Debug, Default)]
pub(super) struct Silent<'a> {
    /// Those that name one key, by its id.
    by_key: BTreeMap<&'a str, Vec<(&'a str, &'a Side)>>,
    /// The others: each service and each resource once.
    wide: Vec<(&'a str, &'a Side)>,
}

impl<'a> Silent<'a> {
    pub(super) fn of(inventory: &'a Inventory) -> Self {
        let mut silent = Self::default();
        let mut absent: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for policy in inventory.policies.iter().filter(|policy| is_on_hyper_protect(policy)) {
            let Some(service) = policy.source_service().filter(|service| !registers(service)) else { continue };
            let account = policy.source_account().unwrap_or_default();
            let is_absent = absent.entry((service, account)).or_insert_with(|| is_absent(inventory, service, account));
            if *is_absent {
                continue;
            }
            for side in &policy.resources {
                match side.exact("resource") {
                    Some(key) => silent.by_key.entry(key).or_default().push((service, side)),
                    None if silent.wide.contains(&(service, side)) => {}
                    None => silent.wide.push((service, side)),
                }
            }
        }
        silent
    }

    /// The services that may use a key, sorted.
    pub(super) fn on(&self, inventory: &Inventory, crn: &str, key: Option<&Key>) -> Vec<&'a str> {
        let Ok(crn) = parse(crn) else { return Vec::new() };
        let ring = key.and_then(|key| key.key_ring).map(|ring| inventory.text(ring));
        let target = Target { key_ring: Fact::known(ring), ..Target::of_crn(&crn) };
        let holds =
            |wanted: &Attribute| target.fact(&wanted.name).map_or(Truth::Unknown, |fact| attribute(wanted, fact));
        let may_hold = |side: &Side| side.attributes.iter().all(|wanted| holds(wanted) != Truth::False);
        let named = self.by_key.get(crn.resource).into_iter().flatten();
        let reaching = named.chain(&self.wide).filter(|(_, side)| may_hold(side));
        reaching.map(|(service, _)| *service).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

fn is_on_hyper_protect(policy: &Authorization) -> bool {
    is_considered(policy) && policy.target_service() == Some("hs-crypto")
}

/// Whether an account has no instance of a service. Schematics has no instances at all.
fn is_absent(inventory: &Inventory, service: &str, account: &str) -> bool {
    inventory.interner.find(account).is_some_and(|account| {
        service != "schematics"
            && inventory.listing(ExportKind::ResourceInstances, account).is_usable()
            && !inventory
                .instances
                .iter()
                .any(|instance| instance.account == Some(account) && inventory.text(instance.service) == service)
    })
}
