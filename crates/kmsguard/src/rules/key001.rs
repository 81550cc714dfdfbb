//! # KEY001 not-a-root-key
//!
//! ## What it finds
//!
//! A standard key that something uses for encryption.
//!
//! ## Why it matters
//!
//! Services wrap their own keys with a root key, which never leaves the KMS. A standard key can be read out by anyone with the role
//! to do so, and most services refuse it, some only when they next need it (Key Protect, *Keys overview*, 2026-08-12).
//!
//! ## Example
//!
//! ```json
//! {"extractable": true, "crn": "crn:v1:bluemix:public:kms:…:key:…"}
//! ```
//!
//! ## What to do
//!
//! Create a root key, and move what uses the standard key to it.
//!
//! ## When not to heed it
//!
//! When the registration is stale: the resource is gone and its registration was left.

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Needed, NeededKind, Severity, Undetermined};
use super::registry::Rule;
use super::{Context, words};
use crate::ingest::ExportKind;
use crate::inventory::{KeyIndex, Use};

pub(super) static RULE: Rule = Rule {
    id: "KEY001",
    name: "not-a-root-key",
    title: "a standard key is used for encryption",
    severity: Severity::High,
    stake: Stake::Other(
        "most services refuse a standard key when they next need it, and whoever may read its payload can read the data",
    ),
    since: "0.1.0",
    source: include_str!("key001.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    for (row, key) in (0_u32..).zip(&inventory.keys) {
        let uses: Vec<&Use> = inventory.proved_uses_of(KeyIndex(row)).collect();
        let unproved = inventory.uses_of(KeyIndex(row)).count() > uses.len();
        let needs = match (key.extractable, uses.is_empty()) {
            (Some(false), _) => continue,
            (Some(true), false) => {
                let message = format!(
                    "standard key `{}` is used by {}",
                    words::key(inventory, key),
                    words::used_by(inventory, &uses)
                );
                findings.found.push(Finding {
                    resources: words::deployments(inventory, &uses).into_values().collect(),
                    evidence: std::iter::once(key.witness)
                        .chain(uses.iter().flat_map(|found| found.witnesses.iter().map(|(_, witness)| *witness)))
                        .collect(),
                    remediation: "create a root key and move what uses this one to it".to_owned(),
                    ..Finding::of_key(&RULE, key, message)
                });
                continue;
            }
            (None, false) => Needed {
                kind: NeededKind::Fact,
                name: "extractable".to_owned(),
                of: Some(inventory.text(key.crn).to_owned()),
                why: "the export does not say whether the key is a root key".to_owned(),
                command: None,
                role: None,
            },
            (_, true) if key.registrations.is_usable() && !unproved => continue,
            (_, true) => Needed::list_of(
                ExportKind::KmsRegistrations,
                inventory.text(key.instance),
                "whether anything uses this standard key is not known",
            ),
        };
        findings.undetermined.push(Undetermined { rule: &RULE, subject: key.crn, needs });
    }
}
