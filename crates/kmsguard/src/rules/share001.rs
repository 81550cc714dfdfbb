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

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::blast_radius::{BlastRadius, Stake};
use super::finding::{Command, Finding, Findings, Needed, NeededKind, Severity, Undetermined};
use super::registry::Rule;
use super::{Context, words};
use crate::ingest::ExportKind;
use crate::inventory::{Belongs, Inventory, Key, KeyIndex, Listing, Symbol, Use, Witness, instance_command};

pub(super) static RULE: Rule = Rule {
    id: "SHARE001",
    name: "key-shared",
    title: "one key protects several deployments",
    severity: Severity::High,
    stake: Stake::Data("if the key or its authorization goes, it takes all of them at once"),
    since: "0.1.0",
    source: include_str!("share001.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for (row, key) in (0_u32..).zip(&inventory.keys) {
        let uses: Vec<&Use> = inventory.uses_of(KeyIndex(row)).collect();
        let (deleted, standing): (Vec<&Use>, Vec<&Use>) =
            uses.iter().filter(|found| found.is_proved()).partition(|found| words::is_soft_deleted(inventory, found));
        let deployments = words::deployments(inventory, &standing);
        let unreadable = uses.iter().any(|found| found.belongs == Belongs::Unreadable);
        let unproved = uses.iter().any(|found| !found.is_proved());
        if deployments.len() > 1 {
            findings.found.push(finding(inventory, key, &standing, &words::deployments(inventory, &deleted)));
        } else if !key.registrations.is_usable() || ((unreadable || unproved) && uses.len() > 1) {
            findings.undetermined.push(undetermined(inventory, key, unreadable));
        }
    }
    unresolved(inventory, findings);
}

fn finding(inventory: &Inventory, key: &Key, uses: &[&Use], deleted: &BTreeMap<&str, Symbol>) -> Finding {
    let deployments = words::deployments(inventory, uses);
    let counted = || uses.iter().filter(|found| found.belongs.deployment().is_some());
    let radius = BlastRadius::of_services(counted().map(|found| inventory.text(found.service)));
    let severity = if radius.is_for_good() { Severity::High } else { Severity::Low };
    let lasting: Vec<&str> = radius.lost.iter().chain(&radius.not_known).copied().collect();
    let effect = match lasting.as_slice() {
        [] => "a restored key brings their data back".to_owned(),
        services => format!("if the key is lost, data of {} is lost for good", words::list(services)),
    };
    let services: BTreeSet<&str> = counted().map(|found| inventory.text(found.service)).collect();
    let not_counted: Vec<String> = deleted.values().map(|deployment| words::quoted(inventory, *deployment)).collect();
    let not_counted = match not_counted.as_slice() {
        [] => String::new(),
        names => format!("; not counted, because deleted: {}", words::list(names)),
    };
    let cut = if key.registrations == Listing::Cut {
        "; the list of registrations was cut, so there may be more"
    } else {
        ""
    };
    let message = format!(
        "key `{}` protects {} deployments of {}: {effect}{not_counted}{cut}",
        words::key(inventory, key),
        deployments.len(),
        words::list(&Vec::from_iter(services)),
    );
    let command = format!("{} --key-id {}", registrations_command(inventory, key), inventory.text(key.id));
    let mut evidence: Vec<Witness> =
        counted().flat_map(|found| found.witnesses.iter().map(|(_, witness)| *witness)).collect();
    evidence.sort();
    Finding {
        severity,
        resources: deployments.into_values().collect(),
        evidence,
        remediation: "give each deployment its own root key; where a key is set at creation only, give the next deployment its own, \
                      and guard this one against deletion"
            .to_owned(),
        commands: vec![Command::cli("lists what is registered with the key", command)],
        ..Finding::of_key(&RULE, key, message)
    }
}

fn registrations_command(inventory: &Inventory, key: &Key) -> String {
    instance_command(ExportKind::KmsRegistrations, inventory.text(key.instance)).unwrap_or_default()
}

fn undetermined(inventory: &Inventory, key: &Key, unreadable: bool) -> Undetermined {
    let why = match key.registrations {
        Listing::Missing => "no registrations of this KMS instance were read",
        Listing::Cut => "the registrations of this KMS instance were cut",
        Listing::Read | Listing::Whole if unreadable => {
            "a registration of this key names a resource whose CRN cannot be read"
        }
        Listing::Read | Listing::Whole => {
            "nothing proves a use of this key that was asked for, planned, reported or seen once"
        }
    };
    let needs = Needed::list_of(ExportKind::KmsRegistrations, inventory.text(key.instance), why);
    Undetermined { rule: &RULE, subject: key.crn, needs }
}

/// Registrations of a key id that no list of keys holds, or that two keys have: which key that is cannot be said.
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
                kind: NeededKind::Export,
                name: ExportKind::KmsKeys.name().to_owned(),
                of: None,
                why: "registrations name a key id that is not exactly one key of the lists that were read".to_owned(),
                command: Some("ibmcloud kp keys --instance-id INSTANCE --output json".to_owned()),
                role: Some("Reader".to_owned()),
            },
        });
    }
}
