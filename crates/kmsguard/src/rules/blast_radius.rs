//! Why a finding is as bad as it is: what would be lost, and whether it comes back.

use std::collections::BTreeSet;

use super::finding::Finding;
use super::words;
use crate::catalog::effects::{Restore, restore};
use crate::crn::parse;
use crate::inventory::{Inventory, Symbol};

/// What is at stake where a rule finds something, in a sentence that the reasoning of every finding of the rule begins with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stake {
    /// The data of the resources that the finding names: what becomes of it stands behind the sentence.
    Data(&'static str),
    /// Something other than data, or data that stands in no resource of the finding.
    Other(&'static str),
}

/// What a key that is lost takes with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct BlastRadius<'a> {
    /// The services whose data is lost for good, whether or not the key is restored.
    pub(super) lost: BTreeSet<&'a str>,
    /// Those of which nothing was found: they are taken to lose their data.
    pub(super) not_known: BTreeSet<&'a str>,
    /// The services whose data can be read again once the key is restored.
    pub(super) restored: BTreeSet<&'a str>,
    /// There are resources of which not even the service is known.
    pub(super) unreadable: bool,
}

impl<'a> BlastRadius<'a> {
    /// That of some services, by the names in their CRNs.
    pub(super) fn of_services(services: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Self::default();
        for service in services {
            match restore(service) {
                Restore::Promised { .. } => found.restored.insert(service),
                Restore::NotPromised { source: Some(_) } => found.lost.insert(service),
                Restore::NotPromised { source: None } => found.not_known.insert(service),
            };
        }
        found
    }

    /// That of resources. A volume in another account than the key's may be the disk of a deployment that promises nothing.
    fn of_resources(inventory: &'a Inventory, finding: &Finding) -> Self {
        let account = finding.key.and_then(|key| parse(inventory.text(key)).ok()).and_then(|crn| crn.account());
        let mut found = Self::default();
        let mut services: BTreeSet<&str> = BTreeSet::new();
        for resource in finding.resources.iter().map(|resource: &Symbol| inventory.text(*resource)) {
            let Ok(crn) = parse(resource) else {
                found.unreadable = true;
                continue;
            };
            if crn.service_name == "is" && account.is_some() && crn.account() != account {
                found.not_known.insert(crn.service_name);
            } else if !matches!(crn.service_name, "kms" | "hs-crypto") {
                services.insert(crn.service_name);
            }
        }
        let known = Self::of_services(services.into_iter());
        Self {
            lost: known.lost,
            restored: known.restored,
            not_known: found.not_known.into_iter().chain(known.not_known).collect(),
            unreadable: found.unreadable,
        }
    }

    /// Whether data may be lost for good.
    pub(super) fn is_for_good(&self) -> bool {
        self.unreadable || !self.lost.is_empty() || !self.not_known.is_empty()
    }

    /// What becomes of the data, in a sentence; empty where there is none.
    pub(super) fn sentence(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut part = |services: &BTreeSet<&str>, what: &str| {
            if !services.is_empty() {
                let names: Vec<String> = services.iter().map(|service| format!("`{service}`")).collect();
                parts.push(format!("data of {} {what}", words::list(&names)));
            }
        };
        part(&self.lost, "is lost for good: that a restored key brings it back is promised nowhere");
        part(&self.not_known, "is taken to be lost for good: of what a restored key brings back nothing is known");
        part(&self.restored, "comes back once the key is restored, within 30 days");
        if self.unreadable {
            parts.push("of a resource whose CRN cannot be read nothing is known".to_owned());
        }
        parts.join("; ")
    }
}

/// Why a finding has its severity.
pub(crate) fn reasoning(inventory: &Inventory, finding: &Finding) -> String {
    match finding.rule.stake {
        Stake::Other(what) => what.to_owned(),
        Stake::Data(what) => match BlastRadius::of_resources(inventory, finding).sentence() {
            radius if radius.is_empty() => what.to_owned(),
            radius => format!("{what}: {radius}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_for_good_is_told_from_what_comes_back() {
        let radius = BlastRadius::of_services(["messagehub", "is", "secrets-manager"].into_iter());
        assert!(radius.is_for_good());
        assert_eq!(
            radius.sentence(),
            "data of `messagehub` is lost for good: that a restored key brings it back is promised nowhere; data of \
             `secrets-manager` is taken to be lost for good: of what a restored key brings back nothing is known; data of `is` \
             comes back once the key is restored, within 30 days"
        );
        let radius = BlastRadius::of_services(["cloud-object-storage"].into_iter());
        assert!(!radius.is_for_good());
        assert_eq!(BlastRadius::default().sentence(), "");
    }
}
