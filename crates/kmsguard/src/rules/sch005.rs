//! # SCH005 settings-are-final
//!
//! ## What it finds
//!
//! Two settings of Schematics for one location that differ: those that are in force, and those that are to be made.
//!
//! ## Why it matters
//!
//! The settings can be made once. After that they are changed by a support ticket only (IBM/schematics-go-sdk, `KMSSettings`, 2024-11-19;
//! Schematics, *CLI reference*, 2026-07-07). High: the plan cannot be carried out.
//!
//! ## Example
//!
//! The answer of `GET /v2/settings/kms`, and beside it the body of a `PUT` with another key:
//!
//! ```json
//! {"location": "US", "encryption_scheme": "byok",
//!   "primary_crk": {"kms_private_endpoint": "https://private.us-south.kms.cloud.ibm.com",
//!     "key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}
//! ```
//!
//! ```json
//! {"location": "US", "encryption_scheme": "byok",
//!   "primary_crk": {"kms_private_endpoint": "https://private.us-south.kms.cloud.ibm.com",
//!     "key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:0a1b2c3d-0000-4000-8000-000000000002"}}
//! ```
//!
//! ## What to do
//!
//! Open a support ticket for Schematics, with the settings that are wanted.
//!
//! ## When not to heed it
//!
//! When the two are exports of different days, and support has changed the settings between them.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, settings};

pub(super) static RULE: Rule = Rule {
    id: "SCH005",
    name: "settings-are-final",
    title: "a second change of the settings of Schematics is planned",
    severity: Severity::High,
    stake: Stake::Other("the change is refused: it takes a support ticket"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::SCHEMATICS_API, sources::SCHEMATICS_COMMANDS],
    comment: page!("sch005.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let all: Vec<_> = settings::all(inventory).collect();
    for (row, one) in all.iter().enumerate() {
        // There are two locations, and few accounts.
        let Some(other) = all.iter().take(row).find(|other| other.is_beside(inventory, one)) else {
            let alone = !all.iter().any(|other| other.is_beside(inventory, one));
            if alone && !one.is_named(inventory) {
                let why = "nothing tells whether these settings are in force, or are still to be made";
                findings.undetermined.push(one.undetermined(&RULE, inventory, why));
            }
            continue;
        };
        let message = format!(
            "there are two settings of Schematics for {} that differ: they can be made once, and are changed by a support ticket \
             only",
            one.location(inventory)
        );
        let found = one.finding(&RULE, inventory, None, "", message);
        let mut evidence = found.evidence.clone();
        evidence.extend(other.witness());
        evidence.sort();
        findings.found.push(Finding { evidence, ..found });
    }
    settings::put_missing(&RULE, inventory, findings);
}
