//! # KEY002 key-not-active
//!
//! ## What it finds
//!
//! A key in use that is suspended, deleted, or expired.
//!
//! ## Why it matters
//!
//! With a suspended or deleted key, services can neither unwrap nor wrap: data cannot be read, disks do not start. With an expired
//! key unwrapping goes on and wrapping fails, so that it shows only when something new is written (Key Protect, *Monitoring the
//! lifecycle of encryption keys*, 2026-08-12).
//!
//! ## Example
//!
//! A suspended key, and a registration on it:
//!
//! ```json
//! [{"name": "payments", "state": 2, "extractable": false,
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
//! Enable the suspended key, restore the deleted one while that is possible, give what uses the expired one another.
//!
//! ## When not to heed it
//!
//! When the data shall not be read: suspending a key is the way to lock it.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::unseen::Unseen;
use super::used::{self, Usage};
use super::{Context, key_commands, unread, words};
use crate::inventory::{Inventory, Key, KeyIndex, KeyState, Use};

pub(super) static RULE: Rule = Rule {
    id: "KEY002",
    name: "key-not-active",
    title: "a key in use is not active",
    severity: Severity::High,
    stake: Stake::Data("if the key stays as it is"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::KEY_STATES],
    comment: page!("key002.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let unseen = Unseen::of(&context);
    for (row, key) in (0_u32..).zip(&inventory.keys).filter(|(_, key)| key.state != KeyState::Active) {
        let needs = match used::usage(&unseen, KeyIndex(row), key, "this key, which is not active,") {
            Usage::Nothing => continue,
            Usage::Unknown(needs) => needs,
            Usage::By(_) if matches!(key.state, KeyState::Unknown | KeyState::PreActivation) => {
                used::record_needed(inventory, key, "the export does not say in which state the key is")
            }
            Usage::By(uses) => {
                findings.found.push(finding(inventory, key, &uses));
                continue;
            }
        };
        findings.undetermined.push(Undetermined { rule: &RULE, subject: key.crn, needs });
    }
    unread::put_keys(&RULE, &context, findings);
}

fn finding(inventory: &Inventory, key: &Key, uses: &[&Use]) -> Finding {
    let (severity, state, remediation, verb) = match key.state {
        KeyState::Suspended => {
            (Severity::High, "suspended: what it protects cannot be read", "enable the key", Some("enable"))
        }
        KeyState::Destroyed => (
            Severity::High,
            "deleted: what it protects cannot be read",
            "restore the key while that is possible",
            Some("restore"),
        ),
        _ => (Severity::Medium, "expired: unwrapping works, wrapping fails", "give what uses the key another", None),
    };
    let message =
        format!("key `{}`, used by {}, is {state}", words::key(inventory, key), words::used_by(inventory, uses));
    let commands = match verb {
        Some(verb) => key_commands::act(inventory, key, verb, &format!("{verb}s the key; needs the role Manager")),
        None => key_commands::create(inventory, key, "creates another root key in the same KMS instance"),
    };
    Finding {
        severity,
        commands,
        evidence: vec![key.state_witness],
        ..used::finding(&RULE, key, uses, message, remediation)
    }
}
