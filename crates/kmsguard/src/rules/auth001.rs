//! # AUTH001 authorization-missing
//!
//! ## What it finds
//!
//! Something that uses a key without an authorization that lets it.
//!
//! ## Why it matters
//!
//! A service without an authorization cannot unwrap its key: new deployments fail, disks do not start again, and a deleted
//! resource cannot take back its registration, which then keeps the key from being deleted (terraform-ibm-landing-zone#738).
//!
//! ## Example
//!
//! A registration of a database, and a list of authorizations without one for it:
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ```json
//! {"resources": [{"name": "payments", "state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]}
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
//! Make the authorization that the finding shows: the smallest one that covers the use.
//!
//! ## When not to heed it
//!
//! When whoever exported could not see all authorizations of the account. IAM lists only what the caller may read.

use super::authorized::{self, Fault, PROVIDED};
use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, words};
use crate::authz::{DecidedUse, missing_text};
use crate::inventory::Inventory;

pub(super) static RULE: Rule = Rule {
    id: "AUTH001",
    name: "authorization-missing",
    title: "a key is used without an authorization",
    severity: Severity::High,
    stake: Stake::Data(
        "the service is refused the key the next time it needs it; if the key can then not be had again",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::LANDING_ZONE_738],
    comment: page!("auth001.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for group in authorized::grouped(context, Fault::Missing) {
        let Some(first) = group.first() else { continue };
        let remediation =
            "make the authorization in the key's account, and wait some 30 seconds until it takes effect".to_owned();
        findings.found.extend(authorized::finding(&RULE, inventory, &group, message(inventory, first), remediation));
    }
    for one in context.decided.iter().filter(|one| authorized::undecided(one) == Some(Fault::Missing)) {
        authorized::put_undetermined(&RULE, inventory, one, &one.decision.unknown, findings);
    }
}

fn message(inventory: &Inventory, one: &DecidedUse<'_>) -> String {
    let name = |policy: usize| {
        inventory
            .policies
            .get(policy)
            .and_then(|policy| policy.id.clone())
            .unwrap_or_else(|| "without an id".to_owned())
    };
    let missing: Vec<String> =
        one.decision.missing.iter().map(|missing| missing_text(missing, &one.decision.near_misses, name)).collect();
    format!(
        "{} ({}) may not use key `{}`: {}; {PROVIDED}",
        words::quoted(inventory, authorized::whose(one)),
        authorized::service(inventory, one),
        authorized::key_name(inventory, one),
        missing.join("; "),
    )
}
