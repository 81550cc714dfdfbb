//! What each stage of an order does in the world that the stages before it leave, as the engine judges it.

use super::leaving::Leaving;
use super::{Members, worse};
use crate::catalog::key_life::DUAL_AUTHORIZATION;
use crate::impact::affected::{Affected, worst_of_each};
use crate::impact::model::{Blocker, Certainty, Needed, Reason, ReasonKind, Verdict};
use crate::impact::set::{Done, Gone, World};
use crate::impact::together;
use crate::impact::verdict::of_effect;
use crate::inventory::{Inventory, KeyState};
use crate::now::Now;

/// What speaks against an order, and what is not known.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) because: Vec<Reason>,
    pub(super) unknown: Vec<Needed>,
}

impl Judged {
    /// Both, each thing once, in an order of their own.
    pub(super) fn sorted(mut self) -> (Vec<Reason>, Vec<Needed>) {
        self.because.sort_by(|one, two| (&one.about, &one.text).cmp(&(&two.about, &two.text)));
        self.because.dedup_by(|one, two| (&one.about, &one.text) == (&two.about, &two.text));
        self.unknown.sort();
        self.unknown.dedup();
        (self.because, self.unknown)
    }

    /// Takes what a stage does. `removed`: what it takes away, whose own loss is what was asked for.
    fn take(&mut self, inventory: &Inventory, affected: Vec<Affected>, removed: &Gone) {
        for row in worst_of_each(affected, inventory) {
            let is_inside =
                removed.deployments.contains(&row.resource) || removed.deployments.contains(&row.deployment);
            let harm = match of_effect(row.effect) {
                _ if is_inside => None,
                Some(Verdict::Safe) => None,
                Some(_) => Some(row.certainty),
                None => Some(Certainty::Possible),
            };
            match worse(harm, row.sticks) {
                Some(Certainty::Certain) => self.because.push(harmed(inventory, &row)),
                Some(Certainty::Possible) => self.unknown.push(may_be_harmed(inventory, &row)),
                None => {}
            }
        }
    }

    fn refuse(&mut self, blockers: Vec<Blocker>) {
        // That two people must ask is a step of the order.
        let lasting = blockers.into_iter().filter(|blocker| blocker.reason.source != Some(DUAL_AUTHORIZATION));
        self.because.extend(lasting.map(|blocker| blocker.reason));
    }
}

/// Judges the stages: deployments, then authorizations, then keys, then instances of a KMS. `gone`: what is gone before the first.
pub(super) fn stages(
    inventory: &Inventory,
    now: Now,
    members: &Members<'_>,
    (gone, leaving): (&Gone, &Leaving<'_>),
    judged: &mut Judged,
) {
    let mut before = gone.clone();
    let mut stage = |before: &Gone, actions: &[Done<'_>], settled: &dyn Fn(&Needed) -> bool| {
        let removed = Members::removed(actions);
        let world = World { inventory, now, before, removed: &removed };
        let part = together(world, actions);
        judged.take(inventory, part.affected, &removed);
        judged.refuse(part.blockers);
        judged.unknown.extend(part.unknown.into_iter().filter(|needed| !settled(needed)));
        removed
    };
    let nothing = |_: &Needed| false;
    stage(&before, &members.deployments, &nothing);
    before.deployments.extend(&leaving.gone.deployments);
    let revoked = stage(&before, &members.policies, &nothing).policies;
    before.policies.extend(revoked);
    let deleted = stage(&before, &members.keys, &nothing).keys;
    before.keys.extend(deleted);
    // Once the keys of an instance are gone for longer than they can be restored, nothing is left that could still use one.
    let waited = |needed: &Needed| {
        let of = |done: &Done<'_>| needed.of.as_deref() == Some(done.subject.label().as_str());
        needed.name == "uses" && members.instances.iter().any(|done| of(done) && is_emptied(inventory, done, &before))
    };
    stage(&before, &members.instances, &waited);
}

/// Whether all keys of an instance are deleted by the order, or were, so that it is known until when they can be restored.
fn is_emptied(inventory: &Inventory, instance: &Done<'_>, before: &Gone) -> bool {
    let label = instance.subject.label();
    let keys = (0_u32..).map(crate::inventory::KeyIndex).zip(&inventory.keys);
    let mut of_it = keys.filter(|(_, key)| inventory.text(key.instance) == label);
    of_it.all(|(index, key)| {
        before.keys.contains(&index) || (key.state == KeyState::Destroyed && key.deleted_at.is_some())
    })
}

/// Something that is not of the set and loses by it.
fn harmed(inventory: &Inventory, row: &Affected) -> Reason {
    let told = row.because.iter().find(|reason| reason.kind == ReasonKind::Catalogue);
    let what = told.map(|reason| format!(": {}", reason.text)).unwrap_or_default();
    let name = inventory.text(row.deployment);
    let name = inventory.instance(row.deployment).and_then(|one| one.name).map_or(name, |name| inventory.text(name));
    Reason {
        kind: row.because.first().map_or(ReasonKind::Catalogue, |reason| reason.kind),
        about: inventory.text(row.resource).to_owned(),
        text: format!("`{name}` is not removed with the set, and is harmed by it{what}"),
        source: told.and_then(|reason| reason.source),
        evidence: row.because.iter().find_map(|reason| reason.evidence),
    }
}

/// Something that is not of the set and may lose by it.
fn may_be_harmed(inventory: &Inventory, row: &Affected) -> Needed {
    let told = row.because.iter().rfind(|reason| reason.kind == ReasonKind::Catalogue).or(row.because.last());
    let what = told.map(|reason| format!(": {}", reason.text)).unwrap_or_default();
    Needed {
        export: false,
        name: "effect".into(),
        of: Some(inventory.text(row.resource).to_owned()),
        why: format!("it is not removed with the set, and may be harmed by it{what}"),
        command: None,
        role: None,
        decides: true,
        worst: of_effect(row.effect).unwrap_or(Verdict::Destroys),
    }
}
