//! # AUTH003 scope-unsupported
//!
//! ## What it finds
//!
//! A use that is authorized only through a scope which the service does not honour: a key ring for a Gen 2 deployment, a key or a
//! key ring for a cluster on Key Protect Dedicated.
//!
//! ## Why it matters
//!
//! The authorization looks right and is not heeded: provisioning fails (Event Streams Gen 2, *Key Protect integration*,
//! 2026-02-26: restrictions by key ring are not supported; Red Hat OpenShift, *Setting up worker node encryption*, 2026-08-21).
//!
//! ## Example
//!
//! A Gen 2 deployment, and an authorization for a key ring:
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ```json
//! {"resources": [{"name": "payments", "state": 1, "extractable": false, "keyRingID": "payments",
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
//!                                 {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"},
//!                                 {"name": "keyRing", "value": "payments"}]}]}]
//! ```
//!
//! ## What to do
//!
//! Narrow the authorization by the instance, or by the key where the service honours that.
//!
//! ## When not to heed it
//!
//! When the service has come to honour the scope since.

use super::authorized::{self, Fault};
use super::blast_radius::Stake;
use super::finding::{Findings, Severity, Undetermined};
use super::page::page;
use super::policies;
use super::registry::Rule;
use super::sources;
use super::{Context, words};

pub(super) static RULE: Rule = Rule {
    id: "AUTH003",
    name: "scope-unsupported",
    title: "an authorization has a scope that is not honoured",
    severity: Severity::High,
    stake: Stake::Data(
        "the service may be refused the key the next time it needs it; if the key can then not be had again",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::STREAMS_GEN2, sources::WORKERS],
    comment: page!("auth003.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    let inventory = context.inventory;
    for group in authorized::grouped(context, Fault::Scope) {
        let Some(first) = group.first() else { continue };
        let message = format!(
            "{} ({}) is authorized for key `{}` only by a scope that the service does not honour",
            words::quoted(inventory, authorized::whose(first)),
            authorized::service(inventory, first),
            authorized::key_name(inventory, first),
        );
        let remediation = "make an authorization with a scope that the service honours".to_owned();
        findings.found.extend(authorized::finding(&RULE, inventory, &group, message, remediation));
    }
    for one in context.decided.iter().filter(|one| authorized::undecided(one) == Some(Fault::Scope)) {
        let (subject, needs) = (authorized::whose(one), authorized::scope_needed(inventory, one));
        findings.undetermined.push(Undetermined { rule: &RULE, subject, needs });
    }
}
