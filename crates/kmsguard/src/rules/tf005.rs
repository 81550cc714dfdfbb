//! # TF005 key-and-deployment-in-one-state
//!
//! ## What it finds
//!
//! A plan that manages a key together with a deployment which uses it. Preview.
//!
//! ## Why it matters
//!
//! A deleted deployment stays registered until it is reclaimed, so `terraform destroy` deletes the deployment and then fails on the key
//! (terraform-provider-ibm#5472, #1214). Medium.
//!
//! ## Example
//!
//! A plan of a state that holds a key and the database which uses it, whatever it does to the two:
//!
//! ```json
//! {"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [
//!   {"address": "ibm_kms_key.orders", "mode": "managed", "type": "ibm_kms_key", "name": "orders",
//!     "change": {"actions": ["update"],
//!       "before": {"crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"},
//!       "after": {"crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}},
//!   {"address": "ibm_database.orders", "mode": "managed", "type": "ibm_database", "name": "orders",
//!     "change": {"actions": ["update"],
//!       "before": {"id": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"},
//!       "after": {"id": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::",
//!         "key_protect_key": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}}]}
//! ```
//!
//! ## What to do
//!
//! Keep keys in a state of their own.
//!
//! ## When not to heed it
//!
//! When nothing of it will ever be destroyed.

use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::sources;
use hashbrown::HashSet;

use super::{Context, changes};
use crate::inventory::Symbol;

pub(super) static RULE: Rule = Rule {
    id: "TF005",
    name: "key-and-deployment-in-one-state",
    title: "a key and what uses it are in one state of Terraform",
    severity: Severity::Medium,
    stake: Stake::Other("nothing is lost: `terraform destroy` fails midway, and leaves the key behind"),
    since: "0.1.0",
    preview: true,
    sources: &[sources::PROVIDER_5472, sources::PROVIDER_1214],
    comment: page!("tf005.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    // A plan is one input, and what is in another is in another state.
    let keys: HashSet<(u32, Symbol)> = inventory
        .changes
        .iter()
        .filter(|change| change.is_key(inventory))
        .flat_map(|change| {
            let input = change.witness.place.input;
            std::iter::once((input, change.address)).chain(change.crn.map(|crn| (input, crn)))
        })
        .collect();
    for change in inventory.changes.iter().filter(|change| changes::is_deployment(inventory, change)) {
        let named = change.key_references.iter().chain(&change.keys).chain(&change.held);
        let mut managed = named.filter(|key| keys.contains(&(change.witness.place.input, **key)));
        let Some(key) = managed.next() else { continue };
        let message = format!(
            "`{}` uses `{}`, which is in the same state: the deployment deregisters only when it is reclaimed, and `terraform \
             destroy` fails midway",
            inventory.text(change.address),
            inventory.text(*key)
        );
        findings.found.push(changes::finding(&RULE, inventory, change, message, "keep keys in a state of their own"));
    }
    changes::put_no_plan(&RULE, inventory, findings);
}
