//! # SHARE003 dependent-authorization-shared
//!
//! ## What it finds
//!
//! An authorization that a service made, and through which two or more deployments work: each of them has no other for its disks or
//! its backups. Worth knowing where they share the key anyway, high where the deployment that made it is deleted and about to be
//! removed, medium in between.
//!
//! ## Why it matters
//!
//! When a service that made an authorization is removed, IAM deletes it (IAM, *Using authorizations to grant access between
//! services*, 2025-11-15). Whether the removal of one deployment counts as that is not said. Then the others fail as well: a Gen 2
//! deployment until a support ticket brings the authorization back (Event Streams Gen 2, *Key Protect integration*, 2026-02-26).
//!
//! ## Example
//!
//! Two Gen 2 deployments on one key, and the authorization that one of them made for its disks:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "crn-crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "00112233445566778899aabbccddeeff"},
//!                                 {"name": "serviceName", "value": "server-protect"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"},
//!                                 {"name": "resourceType", "value": "key"},
//!                                 {"name": "resource", "value": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]}]}]
//! ```
//!
//! ```json
//! {"resources": [{"name": "payments", "state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]}
//! ```
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"},
//!  {"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:22222222-2222-4222-8222-222222222222::"}]
//! ```
//!
//! ```json
//! [{"crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::",
//!   "name": "orders", "resource_plan_id": "enterprise-gen2", "state": "active"},
//!  {"crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:22222222-2222-4222-8222-222222222222::",
//!   "name": "audit", "resource_plan_id": "enterprise-gen2", "state": "active"}]
//! ```
//!
//! ## What to do
//!
//! Before removing the deployment that made it, see to it that the others have an authorization of their own: that only their
//! service can make. Give each deployment its own key, so that each makes its own.
//!
//! ## When not to heed it
//!
//! When all of the deployments are to go together.

use super::blast_radius::Stake;
use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Findings, Needed, Severity};
use super::page::page;
use super::policies::{self, KeyPolicy, Maker};
use super::registry::Rule;
use super::sources;
use super::{Context, authorized, words};
use crate::authz::{DecidedUse, Doubt, UnknownFact, Verdict};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Symbol};

pub(super) static RULE: Rule = Rule {
    id: "SHARE003",
    name: "dependent-authorization-shared",
    title: "several deployments work through one authorization that a service made",
    severity: Severity::Medium,
    stake: Stake::Data(
        "if the deployment that made it is removed, the authorization may go with it and take all of them at once; if the key can then not be had",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::AUTHORIZATIONS, sources::STREAMS_GEN2],
    comment: page!("share003.rs"),
    check,
};

/// What works through one authorization.
#[derive(Default)]
struct Through<'a> {
    deployments: BTreeMap<&'a str, Symbol>,
    keys: BTreeSet<&'a str>,
    uses: Vec<&'a DecidedUse<'a>>,
}

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    let inventory = context.inventory;
    let mut through: BTreeMap<usize, Through<'_>> = BTreeMap::new();
    let mut open: BTreeMap<(&str, &str), BTreeMap<&str, &DecidedUse<'_>>> = BTreeMap::new();
    for one in context.decided {
        let deployment = authorized::whose(one);
        let key = one.key.map(|key| key.crn).or(one.found.key_crn).unwrap_or(one.found.key_id);
        for dependent in &one.decision.dependents {
            match (dependent.verdict, dependent.policies.as_slice()) {
                // Of two, the other stays.
                (Verdict::Covered, [only]) => {
                    let through = through.entry(*only).or_default();
                    through.deployments.insert(inventory.text(deployment), deployment);
                    through.keys.insert(inventory.text(key));
                    through.uses.push(one);
                }
                (Verdict::Unknown, _) => {
                    let shared = open.entry((inventory.text(key), dependent.service)).or_default();
                    shared.insert(inventory.text(deployment), one);
                }
                _ => {}
            }
        }
    }
    for (number, through) in through {
        let Some(policy) = inventory.policies.get(number).map(|policy| KeyPolicy { number, policy }) else { continue };
        match (policies::maker(policy.policy), through.deployments.len() > 1) {
            (Maker::Customer, _) => {}
            (Maker::Service, true) => findings.found.push(finding(inventory, policy, &through)),
            (Maker::Unknown, true) => {
                policies::put_undetermined(&RULE, policy, policies::author_needed(policy), findings)
            }
            (Maker::Service | Maker::Unknown, false) => {
                if let Some(needed) = registrations_needed(inventory, &through) {
                    policies::put_undetermined(&RULE, policy, needed, findings);
                }
            }
        }
    }
    for one in open.into_values().filter(|shared| shared.len() > 1).flat_map(BTreeMap::into_values) {
        // That the list is not whole is said once for the account.
        let facts = one.decision.dependents.iter().flat_map(|dependent| &dependent.unknown);
        let facts: Vec<UnknownFact> =
            facts.filter(|fact| fact.doubt != Doubt::AuthorizationsIncomplete).cloned().collect();
        authorized::put_undetermined(&RULE, inventory, one, &facts, findings);
    }
}

/// The registrations that would tell of other deployments on the same key.
fn registrations_needed(inventory: &Inventory, through: &Through<'_>) -> Option<Needed> {
    let key = through.uses.iter().find_map(|one| one.key.filter(|key| !key.registrations.is_usable()))?;
    let why = "without all registrations, it is not known whether other deployments work through the authorization";
    Some(Needed::list_of(ExportKind::KmsRegistrations, inventory.text(key.instance), why))
}

fn finding(inventory: &Inventory, policy: KeyPolicy<'_>, through: &Through<'_>) -> Finding {
    let author = policy.policy.created_by_id.as_deref().unwrap_or_default();
    let author = author.strip_prefix("crn-").unwrap_or(author);
    let creator = inventory.interner.find(author).and_then(|crn| inventory.instance(crn));
    let is_deleted = creator.is_some_and(|creator| creator.is_soft_deleted(inventory));
    let names: Vec<String> = through.deployments.values().map(|crn| words::quoted(inventory, *crn)).collect();
    let names = if names.len() > 5 { words::count(names.len(), "deployment") } else { words::list(&names) };
    let made_by = match creator {
        Some(creator) if is_deleted => format!(
            "{} made it, which is deleted and is reclaimed soon: then IAM may delete the authorization",
            words::quoted(inventory, creator.crn)
        ),
        Some(creator) => {
            format!("{} made it, and when that is removed, IAM may delete it", words::quoted(inventory, creator.crn))
        }
        None => format!("`{author}` made it, and when that is removed, IAM may delete it"),
    };
    let keys = if through.keys.len() == 1 { "one key" } else { "several keys" };
    let message = format!("{} is all by which {names} work, on {keys}: {made_by}", policies::called(policy.policy));
    let remediation = "keep the deployment that made it as long as the others are needed; give each deployment its own key, so that \
                       each makes its own authorization";
    let found = policies::finding(&RULE, inventory, policy, message, remediation, Vec::new());
    let key = through.uses.first().and_then(|one| one.key.map(|key| key.crn).or(one.found.key_crn));
    Finding {
        severity: match (is_deleted, through.keys.len()) {
            (true, _) => Severity::High,
            (false, 1) => Severity::Info,
            (false, _) => Severity::Medium,
        },
        key: key.filter(|_| through.keys.len() == 1),
        resources: through.deployments.values().copied().collect(),
        ..found
    }
}
