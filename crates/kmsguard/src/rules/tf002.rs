//! # TF002 destroys-authorization-too-early
//!
//! ## What it finds
//!
//! A plan that removes an authorization which something still needs: a deployment that stays, or one that is deleted and has not
//! deregistered. Preview.
//!
//! ## Why it matters
//!
//! A deployment without its authorization loses its key. A deleted one needs it until it has deregistered, up to nine days later; without
//! it the registration stays for ever and keeps the key from being deleted (terraform-ibm-landing-zone#738). High.
//!
//! ## Example
//!
//! A plan that deletes the authorization of an Event Streams, the list in which it stands, the key, and its registration:
//!
//! ```json
//! {"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [
//!   {"address": "ibm_iam_authorization_policy.orders", "mode": "managed", "type": "ibm_iam_authorization_policy", "name": "orders",
//!     "change": {"actions": ["delete"], "before": {"id": "20000000-0000-4000-8000-000000000001"}, "after": null}}]}
//! ```
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "messagehub"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}]}]}]
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
//! ```json
//! [{"crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::",
//!   "name": "orders", "resource_plan_id": "ibm.message.hub.enterprise.3nodes.2tb", "state": "active"}]
//! ```
//!
//! ## What to do
//!
//! Remove the deployment first, and the authorization once the key has no registration of it. What a plan does besides, `kmsguard impact
//! --terraform` tells.
//!
//! ## When not to heed it
//!
//! When the data shall be gone, and the key may stay for ever.

use std::collections::BTreeMap;

use super::blast_radius::Stake;
use super::finding::{Command, Finding, Findings, Needed, NeededKind, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::{Context, changes, reach, sources, words};
use crate::impact::{self, Certainty, Planned};
use crate::inventory::{Change, Inventory, Symbol};
use crate::policy::Authorization;

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
    let goes = |change: &&Change| {
        change.is_authorization(inventory) && change.removes(inventory) && !impact::stays(inventory, change)
    };
    let mut plans: BTreeMap<u32, Vec<&Change>> = BTreeMap::new();
    for change in inventory.changes.iter().filter(goes) {
        plans.entry(change.witness.place.input).or_default().push(change);
    }
    for (input, removed) in plans {
        let Some(plan) = inventory.sources.get(input as usize).map(|source| source.input.name.as_str()) else {
            continue;
        };
        // All that one plan takes away is taken together: what one authorization leaves open, another may have closed.
        let Some(planned) = Planned::of(inventory, context.now, plan) else { continue };
        for change in removed {
            of_change(inventory, change, &planned, findings);
        }
    }
    changes::put_no_plan(&RULE, inventory, findings);
}

fn of_change(inventory: &Inventory, change: &Change, planned: &Planned<'_>, findings: &mut Findings) {
    let id = change.policy_id.map(|id| inventory.text(id)).filter(|id| planned.removes(id));
    let Some(id) = id else {
        // One on something other than keys is nobody's concern here.
        let other = change.policy.as_deref().is_some_and(Authorization::is_elsewhere);
        if !other || change.creates(inventory) {
            findings.undetermined.push(Undetermined {
                rule: &RULE,
                subject: change.address,
                needs: list_needed(change),
            });
        }
        return;
    };
    let losing = planned.losing(id);
    let certain: Vec<_> = losing.iter().filter(|row| row.certainty == Certainty::Certain).collect();
    if certain.is_empty() {
        let needs = planned.unknown(id).into_iter().map(needed);
        let possible = (!losing.is_empty()).then(|| uses_needed(inventory, change));
        for needs in needs.chain(possible) {
            findings.undetermined.push(Undetermined { rule: &RULE, subject: change.address, needs });
        }
        return;
    }
    let mut deployments: Vec<Symbol> = certain.iter().map(|row| row.deployment).collect();
    deployments.sort_unstable();
    deployments.dedup();
    let message = format!(
        "`{}` removes authorization `{id}`, which {} still {}",
        inventory.text(change.address),
        words::list(&words::names(inventory, deployments.clone())),
        if deployments.len() == 1 { "needs" } else { "need" },
    );
    let remediation = "take the authorization out of the plan until nothing that it lets in is registered any more";
    let forget = Command::cli(
        "lets Terraform forget the authorization, which stays",
        format!("terraform state rm '{}'", inventory.text(change.address)),
    );
    findings.found.push(Finding {
        resources: deployments,
        policies: vec![id.to_owned()],
        commands: vec![forget],
        ..changes::finding(&RULE, inventory, change, message, remediation)
    });
}

/// The list that would tell of an authorization which a plan removes.
fn list_needed(change: &Change) -> Needed {
    let why = "no list holds the authorization that the plan removes";
    let account = change.policy.as_deref().and_then(|policy| policy.target_account());
    Needed { of: account.map(str::to_owned), ..reach::list_of_account(crate::ingest::ExportKind::IamPolicies, "", why) }
}

fn uses_needed(inventory: &Inventory, change: &Change) -> Needed {
    Needed {
        kind: NeededKind::Fact,
        name: "uses".to_owned(),
        of: Some(inventory.text(change.address).to_owned()),
        why: "whether what may use keys by the authorization still needs it is not certain".to_owned(),
        command: None,
        role: None,
    }
}

fn needed(needed: impact::Needed) -> Needed {
    Needed {
        kind: if needed.export { NeededKind::Export } else { NeededKind::Fact },
        name: needed.name.into_owned(),
        of: needed.of,
        why: needed.why,
        command: needed.command,
        role: needed.role.map(str::to_owned),
    }
}
