//! # AUTH012 resource-group-scope-risky
//!
//! ## What it finds
//!
//! A Gen 2 deployment that may use its key only by an authorization for a resource group. Medium for databases, where a failure was
//! reported; worth knowing for Event Streams.
//!
//! ## Why it matters
//!
//! The provisioning of a Gen 2 database was reported to refuse the key when the authorization names the resource group of the
//! source (terraform-provider-ibm issue 6941, 2026-08). No page of IBM's says so.
//!
//! ## Example
//!
//! An authorization for a resource group, and a database in it:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "databases-for-postgresql"},
//!                                 {"name": "resourceGroupId", "value": "5d41402abc4b2a76b9719d911017c592"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"},
//!               {"role_id": "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"}],
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
//!   "resourceCrn": "crn:v1:bluemix:public:databases-for-postgresql:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ```json
//! [{"crn": "crn:v1:bluemix:public:databases-for-postgresql:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::",
//!   "name": "orders", "resource_plan_id": "standard-gen2", "state": "active",
//!   "resource_group_id": "5d41402abc4b2a76b9719d911017c592"}]
//! ```
//!
//! ## What to do
//!
//! Make the authorization for the service, without the resource group, and as narrow as can be on the side of the keys.
//!
//! ## When not to heed it
//!
//! When the deployment was provisioned with this authorization and works.

use super::blast_radius::Stake;
use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Findings, Needed, NeededKind, Severity};
use super::page::page;
use super::policies::{self, KeyPolicy, Maker};
use super::registry::Rule;
use super::sources;
use super::{Context, authorized, mend, words};
use crate::authz::{DecidedUse, Verdict, decide};
use crate::catalog::needs::Generation;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Symbol, account_command};
use crate::order::Gather as _;
use crate::policy::{Authorization, Side};

pub(super) static RULE: Rule = Rule {
    id: "AUTH012",
    name: "resource-group-scope-risky",
    title: "a Gen 2 deployment is authorized by its resource group",
    severity: Severity::Medium,
    stake: Stake::Other(
        "a deployment that is provisioned is not known to suffer by it; the next one may be refused its key when it is made",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::PROVIDER_6941],
    comment: page!("auth012.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    let inventory = context.inventory;
    let mut through: BTreeMap<usize, Vec<&DecidedUse<'_>>> = BTreeMap::new();
    let mut open: BTreeSet<(usize, Symbol)> = BTreeSet::new();
    for one in context.decided {
        let decision = &one.decision;
        let mut groups =
            decision.policies.iter().chain(&decision.possible).copied().filter(|policy| by_group(inventory, *policy));
        let Some(first) = groups.next() else { continue };
        if without_groups(inventory, one) {
            continue;
        }
        match (one.need.generation, decision.verdict) {
            (Generation::Gen2, Verdict::Covered) => through.entry(first).or_default().push(one),
            (Generation::Gen2 | Generation::Unknown, Verdict::Covered | Verdict::Unknown) => {
                open.insert((first, authorized::whose(one)));
            }
            _ => {}
        }
    }
    let named = |number: usize| Some(KeyPolicy { number, policy: inventory.policies.get(number)? });
    for (number, uses) in through {
        let Some(policy) = named(number).filter(|one| policies::maker(one.policy) != Maker::Service) else { continue };
        findings.found.push(finding(inventory, policy, &uses));
    }
    for (number, deployment) in open {
        let Some(policy) = named(number).filter(|one| policies::maker(one.policy) != Maker::Service) else { continue };
        policies::put_undetermined(&RULE, policy, instance_needed(inventory, deployment), findings);
    }
}

/// Whether an authorization lets in a resource group.
fn by_group(inventory: &Inventory, policy: usize) -> bool {
    let policy = inventory.policies.get(policy);
    policy.is_some_and(|policy| policy.subjects.iter().any(|side| side.has("resourceGroupId")))
}

/// Whether a use is authorized without any resource group.
fn without_groups(inventory: &Inventory, one: &DecidedUse<'_>) -> bool {
    let others = one.decision.policies.iter().copied().filter(|policy| !by_group(inventory, *policy));
    let others: Vec<(usize, &Authorization)> =
        others.filter_map(|policy| Some((policy, inventory.policies.get(policy)?))).collect();
    !others.is_empty() && decide(&one.key_use(), others.into_iter(), true).verdict == Verdict::Covered
}

fn finding(inventory: &Inventory, one: KeyPolicy<'_>, uses: &[&DecidedUse<'_>]) -> Finding {
    let deployments: BTreeMap<&str, Symbol> =
        uses.iter().map(|one| authorized::whose(one)).map(|crn| (inventory.text(crn), crn)).into_map();
    let names: Vec<String> = deployments.values().map(|crn| words::quoted(inventory, *crn)).collect();
    let names = if names.len() > 5 { words::count(names.len(), "deployment") } else { words::list(&names) };
    let databases = uses.iter().any(|one| inventory.text(one.found.service).starts_with("databases-for-"));
    let message = format!(
        "{} lets {names} in by a resource group, which Gen 2 was reported to refuse when it is provisioned",
        policies::called(one.policy)
    );
    let ungrouped = |side: &Side| Side {
        attributes: side.attributes.iter().filter(|attribute| attribute.name != "resourceGroupId").cloned().collect(),
        ..side.clone()
    };
    let new = one
        .policy
        .source_service()
        .map(|_| Authorization { subjects: one.policy.subjects.iter().map(ungrouped).collect(), ..one.policy.clone() });
    let commands =
        new.map(|new| mend::change(one.policy, &new, "makes the authorization for the service in all resource groups"));
    let remediation = "make the authorization for the service, without the resource group";
    let found = policies::finding(&RULE, inventory, one, message, remediation, commands.unwrap_or_default());
    Finding {
        severity: if databases { Severity::Medium } else { Severity::Info },
        resources: deployments.into_values().collect(),
        ..found
    }
}

fn instance_needed(inventory: &Inventory, deployment: Symbol) -> Needed {
    Needed {
        kind: NeededKind::Export,
        name: ExportKind::ResourceInstances.name().to_owned(),
        of: Some(inventory.text(deployment).to_owned()),
        why: "the plan and the resource group of the deployment tell whether it is a Gen 2 one that is let in by its group".to_owned(),
        command: account_command(ExportKind::ResourceInstances).map(str::to_owned),
        role: Some("Viewer".to_owned()),
    }
}
