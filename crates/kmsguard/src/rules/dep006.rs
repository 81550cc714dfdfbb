//! # DEP006 wrong-generation-parameter
//!
//! ## What it finds
//!
//! A Gen 2 deployment that was given its key as the classic generation takes it, by `kms_key_crn` or the like, or the other way round by
//! `dataservices`.
//!
//! ## Why it matters
//!
//! The generations take their key in different places. A parameter in the wrong one is not the key of the deployment (Event Streams Gen
//! 2, *Key Protect integration*, 2026-02-26; Event Streams, *Managing encryption*, 2026-04-21). High: the deployment may be encrypted with a
//! key of the provider.
//!
//! ## Example
//!
//! An Event Streams of Gen 2 that was given its key by `kms_key_crn`:
//!
//! ```json
//! [{"name": "orders", "state": "active", "resource_plan_id": "eventstreams-gen2-enterprise",
//!   "parameters": {"kms_key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"},
//!   "crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ## What to do
//!
//! Make the deployment anew, with the parameter of its generation.
//!
//! ## When not to heed it
//!
//! Never.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity, Undetermined};
use super::key_of_use::Parameter;
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, key_of_use, unread, words};
use crate::catalog::needs::{Generation, PlanFacts, generation};
use crate::inventory::Inventory;

pub(super) static RULE: Rule = Rule {
    id: "DEP006",
    name: "wrong-generation-parameter",
    title: "a deployment was given its key as the other generation takes it",
    severity: Severity::High,
    stake: Stake::Data("the deployment may stand without the key that was given; if it has it"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::STREAMS_GEN2, sources::STREAMS],
    comment: page!("dep006.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for parameter in key_of_use::parameters(inventory) {
        let instance = parameter.instance;
        let wrong = match is_wrong(inventory, &parameter) {
            Some(wrong) => wrong,
            None => {
                let needs = key_of_use::plan_needed(inventory, instance.crn);
                findings.undetermined.push(Undetermined { rule: &RULE, subject: instance.crn, needs });
                continue;
            }
        };
        if !wrong {
            continue;
        }
        let (this, that, place) = if parameter.is_of_gen2() {
            ("of the classic generation", "Gen 2", "`kms_key_crn` or `disk_encryption_key_crn`")
        } else {
            ("of Gen 2", "the classic generation", "`dataservices.encryption.disk`")
        };
        let (_, path) = parameter.member.split_once('/').unwrap_or_default();
        let message = format!(
            "{} is {this} and was given its key in `{path}`, where {that} takes it; it belongs in {place}",
            words::quoted(inventory, instance.crn),
        );
        let remediation = "make the deployment anew, with the parameter of its generation";
        findings.found.push(Finding {
            key: key_of_use::crn(inventory, parameter.found),
            commands: key_of_use::plan_of_service(inventory, instance.crn),
            ..key_of_use::of_instance_record(&RULE, inventory, instance, parameter.witness, message, remediation)
        });
    }
    unread::put_instances(&RULE, inventory, findings);
}

/// Whether a parameter stands where the other generation takes it; none where the plan does not tell the generation.
pub(super) fn is_wrong(inventory: &Inventory, parameter: &Parameter<'_>) -> Option<bool> {
    let plan = parameter.instance.plan.map(|plan| inventory.text(plan));
    // By its plan alone: what it was given is in question.
    match generation(inventory.text(parameter.instance.service), &PlanFacts { plan, ..PlanFacts::default() }) {
        Generation::Gen2 => Some(!parameter.is_of_gen2()),
        Generation::Classic => Some(parameter.is_of_gen2()),
        Generation::NotApplicable => Some(false),
        Generation::Unknown => None,
    }
}
