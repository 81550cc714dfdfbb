//! # DEP003 soft-deleted-holds-key
//!
//! ## What it finds
//!
//! A deployment that was deleted and is still registered with its key.
//!
//! ## Why it matters
//!
//! A deleted deployment can be had back for some days, and stays registered with its key for up to nine (Event Streams Gen 2, *Key
//! Protect integration*, 2026-02-26). Until then the key cannot be deleted without force, and the authorization must stay: without
//! it the registration is never taken back. Info: it ends by itself.
//!
//! ## Example
//!
//! A deleted database, and its registration:
//!
//! ```json
//! [{"name": "sessions", "state": "pending_reclamation", "resource_plan_id": "databases-for-redis-standard",
//!   "deleted_at": "2026-11-19T10:31:44Z", "scheduled_reclaim_at": "2026-11-22T10:31:44Z",
//!   "crn": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ```json
//! {"resources": [{"name": "payments", "state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]}
//! ```
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ## What to do
//!
//! Leave the key and the authorization until the registration is gone; then the key can go.
//!
//! ## When not to heed it
//!
//! When the key stays anyway.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::blast_radius::Stake;
use super::finding::{Command, Finding, Findings, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, dates, key_of_use, unread, words};
use crate::catalog::key_life::REGISTERED_AFTER_DELETION;
use crate::ingest::ExportKind;
use crate::inventory::{Instance, Inventory, Key, Seen, Symbol, Use, instance_command};

pub(super) static RULE: Rule = Rule {
    id: "DEP003",
    name: "soft-deleted-holds-key",
    title: "a deleted deployment holds its key",
    severity: Severity::Info,
    stake: Stake::Other("nothing is lost: the key waits until the deployment has let go of it"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::STREAMS_GEN2],
    comment: page!("dep003.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let mut groups: BTreeMap<(&str, &str), (&Instance, Vec<&Use>)> = BTreeMap::new();
    for found in &inventory.uses {
        let Some(instance) = found.belongs.deployment().and_then(|deployment| inventory.instance(deployment)) else {
            continue;
        };
        let registered = found.witnesses.iter().any(|(seen, _)| *seen == Seen::Registration);
        if !instance.is_soft_deleted(inventory) {
            continue;
        }
        let key = key_of_use::crn(inventory, found);
        if registered {
            let key = inventory.text(key.unwrap_or(found.key_id));
            groups.entry((key, inventory.text(instance.crn))).or_insert((instance, Vec::new())).1.push(found);
        } else if let Some(needs) = key.and_then(|key| unread::registrations_of(inventory, key)) {
            findings.undetermined.push(Undetermined { rule: &RULE, subject: instance.crn, needs });
        }
    }
    for (instance, uses) in groups.into_values() {
        findings.found.extend(finding(inventory, instance, &uses));
    }
    unread::put_deleted(&RULE, inventory, findings);
    unread::put_registrations(&RULE, inventory, findings);
}

fn finding(inventory: &Inventory, instance: &Instance, uses: &[&Use]) -> Option<Finding> {
    let first = uses.first()?;
    let key = first.key.and_then(|key| inventory.key(key));
    let name = key.map_or_else(|| inventory.text(first.key_id), |key| words::key(inventory, key));
    let when = free_from(inventory, instance).map_or_else(
        || "when the key can go is not known: no export says when it was deleted".to_owned(),
        |free| format!("the key can go without force from {free} on, once the registration is gone"),
    );
    let message = format!(
        "{} was deleted and is still registered with key `{name}`: {when}",
        words::quoted(inventory, instance.crn)
    );
    let mut evidence: Vec<_> =
        uses.iter().flat_map(|found| found.witnesses.iter().map(|(_, witness)| *witness)).collect();
    evidence.push(instance.witness);
    evidence.sort();
    let crn: Option<Symbol> = key_of_use::crn(inventory, first);
    Some(Finding {
        rule: &RULE,
        severity: RULE.severity,
        message,
        account: key.and_then(|key| key.account).or(instance.account),
        key: crn,
        resources: vec![instance.crn],
        policies: Vec::new(),
        evidence,
        identity: inventory.text(instance.crn).to_owned(),
        remediation: "leave the key and the authorization of the deployment until the registration is gone".to_owned(),
        commands: key.map(|key| registrations(inventory, key)).into_iter().collect(),
    })
}

/// From when on the key can be deleted without force: the end of the retention, or nine days behind the deletion if that is later.
fn free_from(inventory: &Inventory, instance: &Instance) -> Option<Timestamp> {
    let span = jiff::SignedDuration::from_secs(REGISTERED_AFTER_DELETION.seconds);
    let reclaimed = dates::read(inventory, instance.reclaimed_at);
    let deregistered =
        dates::read(inventory, instance.deleted_at).and_then(|deleted| deleted.checked_add(span).ok())?;
    Some(reclaimed.map_or(deregistered, |reclaimed| reclaimed.max(deregistered)))
}

fn registrations(inventory: &Inventory, key: &Key) -> Command {
    let list = instance_command(ExportKind::KmsRegistrations, inventory.text(key.instance)).unwrap_or_default();
    Command::cli("lists what is registered with the key", format!("{list} --key-id {}", inventory.text(key.id)))
}
