//! What was not read: for rules that look at everything there is of a kind, and would pass over in silence what no list holds.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::finding::{Findings, Needed, NeededKind, Undetermined};
use super::registry::Rule;
use crate::crn::{Crn, Kind, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Listing, Seen, Symbol, Use, account_command};
use crate::order::Gather as _;

/// Says that a rule about keys is undecided for the KMS instances whose keys were not all read, and for the ids that are not exactly
/// one key of the lists.
pub(super) fn put_keys(rule: &'static Rule, context: &Context<'_>, findings: &mut Findings) {
    let unread = context.shared.unread_keys.get_or_init(|| keys(context.inventory));
    let of_rule = |(subject, needs): &(Symbol, Needed)| Undetermined { rule, subject: *subject, needs: needs.clone() };
    findings.undetermined.extend(unread.iter().map(of_rule));
}

/// The KMS instances whose keys were not all read, and the ids that are not exactly one key of the lists, with what would tell.
fn keys(inventory: &Inventory) -> Vec<(Symbol, Needed)> {
    let mut unread = Vec::new();
    let mut instances: BTreeMap<&str, Symbol> = BTreeMap::new();
    let listed = listed_kms(inventory);
    let mut last = None;
    // Keys stand by their CRNs, so those of one instance stand together.
    for instance in listed.chain(inventory.keys.iter().map(|key| key.instance)) {
        if last.replace(instance) != Some(instance) && !inventory.listing(ExportKind::KmsKeys, instance).is_usable() {
            instances.insert(inventory.text(instance), instance);
        }
    }
    for (text, instance) in &instances {
        let why = why_keys(inventory.listing(ExportKind::KmsKeys, *instance));
        unread.push((*instance, Needed::list_of(ExportKind::KmsKeys, text, why)));
    }
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for found in without_key(inventory) {
        let instance = instance_of(inventory, found);
        let symbol = instance.as_deref().and_then(|instance| inventory.interner.find(instance));
        let listing = symbol.map_or(Listing::Missing, |symbol| inventory.listing(ExportKind::KmsKeys, symbol));
        // What a list that was read does not hold is not there: KEY003 says so.
        if listing.is_usable() || symbol.is_some_and(|symbol| instances.contains_key(inventory.text(symbol))) {
            continue;
        }
        let subject = found.key_crn.unwrap_or(found.key_id);
        if named.insert(inventory.text(subject)) {
            let needs = match &instance {
                Some(instance) => Needed::list_of(ExportKind::KmsKeys, instance, why_keys(listing)),
                None => unknown_instance(),
            };
            unread.push((subject, needs));
        }
    }
    unread
}

/// Says that a rule about service instances is undecided for the accounts whose instances were not all read.
pub(super) fn put_instances(rule: &'static Rule, inventory: &Inventory, findings: &mut Findings) {
    for account in accounts(inventory) {
        let listing = inventory.listing(ExportKind::ResourceInstances, account);
        if !listing.is_usable() {
            findings.undetermined.push(Undetermined {
                rule,
                subject: account,
                needs: instances(inventory, account, listing),
            });
        }
    }
}

/// Says that a rule about deleted service instances is undecided for the accounts whose deleted ones were not all read.
pub(super) fn put_deleted(rule: &'static Rule, inventory: &Inventory, findings: &mut Findings) {
    for account in accounts_of_registrations(inventory) {
        let listing = inventory.listing(ExportKind::ResourceInstances, account);
        if !listing.is_usable() {
            let needs = instances(inventory, account, listing);
            findings.undetermined.push(Undetermined { rule, subject: account, needs });
        }
        if !inventory.listing(ExportKind::ResourceReclamations, account).is_usable() {
            findings.undetermined.push(Undetermined { rule, subject: account, needs: deleted(inventory, account) });
        }
    }
}

