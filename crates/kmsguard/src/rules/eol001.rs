//! # EOL001 hs-crypto-end-of-life
//!
//! ## What it finds
//!
//! Anything that is still on Hyper Protect Crypto Services.
//!
//! ## Why it matters
//!
//! The service ends on 2027-03-20; a page of its own says 28 March. What still hangs on one of its keys then cannot be read. Keys
//! move to Key Protect Dedicated. High, critical in the last 60 days (Event Streams Gen 2, *Release notes*, 2026-03-27; Hyper
//! Protect Crypto Services, *General FAQs*, 2026-07-01).
//!
//! ## Example
//!
//! A list of keys of such an instance:
//!
//! ```json
//! [{"state": 1, "extractable": false,
//!   "crn": "crn:v1:bluemix:public:hs-crypto:us-south:a/0123456789abcdef0123456789abcdef:44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320"}]
//! ```
//!
//! ## What to do
//!
//! Make a key in Key Protect Dedicated for each, set a migration intent, authorize the services on the new key, and leave both
//! authorizations until the services have moved.
//!
//! ## When not to heed it
//!
//! Never.

use std::collections::{BTreeMap, BTreeSet};

use super::blast_radius::Stake;
use super::finding::{Command, Finding, Findings, Severity};
use super::page::page;
use super::registry::Rule;
use super::{Context, unread, words};
use crate::catalog::dates::HYPER_PROTECT_END;
use crate::catalog::endpoints::DEDICATED_REGIONS;
use crate::crn::{Crn, Kind, parse};
use crate::inventory::{Symbol, Witness};

pub(super) static RULE: Rule = Rule {
    id: "EOL001",
    name: "hs-crypto-end-of-life",
    title: "Hyper Protect Crypto Services ends",
    severity: Severity::High,
    stake: Stake::Data("after the end of the service no key of it can be had"),
    since: "0.1.0",
    preview: false,
    sources: HYPER_PROTECT_END.sources,
    comment: page!("eol001.rs"),
    check,
};

/// What hangs on one instance.
#[derive(Default)]
struct Hanging<'a> {
    keys: BTreeSet<&'a str>,
    deployments: BTreeMap<&'a str, Symbol>,
    evidence: BTreeSet<Witness>,
}

fn check(context: Context<'_>, findings: &mut Findings) {
    let inventory = context.inventory;
    let mut instances: BTreeMap<String, Hanging<'_>> = BTreeMap::new();
    let instance_of = |text: &str| {
        let crn = parse(text)
            .ok()
            .filter(|crn| crn.service_name == "hs-crypto" && matches!(crn.kind(), Kind::KmsKey | Kind::KmsInstance))?;
        Some(Crn { resource_type: "", resource: "", ..crn }.to_string())
    };
    for key in &inventory.keys {
        let Some(instance) = instance_of(inventory.text(key.crn)) else { continue };
        let hanging = instances.entry(instance).or_default();
        hanging.keys.insert(inventory.text(key.crn));
        hanging.evidence.insert(key.witness);
    }
    for instance in &inventory.instances {
        let Some(crn) = instance_of(inventory.text(instance.crn)) else { continue };
        instances.entry(crn).or_default().evidence.insert(instance.witness);
    }
    // Uses stand by key, and the CRN of each key is read once.
    let mut last: Option<(Symbol, Option<String>)> = None;
    for found in inventory.uses.iter().filter(|found| found.is_proved()) {
        let key = found.key.and_then(|key| inventory.key(key)).map(|key| key.crn).or(found.key_crn);
        let Some(key) = key else { continue };
        if last.as_ref().is_none_or(|(of, _)| *of != key) {
            last = Some((key, instance_of(inventory.text(key))));
        }
        let Some(instance) = last.as_ref().and_then(|(_, instance)| instance.clone()) else { continue };
        let hanging = instances.entry(instance).or_default();
        hanging.evidence.extend(found.witnesses.iter().map(|(_, witness)| *witness));
        if let Some(deployment) = found.belongs.deployment() {
            hanging.deployments.insert(inventory.text(deployment), deployment);
        }
    }
    let days = HYPER_PROTECT_END.days_left(context.now);
    let critical_days = context.options.end_of_life_days.into();
    for (crn, hanging) in instances {
        let when = if days < 0 { format!("ended {} days ago", -days) } else { format!("ends in {days} days") };
        let symbol = inventory.interner.find(&crn);
        let name = symbol.map_or(crn.as_str(), |symbol| words::name(inventory, symbol));
        let account =
            parse(&crn).ok().and_then(|crn| crn.account()).and_then(|account| inventory.interner.find(account));
        findings.found.push(Finding {
            rule: &RULE,
            severity: if days <= critical_days { Severity::Critical } else { Severity::High },
            message: format!(
                "Hyper Protect Crypto Services {when}, on {} ({}): `{name}` has {} and {} on them",
                HYPER_PROTECT_END.date,
                HYPER_PROTECT_END.doubt,
                words::count(hanging.keys.len(), "key"),
                words::count(hanging.deployments.len(), "deployment"),
            ),
            account,
            key: None,
            identity: crn.clone(),
            resources: symbol.into_iter().chain(hanging.deployments.into_values()).collect(),
            policies: Vec::new(),
            evidence: hanging.evidence.into_iter().collect(),
            remediation: "make a key in Key Protect Dedicated for each, set a migration intent, and authorize the services on the new \
                          key; leave both authorizations until the services have moved"
                .to_owned(),
            commands: vec![dedicated(&crn)],
        });
    }
    unread::put_instances(&RULE, inventory, findings);
}

/// The command that makes what takes the place of an instance: in its region, where the other service has that region.
fn dedicated(instance: &str) -> Command {
    let region = parse(instance).ok().and_then(|crn| crn.region()).filter(|region| DEDICATED_REGIONS.contains(region));
    let text = "creates an instance of Key Protect Dedicated, for the new keys";
    let region = region.unwrap_or("REGION");
    Command::cli(text, format!("ibmcloud resource service-instance-create NAME kms dedicated {region}"))
}
