//! # KEY009 hs-crypto-on-gen2
//!
//! ## What it finds
//!
//! A Gen 2 deployment that names a key of Hyper Protect Crypto Services.
//!
//! ## Why it matters
//!
//! Gen 2 takes keys of Key Protect only (Event Streams Gen 2, *Key Protect integration*, 2026-02-26; Cloud Databases Gen 2, *Key Protect
//! integration*, 2026-08-21). What such a parameter does is not said: the deployment may have failed, or be without the key. High.
//!
//! ## Example
//!
//! A database of Gen 2 that names such a key:
//!
//! ```json
//! [{"name": "ledger", "resource_plan_id": "standard-gen2", "state": "active",
//!   "crn": "crn:v1:bluemix:public:databases-for-postgresql:us-south:a/0123456789abcdef0123456789abcdef:22222222-2222-4222-8222-222222222222::",
//!   "parameters": {"dataservices": {"encryption": {"disk": "crn:v1:bluemix:public:hs-crypto:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}}}}]
//! ```
//!
//! ## What to do
//!
//! Create a root key in Key Protect, and make the deployment anew with it: the key of a Gen 2 deployment cannot be changed.
//!
//! ## When not to heed it
//!
//! Never.

use std::collections::BTreeMap;

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, key_of_use, unread, words};
use crate::catalog::needs::Generation;
use crate::crn::parse;
use crate::inventory::{Symbol, Use};

pub(super) static RULE: Rule = Rule {
    id: "KEY009",
    name: "hs-crypto-on-gen2",
    title: "a Gen 2 deployment names a key of Hyper Protect Crypto Services",
    severity: Severity::High,
    stake: Stake::Data("the deployment may stand without the key that it was given; if it has it"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::STREAMS_GEN2, sources::DATABASES_GEN2],
    comment: page!("key009.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let mut groups: BTreeMap<(&str, &str), (Symbol, Symbol, Vec<&Use>)> = BTreeMap::new();
    let mut last: Option<(Symbol, bool)> = None;
    // Uses stand by key, and the CRN of each key is read once.
    for found in inventory.uses.iter().filter(|found| found.is_proved()) {
        let Some(key) = key_of_use::crn(inventory, found) else { continue };
        if last.is_none_or(|(of, _)| of != key) {
            last = Some((key, parse(inventory.text(key)).is_ok_and(|crn| crn.service_name == "hs-crypto")));
        }
        let Some(deployment) = found.belongs.deployment().filter(|_| last.is_some_and(|(_, is)| is)) else { continue };
        match key_of_use::generation(inventory, deployment) {
            Generation::Gen2 => {
                let group = groups.entry((inventory.text(key), inventory.text(deployment)));
                group.or_insert((key, deployment, Vec::new())).2.push(found);
            }
            Generation::Unknown => findings.undetermined.push(Undetermined {
                rule: &RULE,
                subject: deployment,
                needs: key_of_use::plan_needed(inventory, deployment),
            }),
            Generation::Classic | Generation::NotApplicable => {}
        }
    }
    for (key, deployment, uses) in groups.into_values() {
        let mut evidence: Vec<_> =
            uses.iter().flat_map(|found| found.witnesses.iter().map(|(_, witness)| *witness)).collect();
        evidence.sort();
        let crn = parse(inventory.text(key)).ok();
        findings.found.push(Finding {
            rule: &RULE,
            severity: RULE.severity,
            message: format!(
                "{} is of Gen 2, which takes keys of Key Protect only, and names a key of Hyper Protect Crypto Services",
                words::quoted(inventory, deployment),
            ),
            account: crn.and_then(|crn| crn.account()).and_then(|account| inventory.interner.find(account)),
            key: Some(key),
            resources: vec![deployment],
            policies: Vec::new(),
            evidence,
            identity: inventory.text(deployment).to_owned(),
            remediation: "create a root key in Key Protect, and make the deployment anew with it".to_owned(),
            commands: key_of_use::keys_of_region(crn.and_then(|crn| crn.region()).unwrap_or("REGION")),
        });
    }
    unread::put_instances(&RULE, inventory, findings);
    unread::put_keys(&RULE, &context, findings);
    unread::put_registrations(&RULE, inventory, findings);
}
