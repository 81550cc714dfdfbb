//! # AUTH013 attribute-unknown
//!
//! ## What it finds
//!
//! An authorization on keys with an attribute that no such authorization has. A subject has `accountId`, `serviceName`,
//! `serviceInstance`, `region`, `resourceType`, `resource` and `resourceGroupId`; a resource has these and `keyRing`, `serviceType`
//! and `service_group_id`.
//!
//! ## Why it matters
//!
//! All attributes must hold, so one that nothing has lets nobody in; and should IAM pass over it, the authorization lets in more
//! than it says. IBM's own pages have had names of the console in the place of attributes (IAM Policy Management API, 2026-06-29).
//!
//! ## Example
//!
//! A misspelt name:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "messagehub"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceinstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}]}]}]
//! ```
//!
//! ## What to do
//!
//! Write the attribute as IAM has it. Names are told apart by their capitals.
//!
//! ## When not to heed it
//!
//! When IAM has come to know the attribute since: then the catalogue of kmsguard is too old.

use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::policies;
use super::registry::Rule;
use super::sources;
use super::{Context, mend, words};
use crate::policy::{PolicyFaultKind, with_attributes};

pub(super) static RULE: Rule = Rule {
    id: "AUTH013",
    name: "attribute-unknown",
    title: "an authorization has an attribute that is none",
    severity: Severity::High,
    stake: Stake::Other(
        "either the authorization lets nobody in, and whatever rests on it alone is refused the key, or it lets in more than it says",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::POLICY_API],
    comment: page!("auth013.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    for one in policies::perhaps_on_keys(&context) {
        let unknown = one.policy.problems.iter().filter_map(|fault| match &fault.kind {
            PolicyFaultKind::UnknownAttribute { side, attribute } => {
                Some(format!("`{attribute}` of the {}: {}", side.name(), fault.kind.help()))
            }
            PolicyFaultKind::UserAsSubject { attribute } => {
                Some(format!("`{attribute}` of the subject: {}", fault.kind.help()))
            }
            _ => None,
        });
        let unknown: Vec<String> = unknown.collect();
        if unknown.is_empty() {
            continue;
        }
        let message = format!(
            "{} has attributes that no authorization on keys has: {}",
            policies::called(one.policy),
            words::list(&unknown)
        );
        let new = with_attributes(one.policy);
        let commands =
            new.map(|new| mend::change(one.policy, &new, "makes the authorization with the attribute that was meant"));
        let remediation = "write the attribute as IAM has it; leaving it out would let more in";
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
