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
//! ```json
//! {"state": 2, "crn": "crn:v1:bluemix:public:kms:…:key:…"}
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
use super::finding::{Command, Finding, Findings, Needed, NeededKind, Severity, Undetermined};
use super::registry::Rule;
use super::{Context, words};
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Key, KeyIndex, KeyState, Use};

pub(super) static RULE: Rule = Rule {
    id: "KEY002",
    name: "key-not-active",
    title: "a key in use is not active",
    severity: Severity::High,
    stake: Stake::Data("if the key stays as it is"),
    since: "0.1.0",
    source: include_str!("key002.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for (row, key) in (0_u32..).zip(&inventory.keys) {
        let uses: Vec<&Use> = inventory.proved_uses_of(KeyIndex(row)).collect();
        let unproved = inventory.uses_of(KeyIndex(row)).count() > uses.len();
        let needs = match (key.state, uses.is_empty()) {
            (KeyState::Active, _) => continue,
            (KeyState::Unknown | KeyState::PreActivation, false) => Needed {
                kind: NeededKind::Fact,
                name: "state".to_owned(),
                of: Some(inventory.text(key.crn).to_owned()),
                why: "the export does not say in which state the key is".to_owned(),
                command: None,
                role: None,
            },
            (_, false) => {
                findings.found.push(finding(inventory, key, &uses));
                continue;
            }
            (_, true) if key.registrations.is_usable() && !unproved => continue,
            (_, true) => Needed::list_of(
                ExportKind::KmsRegistrations,
                inventory.text(key.instance),
                "whether anything uses this key, which is not active, is not known",
            ),
        };
        findings.undetermined.push(Undetermined { rule: &RULE, subject: key.crn, needs });
    }
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
    let instance = parse(inventory.text(key.instance)).map_or("INSTANCE", |crn| crn.service_instance);
    let command = verb.map(|verb| {
        let command = format!("ibmcloud kp key {verb} {} --instance-id {instance}", inventory.text(key.id));
        Command::cli(format!("{verb}s the key; needs the role Manager"), command)
    });
    Finding {
        severity,
        resources: words::deployments(inventory, uses).into_values().collect(),
        remediation: remediation.to_owned(),
        commands: command.into_iter().collect(),
        evidence: vec![key.state_witness],
        ..Finding::of_key(&RULE, key, message)
    }
}
