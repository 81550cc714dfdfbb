//! # DEP005 key-parameter-ignored
//!
//! ## What it finds
//!
//! A deployment that was given a key on a plan which takes the parameter without an error and encrypts with a key of the provider.
//!
//! ## Why it matters
//!
//! It looks protected and is not (Event Streams: terraform-provider-ibm#4662, the Standard plan accepts the parameters of a KMS). High:
//! whoever counts on the key counts on nothing.
//!
//! ## Example
//!
//! An Event Streams on the Standard plan that was given a key:
//!
//! ```json
//! [{"name": "orders", "state": "active", "resource_plan_id": "ibm.message.hub.standard",
//!   "parameters": {"kms_key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"},
//!   "crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ## What to do
//!
//! Make the deployment anew on a plan that takes a key.
//!
//! ## When not to heed it
//!
//! When its data needs no key of yours; then take the parameter away, so that nobody is misled.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity, Undetermined};
use super::key_of_use::Parameter;
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, dep006, key_of_use, unread, words};
use crate::catalog::services::OnPlan;
use crate::inventory::{Inventory, Seen, Use};

pub(super) static RULE: Rule = Rule {
    id: "DEP005",
    name: "key-parameter-ignored",
    title: "a deployment was given a key that its plan ignores",
    severity: Severity::High,
    stake: Stake::Data("the key that was given does not protect the data; deleting it shreds nothing, and without it"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::PROVIDER_4662],
    comment: page!("dep005.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for parameter in key_of_use::parameters(inventory) {
        let instance = parameter.instance;
        let (plan, what) = match fate(inventory, &parameter) {
            Fate::Ignored { plan, what } => (plan, what),
            Fate::Heeded => continue,
            Fate::Unknown => {
                let needs = key_of_use::plan_needed(inventory, instance.crn);
                findings.undetermined.push(Undetermined { rule: &RULE, subject: instance.crn, needs });
                continue;
            }
        };
        let message = format!(
            "{} was given a key, and its plan `{plan}` {what}: a key of the provider encrypts its data",
            words::quoted(inventory, instance.crn),
        );
        let remediation = "make the deployment anew on a plan that takes a key";
        findings.found.push(Finding {
            key: key_of_use::crn(inventory, parameter.found),
            commands: key_of_use::plan_of_service(inventory, instance.crn),
            ..key_of_use::of_instance_record(&RULE, inventory, instance, parameter.witness, message, remediation)
        });
    }
    unread::put_instances(&RULE, inventory, findings);
}

/// What becomes of a parameter that names a key.
enum Fate {
    /// It is taken without an error and has no effect.
    Ignored {
        /// The name of the plan.
        plan: &'static str,
        /// What the plan does with it, for a message.
        what: &'static str,
    },
    /// It has an effect, or another rule tells why not, or nobody says.
    Heeded,
    /// That depends on the plan, which is not known.
    Unknown,
}

fn fate(inventory: &Inventory, parameter: &Parameter<'_>) -> Fate {
    // What stands where the other generation looks for it is for DEP006.
    if dep006::is_wrong(inventory, parameter) == Some(true) {
        return Fate::Heeded;
    }
    let instance = parameter.instance;
    let plan = instance.plan.map(|plan| inventory.text(plan));
    let service = key_of_use::service(inventory, instance.crn);
    let Some(row) = service.zip(plan).and_then(|(service, plan)| service.plan(plan)) else {
        let depends = service.is_none_or(|service| !service.plans.is_empty());
        return if depends { Fate::Unknown } else { Fate::Heeded };
    };
    match row.key {
        OnPlan::Ignored => Fate::Ignored { plan: row.name, what: "takes the parameter and ignores it" },
        OnPlan::NotTaken => Fate::Ignored { plan: row.name, what: "has no encryption with a key of yours" },
        OnPlan::Taken | OnPlan::Unknown => Fate::Heeded,
    }
}

/// Whether a use is no more than a parameter without effect: nothing else proves it.
pub(super) fn is_ignored(inventory: &Inventory, found: &Use) -> bool {
    let mut proofs = found.witnesses.iter().filter(|(seen, _)| seen.is_proof());
    proofs.all(|(seen, _)| *seen == Seen::Parameter) && {
        let mut parameters = key_of_use::parameters_of(inventory, found).peekable();
        parameters.peek().is_some()
            && parameters.all(|parameter| matches!(fate(inventory, &parameter), Fate::Ignored { .. }))
    }
}
