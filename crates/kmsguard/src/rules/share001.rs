//! # SHARE001 key-shared
//!
//! ## What it finds
//!
//! A key that protects two or more deployments. The buckets of one Object Storage instance are one deployment; so are the
//! volumes of one account in one region. Volumes that a service keeps in an account of IBM's are no deployments of their own.
//!
//! ## Why it matters
//!
//! Deleting the key, or the authorization behind it, takes the data of every deployment that uses it. IBM's Event Streams page
//! says it plainly: if possible, do not use the same key for multiple deployments (Event Streams Gen 2, *Key Protect
//! integration*, 2026-02-26). High where one of the deployments loses its data for good, low where a restored key brings it back.
//!
//! ## Example
//!
//! Two databases registered with one key:
//!
//! ```json
//! [
//!   {"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!    "resourceCrn": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"},
//!   {"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!    "resourceCrn": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:22222222-2222-4222-8222-222222222222::"}
//! ]
//! ```
//!
//! ## What to do
//!
//! Create a key for each deployment. Most services take their key at creation only: there, give the next deployment its own key,
//! and until then guard the shared one against deletion.
//!
//! ## When not to heed it
//!
//! When the deployments are meant to be shredded together.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::Context;
use super::finding::{Command, Finding, Findings, Needed, Severity, Undetermined};
use super::registry::Rule;
use crate::catalog::effects::{Restore, restore};
use crate::ingest::ExportKind;
use crate::inventory::{Belongs, Inventory, Key, KeyIndex, Listing, Symbol, Use, instance_command};

pub(super) static RULE: Rule = Rule {
    id: "SHARE001",
    name: "key-shared",
    title: "one key protects several deployments",
    severity: Severity::High,
    since: "0.1.0",
    source: include_str!("share001.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for (row, key) in (0_u32..).zip(&inventory.keys) {
        let uses: Vec<&Use> = inventory.uses_of(KeyIndex(row)).collect();
        let deployments: BTreeSet<&str> =
            uses.iter().filter_map(|found| found.belongs.deployment()).map(|symbol| inventory.text(symbol)).collect();
        let unreadable = uses.iter().any(|found| found.belongs == Belongs::Unreadable);
        if deployments.len() > 1 {
            findings.found.push(finding(inventory, key, &uses, &deployments));
        } else if !key.registrations.is_usable() || (unreadable && uses.len() > 1) {
            findings.undetermined.push(undetermined(inventory, key, unreadable));
        }
    }
    unresolved(inventory, findings);
}

fn finding(inventory: &Inventory, key: &Key, uses: &[&Use], deployments: &BTreeSet<&str>) -> Finding {
    let counted = || uses.iter().filter(|found| found.belongs.deployment().is_some());
    let lasting: BTreeSet<&str> = counted()
        .map(|found| inventory.text(found.service))
        .filter(|service| matches!(restore(service), Restore::NotPromised { .. }))
        .collect();
    let severity = if lasting.is_empty() { Severity::Low } else { Severity::High };
    let effect = match Vec::from_iter(lasting).as_slice() {
        [] => "a restored key brings their data back".to_owned(),
        services => format!("if the key is lost, data of {} is lost for good", list(services)),
    };
    let name = key.name.map_or_else(|| inventory.text(key.id).to_owned(), |name| inventory.text(name).to_owned());
    let services: BTreeSet<&str> = counted().map(|found| inventory.text(found.service)).collect();
    let services = Vec::from_iter(services);
    let mut resources: Vec<Symbol> = counted().filter_map(|found| found.belongs.deployment()).collect();
    resources.sort_by(|first, second| inventory.text(*first).cmp(inventory.text(*second)));
    resources.dedup();
    let cut = if key.registrations == Listing::Cut {
        "; the list of registrations was cut, so there may be more"
    } else {
        ""
    };
    Finding {
        rule: &RULE,
        severity,
        message: format!("key `{name}` protects {} deployments of {}: {effect}{cut}", deployments.len(), list(&services)),
        account: key.account,
        key: Some(key.crn),
        resources,
        evidence: counted().flat_map(|found| found.witnesses.iter().map(|(_, witness)| *witness)).collect(),
        remediation: "give each deployment its own root key; where a key is set at creation only, give the next deployment its own, \
                      and guard this one against deletion"
            .to_owned(),
        commands: vec![Command {
            text: "lists what is registered with the key".to_owned(),
            command: format!("{} --key-id {}", registrations_command(inventory, key), inventory.text(key.id)),
        }],
    }
}

fn registrations_command(inventory: &Inventory, key: &Key) -> String {
    instance_command(ExportKind::KmsRegistrations, inventory.text(key.instance)).unwrap_or_default()
}

/// `a`, `b and c`.
fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn undetermined(inventory: &Inventory, key: &Key, unreadable: bool) -> Undetermined {
    let why = match key.registrations {
        Listing::Missing => "no registrations of this KMS instance were read",
        Listing::Cut => "the registrations of this KMS instance were cut",
        Listing::Read | Listing::Whole if unreadable => {
            "a registration of this key names a resource whose CRN cannot be read"
        }
        Listing::Read | Listing::Whole => "the registrations of this key are not known",
    };
    Undetermined {
        rule: &RULE,
        subject: key.crn,
        needs: Needed {
            export: "kms-registrations",
            of: Some(inventory.text(key.instance).to_owned()),
            why: why.to_owned(),
            command: Some(registrations_command(inventory, key)),
            role: Some("Reader"),
        },
    }
}

/// Listing of a key id that no list of keys holds, or that two keys have: which key that is cannot be said.
fn unresolved(inventory: &Inventory, findings: &mut Findings) {
    let mut by_id: HashMap<Symbol, usize> = HashMap::new();
    let mut order: Vec<Symbol> = Vec::new();
    for found in inventory.uses.iter().filter(|found| found.key.is_none()) {
        let count = by_id.entry(found.key_id).or_insert(0);
        *count += 1;
        if *count == 2 {
            order.push(found.key_id);
        }
    }
    for key_id in order {
        findings.undetermined.push(Undetermined {
            rule: &RULE,
            subject: key_id,
            needs: Needed {
                export: "kms-keys",
                of: None,
                why: "registrations name a key id that is not exactly one key of the lists that were read".to_owned(),
                command: Some("ibmcloud kp keys --instance-id INSTANCE --output json".to_owned()),
                role: Some("Reader"),
            },
        });
    }
}
