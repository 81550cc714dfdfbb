//! What the exports tell of uses, and what of the whole is not known.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::is_hyper_protect;
use crate::authz::Wanted;
use crate::crn::{Kind, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, account_command, instance_command};

/// The exports that tell of keys and their uses, in words.
pub(super) fn seen(inventory: &Inventory) -> Vec<String> {
    let kinds = [
        (ExportKind::KmsKeys, "keys"),
        (ExportKind::KmsRegistrations, "registrations"),
        (ExportKind::IamPolicies, "authorizations"),
        (ExportKind::ResourceInstances, "service instances, with their parameters where the export has them"),
        (ExportKind::SchematicsSettings, "settings of Schematics"),
        (ExportKind::VpcVolumes, "volumes of VPC"),
        (ExportKind::VpcShares, "file shares of VPC"),
        (ExportKind::VpcImages, "images of VPC"),
        (ExportKind::VpcSnapshots, "snapshots of VPC"),
        (ExportKind::TerraformState, "states of Terraform"),
        (ExportKind::KeyUsageReport, "reports of the Key Usage Reporter, which are no proof"),
        (ExportKind::MigrationPairs, "pairs of keys, and what the migration tool wrote"),
        (ExportKind::ActivityEvents, "activity events, which show what was done while they were kept"),
    ];
    let mut records: BTreeMap<ExportKind, (u32, u32)> = BTreeMap::new();
    for source in &inventory.sources {
        let (inputs, all) = records.entry(source.report.kind).or_default();
        *inputs += 1;
        *all = all.saturating_add(source.report.records);
    }
    let text = |(kind, what): (ExportKind, &str)| {
        let (inputs, records) = records.get(&kind)?;
        let inputs = if *inputs == 1 { "1 input".to_owned() } else { format!("{inputs} inputs") };
        let records = if *records == 1 { "1 record".to_owned() } else { format!("{records} records") };
        Some(format!("{what}: {records} of {inputs}"))
    };
    kinds.into_iter().filter_map(text).collect()
}

/// What is not known of the whole, each with whether it leaves the outcome open. `nothing`: no key of Hyper Protect Crypto Services was
/// found at all.
pub(super) fn unknown(inventory: &Inventory, nothing: bool) -> Vec<(Wanted, bool)> {
    let mut unknown = Vec::new();
    let of_keys = inventory.keys.iter().filter(|key| is_hyper_protect(inventory.text(key.crn))).map(|key| key.instance);
    let listed = inventory.instances.iter().filter(|instance| !instance.is_soft_deleted(inventory)).map(|one| one.crn);
    let listed = listed.filter(|crn| {
        parse(inventory.text(*crn)).is_ok_and(|crn| crn.service_name == "hs-crypto" && crn.kind() == Kind::KmsInstance)
    });
    let instances: BTreeSet<&str> = of_keys.chain(listed).map(|crn| inventory.text(crn)).collect();
    for crn in instances {
        let listing = inventory.interner.find(crn).map(|symbol| inventory.listing(ExportKind::KmsKeys, symbol));
        if listing.is_some_and(crate::inventory::Listing::is_usable) {
            continue;
        }
        let wanted = Wanted {
            export: Some(ExportKind::KmsKeys),
            name: ExportKind::KmsKeys.name().to_owned(),
            of: Some(crn.to_owned()),
            why: "the keys of this instance of Hyper Protect Crypto Services were not all read: there may be more to move"
                .to_owned(),
            command: instance_command(ExportKind::KmsKeys, crn),
            role: Some("Reader"),
        };
        unknown.push((wanted, true));
    }
    if inventory.uses.iter().any(|found| found.key.is_none() && found.key_crn.is_none()) {
        let wanted = Wanted {
            export: Some(ExportKind::KmsKeys),
            name: ExportKind::KmsKeys.name().to_owned(),
            of: None,
            why: "something names keys by an id that is not exactly one key of the lists that were read: they may be of Hyper \
                  Protect Crypto Services"
                .to_owned(),
            command: instance_command(ExportKind::KmsKeys, "INSTANCE"),
            role: Some("Reader"),
        };
        unknown.push((wanted, true));
    }
    let accounts: BTreeSet<&str> = inventory
        .keys
        .iter()
        .filter_map(|key| key.account)
        .chain(inventory.instances.iter().filter_map(|instance| instance.account))
        .map(|account| inventory.text(account))
        .collect();
    let unlisted = accounts.iter().filter(|account| {
        let symbol = inventory.interner.find(account);
        !symbol.is_some_and(|symbol| inventory.listing(ExportKind::ResourceInstances, symbol).is_usable())
    });
    let unlisted: Vec<&&str> = unlisted.collect();
    let of_account = |account: Option<&str>| {
        Wanted {
        export: Some(ExportKind::ResourceInstances),
        name: ExportKind::ResourceInstances.name().to_owned(),
        of: account.map(str::to_owned),
        why: "without the service instances of an account, whether it has more instances of Hyper Protect Crypto Services is \
              not known; an empty list may only mean that the caller may not see them"
            .to_owned(),
        command: account_command(ExportKind::ResourceInstances).map(str::to_owned),
        role: Some("Viewer"),
    }
    };
    unknown.extend(unlisted.iter().map(|account| (of_account(Some(account)), nothing)));
    if nothing && accounts.is_empty() {
        unknown.push((of_account(None), true));
    }
    unknown
}
