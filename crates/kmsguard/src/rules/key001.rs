//! # KEY001 not-a-root-key
//!
//! ## What it finds
//!
//! A standard key that something uses for encryption.
//!
//! ## Why it matters
//!
//! Services wrap their own keys with a root key, which never leaves the KMS. A standard key can be read out by anyone with the role
//! to do so, and most services refuse it, some only when they next need it (Key Protect, *Keys overview*, 2026-08-12).
//!
//! ## Example
//!
//! A standard key, and a registration on it:
//!
//! ```json
//! [{"name": "payments", "state": 1, "extractable": true,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]
//! ```
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ## What to do
//!
//! Create a root key, and move what uses the standard key to it.
//!
//! ## When not to heed it
//!
//! When the registration is stale: the resource is gone and its registration was left.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::unseen::Unseen;
use super::used::{self, Usage};
use super::{Context, key_commands, unread, words};
use crate::inventory::KeyIndex;

pub(super) static RULE: Rule = Rule {
    id: "KEY001",
    name: "not-a-root-key",
    title: "a standard key is used for encryption",
    severity: Severity::High,
    stake: Stake::Other(
        "most services refuse a standard key when they next need it, and whoever may read its payload can read the data",
    ),
    since: "0.1.0",
    preview: false,
    sources: &[sources::KEY_STATES],
    comment: page!("key001.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let unseen = Unseen::of(&context);
    for (row, key) in (0_u32..).zip(&inventory.keys).filter(|(_, key)| key.extractable != Some(false)) {
        let needs = match used::usage(&unseen, KeyIndex(row), key, "this standard key") {
            Usage::Nothing => continue,
            Usage::Unknown(needs) => needs,
            Usage::By(_) if key.extractable.is_none() => {
                used::record_needed(inventory, key, "the export does not say whether the key is a root key")
            }
            Usage::By(uses) => {
                let (name, users) = (words::key(inventory, key), words::used_by(inventory, &uses));
                let message = format!("standard key `{name}` is used by {users}");
                let remediation = "create a root key and move what uses this one to it";
                findings.found.push(Finding {
                    commands: key_commands::create(inventory, key, "creates a root key in the same KMS instance"),
                    ..used::finding(&RULE, key, &uses, message, remediation)
                });
                continue;
            }
        };
        findings.undetermined.push(Undetermined { rule: &RULE, subject: key.crn, needs });
    }
    unread::put_keys(&RULE, &context, findings);
}
