//! The KMS instances that an authorization reaches, and what is known of their keys and of what uses them.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::finding::{Needed, NeededKind};
use super::policies::KeyPolicy;
use crate::crn::{Kind, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Listing, Symbol, account_command};

/// The KMS instances that any export names, by account and service.
#[derive(Debug, Default)]
pub(crate) struct KmsInstances {
    by_place: BTreeMap<(String, String), BTreeSet<(String, Symbol)>>,
}

impl KmsInstances {
    /// Those of an inventory.
    pub(super) fn of<'a>(context: &Context<'a>) -> &'a Self {
        context.shared.kms_instances.get_or_init(|| Self::new(context.inventory))
    }

    fn new(inventory: &Inventory) -> Self {
        let listed = inventory.instances.iter().map(|instance| instance.crn);
        let of_lists = inventory.listings.keys().map(|(_, of)| *of);
        let mut of_keys: Vec<Symbol> = inventory.keys.iter().map(|key| key.instance).collect();
        // Keys stand by their CRNs, so those of an instance follow each other.
        of_keys.dedup();
        let mut found = Self::default();
        for instance in listed.chain(of_lists).chain(of_keys) {
            let Ok(crn) = parse(inventory.text(instance)) else { continue };
            let (Kind::KmsInstance, Some(account)) = (crn.kind(), crn.account()) else { continue };
            let place = (account.to_owned(), crn.service_name.to_owned());
            found.by_place.entry(place).or_default().insert((crn.service_instance.to_owned(), instance));
        }
        found
    }
}

/// The KMS instances that an authorization reaches.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// Those that are known, by CRN.
    pub(super) instances: Vec<Symbol>,
    /// What would tell of others.
    pub(super) needed: Option<Needed>,
}

/// The KMS instances that an authorization reaches; none where it does not name one account and one service.
pub(super) fn reached(context: &Context<'_>, one: KeyPolicy<'_>) -> Option<Reached> {
    let inventory = context.inventory;
    let (account, service) = (one.policy.target_account()?, one.policy.target_service()?);
    let place = (account.to_owned(), service.to_owned());
    let known = KmsInstances::of(context).by_place.get(&place);
    let side = one.policy.resources.first()?;
    if let Some(guid) = side.exact("serviceInstance") {
        let instances: Vec<Symbol> =
            known.into_iter().flatten().filter(|(known, _)| known == guid).map(|(_, crn)| *crn).collect();
        let needed = instances.is_empty().then(|| {
            let why = "no export shows the KMS instance that the authorization names";
            Needed::list_of(ExportKind::KmsKeys, guid, why)
        });
        return Some(Reached { instances, needed });
    }
    Some(Reached {
        instances: known.into_iter().flatten().map(|(_, crn)| *crn).collect(),
        needed: instances_needed(
            inventory,
            account,
            "the authorization is for all KMS instances of the account, and not all of them are known",
        ),
    })
}

/// The list of the instances of an account, where it is not there or was cut.
pub(super) fn instances_needed(inventory: &Inventory, account: &str, why: &str) -> Option<Needed> {
    let symbol = inventory.interner.find(account);
    let listing = symbol.map_or(Listing::Missing, |symbol| inventory.listing(ExportKind::ResourceInstances, symbol));
    (!listing.is_usable()).then(|| list_of_account(ExportKind::ResourceInstances, account, why))
}

/// A list of an account, with the command that makes it.
pub(super) fn list_of_account(kind: ExportKind, account: &str, why: &str) -> Needed {
    Needed {
        kind: NeededKind::Export,
        name: kind.name().to_owned(),
        of: Some(account.to_owned()),
        why: why.to_owned(),
        command: account_command(kind).map(str::to_owned),
        role: Some("Viewer".to_owned()),
    }
}

/// The registrations of the first of some KMS instances of which they are not there, or were cut.
pub(super) fn registrations_needed(inventory: &Inventory, instances: &[Symbol], why: &str) -> Option<Needed> {
    let kind = ExportKind::KmsRegistrations;
    let missing = instances.iter().find(|instance| !inventory.listing(kind, **instance).is_usable())?;
    Some(Needed::list_of(kind, inventory.text(*missing), why))
}
