//! # SCH004 secondary-not-independent
//!
//! ## What it finds
//!
//! Settings of Schematics whose secondary key is the primary one, or is in the same KMS instance or region.
//!
//! ## Why it matters
//!
//! The second key is there for the day on which the first cannot be reached. In one instance or region they go together (Schematics,
//! *Data security*, 2026-07-07). Medium: the settings promise more than they hold.
//!
//! ## Example
//!
//! Two keys of one KMS instance:
//!
//! ```json
//! {"location": "US", "encryption_scheme": "byok",
//!   "primary_crk": {"kms_private_endpoint": "https://private.us-south.kms.cloud.ibm.com",
//!     "key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"},
//!   "secondary_crk": {"kms_private_endpoint": "https://private.us-south.kms.cloud.ibm.com",
//!     "key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:0a1b2c3d-0000-4000-8000-000000000002"}}
//! ```
//!
//! ## What to do
//!
//! Open a support ticket for Schematics, to take a key of another region.
//!
//! ## When not to heed it
//!
//! Never.

use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, settings};

pub(super) static RULE: Rule = Rule {
    id: "SCH004",
    name: "secondary-not-independent",
    title: "the keys of Schematics fail together",
    severity: Severity::Medium,
    stake: Stake::Other("nothing fails as it is; what takes the first key takes the second too"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::SCHEMATICS_DATA],
    comment: page!("sch004.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for one in settings::all(inventory) {
        let keys = one.keys(inventory);
        let [(_, primary), (place, secondary)] = keys.as_slice() else { continue };
        let (first, second) = (&primary.crn, &secondary.crn);
        let shared = if first == second {
            "are one key"
        } else if first.service_instance == second.service_instance {
            "are in one KMS instance"
        } else if first.location == second.location {
            "are in one region"
        } else {
            continue;
        };
        let message = format!("the two keys of Schematics in {} {shared}: they fail together", one.location(inventory));
        findings.found.push(one.finding(&RULE, inventory, Some(secondary), place, message));
    }
    settings::put_missing(&RULE, inventory, findings);
}
