//! # KEY005 region-mismatch
//!
//! ## What it finds
//!
//! A deployment whose key is in another region.
//!
//! ## Why it matters
//!
//! A key in another region is legitimate nearly everywhere (Key Protect, *FAQs*: data stores located anywhere, 2026-08-12). It makes
//! the deployment depend on two regions, and may be a mistake, or against a rule about where keys are kept. Info, therefore, and never
//! more: only keys for backups and keys of buckets across regions are taken from listed regions alone. Those for backups are KEY010's,
//! and no export tells whether a bucket is across regions.
//!
//! ## Example
//!
//! A deployment in eu-de with a key in us-south:
//!
//! ```json
//! [{"state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]
//! ```
//!
//! ```json
//! [{"keyId": "f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
//!   "resourceCrn": "crn:v1:bluemix:public:messagehub:eu-de:a/0123456789abcdef0123456789abcdef:11111111-1111-4111-8111-111111111111::"}]
//! ```
//!
//! ## What to do
//!
//! If it was not meant: give the next deployment a key of its own region.
//!
//! ## When not to heed it
//!
//! When it was meant. Object Storage, keys for backups, services without a region and volumes that a service manages are never
//! reported.

use hashbrown::HashMap;

use super::blast_radius::Stake;
use super::finding::{Finding, Findings, Severity, Undetermined};
use super::page::page;
use super::registry::Rule;
use super::sources;
use super::{Context, key_of_use, unread, words};
use crate::crn::parse;
use crate::inventory::{Belongs, Inventory, Symbol, Use};

pub(super) static RULE: Rule = Rule {
    id: "KEY005",
    name: "region-mismatch",
    title: "a key is in another region than what uses it",
    severity: Severity::Info,
    stake: Stake::Other("nothing is lost; the deployment depends on two regions"),
    since: "0.1.0",
    preview: false,
    sources: &[sources::QUESTIONS],
    comment: page!("key005.rs"),
    check,
};

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let mut groups: Vec<Vec<&Use>> = Vec::new();
    let mut places: HashMap<(Symbol, Symbol), usize> = HashMap::new();
    let mut last: Option<(Symbol, Option<&str>)> = None;
    for found in inventory.uses.iter().filter(|found| found.is_proved()) {
        let Belongs::Deployment(deployment) = found.belongs else { continue };
        if inventory.text(found.service) == "cloud-object-storage" {
            continue;
        }
        let Some(key) = key_of_use::crn(inventory, found) else { continue };
        // Uses stand by key, and the CRN of each key is read once.
        if last.is_none_or(|(of, _)| of != key) {
            last = Some((key, parse(inventory.text(key)).ok().and_then(|crn| crn.region())));
        }
        let Some(of_key) = last.and_then(|(_, region)| region) else { continue };
        let resource = parse(inventory.text(found.resource)).ok();
        if resource.and_then(|crn| crn.region()).is_none_or(|of_resource| of_resource == of_key) {
            continue;
        }
        match key_of_use::is_for_backups(inventory, found) {
            Some(true) => {}
            Some(false) => {
                let place = *places.entry((key, deployment)).or_insert(groups.len());
                match groups.get_mut(place) {
                    Some(group) => group.push(found),
                    None => groups.push(vec![found]),
                }
            }
            None => findings.undetermined.push(Undetermined {
                rule: &RULE,
                subject: deployment,
                needs: key_of_use::parameters_needed(inventory, deployment),
            }),
        }
    }
    for uses in groups {
        findings.found.extend(finding(inventory, &uses));
    }
    unread::put_keys(&RULE, &context, findings);
    unread::put_registrations(&RULE, inventory, findings);
}

fn finding(inventory: &Inventory, uses: &[&Use]) -> Option<Finding> {
    let first = uses.first()?;
    let (key, deployment) = (key_of_use::crn(inventory, first)?, first.belongs.deployment()?);
    let (of_key, of_resource) = (parse(inventory.text(key)).ok()?, parse(inventory.text(first.resource)).ok()?);
    let (key_region, region) = (of_key.region()?, of_resource.region()?);
    let name = inventory.key_by_crn(key).map_or_else(|| inventory.text(first.key_id), |row| words::key(inventory, row));
    let mut evidence: Vec<_> =
        uses.iter().flat_map(|found| found.witnesses.iter().map(|(_, witness)| *witness)).collect();
    evidence.sort();
    Some(Finding {
        rule: &RULE,
        severity: RULE.severity,
        message: format!("{} is in {region}, its key `{name}` in {key_region}", words::quoted(inventory, deployment)),
        account: of_key.account().and_then(|account| inventory.interner.find(account)),
        key: Some(key),
        resources: uses.iter().map(|found| found.resource).collect(),
        policies: Vec::new(),
        evidence,
        identity: inventory.text(deployment).to_owned(),
        remediation: "where it was not meant, give the next deployment a key of its own region".to_owned(),
        commands: key_of_use::keys_of_region(region),
    })
}

#[cfg(test)]
mod tests {
    use crate::catalog::services::{Holds, SERVICES, placement};

    /// Were there another, its keys outside the list would be worth more than a hint.
    #[test]
    fn no_service_but_object_storage_takes_keys_of_listed_regions_alone_save_for_backups() {
        let listed = SERVICES.iter().filter(|service| {
            placement(service).is_some_and(|placement| placement.key_regions.iter().any(|row| row.of == Holds::KeyCrn))
        });
        let services: Vec<&str> = listed.map(|service| service.crn_service).collect();
        assert_eq!(services, ["cloud-object-storage"]);
    }
}
