//! # SHARE001 key-shared
//!
//! ## What it finds
//!
//! A key that protects two or more deployments. The buckets of one Object Storage instance are one deployment; so are the
//! volumes of one account in one region. Volumes that a service keeps in an account of IBM's are no deployments of their own. What is
//! deleted, gone (DEP004) or on a plan that ignores the key (DEP005) is not counted, and the message names it.
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
//! {"resources": [{"name": "payments", "state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]}
//! ```
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"},
//!  {"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:22222222-2222-4222-8222-222222222222::"}]
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

use hashbrown::HashMap;

use super::blast_radius::{BlastRadius, Stake};
use super::finding::{Finding, Findings, Needed, NeededKind, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sharing::{self, Sharing};
use super::sources;
use super::stale::Lists;
use super::{Context, words};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Key, KeyIndex, Symbol};

pub(super) static RULE: Rule = Rule {
    id: "SHARE001",
    name: "key-shared",
    title: "one key protects several deployments",
    severity: Severity::High,
    stake: Stake::Data("if the key or its authorization goes, it takes all of them at once"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::STREAMS_GEN2],
    comment: page!("share001.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let mut lists = Lists::of(inventory);
    for (row, key) in (0_u32..).zip(&inventory.keys) {
        let sharing = Sharing::of(inventory, &mut lists, KeyIndex(row));
        let deployments = sharing.deployments();
        if deployments.len() > 1 {
            findings.found.push(finding(inventory, key, &sharing, deployments));
        } else {
            findings.undetermined.extend(sharing.undetermined(&RULE, inventory, key));
        }
    }
    unresolved(inventory, findings);
}

fn finding(inventory: &Inventory, key: &Key, sharing: &Sharing<'_>, deployments: Vec<Symbol>) -> Finding {
    let services = sharing.services(inventory);
    let radius = BlastRadius::of_services(services.iter().copied());
    let lasting: Vec<&str> = radius.lost.iter().chain(&radius.not_known).copied().collect();
    let effect = match lasting.as_slice() {
        [] => "a restored key brings their data back".to_owned(),
        services => format!("if the key is lost, data of {} is lost for good", words::list(services)),
    };
    let message = format!(
        "key `{}` protects {} deployments of {}: {effect}{}",
        words::key(inventory, key),
        deployments.len(),
        words::list(&Vec::from_iter(services)),
        sharing.reservations(inventory, key),
    );
    Finding {
        severity: if radius.is_for_good() { Severity::High } else { Severity::Low },
        resources: deployments,
        evidence: sharing.evidence(),
        remediation: "give each deployment its own root key; where a key is set at creation only, give the next deployment its own, \
                      and guard this one against deletion"
            .to_owned(),
        commands: vec![sharing::look(inventory, key)],
        ..Finding::of_key(&RULE, key, message)
    }
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
