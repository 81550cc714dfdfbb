//! # SHARE002 key-shared-across-accounts
//!
//! ## What it finds
//!
//! A key that protects deployments of two or more accounts. Deployments are counted as SHARE001 counts them; volumes that a service
//! keeps in an account of IBM's are none.
//!
//! ## Why it matters
//!
//! Whoever may delete the key decides about the data of another account, which has no say and often no sight of it: registrations
//! are listed only in the account of the key. An authorization across accounts is one-way (IAM, *Using authorizations to grant
//! access between services*, 2025-11-15).
//!
//! ## Example
//!
//! Two databases in two accounts, registered with one key:
//!
//! ```json
//! {"resources": [{"name": "payments", "state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]}
//! ```
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"},
//!  {"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:databases-for-redis:us-south:a/00112233445566778899aabbccddeeff:22222222-2222-4222-8222-222222222222::"}]
//! ```
//!
//! ## What to do
//!
//! Give each account its own key. Where that has to wait, guard the key with two-person deletion, and tell the owners of both
//! accounts.
//!
//! ## When not to heed it
//!
//! When one account keeps the keys of all others by design, and its owners answer for their data.

use super::blast_radius::Stake;
use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::sharing::{self, Sharing};
use super::sources;
use super::stale::Lists;
use super::{Context, words};
use crate::inventory::KeyIndex;

pub(super) static RULE: Rule = Rule {
    id: "SHARE002",
    name: "key-shared-across-accounts",
    title: "one key protects deployments of several accounts",
    severity: Severity::High,
    stake: Stake::Data("one account can take away the data of another: if the key or its authorization goes"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::AUTHORIZATIONS],
    comment: page!("share002.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let mut lists = Lists::of(inventory);
    for (row, key) in (0_u32..).zip(&inventory.keys) {
        let sharing = Sharing::of(inventory, &mut lists, KeyIndex(row));
        // Nearly all keys are used from one account, and need no names.
        if !sharing.is_across_accounts() {
            findings.undetermined.extend(sharing.undetermined(&RULE, inventory, key));
            continue;
        }
        let mut accounts: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for found in &sharing.standing {
            if let (Some(account), Some(deployment)) = (found.account, found.belongs.deployment()) {
                accounts.entry(inventory.text(account)).or_default().insert(words::quoted(inventory, deployment));
            }
        }
        let of_account = |(account, deployments): (&&str, &BTreeSet<String>)| {
            let names: Vec<&String> = deployments.iter().collect();
            let names = if names.len() > 3 { words::count(names.len(), "deployment") } else { words::list(&names) };
            format!("{names} of account `{account}`")
        };
        let users: Vec<String> = accounts.iter().map(of_account).collect();
        let users = if users.len() > 5 { words::count(accounts.len(), "account") } else { words::list(&users) };
        let message =
            format!("key `{}` protects {users}{}", words::key(inventory, key), sharing.reservations(inventory, key));
        findings.found.push(Finding {
            resources: sharing.deployments(),
            evidence: sharing.evidence(),
            remediation: "give each account its own root key, and guard this one against deletion until then"
                .to_owned(),
            commands: vec![sharing::look(inventory, key)],
            ..Finding::of_key(&RULE, key, message)
        });
    }
}
