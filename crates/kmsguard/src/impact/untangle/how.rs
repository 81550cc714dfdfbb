//! How each deployment on a key gets another one, as far as the catalogue says: a change in place is claimed only where a page
//! states it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalog::needs::{Generation, PlanFacts, generation};
use crate::catalog::services::{Change, Fact, Moving, Service, moving, of_crn, placement};
use crate::crn::parse;
use crate::impact::affected::witnesses;
use crate::impact::model::{Certainty, Needed, Reason, ReasonKind, Verdict};
use crate::ingest::ExportKind;
use crate::inventory::{Belongs, Inventory, Symbol, Use, account_command};

/// How something gets another key; the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "UntangleHow"))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum How {
    /// It is deleted already, and lets go of the key by itself.
    Leaving,
    /// Where it stands, by a call that a page describes.
    InPlace,
    /// By a support ticket.
    SupportTicket,
    /// Not at all: it is made anew beside the old one.
    Anew,
    /// No page that was read says.
    Unknown,
}

/// What of a deployment gets its key in one way.
#[derive(Debug, Clone)]
pub(crate) struct PartOf {
    /// The rows of the catalogue that it may be of.
    pub(crate) services: Vec<&'static Service>,
    /// What is registered, or named, with the key.
    pub(crate) resources: Vec<Symbol>,
    /// What is deleted once it was made anew.
    pub(crate) removes: Vec<Symbol>,
    pub(crate) how: How,
    pub(crate) because: Vec<Reason>,
    /// How its data gets into the new one; of use only where it is made anew.
    pub(crate) moving: Option<&'static Moving>,
    pub(crate) doubts: Vec<Needed>,
    /// Whether it is proved that it uses the key.
    pub(crate) certainty: Certainty,
}

/// A deployment that shares a key.
#[derive(Debug, Clone)]
pub(crate) struct Share {
    /// Its CRN; that of a resource whose deployment is not known.
    pub(crate) deployment: Symbol,
    pub(crate) service: Symbol,
    pub(crate) parts: Vec<PartOf>,
}

impl Share {
    /// How it gets another key as a whole: the worst of its parts.
    pub(crate) fn how(&self) -> How {
        self.parts.iter().map(|part| part.how).max().unwrap_or(How::Unknown)
    }

    /// Whether anything of it moves to a key of its own.
    pub(crate) fn moves(&self) -> bool {
        self.parts.iter().any(|part| matches!(part.how, How::InPlace | How::SupportTicket | How::Anew))
    }
}

