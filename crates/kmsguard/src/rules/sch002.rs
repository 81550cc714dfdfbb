//! # SCH002 endpoint-mismatch
//!
//! ## What it finds
//!
//! Settings of Schematics whose endpoint is not the private one of the key's region and instance.
//!
//! ## Why it matters
//!
//! Schematics does not reach the key there, or reaches it over the public network (Schematics, *CLI reference*, 2026-07-07; Key Protect,
//! *Regions and endpoints*, 2026-08-12). Of Key Protect Dedicated only the public form is documented, so that either is taken. Medium.
//!
//! ## Example
//!
//! A key in us-south by the public endpoint of eu-de:
//!
//! ```json
//! {"location": "US", "encryption_scheme": "byok",
//!   "primary_crk": {"kms_private_endpoint": "https://eu-de.kms.cloud.ibm.com",
//!     "key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}
//! ```
//!
//! ## What to do
//!
//! Open a support ticket for Schematics, to change the settings.
//!
//! ## When not to heed it
//!
//! When Schematics reaches the key all the same, by a network of your own. Where the KMS instance certainly refuses the public endpoint,
//! KEY011 says so in place of this rule.

use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::settings::{self, Key};
use super::sources;
use super::{Context, key011};
use crate::catalog::endpoints::{Kms, read};
use crate::catalog::regions;
use crate::inventory::Inventory;

pub(super) static RULE: Rule = Rule {
    id: "SCH002",
    name: "endpoint-mismatch",
    title: "Schematics reaches a key by the wrong endpoint",
    severity: Severity::Medium,
    stake: Stake::Other("Schematics does not reach its key: jobs fail until the settings are right"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::SCHEMATICS_COMMANDS, regions::KEY_PROTECT_SOURCE],
    comment: page!("sch002.rs"),
    check,
};

/// What is wrong with an endpoint that is right in all else.
const PUBLIC: &str = "is the public one";

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for one in settings::all(inventory) {
        for (place, key) in one.keys(inventory) {
            let Some(endpoint) = key.endpoint.map(|endpoint| inventory.text(endpoint)) else {
                let why = "the settings do not say by which endpoint the key is reached";
                findings.undetermined.push(one.undetermined(&RULE, inventory, why));
                continue;
            };
            if let Some(fault) = fault(inventory, &key, endpoint) {
                if fault == PUBLIC && context.checks(&key011::RULE) && key011::is_refused(inventory, &key) {
                    continue;
                }
                let message = format!(
                    "Schematics in {} reaches its {place} key by `{}`, which {fault}",
                    one.location(inventory),
                    endpoint.escape_debug()
                );
                findings.found.push(one.finding(&RULE, inventory, Some(&key), place, message));
            }
        }
    }
    settings::put_missing(&RULE, inventory, findings);
}

/// What is wrong with an endpoint for a key.
fn fault(inventory: &Inventory, key: &Key<'_>, text: &str) -> Option<String> {
    let trimmed = text.strip_suffix('/').unwrap_or(text);
    let Some(found) = trimmed.strip_prefix("https://").and_then(read) else {
        return Some("is no endpoint of a KMS".to_owned());
    };
    let crn = &key.crn;
    let kind = key.kind_of_instance(inventory).filter(|kind| *kind != found.kms);
    if let Some(kind) = kind {
        return Some(format!("is of {}, and the key of {}", found.kms.title(), kind.title()));
    }
    if crn.service_name == "kms" && found.kms == Kms::HyperProtect {
        return Some(format!("is of {}, and the key of Key Protect", found.kms.title()));
    }
    if found.region != crn.location {
        return Some(format!("is in {}, and the key in {}", found.region, crn.location));
    }
    if found.instance.is_some_and(|instance| !instance.eq_ignore_ascii_case(crn.service_instance)) {
        return Some("is of another KMS instance than the key".to_owned());
    }
    (!found.private && found.kms != Kms::Dedicated).then(|| PUBLIC.to_owned())
}
