//! What is known of a use beside its key: of which service it is, of which generation, for disks or for backups.

use super::finding::{Command, Needed, NeededKind};
use super::unread;
use crate::catalog::needs::{Generation, PlanFacts, generation as generation_of};
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Instance, Inventory, Listing, Symbol, Use};

/// The CRN of the key of a use, where it is known.
pub(super) fn crn(inventory: &Inventory, found: &Use) -> Option<Symbol> {
    found.key.and_then(|key| inventory.key(key)).map(|key| key.crn).or(found.key_crn)
}

/// What tells the generation of an instance.
pub(super) fn facts<'a>(inventory: &'a Inventory, instance: &Instance) -> PlanFacts<'a> {
    PlanFacts {
        plan: instance.plan.map(|plan| inventory.text(plan)),
        dataservices: instance.has_data_services,
        kms_key_crn: instance.has_classic_key,
    }
}

/// The generation of a deployment.
pub(super) fn generation(inventory: &Inventory, deployment: Symbol) -> Generation {
    let instance = inventory.instance(deployment);
    let service = parse(inventory.text(deployment)).map_or("", |crn| crn.service_name);
    generation_of(service, &instance.map(|instance| facts(inventory, instance)).unwrap_or_default())
}

/// The record of a deployment, with its plan.
pub(super) fn plan_needed(inventory: &Inventory, deployment: Symbol) -> Needed {
    record_needed(inventory, deployment, "no export tells of which plan this instance is")
}

fn record_needed(inventory: &Inventory, deployment: Symbol, why: &str) -> Needed {
    let crn = parse(inventory.text(deployment)).ok();
    let account = crn.and_then(|crn| crn.account()).and_then(|account| inventory.interner.find(account));
    let listing = account.map_or(Listing::Missing, |account| inventory.listing(ExportKind::ResourceInstances, account));
    if let Some(account) = account.filter(|_| inventory.instance(deployment).is_none() && !listing.is_usable()) {
        return Needed {
            of: Some(inventory.text(account).to_owned()),
            ..unread::instances(inventory, account, listing)
        };
    }
    let guid = crn.map_or("INSTANCE", |crn| crn.service_instance);
    Needed {
        kind: NeededKind::Export,
        name: ExportKind::ResourceInstances.name().to_owned(),
        of: Some(inventory.text(deployment).to_owned()),
        why: why.to_owned(),
        command: Some(format!("ibmcloud resource service-instance {guid} --output json")),
        role: Some("Viewer".to_owned()),
    }
}

/// The command that makes a KMS instance in a region.
pub(super) fn keys_of_region(region: &str) -> Vec<Command> {
    let text = "creates an instance of Key Protect in the region, for a root key of its own";
    vec![Command::cli(text, format!("ibmcloud resource service-instance-create NAME kms tiered-pricing {region}"))]
}
