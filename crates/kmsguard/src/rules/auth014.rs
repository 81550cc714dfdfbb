//! # AUTH014 account-of-another-crn
//!
//! ## What it finds
//!
//! An authorization on keys that names an instance together with an account that is not the instance's: on either side, the account
//! was taken from another CRN. It is looked for where an export shows the instance.
//!
//! ## Why it matters
//!
//! All attributes must hold, and no instance is in two accounts: such an authorization lets nobody in. It comes of modules that
//! take the account of the key from the CRN of the source: as long as both are in one account, nobody notices (terraform-ibm-cos,
//! `modules/buckets`, 2026-08).
//!
//! ## Example
//!
//! A KMS instance of one account, and an authorization that names another:
//!
//! ```json
//! [{"id": "20000000-0000-4000-8000-000000000001", "type": "authorization", "created_by_id": "IBMid-000000EXAMPLE",
//!    "subjects": [{"attributes": [{"name": "accountId", "value": "0123456789abcdef0123456789abcdef"},
//!                                 {"name": "serviceName", "value": "messagehub"}]}],
//!    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
//!    "resources": [{"attributes": [{"name": "accountId", "value": "00112233445566778899aabbccddeeff"},
//!                                 {"name": "serviceName", "value": "kms"},
//!                                 {"name": "serviceInstance", "value": "44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4"}]}]}]
//! ```
//!
//! ```json
//! [{"crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::",
//!   "name": "keys", "resource_plan_id": "tiered-pricing", "state": "active"}]
//! ```
//!
//! ## What to do
//!
//! Make the authorization with the account that stands in the CRN of the instance, in the account of the key.
//!
//! ## When not to heed it
//!
//! Never: there is no such instance in that account.

use super::accounts::InstanceAccounts;
use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::page::page;
use super::policies;
use super::registry::Rule;
use super::sources;
use super::{Context, mend, words};

pub(super) static RULE: Rule = Rule {
    id: "AUTH014",
    name: "account-of-another-crn",
    title: "an authorization names an instance in an account that is not its own",
    severity: Severity::High,
    stake: Stake::Other(
        "the authorization lets nobody in: whatever rests on it alone is refused the key, and what is written with the key cannot \
         be read until the authorization is mended",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::COS_BUCKETS],
    comment: page!("auth014.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    policies::put_unlisted(&RULE, &context, findings);
    let known = InstanceAccounts::of(&context);
    for one in policies::on_keys(&context) {
        let wrong = known.wrong(one.policy);
        if wrong.is_empty() {
            continue;
        }
        let wrong: Vec<String> = wrong
            .iter()
            .map(|wrong| {
                format!(
                    "the {} names instance `{}` in account `{}`, and the instance is in `{}`",
                    wrong.side.name(),
                    wrong.instance,
                    wrong.named,
                    wrong.own
                )
            })
            .collect();
        let message = format!("{} lets nobody in: {}", policies::called(one.policy), words::list(&wrong));
        let new = known.with_accounts(one.policy);
        let commands =
            new.map(|new| mend::change(one.policy, &new, "makes the authorization with the account of the instance"));
        let remediation =
            "make the authorization with the account that stands in the CRN of the instance, in the account of the key";
        let commands = commands.unwrap_or_default();
        findings.found.push(policies::finding(&RULE, context.inventory, one, message, remediation, commands));
    }
}
