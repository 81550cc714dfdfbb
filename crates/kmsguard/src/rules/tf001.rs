//! # TF001 destroys-key-in-use
//!
//! ## What it finds
//!
//! A plan that deletes or replaces a key which something uses. Preview: what else the plan does, in which order, is told by
//! `kmsguard impact`.
//!
//! ## Why it matters
//!
//! With `force_delete` the key goes although it has registrations, and what it protects with it; without, `terraform apply` fails midway
//! (Key Protect, *About deleting and purging keys*, 2026-08-12). Critical.
//!
//! ## Example
//!
//! A plan that deletes a key, the key, and its registration:
//!
//! ```json
//! {"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [
//!   {"address": "ibm_kms_key.payments", "mode": "managed", "type": "ibm_kms_key", "name": "payments",
//!     "change": {"actions": ["delete"],
//!       "before": {"crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"},
//!       "after": null}}]}
//! ```
//!
//! ```json
//! {"resources": [{"name": "payments", "state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]}
//! ```
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ## What to do
//!
//! Take the key out of the plan, with `lifecycle { prevent_destroy = true }` or `terraform state rm`.
//!
//! ## When not to heed it
//!
//! When the data shall be gone.

use super::blast_radius::Stake;
use super::finding::{Command, Finding, Findings, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::unseen::Unseen;
use super::used::{self, Usage};
use super::{Context, changes, words};
use crate::catalog::key_life;

pub(super) static RULE: Rule = Rule {
    id: "TF001",
    name: "destroys-key-in-use",
    title: "a plan of Terraform destroys a key in use",
    severity: Severity::Critical,
    stake: Stake::Data("once the plan is applied"),
    since: "0.1.0",
    preview: true,
    sources: &[key_life::DELETING, sources::PROVIDER_KEY],
    comment: page!("tf001.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let unseen = Unseen::of(&context);
    for change in inventory.changes.iter().filter(|change| change.is_key(inventory)) {
        if !change.removes(inventory) {
            continue;
        }
        let row = change.crn.and_then(|crn| inventory.row_of_key(crn));
        let Some((row, key)) = row.and_then(|row| Some((row, inventory.key(row)?))) else {
            findings.undetermined.push(Undetermined {
                rule: &RULE,
                subject: change.crn.unwrap_or(change.address),
                needs: changes::key_needed(inventory, change),
            });
            continue;
        };
        match used::usage(&unseen, row, key, "the key that the plan removes") {
            Usage::Nothing => {}
            Usage::Unknown(needs) => {
                findings.undetermined.push(Undetermined { rule: &RULE, subject: key.crn, needs });
            }
            Usage::By(uses) => {
                let message = format!(
                    "`{}` {} key `{}`, used by {}",
                    inventory.text(change.address),
                    changes::verb(inventory, change),
                    words::key(inventory, key),
                    words::used_by(inventory, &uses)
                );
                let remediation = "take the key out of the plan";
                let mut found = used::finding(&RULE, key, &uses, message, remediation);
                found.evidence.push(change.witness);
                let text = "lets Terraform forget the key, which stays";
                let forget = Command::cli(text, format!("terraform state rm '{}'", inventory.text(change.address)));
                findings.found.push(Finding { commands: vec![forget], ..found });
            }
        }
    }
    changes::put_no_plan(&RULE, inventory, findings);
}
