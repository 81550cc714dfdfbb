//! # KEY010 backup-key-region
//!
//! ## What it finds
//!
//! A database whose key for backups is in a region of which the service takes no such keys.
//!
//! ## Why it matters
//!
//! Keys for backups are taken from a few regions only: us-south, us-east and eu-de for Key Protect, eu-es and br-sao for Hyper Protect
//! Crypto Services (Cloud Databases, *Key Protect integration* and *Hyper Protect Crypto Services integration*, 2026-07-31). What becomes
//! of another is not said. High, therefore: nobody may count on such a backup.
//!
//! ## Example
//!
//! A database with a key for backups in ca-tor:
//!
//! ```json
//! [{"name": "ledger", "resource_plan_id": "databases-for-postgresql-standard", "state": "active",
//!   "crn": "crn:v1:bluemix:public:databases-for-postgresql:us-south:a/0123456789abcdef0123456789abcdef:22222222-2222-4222-8222-222222222222::",
//!   "parameters": {"backup_encryption_key_crn": "crn:v1:bluemix:public:kms:ca-tor:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}]
//! ```
//!
//! ## What to do
//!
//! Create a root key in one of the regions. A key for backups is set when the deployment is made: the next one takes it.
//!
//! ## When not to heed it
//!
//! When the service has come to take keys of the region since.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, key_of_use, unread, words};
use crate::catalog::services::{Holds, KeyRegions, SERVICES, Service, placement};
use crate::crn::{Kind, parse};
use crate::inventory::Inventory;

pub(super) static RULE: Rule = Rule {
    id: "KEY010",
    name: "backup-key-region",
    title: "a key for backups is in a region that is not taken",
    severity: Severity::High,
    stake: Stake::Data("backups may be without the key that was given for them; if it is lost"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::DATABASES, sources::DATABASES_HYPER_PROTECT],
    comment: page!("key010.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let rows: Vec<(&str, &KeyRegions)> = SERVICES.iter().flat_map(|service| backup_rows(service)).collect();
    for parameter in key_of_use::parameters(inventory) {
        if !parameter.member.ends_with("backup_encryption_key_crn") {
            continue;
        }
        let text = parameter.text(inventory);
        let Some(crn) = parse(&text).ok().filter(|crn| crn.kind() == Kind::KmsKey) else { continue };
        let Some(region) = crn.region() else { continue };
        let deployment = parameter.instance.crn;
        let Some(service) = key_of_use::service(inventory, deployment) else {
            // Only one of the generations takes a key for backups.
            let name = inventory.text(parameter.instance.service);
            if outside(&rows, name, crn.service_name, region).is_some() {
                let needs = key_of_use::plan_needed(inventory, deployment);
                findings.undetermined.push(Undetermined { rule: &RULE, subject: deployment, needs });
            }
            continue;
        };
        let of_service: Vec<(&str, &KeyRegions)> = backup_rows(service).collect();
        let Some(row) = outside(&of_service, service.crn_service, crn.service_name, region) else { continue };
        let message = format!(
            "the key for backups of {} is in {region}; {} takes such keys of {} only",
            words::quoted(inventory, parameter.instance.crn),
            service.title,
            words::list(row.regions),
        );
        let remediation = "create a root key in one of the regions, and give it to the next deployment";
        let first = row.regions.first().copied().unwrap_or("REGION");
        findings.found.push(Finding {
            key: inventory.interner.find(&text),
            commands: key_of_use::keys_of_region(first),
            ..key_of_use::of_instance_record(
                &RULE,
                inventory,
                parameter.instance,
                parameter.witness,
                message,
                remediation,
            )
        });
    }
    put_possible(inventory, &rows, findings);
    unread::put_instances(&RULE, inventory, findings);
}

/// The regions of keys for backups that a service takes, with its name.
fn backup_rows(service: &'static Service) -> impl Iterator<Item = (&'static str, &'static KeyRegions)> {
    let rows = placement(service).into_iter().flat_map(|placement| placement.key_regions);
    rows.filter(|row| row.of == Holds::BackupKeyCrn).map(|row| (service.crn_service, row))
}

/// The regions of which a service takes keys for backups, where a key is in none of them.
fn outside<'a>(rows: &[(&str, &'a KeyRegions)], service: &str, kms: &str, region: &str) -> Option<&'a KeyRegions> {
    let (_, row) = rows.iter().find(|(of, row)| *of == service && row.target == kms)?;
    (!row.regions.contains(&region)).then_some(*row)
}

/// Says that the rule is undecided for a deployment that uses a key for its disks or for its backups, and does not say which.
fn put_possible(inventory: &Inventory, rows: &[(&str, &KeyRegions)], findings: &mut Findings) {
    for found in inventory.uses.iter().filter(|found| found.is_proved()) {
        let service = inventory.text(found.service);
        if !rows.iter().any(|(of, _)| *of == service) {
            continue;
        }
        // What is in no list of instances was deleted, or the list was not read: both are said elsewhere.
        let instance = found.belongs.deployment().and_then(|deployment| inventory.instance(deployment));
        let Some(instance) = instance.filter(|instance| !instance.is_soft_deleted(inventory)) else { continue };
        let Some(key) = key_of_use::crn(inventory, found).and_then(|key| parse(inventory.text(key)).ok()) else {
            continue;
        };
        let out = key.region().is_some_and(|region| outside(rows, service, key.service_name, region).is_some());
        if out && key_of_use::is_for_backups(inventory, found).is_none() {
            let needs = key_of_use::parameters_needed(inventory, instance.crn);
            findings.undetermined.push(Undetermined { rule: &RULE, subject: instance.crn, needs });
        }
    }
}
