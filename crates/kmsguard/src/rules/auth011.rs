//! # AUTH011 roles-split
//!
//! ## What it finds
//!
//! A use that is authorized by several authorizations together and by none of them alone: one has Reader, another
//! AuthorizationDelegator.
//!
//! ## Why it matters
//!
//! IAM adds roles up, so it works. IBM's own check before a migration looks for one authorization with both roles, and says that
//! there is none (Key Protect, *Key Migration Tool*, 2026-07-30); and whoever takes away one of them does not see what rests on it.
//!
//! ## Example
//!
//! Reader in one, AuthorizationDelegator in another:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!   "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                {"name": "serviceName", "value": "messagehub"}]}],
//!   "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!   "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                {"name": "serviceName", "value": "kms"},
//!                                {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}]}]},
//!  {"id": "20000000-0000-4000-8000-000000000002", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "messagehub"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::role:AuthorizationDelegator"}],
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
//!   "name": "orders", "resource_plan_id": "enterprise-gen2", "state": "active"}]
//! ```
//!
//! ## What to do
//!
//! Make one authorization with both roles, and take the others away once nothing rests on them.
//!
//! ## When not to heed it
//!
//! When the authorizations are kept apart on purpose, so that delegation can be taken away by itself.

use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, authorized, policies, words};
use crate::authz::{DecidedUse, Verdict};

pub(super) static RULE: Rule = Rule {
    id: "AUTH011",
    name: "roles-split",
    title: "the roles that a service needs are split over several authorizations",
    severity: Severity::Low,
    stake: Stake::Data(
        "it works as it is; if one of the authorizations goes, the use rests on the others, and if the key can then not be had",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::MIGRATION_TOOL],
    comment: page!("auth011.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    let split = |one: &&DecidedUse<'_>| one.decision.verdict == Verdict::Covered && !one.decision.single_policy;
    for group in authorized::by_deployment(context.inventory, context.decided.iter().filter(split)) {
        let Some(first) = group.first() else { continue };
        let message = format!(
            "{} ({}) may use key `{}`, but only by {} authorizations together",
            words::quoted(context.inventory, authorized::whose(first)),
            authorized::service(context.inventory, first),
            authorized::key_name(context.inventory, first),
            first.decision.policies.len(),
        );
        let remediation = "make one authorization with all roles that are needed, and take the others away once nothing rests on them";
        let found = authorized::finding(&RULE, context.inventory, &group, message, remediation.to_owned());
        findings.found.extend(found);
    }
}
