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
//! ```json
//! {"parameters": {"backup_encryption_key_crn": "crn:v1:bluemix:public:kms:ca-tor:…:key:…"}}
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
use super::finding::{Finding, Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::{Context, key_of_use, unread, words};
use crate::catalog::services::{Holds, placement};
use crate::crn::{Kind, parse};

pub(super) static RULE: Rule = Rule {
    id: "KEY010",
    name: "backup-key-region",
    title: "a key for backups is in a region that is not taken",
    severity: Severity::High,
    stake: Stake::Data("backups may be without the key that was given for them; if it is lost"),
    since: "0.1.0",
    source: page!("key010.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for parameter in key_of_use::parameters(inventory) {
        let backup = parameter.member.ends_with("backup_encryption_key_crn");
        let Some(service) = key_of_use::service(inventory, parameter.instance.crn).filter(|_| backup) else { continue };
        let text = parameter.text(inventory);
        let Some(crn) = parse(&text).ok().filter(|crn| crn.kind() == Kind::KmsKey) else { continue };
        let (Some(region), Some(placement)) = (crn.region(), placement(service)) else { continue };
        let listed = |row: &&crate::catalog::services::KeyRegions| {
            row.of == Holds::BackupKeyCrn && row.target == crn.service_name
        };
        let Some(row) = placement.key_regions.iter().find(listed) else { continue };
        if row.regions.contains(&region) {
            continue;
        }
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
    unread::put_instances(&RULE, inventory, findings);
}
