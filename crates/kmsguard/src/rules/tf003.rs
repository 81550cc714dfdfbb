//! # TF003 force-delete
//!
//! ## What it finds
//!
//! A key with `force_delete = true`. Preview.
//!
//! ## Why it matters
//!
//! Registrations keep a key from being deleted, unless force is given: then one `terraform destroy` takes the key and what it protects
//! (terraform-provider-ibm, `ibm_kms_key`, 2026-08-05). Medium: nothing fails as it is.
//!
//! ## Example
//!
//! ```json
//! {"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [
//!   {"address": "ibm_kms_key.invoices", "mode": "managed", "type": "ibm_kms_key", "name": "invoices",
//!     "change": {"actions": ["create"],
//!       "before": null, "after": {"key_name": "invoices", "force_delete": true}}}]}
//! ```
//!
//! ## What to do
//!
//! Take `force_delete` away, and add `lifecycle { prevent_destroy = true }`.
//!
//! ## When not to heed it
//!
//! In accounts that are torn down by a program.

use super::blast_radius::Stake;
use super::finding::{Command, Finding, Findings, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, changes};

pub(super) static RULE: Rule = Rule {
    id: "TF003",
    name: "force-delete",
    title: "a plan of Terraform lets a key be deleted by force",
    severity: Severity::Medium,
    stake: Stake::Data("nothing fails as it is; if Terraform deletes the key"),
    since: "0.1.0",
    preview: true,
    sources: &[sources::PROVIDER_KEY],
    comment: page!("tf003.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for change in inventory.changes.iter().filter(|change| change.is_key(inventory)) {
        if change.force_delete_unknown {
            findings.undetermined.push(Undetermined {
                rule: &RULE,
                subject: change.address,
                needs: changes::plan_needed(inventory, change, "`force_delete` is known only when the plan is applied"),
            });
            continue;
        }
        if change.force_delete != Some(true) {
            continue;
        }
        let message =
            format!("`{}` may be deleted by force: its registrations do not hold it", inventory.text(change.address));
        let text = "in the resource of the key, in place of `force_delete = true`";
        let hcl = "force_delete = false\n\nlifecycle {\n  prevent_destroy = true\n}\n";
        findings.found.push(Finding {
            commands: vec![Command::terraform(text, hcl)],
            ..changes::finding(&RULE, inventory, change, message, "take `force_delete` away")
        });
    }
    changes::put_no_plan(&RULE, inventory, findings);
}
