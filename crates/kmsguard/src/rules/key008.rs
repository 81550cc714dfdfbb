//! # KEY008 deletion-unprotected
//!
//! ## What it finds
//!
//! A key in use that one person alone may delete: dual authorization is off for it.
//!
//! ## Why it matters
//!
//! Ordinary registrations already keep a key from being deleted without force. With force, one person with the role Manager deletes it
//! all the same; with dual authorization a second one must agree (Key Protect, *Using dual authorization policies for the deletion of
//! keys*, 2026-08-12). Info; low where the key is shared, because more is lost at once.
//!
//! ## Example
//!
//! A key with dual authorization off, and a registration on it:
//!
//! ```json
//! [{"state": 1, "extractable": false, "dualAuthDelete": {"enabled": false},
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
//! Turn dual authorization on. It cannot be turned off again for a key, and Terraform cannot destroy such a key.
//!
//! ## When not to heed it
//!
//! When there is no second person, or keys are to be removed by a program.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity, Undetermined};
use super::key_commands::{self, KeyPolicy};
use super::page::page;
use super::registry::Rule;
use super::sharing::Sharing;
use super::stale::Lists;
use super::unseen::Unseen;
use super::used::{self, Usage};
use super::{Context, unread, words};
use crate::catalog::key_life;
use crate::inventory::{KeyIndex, KeyState};

pub(super) static RULE: Rule = Rule {
    id: "KEY008",
    name: "deletion-unprotected",
    title: "one person alone may delete a key in use",
    severity: Severity::Info,
    stake: Stake::Data("nothing fails as it is; if the key is deleted by force"),
    since: "0.1.0",
    preview: false,
    sources: &[key_life::DUAL_AUTHORIZATION, key_life::REGISTRATIONS],
    comment: page!("key008.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let unseen = Unseen::of(&context);
    let mut lists = Lists::of(inventory);
    for (row, key) in (0_u32..).zip(&inventory.keys) {
        // A deleted key is protected by nothing any more.
        if key.dual_authorization == Some(true) || key.state == KeyState::Destroyed {
            continue;
        }
        let needs = match used::usage(&unseen, KeyIndex(row), key, "this key") {
            Usage::Nothing => continue,
            Usage::Unknown(needs) => needs,
            Usage::By(_) if key.dual_authorization.is_none() => {
                let why = "the export does not say whether two people must ask for the deletion of the key";
                used::record_needed(inventory, key, why)
            }
            Usage::By(uses) => {
                let sharing = Sharing::of(inventory, &mut lists, KeyIndex(row));
                let shared = sharing.deployments().len() > 1;
                let message = format!(
                    "key `{}`, used by {}, may be deleted by one person alone, with force: its registrations block a deletion \
                     without",
                    words::key(inventory, key),
                    words::used_by(inventory, &uses)
                );
                let what = "asks for two people at the deletion of the key, for good; needs the role Manager";
                let remediation =
                    "turn dual authorization on, if there is a second person to agree: it cannot be turned off again";
                findings.found.push(Finding {
                    severity: if shared { Severity::Low } else { RULE.severity },
                    commands: key_commands::set_policy(inventory, key, &KeyPolicy::DualAuthorization, what),
                    ..used::finding(&RULE, key, &uses, message, remediation)
                });
                continue;
            }
        };
        findings.undetermined.push(Undetermined { rule: &RULE, subject: key.crn, needs });
    }
    unread::put_keys(&RULE, &context, findings);
}
