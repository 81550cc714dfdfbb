//! # AUTH008 role-malformed
//!
//! ## What it finds
//!
//! A role id in an authorization on keys that names no role: `role:Reader`, where service roles are `serviceRole:`;
//! `serviceRole:AuthorizationDelegator`, which is a `role:` of IAM; or two roles in one id.
//!
//! ## Why it matters
//!
//! The role is not granted. IBM's own pages have shown each of the three (VPC, *Establishing service-to-service authorizations*,
//! 2026-08-21), and the services then answer that the key was not found.
//!
//! ## Example
//!
//! Reader as a platform role:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "messagehub"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::role:Reader"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}]}]}]
//! ```
//!
//! ## What to do
//!
//! Write `crn:v1:bluemix:public:iam::::serviceRole:Reader` and `crn:v1:bluemix:public:iam::::role:AuthorizationDelegator`, one id
//! for each role.
//!
//! ## When not to heed it
//!
//! Never: no role is granted by such an id.

use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::policies;
use super::registry::Rule;
use super::sources;
use super::{Context, mend, words};
use crate::policy::{PolicyFaultKind, with_roles};

pub(super) static RULE: Rule = Rule {
    id: "AUTH008",
    name: "role-malformed",
    title: "an authorization has a role id that names no role",
    severity: Severity::High,
    stake: Stake::Other(
        "the role is not granted: whatever rests on it alone is refused the key, and what is written with the key cannot be read \
         until the role is mended",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::VPC_AUTHORIZATIONS],
    comment: page!("auth008.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    for one in policies::perhaps_on_keys(&context) {
        let mistakes = one.policy.problems.iter().filter_map(|fault| match &fault.kind {
            PolicyFaultKind::RoleMistake { role, .. } => Some(format!("`{role}`: {}", fault.kind.help())),
            _ => None,
        });
        let mistakes: Vec<String> = mistakes.collect();
        if mistakes.is_empty() {
            continue;
        }
        let message =
            format!("{} has role ids that grant nothing: {}", policies::called(one.policy), words::list(&mistakes));
        let new = with_roles(one.policy);
        let commands =
            new.map(|new| mend::change(one.policy, &new, "makes the authorization with the roles that were meant"));
        let remediation = "write the role ids as IAM has them, one for each role";
        findings.found.push(policies::finding(
            &RULE,
            context.inventory,
            one,
            message,
            remediation,
            commands.unwrap_or_default(),
        ));
    }
}