/// The accounts of deployments that are registered with a key and not known to stand.
fn accounts_of_registrations(inventory: &Inventory) -> BTreeSet<Symbol> {
    let open = inventory.uses.iter().filter(|found| {
        let registered = found.witnesses.iter().any(|(seen, _)| *seen == Seen::Registration);
        let of_instance = !matches!(inventory.text(found.service), "is" | "schematics");
        let deployment = found.belongs.deployment();
        registered && of_instance && deployment.is_some_and(|deployment| inventory.instance(deployment).is_none())
    });
    open.filter_map(|found| found.account).collect()
}

/// The list of the deleted service instances of an account.
fn deleted(inventory: &Inventory, account: Symbol) -> Needed {
    Needed {
        kind: NeededKind::Export,
        name: ExportKind::ResourceReclamations.name().to_owned(),
        of: Some(inventory.text(account).to_owned()),
        why: "the deleted service instances of this account were not read, or not all".to_owned(),
        command: Some("ibmcloud resource reclamations --output json".to_owned()),
        role: Some("Viewer".to_owned()),
    }
}

/// What is missing of the lists that together hold all service instances of an account, those in every resource group and the deleted
/// ones.
pub(super) fn whole_lists(inventory: &Inventory, account: Symbol) -> Option<Needed> {
    let listing = inventory.listing(ExportKind::ResourceInstances, account);
    if !listing.is_usable() {
        return Some(instances(inventory, account, listing));
    }
    if listing != Listing::Whole && is_of_one_group(inventory, account) {
        let why = "all service instances that were read are in one resource group: the list may be of that group alone";
        return Some(Needed { why: why.to_owned(), ..instances(inventory, account, listing) });
    }
    let usable = inventory.listing(ExportKind::ResourceReclamations, account).is_usable();
    (!usable).then(|| deleted(inventory, account))
}

/// Whether all service instances of an account that were read are in one resource group.
fn is_of_one_group(inventory: &Inventory, account: Symbol) -> bool {
    let rows = inventory.instances.iter().filter(|row| row.account == Some(account) && !row.is_soft_deleted(inventory));
    let groups: BTreeSet<Option<Symbol>> = rows.map(|row| row.resource_group).into_set();
    groups.len() <= 1
}

/// The accounts whose lists of service instances hold clusters.
pub(super) fn accounts_with_clusters(inventory: &Inventory) -> BTreeSet<Symbol> {
    let clusters = inventory.instances.iter().filter(|row| inventory.text(row.service) == "containers-kubernetes");
    clusters.filter_map(|row| row.account).collect()
}

/// The KMS instances that stand, by CRN: those that are listed, and those of the keys.
fn kms_instances(inventory: &Inventory) -> BTreeMap<&str, Symbol> {
    let mut last = None;
    let of_keys = inventory.keys.iter().map(|key| key.instance);
    let listed = listed_kms(inventory);
    let mut instances: BTreeMap<&str, Symbol> = BTreeMap::new();
    for instance in listed.chain(of_keys) {
        if last.replace(instance) != Some(instance) {
            instances.insert(inventory.text(instance), instance);
        }
    }
    instances
}

/// Says that a rule about registrations is undecided for the KMS instances whose registrations were not all read.
pub(super) fn put_registrations(rule: &'static Rule, inventory: &Inventory, findings: &mut Findings) {
    for instance in kms_instances(inventory).into_values() {
        if let Some(needs) = registrations(inventory, instance) {
            findings.undetermined.push(Undetermined { rule, subject: instance, needs });
        }
    }
}

/// The registrations of a KMS instance that were not all read, if there is such an instance.
pub(super) fn any_registrations(inventory: &Inventory) -> Option<Needed> {
    kms_instances(inventory).into_values().find_map(|instance| registrations(inventory, instance))
}

/// The registrations of the KMS instance of a key, where they were not all read.
pub(super) fn registrations_of(inventory: &Inventory, key: Symbol) -> Option<Needed> {
    let crn = parse(inventory.text(key)).ok()?;
    let instance = Crn { resource_type: "", resource: "", ..crn }.to_string();
    match inventory.interner.find(&instance) {
        Some(symbol) => registrations(inventory, symbol),
        None => Some(Needed::list_of(ExportKind::KmsRegistrations, &instance, NO_REGISTRATIONS)),
    }
}

