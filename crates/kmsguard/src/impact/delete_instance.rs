//! Deleting a deployment, a single resource, or an instance of a KMS.

use hashbrown::HashMap;

use super::Part;
use super::action::NamedInstance;
use super::affected::{Affected, witnesses};
use super::delete_key;
use super::key::doubts;
use super::model::{Blocker, Certainty, Needed, Reason, ReasonKind, Step, Verdict};
use super::set::World;
use super::target::{Target, of_key};
use super::timeline::{Event, EventKind, Holder, HolderState, Window, moment, of_deleted_deployment};
use crate::catalog::effects::{Effect, Since};
use crate::catalog::key_life::{DAY, DELETING, RECLAIMED, RECLAMATION};
use crate::catalog::needs::{Generation, PlanFacts, generation};
use crate::catalog::services::reclaimable_days;
use crate::crn::{Crn, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, KeyIndex, KeyState, Listing, Symbol, Use, Witness, instance_command};
use crate::now::Now;
use crate::policy::shell;

pub(super) fn assess(world: World<'_>, named: &NamedInstance<'_>) -> Part {
    if named.is_kms { of_kms(world, named) } else { of_deployment(world, named) }
}

/// A deployment takes its data with it, and what is left of it stays registered for a while.
fn of_deployment(world: World<'_>, named: &NamedInstance<'_>) -> Part {
    let World { inventory, now, .. } = world;
    let kept = kept(inventory, named, now);
    let affected = vec![gone(inventory, named, kept)];
    let name = named.listed.and_then(|instance| instance.name).map_or(named.text, |name| inventory.text(name));
    let text = format!("`{name}` is deleted");
    let mut timeline = vec![Event::new(now, EventKind::InstanceDeleted, named.text, text, RECLAMATION)];
    timeline.extend(of_deleted_deployment(&Holder {
        crn: named.text,
        name,
        service: parse(named.text).map_or("", |crn| crn.service_name),
        state: HolderState::Deleted { at: Some(now), removed: kept },
    }));
    let blockers = deleted_already(world, named).into_iter().collect();
    Part { affected, timeline, blockers, commands: commands(named), unknown: Vec::new() }
}

/// Until when it can be had back, where that is promised.
pub(super) fn kept(inventory: &Inventory, named: &NamedInstance<'_>, now: Now) -> Option<Now> {
    if let Some(instance) = named.listed.filter(|instance| instance.is_soft_deleted(inventory)) {
        return instance.reclaimed_at.and_then(|date| moment(inventory.text(date))).filter(|until| *until > now);
    }
    let crn = parse(named.text).ok()?;
    let told = named.listed.map(|instance| instance.generation);
    let told = told.unwrap_or_else(|| generation(crn.service_name, &PlanFacts::default()));
    let days = match told {
        Generation::NotApplicable => reclaimable_days(crn.service_name, Generation::Unknown),
        told => reclaimable_days(crn.service_name, told),
    };
    let span = crate::catalog::key_life::Span { seconds: i64::from(days?) * DAY, ..RECLAIMED };
    super::timeline::after(now, span)
}

/// What becomes of all that deployments of a set have registered with keys. The uses are gone through once.
pub(super) fn resources(world: World<'_>, deleted: &[&NamedInstance<'_>]) -> Vec<Affected> {
    let inventory = world.inventory;
    let kept = |named: &NamedInstance<'_>| gone(inventory, named, kept(inventory, named, world.now));
    let rows: HashMap<Symbol, Affected> = deleted.iter().map(|named| (named.crn, kept(named))).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let of_use = |found: &Use| {
        let owner = found.belongs.owner().and_then(|owner| rows.get(&owner));
        let row = rows.get(&found.resource).or(owner)?;
        let because = row.because.iter().cloned().chain(witnesses(inventory, found)).collect();
        let service = if found.resource == row.resource { row.service } else { found.service };
        let deployment = found.belongs.owner().unwrap_or(row.deployment);
        Some(Affected { resource: found.resource, deployment, service, because, ..row.clone() })
    };
    inventory.uses.iter().filter(|found| !world.before.holds(found)).filter_map(of_use).collect()
}

