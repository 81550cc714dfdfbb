//! # DEP004 registration-stale
//!
//! ## What it finds
//!
//! A registration of a service instance that is in neither the list of the instances of its account nor that of the deleted ones.
//!
//! ## Why it matters
//!
//! A registration that nobody takes back keeps its key from being deleted without force, for ever. It is left behind where an
//! authorization was removed before the resource (VPC, *Managing data encryption*, 2026-08-21; terraform-ibm-landing-zone#738). Low:
//! nothing is lost.
//!
//! ## Example
//!
//! A registration of a database, and the lists of the instances and of the deleted ones, which do not hold it:
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:databases-for-redis:us-south:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ```json
//! {"resources": [{"name": "payments", "state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]}
//! ```
//!
//! ```json
//! [{"name": "keys", "state": "active", "resource_plan_id": "tiered-pricing", "resource_group_id": "5d41402abc4b2a76b9719d911017c592",
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4::"},
//!  {"name": "orders", "state": "active", "resource_plan_id": "ibm.message.hub.enterprise.3nodes.2tb",
//!   "resource_group_id": "7d793037a0760186574b0282f2f435e7",
//!   "crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:22222222-2222-4111-8111-222222222222::"}]
//! ```
//!
//! ```json
//! [{"name": "old", "state": "pending_reclamation", "resource_plan_id": "ibm.message.hub.enterprise.3nodes.2tb",
//!   "crn": "crn:v1:bluemix:public:messagehub:us-south:a/0123456789abcdef0123456789abcdef:33333333-3333-4111-8111-333333333333::"}]
//! ```
//!
//! ## What to do
//!
//! Let Key Protect ask the services anew, with `kp key sync`; that takes up to four hours. Only a list over all resource groups of
//! the account proves anything, and what lies below an instance, such as a bucket, is not judged.
//!
//! ## When not to heed it
//!
//! When whoever listed the instances could not see them all.

use std::collections::BTreeMap;

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Needed, NeededKind, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::stale::{self, Lists, Stale};
use super::{Context, key_commands, key_of_use, unread, words};
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Symbol, Use};

pub(super) static RULE: Rule = Rule {
    id: "DEP004",
    name: "registration-stale",
    title: "a registration is of something that is gone",
    severity: Severity::Low,
    stake: Stake::Other("nothing is lost; the key cannot be deleted without force"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::VPC_ENCRYPTION, sources::LANDING_ZONE_738],
    comment: page!("dep004.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let mut groups: BTreeMap<(&str, &str), (Symbol, Vec<&Use>)> = BTreeMap::new();
    let mut open: BTreeMap<&str, (Symbol, Needed)> = BTreeMap::new();
    let mut lists = Lists::of(inventory);
    for found in &inventory.uses {
        let (deployment, needs) = match lists.stale(found) {
            None => continue,
            Some((deployment, Stale::Gone)) => {
                let key = key_of_use::crn(inventory, found).unwrap_or(found.key_id);
                let group = groups.entry((inventory.text(key), inventory.text(deployment)));
                group.or_insert((deployment, Vec::new())).1.push(found);
                continue;
            }
            Some((deployment, Stale::Unlisted(needs))) => (deployment, needs.clone()),
            Some((deployment, Stale::UnlistedCluster)) => (deployment, cluster_needed(inventory, deployment)),
        };
        open.entry(inventory.text(deployment)).or_insert((deployment, needs));
    }
    for (deployment, uses) in groups.into_values() {
        findings.found.extend(finding(inventory, deployment, &uses));
    }
    findings.undetermined.extend(open.into_values().map(|(subject, needs)| Undetermined {
        rule: &RULE,
        subject,
        needs,
    }));
    unread::put_registrations(&RULE, inventory, findings);
}

fn finding(inventory: &Inventory, deployment: Symbol, uses: &[&Use]) -> Option<Finding> {
    let first = uses.first()?;
    let key = first.key.and_then(|key| inventory.key(key));
    let name = key.map_or_else(|| inventory.text(first.key_id), |key| words::key(inventory, key));
    let account = first.account?;
    let proved = stale::is_proved_whole(inventory, account);
    let doubt = if proved { "" } else { "; nothing proves that the list is whole" };
    let mut evidence: Vec<_> =
        uses.iter().flat_map(|found| found.witnesses.iter().map(|(_, witness)| *witness)).collect();
    evidence.sort();
    let what =
        "lets Key Protect ask the services anew who uses the key, which takes up to four hours; needs the role Manager";
    Some(Finding {
        rule: &RULE,
        severity: RULE.severity,
        message: format!(
            "{} is registered with key `{name}`, and is neither among the service instances of its account nor among the deleted \
             ones{doubt}",
            words::quoted(inventory, deployment),
        ),
        account: key.and_then(|key| key.account).or(Some(account)),
        key: key_of_use::crn(inventory, first),
        resources: uses.iter().map(|found| found.resource).collect(),
        policies: Vec::new(),
        evidence,
        identity: inventory.text(deployment).to_owned(),
        remediation: "let Key Protect ask the services anew, with `kp key sync`".to_owned(),
        commands: key.map(|key| key_commands::act(inventory, key, "sync", what)).unwrap_or_default(),
    })
}

/// Whether a list of service instances holds clusters is stated nowhere: only one that holds some is believed.
fn cluster_needed(inventory: &Inventory, cluster: Symbol) -> Needed {
    let id = parse(inventory.text(cluster)).map_or("CLUSTER", |crn| crn.service_instance);
    Needed {
        kind: NeededKind::Export,
        name: ExportKind::ResourceInstances.name().to_owned(),
        of: Some(inventory.text(cluster).to_owned()),
        why: "the list of service instances holds no cluster, so whether this one still exists is not known".to_owned(),
        command: Some(format!("ibmcloud ks cluster get --cluster {id} --output json")),
        role: Some("Viewer".to_owned()),
    }
}