const NO_REGISTRATIONS: &str = "no registrations of this KMS instance were read";

fn registrations(inventory: &Inventory, instance: Symbol) -> Option<Needed> {
    let why = match inventory.listing(ExportKind::KmsRegistrations, instance) {
        Listing::Missing => NO_REGISTRATIONS,
        Listing::Cut => "the registrations of this KMS instance were cut",
        Listing::Read | Listing::Whole => return None,
    };
    Some(Needed::list_of(ExportKind::KmsRegistrations, inventory.text(instance), why))
}

/// The list of the service instances of an account.
pub(super) fn instances(inventory: &Inventory, account: Symbol, listing: Listing) -> Needed {
    let why = if listing == Listing::Cut {
        "the list of service instances was cut"
    } else {
        "no service instances of this account were read"
    };
    Needed {
        kind: NeededKind::Export,
        name: ExportKind::ResourceInstances.name().to_owned(),
        of: Some(inventory.text(account).to_owned()),
        why: why.to_owned(),
        command: account_command(ExportKind::ResourceInstances).map(str::to_owned),
        role: Some("Viewer".to_owned()),
    }
}

/// The accounts of which something was read: of keys, of deployments that use keys, of service instances.
pub(super) fn accounts(inventory: &Inventory) -> Vec<Symbol> {
    let keys = inventory.keys.iter().filter_map(|key| key.account);
    let uses = inventory.uses.iter().filter(|found| found.belongs.deployment().is_some());
    let uses = uses.filter_map(|found| found.account);
    let instances = inventory.instances.iter().filter_map(|instance| instance.account);
    let mut found: BTreeMap<&str, Symbol> = BTreeMap::new();
    let mut last = None;
    for account in keys.chain(uses).chain(instances) {
        if last.replace(account) != Some(account) {
            found.insert(inventory.text(account), account);
        }
    }
    found.into_values().collect()
}

/// The CRN of the KMS instance of the key of a use: by the CRN of the key, or by the list of registrations it stands in.
pub(super) fn instance_of(inventory: &Inventory, found: &Use) -> Option<String> {
    if let Some(key) = found.key_crn {
        let crn = parse(inventory.text(key)).ok()?;
        return Some(Crn { resource_type: "", resource: "", ..crn }.to_string());
    }
    let (_, witness) = found.witnesses.iter().find(|(seen, _)| *seen == Seen::Registration)?;
    let instance = inventory.sources.get(witness.place.input as usize)?.instance?;
    Some(inventory.text(instance).to_owned())
}

/// Why the keys of a KMS instance are not all known.
pub(super) const fn why_keys(listing: Listing) -> &'static str {
    match listing {
        Listing::Cut => "the list of keys was cut",
        Listing::Missing | Listing::Read | Listing::Whole => "no keys of this KMS instance were read",
    }
}

/// The list of keys that would tell of which KMS instance a key id is.
pub(super) fn unknown_instance() -> Needed {
    Needed {
        kind: NeededKind::Export,
        name: ExportKind::KmsKeys.name().to_owned(),
        of: None,
        why: "no list of keys tells of which KMS instance this key id is".to_owned(),
        command: Some("ibmcloud kp keys --instance-id INSTANCE --output json".to_owned()),
        role: Some("Reader".to_owned()),
    }
}

/// The uses of keys that no list holds. They stand before all others.
fn without_key(inventory: &Inventory) -> impl Iterator<Item = &Use> {
    inventory.uses.iter().take_while(|found| found.key.is_none())
}

/// The KMS instances that are listed and stand. Most instances are none, which shows by their service.
fn listed_kms(inventory: &Inventory) -> impl Iterator<Item = Symbol> {
    let services = ["kms", "hs-crypto"].map(|service| inventory.interner.find(service));
    let of_kms = inventory.instances.iter().filter(move |instance| services.contains(&Some(instance.service)));
    let standing = of_kms.filter(|instance| !instance.is_soft_deleted(inventory)).map(|instance| instance.crn);
    standing.filter(|crn| parse(inventory.text(*crn)).is_ok_and(|crn| crn.kind() == Kind::KmsInstance))
}
