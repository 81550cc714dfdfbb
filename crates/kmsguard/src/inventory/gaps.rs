//! What was not exported, and the command that makes it.

use std::collections::BTreeSet;

use super::Inventory;
use super::deployment;
use super::interner::Symbol;
use super::tables::Listing;
use crate::crn::{Kind, parse};
use crate::ingest::ExportKind;

/// An export that is missing or cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    /// The kind of export.
    pub(crate) what: ExportKind,
    pub(crate) account: Option<Symbol>,
    /// The CRN of the KMS instance.
    pub(crate) instance: Option<Symbol>,
    pub(crate) why: &'static str,
    pub(crate) command: Option<String>,
    pub(crate) role: Option<&'static str>,
}

/// The command that lists keys or registrations of a KMS instance. Reader is enough for both.
///
/// Source: Key Protect docs, *Managing user access*, as of 2026-08-12. Lists of `kp` hold active, suspended and deactivated keys
/// unless more states are asked for.
pub(crate) fn instance_command(kind: ExportKind, instance: &str) -> Option<String> {
    let guid = parse(instance).map_or("INSTANCE", |crn| crn.service_instance);
    match kind {
        ExportKind::KmsKeys => Some(format!(
            "ibmcloud kp keys --instance-id {guid} --key-states active,suspended,deactivated,destroyed --number-of-keys 5000 --output json"
        )),
        ExportKind::KmsRegistrations => Some(format!("ibmcloud kp registrations --instance-id {guid} --output json")),
        _ => None,
    }
}

/// The command that lists instances or authorizations of the account that is logged in to.
///
/// Sources: IBM Cloud CLI docs, *Working with resources and resource groups* and *Managing access policies*, as of 2026-07-23.
pub(crate) const fn account_command(kind: ExportKind) -> Option<&'static str> {
    match kind {
        ExportKind::ResourceInstances => {
            Some("ibmcloud resource service-instances --all-resource-groups --output json")
        }
        ExportKind::IamPolicies => Some("ibmcloud iam authorization-policies --output JSON"),
        _ => None,
    }
}

/// The gaps: by kind, then by account or instance.
pub(crate) fn gaps(inventory: &Inventory) -> Vec<Gap> {
    let mut instances: BTreeSet<&str> = inventory.keys.iter().map(|key| inventory.text(key.instance)).collect();
    instances.extend(
        inventory
            .instances
            .iter()
            .map(|instance| inventory.text(instance.crn))
            .filter(|crn| parse(crn).is_ok_and(|crn| crn.kind() == Kind::KmsInstance)),
    );
    let named = inventory.uses.iter().filter_map(|found| found.key_crn).map(|key| inventory.text(key));
    let named: Vec<String> = named.filter_map(|key| parse(key).ok()).map(|crn| deployment::instance(&crn)).collect();
    instances.extend(named.iter().map(String::as_str));
    let accounts: BTreeSet<&str> = instances.iter().filter_map(|crn| parse(crn).ok()?.account()).collect();

    let mut gaps = Vec::new();
    if inventory.uses.iter().any(|found| found.key.is_none() && found.key_crn.is_none()) {
        gaps.push(Gap {
            what: ExportKind::KmsKeys,
            account: None,
            instance: None,
            why: "registrations name keys by an id that is not exactly one key of the lists that were read",
            command: instance_command(ExportKind::KmsKeys, "INSTANCE"),
            role: Some("Reader"),
        });
    }
    for kind in [ExportKind::KmsKeys, ExportKind::KmsRegistrations] {
        for crn in &instances {
            let symbol = inventory.interner.find(crn);
            let listing = symbol.map_or(Listing::Missing, |symbol| inventory.listing(kind, symbol));
            let Some(why) = why(kind, listing) else { continue };
            let account =
                parse(crn).ok().and_then(|crn| crn.account()).and_then(|account| inventory.interner.find(account));
            gaps.push(Gap {
                what: kind,
                account,
                instance: symbol,
                why,
                command: instance_command(kind, crn),
                role: Some("Reader"),
            });
        }
    }
    for kind in [ExportKind::ResourceInstances, ExportKind::IamPolicies] {
        for account in &accounts {
            let symbol = inventory.interner.find(account);
            let listing = symbol.map_or(Listing::Missing, |symbol| inventory.listing(kind, symbol));
            let Some(why) = why(kind, listing) else { continue };
            let command = account_command(kind).map(str::to_owned);
            gaps.push(Gap { what: kind, account: symbol, instance: None, why, command, role: Some("Viewer") });
        }
    }
    gaps
}

const fn why(kind: ExportKind, listing: Listing) -> Option<&'static str> {
    match (listing, kind) {
        (Listing::Read | Listing::Whole, _) => None,
        (Listing::Cut, _) => Some("the list was cut: what is not in it may still exist"),
        (Listing::Missing, ExportKind::KmsKeys) => Some("without them, states and names of the keys are not known"),
        (Listing::Missing, ExportKind::KmsRegistrations) => Some("without them, nothing tells what uses the keys"),
        (Listing::Missing, ExportKind::ResourceInstances) => {
            Some("without them, plans, resource groups and deleted deployments are not known")
        }
        (Listing::Missing, _) => Some("without them, nothing tells who may use the keys"),
    }
}
