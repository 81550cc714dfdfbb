//! # KEY003 key-not-found
//!
//! ## What it finds
//!
//! A deployment that names a key which a list of that KMS instance does not hold.
//!
//! ## Why it matters
//!
//! The key was deleted, or it never existed. If it was deleted, the data is lost when the time for restoring it is over. Lists of
//! keys leave deleted ones out unless they are asked for, so a list alone does not tell which of the two it is (Key Protect API,
//! *List keys*, parameter `state`, 2026-08-12).
//!
//! ## Example
//!
//! A deployment with a key, and a list of keys with another:
//!
//! ```json
//! [{"name": "orders", "resource_plan_id": "enterprise-3nodes-2tb", "state": "active",
//!   "crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::",
//!   "parameters": {"kms_key_crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}]
//! ```
//!
//! ```json
//! [{"state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:0a1b2c3d-0000-4000-8000-000000000001"}]
//! ```
//!
//! ## What to do
//!
//! List the deleted keys too. If the key is there, restore it at once.
//!
//! ## When not to heed it
//!
//! When keys were granted one by one: whoever may see single keys only does not get them listed.

use hashbrown::HashSet;

use super::blast_radius::Stake;
use super::finding::{Command, Finding, Findings, Needed, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, unread, words};
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, KeyState, Listing, Symbol, Use, instance_command};

pub(super) static RULE: Rule = Rule {
    id: "KEY003",
    name: "key-not-found",
    title: "a deployment names a key that is not there",
    severity: Severity::High,
    stake: Stake::Data("if the key was deleted"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::KEY_API],
    comment: page!("key003.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let listed: HashSet<Symbol> = inventory.keys.iter().map(|key| key.id).collect();
    let deleted = inventory.keys.iter().filter(|key| key.state == KeyState::Destroyed);
    let with_deleted: HashSet<Symbol> = deleted.map(|key| key.instance).collect();
    for found in inventory.uses.iter().filter(|found| found.key.is_none() && found.is_proved()) {
        // An id that two keys have is there, and which of the two is meant is not for this rule.
        if found.key_crn.is_none() && listed.contains(&found.key_id) {
            continue;
        }
        let Some(instance) = unread::instance_of(inventory, found) else {
            findings.undetermined.push(Undetermined {
                rule: &RULE,
                subject: found.key_id,
                needs: unread::unknown_instance(),
            });
            continue;
        };
        let listing = inventory
            .interner
            .find(&instance)
            .map_or(Listing::Missing, |of| inventory.listing(ExportKind::KmsKeys, of));
        if listing.is_usable() {
            let deleted_listed = inventory.interner.find(&instance).is_some_and(|of| with_deleted.contains(&of));
            findings.found.push(finding(inventory, found, &instance, listing, deleted_listed));
        } else {
            let needs = Needed::list_of(ExportKind::KmsKeys, &instance, unread::why_keys(listing));
            findings.undetermined.push(Undetermined {
                rule: &RULE,
                subject: found.key_crn.unwrap_or(found.key_id),
                needs,
            });
        }
    }
}

/// Whether a use names a key that is certainly not there.
pub(super) fn is_found(inventory: &Inventory, found: &Use) -> bool {
    let instance = unread::instance_of(inventory, found).and_then(|instance| inventory.interner.find(&instance));
    found.key.is_none() && instance.is_some_and(|of| inventory.listing(ExportKind::KmsKeys, of).is_usable())
}

fn finding(inventory: &Inventory, found: &Use, instance: &str, listing: Listing, deleted_listed: bool) -> Finding {
    let key: Symbol = found.key_crn.unwrap_or(found.key_id);
    let fate = if deleted_listed { "was purged or never existed" } else { "was deleted or never existed" };
    let doubt = if listing == Listing::Whole { "" } else { "; nothing proves that the list is whole" };
    let whose = found.belongs.deployment().unwrap_or(found.resource);
    let message = format!(
        "{} names key `{}`, which is not in the list of its KMS instance: it {fate}{doubt}",
        words::quoted(inventory, whose),
        inventory.text(found.key_id)
    );
    let account =
        parse(instance).ok().and_then(|crn| crn.account()).and_then(|account| inventory.interner.find(account));
    Finding {
        rule: &RULE,
        severity: RULE.severity,
        message,
        account,
        key: Some(key).filter(|_| found.key_crn.is_some()),
        resources: vec![whose],
        identity: inventory.text(whose).to_owned(),
        policies: Vec::new(),
        evidence: found.witnesses.iter().map(|(_, witness)| *witness).collect(),
        remediation: "list the deleted keys too; if the key is among them, restore it at once".to_owned(),
        commands: instance_command(ExportKind::KmsKeys, instance)
            .map(|command| Command::cli("lists the keys in all states", command))
            .into_iter()
            .collect(),
    }
}
