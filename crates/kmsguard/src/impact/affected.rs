//! The resources that use a key, and what an action does to each: one row a resource.

use super::model::{Certainty, Reason, ReasonKind};
use super::set::World;
use super::target::Target;
use super::timeline::moment;
use super::verdict;
use crate::catalog::effects::{Consequence, Effect, Family, Since, families, volume_families};
use crate::catalog::key_life::RECLAMATION;
use crate::catalog::needs::{Generation, PlanFacts, generation};
use crate::crn::parse;
use crate::inventory::{self, Belongs, Instance, Inventory, Seen, SharedText, Symbol, Use};
use crate::now::Now;

/// What undoes an effect that only IBM can undo.
pub(super) const SUPPORT_TICKET: &str = "support ticket";

/// A resource, and what happens to it.
#[derive(Debug, Clone)]
pub(crate) struct Affected {
    pub(crate) resource: Symbol,
    /// The deployment it belongs to; itself where that is not known.
    pub(crate) deployment: Symbol,
    pub(crate) service: Symbol,
    pub(crate) effect: Effect,
    pub(crate) certainty: Certainty,
    pub(crate) since: Since,
    pub(crate) undo: Option<SharedText>,
    pub(crate) recoverable_until: Option<Now>,
    pub(crate) because: Vec<Reason>,
    /// Whether the service promises that undoing the action undoes the effect.
    pub(super) undone: bool,
    /// Whether its registration can no longer be taken off the key.
    pub(crate) sticks: Option<Certainty>,
    /// Why it is not certain.
    pub(super) doubts: Vec<String>,
}

/// A column of the table of effects.
#[derive(Clone, Copy)]
pub(super) struct Column {
    /// What it is the column of, where no page says what that does to a family: `disabling its key`.
    pub(super) doing: &'static str,
    pub(super) of: fn(&Family) -> Option<Consequence>,
}

/// The rows of all uses of a key, in one column of the table of effects.
pub(super) fn rows(world: World<'_>, target: &Target<'_>, column: Column) -> Vec<Affected> {
    let inventory = world.inventory;
    let uses = world.there(target.uses(inventory));
    let rows = uses.into_iter().map(|(found, certainty)| {
        let mut row = row(inventory, found, certainty, column);
        if let Some(instance) = found.belongs.owner().and_then(|crn| inventory.instance(crn)) {
            soft_deleted(inventory, instance, world.now, &mut row);
        }
        row
    });
    worst_of_each(rows.collect(), inventory)
}

/// The row of a use, in one column of the table of effects.
pub(super) fn row(inventory: &Inventory, found: &Use, certainty: Certainty, column: Column) -> Affected {
    row_of(inventory, found, &possible_families(inventory, found, found.belongs.owner()), certainty, column)
}

