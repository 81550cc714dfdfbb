//! # SCH003 no-secondary-key
//!
//! ## What it finds
//!
//! Settings of Schematics with a primary key and no secondary one.
//!
//! ## Why it matters
//!
//! A second key in another region lets Schematics go on when the first cannot be reached. It is optional, and cannot be added later
//! without a support ticket (Schematics, *CLI reference*, 2026-07-07). Info.
//!
//! ## Example
//!
//! ```json
//! {"location": "US", "encryption_scheme": "byok",
//!   "primary_crk": {"kms_private_endpoint": "https://private.us-south.kms.cloud.ibm.com",
//!     "key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}
//! ```
//!
//! ## What to do
//!
//! Open a support ticket for Schematics, to add one.
//!
//! ## When not to heed it
//!
//! When one region is enough for you.

use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, settings};

pub(super) static RULE: Rule = Rule {
    id: "SCH003",
    name: "no-secondary-key",
    title: "Schematics has one key only",
    severity: Severity::Info,
    stake: Stake::Other("nothing fails; without a second key a lost region takes the workspaces with it"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::SCHEMATICS_COMMANDS],
    comment: page!("sch003.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for one in settings::all(inventory) {
        let keys = one.keys(inventory);
        if let [(place, key)] = keys.as_slice() {
            let message = format!("Schematics in {} has a {place} key and no other", one.location(inventory));
            findings.found.push(one.finding(&RULE, inventory, Some(key), place, message));
        }
    }
    settings::put_missing(&RULE, inventory, findings);
}
