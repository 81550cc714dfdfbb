//! # KEY007 key-expiring
//!
//! ## What it finds
//!
//! A key that expires within 30 days, or has expired since it was listed.
//!
//! ## Why it matters
//!
//! An expired key still unwraps and no longer wraps, so that what uses it fails when it next writes; rotating it does not put the end
//! off, and deleting and restoring does not make it active again (Key Protect, *Monitoring the lifecycle of encryption keys*,
//! 2026-08-12). High: it is certain, and there is no way back.
//!
//! ## Example
//!
//! A key that ends in December:
//!
//! ```json
//! [{"state": 1, "extractable": false, "expirationDate": "2026-12-01T00:00:00Z",
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]
//! ```
//!
//! ## What to do
//!
//! Create another root key, and move what uses this one to it before the day.
//!
//! ## When not to heed it
//!
//! When the key was made to end. The 30 days are an option.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::unseen::Unseen;
use super::used::{self, Usage};
use super::{Context, dates, key_commands, unread, words};
use crate::inventory::{KeyIndex, KeyState};

pub(super) static RULE: Rule = Rule {
    id: "KEY007",
    name: "key-expiring",
    title: "a key expires soon",
    severity: Severity::High,
    stake: Stake::Other("an expired key never wraps again: what uses it fails when it next writes"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::KEY_STATES],
    comment: page!("key007.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let unseen = Unseen::of(&context);
    let now = context.now.timestamp();
    let Some(end) = dates::later(now, 0, context.options.key_expiry_days) else { return };
    for (row, key) in (0_u32..).zip(&inventory.keys).filter(|(_, key)| key.expires_at.is_some()) {
        // What has expired, or is deleted, is for KEY002 and KEY006.
        if matches!(key.state, KeyState::Deactivated | KeyState::Destroyed) {
            continue;
        }
        let Some(expiry) = dates::read(inventory, key.expires_at) else {
            let needs = used::record_needed(inventory, key, "the date on which the key expires cannot be read");
            findings.undetermined.push(Undetermined { rule: &RULE, subject: key.crn, needs });
            continue;
        };
        if expiry > end {
            continue;
        }
        let usage = used::usage(&unseen, KeyIndex(row), key, "this key");
        let (uses, who) = match usage {
            Usage::By(uses) => {
                let users = words::used_by(inventory, &uses);
                (uses, format!("is used by {users}"))
            }
            Usage::Nothing => (Vec::new(), "is used by nothing that registers".to_owned()),
            Usage::Unknown(_) => (Vec::new(), "may be in use: no registrations tell".to_owned()),
        };
        let verb = if expiry <= now { "expired" } else { "expires" };
        let message = format!("key `{}` {verb} on {}, and {who}", words::key(inventory, key), dates::day(expiry));
        let remediation =
            "create another root key and move what uses this one to it: rotating does not put the end off";
        findings.found.push(Finding {
            commands: key_commands::create(inventory, key, "creates another root key in the same KMS instance"),
            ..used::finding(&RULE, key, &uses, message, remediation)
        });
    }
    unread::put_keys(&RULE, &context, findings);
}
