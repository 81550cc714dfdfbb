//! What plans of Terraform are to change, as the rules about them ask.

use super::finding::{Finding, Findings, Needed, NeededKind, Undetermined};
use super::registry::Rule;
use super::unread;
use crate::ingest::ExportKind;
use crate::inventory::{Change, Inventory, instance_of_key};

/// The types of resources that are deployments which are kept for a while when they are deleted.
const DEPLOYMENTS: [&str; 2] = ["ibm_database", "ibm_resource_instance"];

pub(super) fn is_deployment(inventory: &Inventory, change: &Change) -> bool {
    DEPLOYMENTS.contains(&inventory.text(change.kind))
}

/// What a plan does to a key that it removes.
pub(super) fn verb(inventory: &Inventory, change: &Change) -> &'static str {
    if change.creates(inventory) { "replaces" } else { "deletes" }
}

pub(super) fn finding(
    rule: &'static Rule,
    inventory: &Inventory,
    change: &Change,
    message: String,
    remediation: &str,
) -> Finding {
    Finding {
        rule,
        severity: rule.severity,
        message,
        account: None,
        key: change.crn.filter(|_| change.is_key(inventory)),
        resources: vec![change.crn.unwrap_or(change.address)],
        policies: Vec::new(),
        evidence: vec![change.witness],
        identity: inventory.text(change.address).to_owned(),
        remediation: remediation.to_owned(),
        commands: Vec::new(),
    }
}

/// The list that would tell of a key which a plan removes.
pub(super) fn key_needed(inventory: &Inventory, change: &Change) -> Needed {
    match change.crn.and_then(|crn| instance_of_key(inventory.text(crn))) {
        Some(instance) => {
            Needed::list_of(ExportKind::KmsKeys, &instance, "no list holds the key that the plan removes")
        }
        None => unread::unknown_instance(),
    }
}

/// A plan that says more.
pub(super) fn plan_needed(inventory: &Inventory, change: &Change, why: &str) -> Needed {
    Needed { of: Some(inventory.text(change.address).to_owned()), ..plan(why) }
}

fn plan(why: &str) -> Needed {
    Needed {
        kind: NeededKind::Export,
        name: ExportKind::TerraformPlan.name().to_owned(),
        of: None,
        why: why.to_owned(),
        command: Some("terraform show -json PLAN".to_owned()),
        role: None,
    }
}

/// Says that a rule is undecided where no plan was read, or a part of one was not.
pub(super) fn put_no_plan(rule: &'static Rule, inventory: &Inventory, findings: &mut Findings) {
    let mut plans =
        inventory.sources.iter().filter(|source| source.report.kind == ExportKind::TerraformPlan).peekable();
    let why = if plans.peek().is_none() {
        "no plan of Terraform was read"
    } else if plans.any(|source| source.report.complete == Some(false)) {
        "a part of a plan of Terraform could not be read"
    } else {
        return;
    };
    if let Some(subject) = unread::accounts(inventory).into_iter().next() {
        findings.undetermined.push(Undetermined { rule, subject, needs: plan(why) });
    }
}
