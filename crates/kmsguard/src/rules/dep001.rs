//! # DEP001 provider-managed-encryption
//!
//! ## What it finds
//!
//! A deployment without a key of yours, where its service takes one on that plan.
//!
//! ## Why it matters
//!
//! Its data is encrypted with a key of the provider: you can neither take it away nor see who uses it. Most services take a key only when
//! the deployment is made (Event Streams, *Managing encryption*, 2026-04-21; Cloud Databases, *Key Protect integration*, 2026-07-31).
//! Medium: more is allowed than should be, and nothing fails.
//!
//! ## Example
//!
//! An Event Streams on the Enterprise plan whose parameters are shown and name no key:
//!
//! ```json
//! [{"name": "orders", "state": "active", "resource_plan_id": "ibm.message.hub.enterprise.3nodes.2tb",
//!   "parameters": {"throughput": "150"},
//!   "crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ## What to do
//!
//! Make the deployment anew with a root key, and move the data.
//!
//! ## When not to heed it
//!
//! When its data needs no key of yours.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Needed, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, key_of_use, unread, words};
use crate::catalog::services::{OnPlan, placement, takes_key_on_instance};
use crate::inventory::{Instance, Inventory, Symbol};
use hashbrown::HashMap;

pub(super) static RULE: Rule = Rule {
    id: "DEP001",
    name: "provider-managed-encryption",
    title: "a deployment is encrypted with a key of the provider",
    severity: Severity::Medium,
    stake: Stake::Other(
        "nothing is lost; who may read the data is not in your hands, and it cannot be shredded by deleting a key",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::STREAMS, sources::DATABASES],
    comment: page!("dep001.rs"),
    check,
};

/// What is known of the key of an instance.
enum Standing {
    Fine,
    ByProvider,
    Unknown(Needed),
}

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let mut named: HashMap<Symbol, bool> = HashMap::new();
    for found in &inventory.uses {
        if let Some(deployment) = found.belongs.deployment() {
            let proved = named.entry(deployment).or_insert(false);
            *proved |= found.is_proved();
        }
    }
    // Any KMS instance may hold the registration that is looked for.
    let unread = unread::any_registrations(inventory);
    for instance in &inventory.instances {
        if !takes_key_on_instance(inventory.text(instance.service)) || instance.is_soft_deleted(inventory) {
            continue;
        }
        let needs = match standing(inventory, instance, named.get(&instance.crn).copied(), unread.as_ref()) {
            Standing::Fine => continue,
            Standing::Unknown(needs) => needs,
            Standing::ByProvider => {
                let plan = instance.plan.map_or("", |plan| inventory.text(plan));
                let message = format!(
                    "{} has no key of yours, which its plan `{plan}` takes: a key of the provider encrypts its data",
                    words::quoted(inventory, instance.crn)
                );
                let remediation = "make the deployment anew with a root key: a key can be set at its creation only";
                let witness = instance.witness;
                findings.found.push(Finding {
                    commands: key_of_use::plan_of_service(inventory, instance.crn),
                    ..key_of_use::of_instance_record(&RULE, inventory, instance, witness, message, remediation)
                });
                continue;
            }
        };
        findings.undetermined.push(Undetermined { rule: &RULE, subject: instance.crn, needs });
    }
    unread::put_instances(&RULE, inventory, findings);
}

/// `proved`: whether something names a key for it, and whether one of that is proof.
fn standing(inventory: &Inventory, instance: &Instance, proved: Option<bool>, unread: Option<&Needed>) -> Standing {
    if proved == Some(true) {
        return Standing::Fine;
    }
    let Some(service) = key_of_use::service(inventory, instance.crn) else {
        return Standing::Unknown(key_of_use::plan_needed(inventory, instance.crn));
    };
    if !placement(service).is_some_and(crate::catalog::services::Placement::is_told_by_instance) {
        return Standing::Fine;
    }
    match instance.plan.and_then(|plan| service.plan(inventory.text(plan))).map(|plan| plan.key) {
        Some(OnPlan::NotTaken | OnPlan::Ignored) => Standing::Fine,
        Some(OnPlan::Unknown) | None => Standing::Unknown(key_of_use::plan_needed(inventory, instance.crn)),
        Some(OnPlan::Taken) => match unread {
            _ if !instance.parameters_known => {
                Standing::Unknown(key_of_use::parameters_needed(inventory, instance.crn))
            }
            Some(needs) => Standing::Unknown(needs.clone()),
            None if proved == Some(false) => Standing::Unknown(key_of_use::parameters_needed(inventory, instance.crn)),
            None => Standing::ByProvider,
        },
    }
}
