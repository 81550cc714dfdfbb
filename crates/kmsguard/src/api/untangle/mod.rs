//! Untangling a key that several deployments share, with the plans that give each its own.

mod answer;
mod plan;
#[cfg(test)]
mod properties;
mod steps;

use std::collections::BTreeSet;

pub use answer::{
    DataMove, NewKey, UntangleAction, UntanglePlan, UntangleStep, UntangleWait, UntangledDeployment, UntangledPart,
    UntanglingReport,
};

use super::Now;
use super::impact::{reason, unknown};
use super::ordered;
use crate::catalog::services::MoveKind;
use crate::crn::{Crn, parse};
use crate::impact::{How, PartOf, Share, UntangleVerdict, Untangling};
use crate::inventory::Inventory;
use plan::{NEW_KEY_ID, of_part};
use steps::{SharedKey, steps};

pub(super) fn report(inventory: &Inventory, now: Now, found: Untangling<'_>) -> UntanglingReport {
    let label = found.key.label();
    let is_shared = found.verdict != UntangleVerdict::NotShared;
    let mut names = BTreeSet::new();
    let mut deployment = |share: &Share| {
        let moves = is_shared && share.moves();
        let key = if moves { new_key(inventory, share, &label, &mut names) } else { None };
        deployment(inventory, now, share, key)
    };
    let deployments: Vec<UntangledDeployment> = found.shares.iter().map(&mut deployment).collect();
    let ring = found.key.key.and_then(|(_, key)| key.key_ring).map(|ring| inventory.text(ring));
    let key = SharedKey { id: found.key.id, guid: found.key.guid(), ring: ring.filter(|ring| *ring != "default") };
    UntanglingReport {
        steps: steps(&key, &deployments, ordered::steps(&found.removal), now),
        key: label,
        verdict: found.verdict,
        deployments,
        stays: found.stays.iter().map(|one| reason(inventory, one.clone())).collect(),
        removal: ordered::ordering(inventory, found.removal),
        unknown: found.unknown.into_iter().map(unknown).collect(),
    }
}

/// What an untangling names.
pub(super) fn named(report: &UntanglingReport) -> impl Iterator<Item = String> + '_ {
    let deployments = report.deployments.iter().map(|one| one.deployment.clone());
    let resources =
        report.deployments.iter().flat_map(|one| &one.parts).flat_map(|part| part.resources.iter().cloned());
    let unknown = report.unknown.iter().filter_map(|needed| needed.of.clone());
    deployments.chain(resources).chain(unknown).chain([report.key.clone()])
}

fn deployment(inventory: &Inventory, now: Now, share: &Share, key: Option<NewKey>) -> UntangledDeployment {
    let of_part = |part: &PartOf| UntangledPart {
        services: part.services.iter().map(|service| service.id).collect(),
        resources: part.resources.iter().map(|crn| inventory.text(*crn).to_owned()).collect(),
        how: part.how,
        because: part.because.iter().map(|one| reason(inventory, one.clone())).collect(),
        data: (part.how == How::Anew).then(|| data(part)),
        plan: key.as_ref().and_then(|key| of_part(inventory, now, share, part, &key.crn)),
    };
    UntangledDeployment {
        deployment: inventory.text(share.deployment).to_owned(),
        service: inventory.text(share.service).to_owned(),
        how: share.how(),
        parts: share.parts.iter().map(of_part).collect(),
        key,
    }
}

/// The key that is made for a deployment, beside the one it shares; none where no CRN of that is known.
fn new_key(inventory: &Inventory, share: &Share, shared: &str, names: &mut BTreeSet<String>) -> Option<NewKey> {
    let crn = Crn { resource: NEW_KEY_ID, ..parse(shared).ok()? }.to_string();
    let text = inventory.text(share.deployment);
    let own = inventory.instance(share.deployment).and_then(|one| one.name).map(|name| inventory.text(name));
    let of_crn = parse(text).ok().map(|crn| match (crn.service_instance, crn.resource) {
        ("", "") => crn.service_name,
        ("", resource) => resource,
        (instance, _) => instance,
    });
    let base = own.or(of_crn).unwrap_or("deployment");
    let mut name = format!("{base}-key");
    let mut number = 1;
    while !names.insert(name.clone()) {
        number += 1;
        name = format!("{base}-key-{number}");
    }
    Some(NewKey { name, crn })
}

fn data(part: &PartOf) -> DataMove {
    match part.moving {
        Some(moving) => {
            DataMove { kind: moving.kind, text: moving.because.text.to_owned(), source: Some(moving.because.source) }
        }
        None => DataMove { kind: MoveKind::Unknown, text: "no page that was read says how".to_owned(), source: None },
    }
}
