//! # KEY006 restore-window-closing
//!
//! ## What it finds
//!
//! A deleted key that something uses, and until when it can be restored.
//!
//! ## Why it matters
//!
//! A deleted key can be restored until 30 days after its deletion, or until it expires if that is earlier. After that nothing brings
//! back what it protects (Key Protect, *Restoring keys*, 2026-06-24). Critical: the time is running.
//!
//! ## Example
//!
//! A key that was deleted this month, and a registration on it:
//!
//! ```json
//! [{"state": 5, "extractable": false, "deletionDate": "2026-11-10T08:30:00Z",
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
//! Restore the key.
//!
//! ## When not to heed it
//!
//! When the data shall be gone: deleting its key is the way to shred it.

use jiff::Timestamp;

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::unseen::Unseen;
use super::used::{self, Usage};
use super::{Context, dates, key_commands, unread, words};
use crate::catalog::key_life::RESTORABLE_UNTIL;
use crate::inventory::{Inventory, Key, KeyIndex, KeyState};

pub(super) static RULE: Rule = Rule {
    id: "KEY006",
    name: "restore-window-closing",
    title: "a deleted key is in use, and cannot be restored for long",
    severity: Severity::Critical,
    stake: Stake::Data("once the key can no longer be restored"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::RESTORING],
    comment: page!("key006.rs"),
    check,
};

/// Until when a deleted key can be restored.
enum Window {
    Until(Timestamp),
    /// It is over.
    Closed(Timestamp),
    /// No export tells.
    Unknown,
}

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let unseen = Unseen::of(&context);
    for (row, key) in (0_u32..).zip(&inventory.keys) {
        if !matches!(key.state, KeyState::Destroyed | KeyState::Unknown) {
            continue;
        }
        let needs = match used::usage(&unseen, KeyIndex(row), key, "this deleted key") {
            Usage::Nothing => continue,
            Usage::Unknown(needs) => needs,
            Usage::By(_) if key.state == KeyState::Unknown => {
                used::record_needed(inventory, key, "the export does not say in which state the key is")
            }
            Usage::By(uses) => {
                let (name, users) = (words::key(inventory, key), words::used_by(inventory, &uses));
                let (when, remediation, commands) = match window(context, key) {
                    Window::Until(last) => (
                        format!("can be restored until {last}"),
                        "restore the key, before it is too late",
                        key_commands::act(inventory, key, "restore", "restores the key; needs the role Manager"),
                    ),
                    Window::Closed(last) => (
                        format!("could be restored until {last}, which is past"),
                        "what the key protects is lost: make it anew, with another key",
                        Vec::new(),
                    ),
                    Window::Unknown => (
                        "can be restored for 30 days at most; no export says when it was deleted".to_owned(),
                        "restore the key at once",
                        key_commands::act(inventory, key, "restore", "restores the key; needs the role Manager"),
                    ),
                };
                let message = format!("key `{name}`, used by {users}, was deleted and {when}");
                let mut found = used::finding(&RULE, key, &uses, message, remediation);
                found.evidence.push(key.state_witness);
                findings.found.push(Finding { commands, ..found });
                continue;
            }
        };
        findings.undetermined.push(Undetermined { rule: &RULE, subject: key.crn, needs });
    }
    unread::put_keys(&RULE, &context, findings);
}

fn window(context: Context<'_>, key: &Key) -> Window {
    let inventory: &Inventory = context.inventory;
    let span = jiff::SignedDuration::from_secs(RESTORABLE_UNTIL.seconds);
    let deleted = dates::read(inventory, key.deleted_at).and_then(|deleted| deleted.checked_add(span).ok());
    let expiry = dates::read(inventory, key.expires_at);
    // An expiry that is there and cannot be read may be the earlier end.
    let unreadable = key.expires_at.is_some() && expiry.is_none();
    let last = match (deleted, expiry) {
        (Some(end), Some(expiry)) => Some(end.min(expiry)),
        (Some(end), None) => Some(end),
        // Whenever it was deleted: from its expiry on it cannot be restored.
        (None, Some(expiry)) if expiry <= context.now.timestamp() => Some(expiry),
        (None, _) => None,
    };
    match last {
        Some(last) if last <= context.now.timestamp() => Window::Closed(last),
        Some(last) if !unreadable => Window::Until(last),
        _ => Window::Unknown,
    }
}