/// The same, where the rows of the table are known that the use may be of.
pub(super) fn row_of(
    inventory: &Inventory,
    found: &Use,
    families: &[&'static Family],
    certainty: Certainty,
    column: Column,
) -> Affected {
    let mut row = Affected {
        resource: found.resource,
        deployment: found.belongs.owner().unwrap_or(found.resource),
        service: found.service,
        effect: Effect::Unknown,
        certainty,
        since: Since::FourHours,
        undo: None,
        recoverable_until: None,
        because: witnesses(inventory, found),
        undone: false,
        sticks: None,
        doubts: Vec::new(),
    };
    if certainty == Certainty::Possible {
        let doubt = if found.is_proved() {
            "it names its key by an id that another key has as well"
        } else {
            "no registration, parameter or record of its own proves that it uses the key"
        };
        row.doubts.push(doubt.to_owned());
    }
    fill(inventory, found, families, column, &mut row);
    row
}

/// Says what becomes of a use that may be of several families.
fn fill(inventory: &Inventory, found: &Use, families: &[&'static Family], column: Column, row: &mut Affected) {
    let consequences: Vec<(&Family, Option<Consequence>)> =
        families.iter().map(|family| (*family, (column.of)(family))).collect();
    let effect = |consequence: &Option<Consequence>| consequence.map_or(Effect::Unknown, |known| known.effect);
    let worst = consequences.iter().max_by_key(|(_, one)| verdict::weight(effect(one), row.certainty));
    let Some((_, worst)) = worst else {
        let reason = not_in_catalogue(inventory, found);
        row.certainty = Certainty::Possible;
        row.doubts.push(reason.text.clone());
        row.because.push(reason);
        return;
    };
    row.effect = effect(worst);
    let known = || consequences.iter().filter_map(|(_, consequence)| *consequence);
    row.since = known().map(|consequence| consequence.since).min().unwrap_or(Since::FourHours);
    row.undone = consequences.iter().all(|(_, consequence)| consequence.is_some_and(|known| known.undone));
    if consequences.iter().any(|(_, consequence)| effect(consequence) != row.effect) {
        row.certainty = Certainty::Possible;
        row.doubts.push("its generation is not known, and they act differently".to_owned());
    }
    for (family, consequence) in &consequences {
        let text = consequence.map_or_else(
            || format!("what {} does to {} is said on no page that was read", column.doing, family.name),
            |known| known.what.to_owned(),
        );
        if consequence.is_none() {
            row.certainty = Certainty::Possible;
            row.doubts.push(text.clone());
        }
        row.because.push(Reason {
            kind: ReasonKind::Catalogue,
            about: family.name.to_owned(),
            text,
            source: consequence.map(|known| known.source),
            evidence: None,
        });
    }
}

/// The rows of the table that a use may be of.
pub(super) fn possible_families(
    inventory: &Inventory,
    found: &Use,
    deployment: Option<Symbol>,
) -> Vec<&'static Family> {
    let resource = parse(inventory.text(found.resource)).ok();
    let families = match (found.belongs, resource) {
        (Belongs::Unreadable, _) | (_, None) => &[],
        (Belongs::Managed(None), _) => &[],
        (Belongs::Managed(Some(owner)), _) => {
            parse(inventory.text(owner)).map_or(&[][..], |owner| volume_families(owner.service_name))
        }
        (Belongs::Deployment(_), Some(crn)) => families(crn.service_name, crn.resource_type),
    };
    let listed = deployment.and_then(|crn| inventory.instance(crn)).map(|instance| instance.generation);
    let told = listed.unwrap_or_else(|| {
        let crn = deployment.and_then(|crn| parse(inventory.text(crn)).ok());
        crn.map_or(Generation::Unknown, |crn| generation(crn.service_name, &PlanFacts::default()))
    });
    let is_of = |family: &&Family| {
        !matches!(told, Generation::Gen2 | Generation::Classic) || family.generation.is_none_or(|one| one == told)
    };
    families.iter().filter(is_of).collect()
}

/// A deployment that was deleted can be had back until it is reclaimed, and then its data is gone whatever becomes of the key.
fn soft_deleted(inventory: &Inventory, instance: &Instance, now: Now, row: &mut Affected) {
    if !instance.is_soft_deleted(inventory) {
        return;
    }
    let date = |date: Option<Symbol>| date.and_then(|date| moment(inventory.text(date)));
    let text = match (date(instance.deleted_at), date(instance.reclaimed_at)) {
        (_, Some(reclaimed)) if reclaimed <= now => {
            row.effect = Effect::None;
            row.since = Since::AtOnce;
            row.undone = false;
            format!("it was deleted, and removed for good at {reclaimed}; only its registration is left")
        }
        (_, Some(reclaimed)) => {
            format!("it was deleted; until {reclaimed} it can be had back, but not without its key")
        }
        (_, None) => {
            let doubt = "it was deleted; until when it can be had back is not known".to_owned();
            row.certainty = Certainty::Possible;
            row.doubts.push(doubt.clone());
            doubt
        }
    };
    row.because.push(Reason {
        kind: ReasonKind::Parameter,
        about: inventory.text(instance.crn).to_owned(),
        text,
        source: Some(RECLAMATION),
        evidence: Some(inventory::Witness { member: "state", ..instance.witness }),
    });
}

/// What tells of a use.
pub(super) fn witnesses(inventory: &Inventory, found: &Use) -> Vec<Reason> {
    let reason = |(seen, witness): &(Seen, inventory::Witness)| {
        let (kind, text) = match (seen, found.belongs) {
            (Seen::Parameter, _) => (ReasonKind::Parameter, "its parameters name the key"),
            (Seen::Requested, _) => (
                ReasonKind::Parameter,
                "the key was asked for when it was made; the export shows something else in effect",
            ),
            (Seen::State, _) => (ReasonKind::Parameter, "a state of Terraform names the key for it"),
            (Seen::Report, _) => (ReasonKind::Registration, "a report of the Key Usage Reporter names the key for it"),
            (Seen::Event, _) => (ReasonKind::Registration, "an activity event shows it with the key"),
            (Seen::Setting, _) => (ReasonKind::Parameter, "its settings name the key"),
            (Seen::Resource, _) => (ReasonKind::Parameter, "its own record names the key"),
            (Seen::Registration, Belongs::Managed(Some(_))) => {
                (ReasonKind::Registration, "a volume in an account of IBM's, registered with the key")
            }
            (Seen::Registration, Belongs::Managed(None)) => (
                ReasonKind::Registration,
                "a volume in an account of which nothing else was read, registered with the key",
            ),
            (Seen::Registration, _) => (ReasonKind::Registration, "it is registered with the key"),
        };
        Reason {
            kind,
            about: inventory.text(found.resource).to_owned(),
            text: text.to_owned(),
            source: None,
            evidence: Some(*witness),
        }
    };
    found.witnesses.iter().map(reason).collect()
}

fn not_in_catalogue(inventory: &Inventory, found: &Use) -> Reason {
    let text = match found.belongs {
        Belongs::Unreadable => "its CRN cannot be read, so nothing can be said of it".to_owned(),
        Belongs::Managed(_) => "which deployment keeps its data on it is not known".to_owned(),
        Belongs::Deployment(_) => {
            format!("what becomes of a resource of `{}` is not in the catalogue", inventory.text(found.service))
        }
    };
    Reason {
        kind: ReasonKind::Catalogue,
        about: inventory.text(found.service).to_owned(),
        text,
        source: None,
        evidence: None,
    }
}

/// One row a resource, by resource: its worst effect, with the reasons of all.
pub(super) fn worst_of_each(mut rows: Vec<Affected>, inventory: &Inventory) -> Vec<Affected> {
    rows.sort_by_key(|row| inventory.text(row.resource));
    let mut worst: Vec<Affected> = Vec::with_capacity(rows.len());
    for row in rows {
        match worst.last_mut() {
            Some(known) if known.resource == row.resource => known.join(row),
            _ => worst.push(row),
        }
    }
    worst
}

impl Affected {
    /// Whether it takes anything away.
    fn harms(&self) -> bool {
        !matches!(self.effect, Effect::None | Effect::Rewrap)
    }

    /// Takes what else happens to the same resource. What is promised to come back does so only where all that harms it is undone.
    fn join(&mut self, other: Self) {
        // Of effects that weigh the same, the one that stands first in their list counts.
        let weight = |row: &Self| (verdict::weight(row.effect, row.certainty), std::cmp::Reverse(row.effect));
        let mut light = other;
        if weight(&light) > weight(self) {
            std::mem::swap(self, &mut light);
        }
        if self.deployment == self.resource {
            self.deployment = light.deployment;
        }
        if self.harms() && light.harms() {
            self.undone = self.undone && light.undone;
            self.recoverable_until = self.recoverable_until.zip(light.recoverable_until).map(|(one, two)| one.min(two));
            self.undo = both(self.undo.take(), light.undo);
        }
        self.sticks = self.sticks.into_iter().chain(light.sticks).min();
        for reason in light.because {
            if !self.because.contains(&reason) {
                self.because.push(reason);
            }
        }
    }
}

/// What undoes two things: both commands; nothing, where one of them cannot be undone.
fn both(first: Option<SharedText>, second: Option<SharedText>) -> Option<SharedText> {
    let (first, second) = first.zip(second)?;
    Some(match [first.as_str(), second.as_str()] {
        [SUPPORT_TICKET, _] | [_, SUPPORT_TICKET] => SUPPORT_TICKET.into(),
        [one, two] if one.split(" && ").any(|part| part == two) => first,
        _ => format!("{first} && {second}").into(),
    })
}