/// The deployments on a key, by CRN, with what is known of each.
pub(super) fn shares(inventory: &Inventory, uses: &[(&Use, Certainty)]) -> Vec<Share> {
    type Parts<'u> = BTreeMap<Vec<&'static str>, Vec<(&'u Use, Certainty)>>;
    let mut found: BTreeMap<&str, (Symbol, Symbol, Parts<'_>)> = BTreeMap::new();
    for (used, certainty) in uses {
        let deployment = used.belongs.owner().unwrap_or(used.resource);
        let ids: Vec<&'static str> = services(inventory, used).iter().map(|service| service.id).collect();
        let of = inventory.instance(deployment).map_or(used.service, |instance| instance.service);
        let (.., parts) = found.entry(inventory.text(deployment)).or_insert((deployment, of, Parts::new()));
        parts.entry(ids).or_default().push((used, *certainty));
    }
    let share = |(deployment, service, parts): (Symbol, Symbol, Parts<'_>)| Share {
        deployment,
        service,
        parts: parts.into_values().map(|uses| part(inventory, deployment, &uses)).collect(),
    };
    found.into_values().map(share).collect()
}

/// The rows of the catalogue that what uses the key may be of.
fn services(inventory: &Inventory, used: &Use) -> Vec<&'static Service> {
    let owner = used.belongs.owner();
    let told = owner.and_then(|crn| inventory.instance(crn)).map(|instance| instance.generation);
    let text = match used.belongs {
        Belongs::Managed(Some(owner)) => inventory.text(owner),
        Belongs::Managed(None) => return Vec::new(),
        _ => inventory.text(used.resource),
    };
    let Ok(crn) = parse(text) else { return Vec::new() };
    // The volumes of a cluster in an account of IBM's are the disks of its workers.
    let is_disk = matches!(used.belongs, Belongs::Managed(_)) && crn.service_name == "containers-kubernetes";
    let told = told.unwrap_or_else(|| generation(crn.service_name, &PlanFacts::default()));
    let may_be = |service: &&Service| {
        !matches!(told, Generation::Gen2 | Generation::Classic)
            || matches!(service.generation, Generation::NotApplicable)
            || service.generation == told
    };
    of_crn(crn.service_name, if is_disk { "worker" } else { crn.resource_type }).filter(may_be).collect()
}

fn part(inventory: &Inventory, deployment: Symbol, uses: &[(&Use, Certainty)]) -> PartOf {
    let services = uses.first().map(|(used, _)| services(inventory, used)).unwrap_or_default();
    let mut part = PartOf {
        resources: uses.iter().map(|(used, _)| used.resource).collect(),
        removes: Vec::new(),
        how: How::Unknown,
        because: uses.iter().flat_map(|(used, _)| witnesses(inventory, used)).collect(),
        moving: None,
        doubts: Vec::new(),
        certainty: uses.iter().map(|(_, certainty)| *certainty).max().unwrap_or(Certainty::Possible),
        services,
    };
    part.resources.sort_by_key(|resource| inventory.text(*resource));
    part.resources.dedup();
    if part.certainty == Certainty::Possible {
        part.doubts.push(needed(inventory, deployment, "that it uses the key is not proved".to_owned()));
    }
    let instance = inventory.instance(deployment);
    if let Some(instance) = instance.filter(|instance| instance.is_soft_deleted(inventory)) {
        part.how = How::Leaving;
        part.because.push(Reason {
            kind: ReasonKind::Parameter,
            about: inventory.text(deployment).to_owned(),
            text: "it is deleted, and is taken off the key by its service".to_owned(),
            source: Some(crate::catalog::key_life::REGISTERED_AFTER_DELETION.source),
            evidence: Some(crate::inventory::Witness { member: "state", ..instance.witness }),
        });
        return part;
    }
    decide(inventory, deployment, &mut part);
    if part.how == How::Anew {
        part.removes = removed(inventory, deployment, uses);
        if part.removes.is_empty() {
            let why = "which of its parts must go, so that nothing of it is left on the key, is not known".to_owned();
            part.doubts.push(needed(inventory, deployment, why));
        }
        let ways: Vec<Option<&'static Moving>> = part.services.iter().map(|service| moving(service)).collect();
        part.moving =
            ways.first().copied().flatten().filter(|_| ways.windows(2).all(|pair| pair.first() == pair.last()));
        if part.moving.is_none() {
            let why = "no page that was read says how its data gets into the one that is made anew".to_owned();
            part.doubts.push(needed(inventory, deployment, why));
        }
    }
    part
}

/// Says how a part gets another key, where every row of the catalogue that it may be of says the same.
fn decide(inventory: &Inventory, deployment: Symbol, part: &mut PartOf) {
    let told: Vec<(&'static Service, Change, Option<Fact>)> = part
        .services
        .iter()
        .filter_map(|service| placement(service).map(|found| (*service, found.change, found.final_because)))
        .collect();
    for (service, _, because) in &told {
        let Some(fact) = because else { continue };
        part.because.push(Reason {
            kind: ReasonKind::Catalogue,
            about: service.id.to_owned(),
            text: fact.text.to_owned(),
            source: Some(fact.source),
            evidence: None,
        });
    }
    let Some((_, change, _)) = told.first().filter(|_| told.len() == part.services.len()) else {
        let why = "how it gets another key is not in the catalogue".to_owned();
        part.doubts.push(needed(inventory, deployment, why));
        return;
    };
    if told.iter().any(|(_, other, _)| other != change) {
        part.doubts.push(of_generation(inventory, deployment));
        return;
    }
    // What no page states is not claimed.
    let is_stated = told.iter().all(|(.., because)| because.is_some());
    part.how = match change {
        Change::Again if is_stated => How::InPlace,
        Change::SupportTicket => How::SupportTicket,
        Change::Never => How::Anew,
        _ => How::Unknown,
    };
    if part.how == How::Unknown {
        let why = "no page that was read says whether it can be given another key".to_owned();
        part.doubts.push(needed(inventory, deployment, why));
    }
}

/// What is deleted of a part that was made anew: the deployment, where the key is its own; a worker pool, with its workers and their
/// disks; a bucket.
fn removed(inventory: &Inventory, deployment: Symbol, uses: &[(&Use, Certainty)]) -> Vec<Symbol> {
    let mut removed: Vec<Symbol> = Vec::new();
    for (used, _) in uses {
        let Ok(crn) = parse(inventory.text(used.resource)) else { continue };
        match (used.belongs, crn.service_name, crn.resource_type) {
            (Belongs::Deployment(_), "containers-kubernetes", "worker") => {}
            (Belongs::Deployment(_), _, "") => removed.push(deployment),
            (Belongs::Deployment(_), ..) => removed.push(used.resource),
            // The volumes of a cluster go with a worker pool, those of a data service with its deployment.
            (Belongs::Managed(Some(owner)), ..) => {
                let service = parse(inventory.text(owner)).map(|crn| crn.service_name);
                removed.extend((service != Ok("containers-kubernetes")).then_some(owner));
            }
            (Belongs::Managed(None) | Belongs::Unreadable, ..) => {}
        }
    }
    removed.sort_by_key(|crn| inventory.text(*crn));
    removed.dedup();
    removed
}

fn needed(inventory: &Inventory, deployment: Symbol, why: String) -> Needed {
    Needed {
        export: false,
        name: "re-keying".into(),
        of: Some(inventory.text(deployment).to_owned()),
        why,
        command: None,
        role: None,
        decides: true,
        worst: Verdict::Destroys,
    }
}

fn of_generation(inventory: &Inventory, deployment: Symbol) -> Needed {
    let text = inventory.text(deployment);
    Needed {
        export: true,
        name: ExportKind::ResourceInstances.name().into(),
        of: parse(text).ok().and_then(|crn| crn.account()).map(str::to_owned),
        why: format!("which generation `{text}` is of is not known, and they are given another key in different ways"),
        command: account_command(ExportKind::ResourceInstances).map(str::to_owned),
        role: Some("Viewer"),
        decides: true,
        worst: Verdict::Destroys,
    }
}
