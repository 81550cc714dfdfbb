//! # TF004 key-change-replaces-deployment
//!
//! ## What it finds
//!
//! A plan in which a changed key replaces a deployment: `key_protect_key`, `backup_encryption_key_crn` or `parameters_json`. Preview.
//!
//! ## Why it matters
//!
//! The key of a deployment is set when it is made, so the provider makes the deployment anew, and the data is gone
//! (terraform-provider-ibm, `ibm_database`, both arguments force a new resource, 2026-08-05). High.
//!
//! ## Example
//!
//! Another key for a database:
//!
//! ```json
//! {"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [
//!   {"address": "ibm_database.orders", "mode": "managed", "type": "ibm_database", "name": "orders",
//!     "change": {"actions": ["delete", "create"],
//!       "before": {"key_protect_key": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"},
//!       "after": {"key_protect_key": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:0a1b2c3d-0000-4000-8000-000000000002"},
//!       "replace_paths": [["key_protect_key"]]}}]}
//! ```
//!
//! ## What to do
//!
//! Put the old key back, or restore a backup into a second deployment with the new key, and move over to it.
//!
//! ## When not to heed it
//!
//! When the deployment holds nothing yet.

use super::blast_radius::Stake;
use super::finding::{Findings, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, changes};
use crate::inventory::Change;

pub(super) static RULE: Rule = Rule {
    id: "TF004",
    name: "key-change-replaces-deployment",
    title: "a plan of Terraform replaces a deployment because of its key",
    severity: Severity::High,
    stake: Stake::Data("the deployment that stands is destroyed, and the new one is empty; without a backup"),
    since: "0.1.0",
    preview: true,
    sources: &[sources::PROVIDER_DATABASE],
    comment: page!("tf004.rs"),
    check,
};

/// The arguments that name a key.
const ARGUMENTS: [&str; 8] = [
    "backup_encryption_key_crn",
    "disk_encryption_key_crn",
    "encryption_key",
    "key_protect",
    "key_protect_key",
    "kms_key_crn",
    "parameters",
    "parameters_json",
];

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let holds_data =
        |change: &&Change| changes::is_deployment(inventory, change) || (change.holds_key && !change.is_key(inventory));
    for change in inventory.changes.iter().filter(holds_data) {
        if !change.removes(inventory) || !change.creates(inventory) {
            continue;
        }
        let because = change.replaced_by.iter().map(|argument| inventory.text(*argument));
        let argument = because.clone().find(|argument| ARGUMENTS.contains(argument));
        match argument {
            Some(argument) => {
                let message = format!(
                    "`{}` is destroyed and made anew because `{argument}` changes: its data is gone",
                    inventory.text(change.address)
                );
                let remediation = "put the old key back, or move to a second deployment with the new key";
                findings.found.push(changes::finding(&RULE, inventory, change, message, remediation));
            }
            None if change.replaced_by.is_empty() => findings.undetermined.push(Undetermined {
                rule: &RULE,
                subject: change.address,
                needs: changes::plan_needed(inventory, change, "the plan does not say why the deployment is made anew"),
            }),
            None => {}
        }
    }
    changes::put_no_plan(&RULE, inventory, findings);
}
