//! # AUTH002 delegation-missing
//!
//! ## What it finds
//!
//! A deployment that may use its key, but may not delegate that to the services it works with, and needs to.
//!
//! ## Why it matters
//!
//! Gen 2 deployments, clusters and databases with a backup key work through a second authorization, which they make themselves by
//! the role AuthorizationDelegator. Without it provisioning fails; in a running deployment nothing fails at once, and the second
//! authorization cannot be made again once it is gone (Event Streams Gen 2, *Key Protect integration*, 2026-02-26).
//!
//! ## Example
//!
//! A Gen 2 deployment, and an authorization with Reader alone:
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
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}]}]}]
//! ```
//!
//! ## What to do
//!
//! Add the role AuthorizationDelegator to the authorization.
//!
//! ## When not to heed it
//!
//! When whoever exported could not see all authorizations of the account.

use std::collections::BTreeSet;

use super::authorized::{self, Fault, PROVIDED};
use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::policies;
use super::registry::Rule;
use super::sources;
use super::{Context, words};
use crate::authz::{DecidedUse, Verdict};
use crate::catalog::needs::Required;
use crate::inventory::Symbol;

pub(super) static RULE: Rule = Rule {
    id: "AUTH002",
    name: "delegation-missing",
    title: "an authorization lacks delegation",
    severity: Severity::High,
    stake: Stake::Data(
        "the service cannot make the authorization behind its disks or backups again; if that one goes too",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::STREAMS_GEN2],
    comment: page!("auth002.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    // Where no use that may need delegation is left open, nobody can lack the role, whatever the list does not show.
    let open = |one: &&DecidedUse<'_>| one.decision.verdict == Verdict::Unknown && one.need.delegation != Required::No;
    let accounts: BTreeSet<Symbol> = context.decided.iter().filter(open).filter_map(|one| one.account).collect();
    policies::put_unlisted_of(&RULE, inventory, accounts.into_iter(), findings);
    for group in authorized::grouped(context, Fault::Delegation) {
        let Some(first) = group.first() else { continue };
        let message = format!(
            "{} ({}) may use key `{}`, but needs the role AuthorizationDelegator too; {PROVIDED}",
            words::quoted(inventory, authorized::whose(first)),
            authorized::service(inventory, first),
            authorized::key_name(inventory, first),
        );
        let remediation =
            "add the role AuthorizationDelegator: change the authorization, or make one with both roles".to_owned();
        findings.found.extend(authorized::finding(&RULE, inventory, &group, message, remediation));
    }
    for one in context.decided.iter().filter(|one| authorized::undecided(one) == Some(Fault::Delegation)) {
        authorized::put_undetermined(&RULE, inventory, one, &one.decision.unknown, findings);
    }
}
