//! # TF002 destroys-authorization-too-early
//!
//! ## What it finds
//!
//! A plan that removes an authorization which its dependants still need. Preview: this page stands, the check does not yet; each removal
//! of an authorization is undetermined, and `kmsguard impact` is to answer it.
//!
//! ## Why it matters
//!
//! A deleted deployment needs its authorization until it has deregistered, up to nine days later; without it the registration stays for
//! ever and keeps the key from being deleted (terraform-ibm-landing-zone#738). High.
//!
//! ## Example
//!
//! ```json
//! {"type": "ibm_iam_authorization_policy", "change": {"actions": ["delete"]}}
//! ```
//!
//! ## What to do
//!
//! Remove the deployment first, and the authorization once the key has no registration of it.
//!
//! ## When not to heed it
//!
//! When nothing is registered any more.

use super::blast_radius::Stake;
use super::finding::{Findings, Needed, NeededKind, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, changes};

pub(super) static RULE: Rule = Rule {
    id: "TF002",
    name: "destroys-authorization-too-early",
    title: "a plan of Terraform removes an authorization too early",
    severity: Severity::High,
    stake: Stake::Data("once the authorization is gone"),
    since: "0.1.0",
    preview: true,
    sources: &[sources::LANDING_ZONE_738],
    comment: page!("tf002.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for change in inventory.changes.iter().filter(|change| changes::is_authorization(inventory, change)) {
        if !changes::removes(inventory, change) {
            continue;
        }
        let needs = Needed {
            kind: NeededKind::Fact,
            name: "uses".to_owned(),
            of: Some(inventory.text(change.address).to_owned()),
            why: "which uses need the authorization that the plan removes is not looked at yet".to_owned(),
            command: None,
            role: None,
        };
        findings.undetermined.push(Undetermined { rule: &RULE, subject: change.address, needs });
    }
    changes::put_no_plan(&RULE, inventory, findings);
}