/// What becomes of the deployment.
fn gone(inventory: &Inventory, named: &NamedInstance<'_>, kept: Option<Now>) -> Affected {
    let service = parse(named.text).ok().and_then(|crn| inventory.interner.find(crn.service_name));
    Affected {
        resource: named.crn,
        deployment: named.crn,
        service: named.listed.map(|instance| instance.service).or(service).unwrap_or(named.crn),
        effect: Effect::DataUnrecoverable,
        certainty: Certainty::Certain,
        since: Since::AtOnce,
        undo: kept.and(reclaimed(named)).map(Into::into),
        recoverable_until: kept,
        because: vec![Reason {
            kind: ReasonKind::Catalogue,
            about: named.text.to_owned(),
            text: match kept {
                Some(until) => format!("it is deleted, and its data with it; until {until} it can be had back"),
                None => "it is deleted, and its data with it; that it can be had back is not promised".to_owned(),
            },
            source: Some(RECLAMATION),
            evidence: named.listed.map(|instance| Witness { member: "", ..instance.witness }),
        }],
        undone: kept.is_some(),
        sticks: None,
        doubts: Vec::new(),
    }
}

/// The commands that have a deleted instance back.
pub(super) fn reclaimed(named: &NamedInstance<'_>) -> Option<String> {
    let crn = parse(named.text).ok()?;
    Some(format!(
        "ibmcloud resource reclamation-restore \"$(ibmcloud resource reclamations --resource-instance-id {} --output json | jq -r '.[0].id')\"",
        shell(crn.service_instance)
    ))
}

fn deleted_already(world: World<'_>, named: &NamedInstance<'_>) -> Option<Blocker> {
    let state = named.listed.and_then(|instance| instance.state).map(|state| world.inventory.text(state));
    let is_gone =
        world.before.deployments.contains(&named.crn) || matches!(state, Some("pending_reclamation" | "removed"));
    is_gone.then(|| Blocker {
        reason: Reason {
            kind: ReasonKind::Parameter,
            about: named.text.to_owned(),
            text: "it is deleted already".to_owned(),
            source: Some(RECLAMATION),
            evidence: named.listed.map(|instance| Witness { member: "state", ..instance.witness }),
        },
        yields_to_force: false,
    })
}

/// How it is looked at and deleted: by the Resource Controller, or by its own service.
pub(super) fn commands(named: &NamedInstance<'_>) -> Vec<Step> {
    let Ok(crn) = parse(named.text) else { return Vec::new() };
    let step = |text: &str, command: String| Step { text: text.to_owned(), command };
    let id = shell(crn.resource);
    let delete = match (crn.service_name, crn.resource_type) {
        ("containers-kubernetes", "worker-pool") => {
            format!("ibmcloud ks worker-pool rm --cluster {} --worker-pool {id}", shell(crn.service_instance))
        }
        ("containers-kubernetes", "worker") => {
            format!("ibmcloud ks worker rm --cluster {} --worker {id}", shell(crn.service_instance))
        }
        ("containers-kubernetes", _) => format!("ibmcloud ks cluster rm --cluster {}", shell(crn.service_instance)),
        ("is", of @ ("volume" | "snapshot" | "image" | "share")) => format!("ibmcloud is {of}-delete {id}"),
        ("cloud-object-storage", "bucket") => format!("ibmcloud cos bucket-delete --bucket {id}"),
        _ => format!("ibmcloud resource service-instance-delete {}", shell(crn.service_instance)),
    };
    let mut steps = vec![step("deletes it", delete)];
    if is_of_resource_controller(&crn) {
        steps.push(step(
            "shows until when it can be had back",
            format!(
                "ibmcloud resource reclamations --resource-instance-id {} --output json",
                shell(crn.service_instance)
            ),
        ));
    }
    steps
}

