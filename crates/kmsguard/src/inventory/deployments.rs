//! The deployments: those that the Resource Controller lists, and those that only a key knows of.

use std::collections::{BTreeMap, BTreeSet};

use super::Inventory;
use super::interner::Symbol;
use super::tables::{Instance, Seen};
use crate::catalog::services::takes_key_on_instance;
use crate::crn::parse;

/// A deployment with the key it uses.
#[derive(Debug, Clone)]
pub(crate) struct Deployment<'a> {
    pub(crate) crn: Symbol,
    pub(crate) service: Symbol,
    pub(crate) account: Option<Symbol>,
    /// Its record, where the Resource Controller lists it.
    pub(crate) listed: Option<&'a Instance>,
    /// The CRN of its key; of several, the first.
    pub(crate) key: Option<Symbol>,
    /// Whether something names a key for it without proving that it uses one.
    pub(crate) unproved: bool,
    /// Whether the export shows that it has no key of the customer's.
    pub(crate) provider_key: bool,
}

/// All deployments but the KMS instances themselves, by CRN.
pub(crate) fn deployments(inventory: &Inventory) -> Vec<Deployment<'_>> {
    let mut found: BTreeMap<&str, Deployment<'_>> = BTreeMap::new();
    for instance in &inventory.instances {
        let text = inventory.text(instance.crn);
        if matches!(inventory.text(instance.service), "kms" | "hs-crypto") {
            continue;
        }
        let deployment = Deployment {
            crn: instance.crn,
            service: instance.service,
            account: instance.account,
            listed: Some(instance),
            key: None,
            unproved: false,
            provider_key: false,
        };
        found.insert(text, deployment);
    }
    for used in &inventory.uses {
        let Some(crn) = used.belongs.deployment() else { continue };
        let key = used.key.and_then(|key| inventory.key(key)).map(|key| key.crn).or(used.key_crn);
        let deployment = found.entry(inventory.text(crn)).or_insert(Deployment {
            crn,
            service: used.service,
            account: used.account,
            listed: None,
            key: None,
            unproved: false,
            provider_key: false,
        });
        if used.is_proved() {
            deployment.key = deployment.key.or(key);
        } else {
            deployment.unproved = true;
        }
    }
    let registered: BTreeSet<Symbol> = inventory
        .uses
        .iter()
        .filter(|used| used.witnesses.iter().any(|(seen, _)| *seen == Seen::Registration))
        .filter_map(|used| used.belongs.deployment())
        .collect();
    for deployment in found.values_mut() {
        let takes_key = takes_key_on_instance(inventory.text(deployment.service));
        let parameters_known = deployment.listed.is_some_and(|instance| instance.parameters_known);
        let is_registered = registered.contains(&deployment.crn);
        deployment.provider_key =
            deployment.key.is_none() && !deployment.unproved && takes_key && parameters_known && !is_registered;
    }
    found.into_values().filter(|deployment| parse(inventory.text(deployment.crn)).is_ok()).collect()
}
