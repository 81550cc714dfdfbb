//! # AUTH010 dependent-authorization-missing
//!
//! ## What it finds
//!
//! A provisioned deployment that works through another service, which has no authorization on the key any more.
//!
//! ## Why it matters
//!
//! A Gen 2 deployment's disks, a cluster's worker disks and a database's backups are unwrapped by another service, by an
//! authorization that the deployment made. Nothing stops anyone from deleting it; then every deployment on that key fails until a
//! support ticket brings it back (Event Streams Gen 2, *Key Protect integration*, 2026-02-26).
//!
//! ## Example
//!
//! A Gen 2 deployment with an authorization, and none for the disks below it:
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ```json
//! {"resources": [{"name": "payments", "state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]}
//! ```
//!
//! ```json
//! [{"crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::",
//!   "name": "orders", "resource_plan_id": "enterprise-gen2", "state": "active"}]
//! ```
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "messagehub"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"},
//!               {"role_id": "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}]}]}]
//! ```
//!
//! ## What to do
//!
//! Gen 2: open a support ticket. Classic databases: it comes back by itself while the deployment's own authorization has delegation.
//!
//! ## When not to heed it
//!
//! While the deployment is being provisioned, and when whoever exported could not see all authorizations of the account.

use std::collections::BTreeSet;

use super::authorized::{self, PROVIDED};
use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, words};
use crate::authz::Verdict;
use crate::catalog::needs::Generation;

pub(super) static RULE: Rule = Rule {
    id: "AUTH010",
    name: "dependent-authorization-missing",
    title: "a dependent service lost its authorization",
    severity: Severity::Critical,
    stake: Stake::Data("the service that holds the data is refused the key now"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::STREAMS_GEN2],
    comment: page!("auth010.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let mut seen: BTreeSet<_> = BTreeSet::new();
    for one in context.decided {
        for dependent in &one.decision.dependents {
            let deployment = authorized::whose(one);
            if dependent.verdict == Verdict::Covered
                || !seen.insert((one.found.key, one.found.key_id, deployment, dependent.service))
            {
                continue;
            }
            if dependent.verdict == Verdict::Unknown {
                authorized::put_undetermined(&RULE, inventory, one, &dependent.unknown, findings);
                continue;
            }
            let remediation = if one.need.generation == Generation::Classic {
                "the service makes the authorization again by itself while its own authorization on the key has delegation"
            } else {
                "open a support ticket: only the service itself can make this authorization again"
            };
            let message = format!(
                "{} works through `{}`, which has no authorization on key `{}`: what it keeps there fails; {PROVIDED}",
                words::quoted(inventory, deployment),
                dependent.service,
                authorized::key_name(inventory, one),
            );
            let found = authorized::finding(&RULE, inventory, &[one], message, remediation.to_owned());
            findings.found.extend(found.map(|found| Finding {
                policies: Vec::new(),
                commands: Vec::new(),
                identity: format!("{} {}", found.identity, dependent.service),
                ..found
            }));
        }
    }
}