fn is_of_resource_controller(crn: &Crn<'_>) -> bool {
    crn.resource_type.is_empty() && !matches!(crn.service_name, "is" | "containers-kubernetes")
}

/// An instance of a KMS is deleted only without keys; those that were deleted from it are gone for good then.
fn of_kms(world: World<'_>, named: &NamedInstance<'_>) -> Part {
    let World { inventory, now, .. } = world;
    let name = named.listed.and_then(|instance| instance.name).map_or(named.text, |name| inventory.text(name));
    let mut part = Part {
        timeline: vec![Event::new(
            now,
            EventKind::InstanceDeleted,
            named.text,
            format!("`{name}` is deleted, and its keys with it"),
            DELETING,
        )],
        commands: commands(named),
        blockers: deleted_already(world, named).into_iter().collect(),
        ..Part::default()
    };
    let mut restorable = 0_usize;
    for (index, key) in (0_u32..).map(KeyIndex).zip(&inventory.keys).filter(|(_, key)| key.instance == named.crn) {
        let target = of_key(inventory, index, key);
        let is_gone = key.state == KeyState::Destroyed || world.before.keys.contains(&index);
        if !is_gone {
            part.blockers.push(holds(inventory, &target, key.state_witness));
        }
        let window = delete_key::deletion(inventory, &target, now).window(now);
        restorable += usize::from(!is_gone || window != Window::Closed);
        let affected =
            delete_key::rows(world, &target, Window::Closed, "the instance of its key is gone, and the key with it");
        part.unknown.extend(doubts(inventory, &target, &affected));
        part.affected.extend(affected);
    }
    let listing = inventory.listing(ExportKind::KmsKeys, named.crn);
    part.unknown.extend(unlisted(named, listing));
    if restorable > 0 {
        part.unknown.push(Needed {
            export: false,
            name: "uses".into(),
            of: Some(named.text.to_owned()),
            why: "keys of this instance are there or can still be restored, and not everything that uses a key shows"
                .to_owned(),
            command: None,
            role: None,
            decides: true,
            worst: Verdict::Destroys,
        });
    }
    part
}

fn holds(inventory: &Inventory, target: &Target<'_>, state: Witness) -> Blocker {
    let name = target.key.and_then(|(_, key)| key.name).map(|name| inventory.text(name));
    Blocker {
        reason: Reason {
            kind: ReasonKind::Key,
            about: target.label(),
            text: format!(
                "the instance holds the key `{}`, and is deleted only without keys",
                name.unwrap_or(target.id)
            ),
            source: Some(DELETING),
            evidence: Some(state),
        },
        yields_to_force: false,
    }
}

/// Which keys an instance holds shows in a list of them; what else Hyper Protect Crypto Services holds, nowhere.
fn unlisted(named: &NamedInstance<'_>, listing: Listing) -> Vec<Needed> {
    let mut found = Vec::new();
    let (why, decides) = match listing {
        Listing::Missing => ("without a list of its keys, what the instance holds is not known", true),
        Listing::Cut => ("the list of its keys was cut: the instance may hold more", true),
        Listing::Read => ("nothing proves that the list of its keys is whole; it was taken to be", false),
        Listing::Whole => ("", false),
    };
    if !why.is_empty() {
        found.push(Needed {
            export: true,
            name: ExportKind::KmsKeys.name().into(),
            of: Some(named.text.to_owned()),
            why: why.to_owned(),
            command: instance_command(ExportKind::KmsKeys, named.text),
            role: Some("Reader"),
            decides,
            worst: Verdict::Destroys,
        });
    }
    if parse(named.text).is_ok_and(|crn| crn.service_name == "hs-crypto") {
        found.push(Needed {
            export: false,
            name: "keystores".into(),
            of: Some(named.text.to_owned()),
            why: "keys of PKCS#11, GREP11, EKMF and KMIP in this instance show in no export".to_owned(),
            command: None,
            role: None,
            decides: true,
            worst: Verdict::Destroys,
        });
    }
    found
}
