//! Untangling a key that several deployments share: each gets a key of its own, in place where a page says that it can be changed,
//! and made anew where it cannot.
//!
//! Nothing is taken off the shared key before what takes its place stands: the deployments that are made anew are deleted at the end,
//! in the order of [`super::order`], and the key last.

mod how;

use serde::Serialize;

pub use how::How;
pub(crate) use how::{PartOf, Share};

use super::Part;
use super::action::{ActionKind, NamedInstance, NamedPolicy, NotFound, Subject};
use super::affected::{Affected, witnesses};
use super::key::{destroyed, doubts};
use super::model::{Certainty, Needed, Reason, ReasonKind};
use super::order::{Order, of_set};
use super::set::{Done, Gone, Set, World};
use super::target::{Target, find};
use super::unseen::unseen;
use crate::authz::is_considered;
use crate::catalog::effects::{Effect, Since};
use crate::crn::{Kind, parse};
use crate::inventory::{Inventory, Symbol, Use};
use crate::now::Now;
use crate::policy::{Authorization, Origin};
use how::shares;

/// What untangling a key comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum UntangleVerdict {
    /// At most one deployment uses it, and nothing says that there are more.
    NotShared,
    /// All that share it can be given a key of their own where they stand.
    InPlace,
    /// Some must be made anew, or need a support ticket.
    Anew,
    /// Of something it is not known how, or who else uses the key.
    Unknown,
}

/// How a key is untangled.
#[derive(Debug)]
pub(crate) struct Untangling<'a> {
    pub(crate) key: Target<'a>,
    pub(crate) verdict: UntangleVerdict,
    /// Those that share it, by CRN.
    pub(crate) shares: Vec<Share>,
    /// How what was made anew, and the key, are removed at the end.
    pub(crate) removal: Order,
    /// Why something stays on the key.
    pub(crate) stays: Vec<Reason>,
    pub(crate) unknown: Vec<Needed>,
}

/// How a key is untangled; none where it is deleted already.
pub(crate) fn untangle<'a>(
    inventory: &'a Inventory,
    now: Now,
    asked: &str,
) -> Result<Option<Untangling<'a>>, NotFound> {
    let key = find(inventory, asked).map_err(NotFound::Key)?;
    if key.key.is_some_and(|(_, found)| destroyed(inventory, found).is_some()) {
        return Ok(None);
    }
    let uses = key.uses(inventory);
    let shares = shares(inventory, &uses);
    let unknown = unknown(inventory, &key, &shares);
    let verdict = verdict(&shares, &unknown);
    let is_shared = verdict != UntangleVerdict::NotShared;
    let stays = if is_shared { stays(inventory, &shares, &unknown) } else { Vec::new() };
    let moved = if is_shared { shares.as_slice() } else { &[] };
    let removal = removal(inventory, now, (asked, &key), moved, is_shared && stays.is_empty());
    Ok(Some(Untangling { key, verdict, shares, removal, stays, unknown }))
}

/// What untangling does to all that uses the key, where nobody moves any data: what is made anew is empty.
pub(super) fn assess(world: World<'_>, target: &Target<'_>) -> Part {
    let inventory = world.inventory;
    let uses = world.there(target.uses(inventory));
    let shares = shares(inventory, &uses);
    let blockers = target.key.and_then(|(_, key)| destroyed(inventory, key)).into_iter().collect();
    let unknown = unknown(inventory, target, &shares);
    let is_shared = verdict(&shares, &unknown) != UntangleVerdict::NotShared;
    let row = |share: &Share, part: &PartOf, used: &Use| {
        let (effect, certainty, text) = match part.how {
            _ if !is_shared => (Effect::None, part.certainty, "it keeps the key, which it shares with nobody"),
            How::Leaving => (Effect::None, part.certainty, "it is deleted already, and needs no key of its own"),
            How::InPlace => (Effect::None, part.certainty, "it is given a key of its own where it stands"),
            How::SupportTicket => (Effect::None, part.certainty, "a support ticket gives it a key of its own"),
            How::Anew => (
                Effect::DataUnrecoverable,
                Certainty::Possible,
                "it is made anew with a key of its own and the old one deleted: what was not moved before is lost",
            ),
            How::Unknown => (Effect::Unknown, Certainty::Possible, "how it gets a key of its own is not known"),
        };
        let mut because = witnesses(inventory, used);
        because.extend(part.because.iter().filter(|reason| reason.kind == ReasonKind::Catalogue).cloned());
        because.push(Reason {
            kind: ReasonKind::Catalogue,
            about: inventory.text(share.service).to_owned(),
            text: text.to_owned(),
            source: None,
            evidence: None,
        });
        Affected {
            resource: used.resource,
            deployment: share.deployment,
            service: used.service,
            effect,
            certainty,
            since: Since::AtOnce,
            undo: None,
            recoverable_until: None,
            because,
            undone: false,
            sticks: None,
            doubts: Vec::new(),
        }
    };
    let mut affected = Vec::new();
    for (used, _) in &uses {
        let deployment = used.belongs.owner().unwrap_or(used.resource);
        let share = shares.binary_search_by_key(&inventory.text(deployment), |share| inventory.text(share.deployment));
        let Some(share) = share.ok().and_then(|place| shares.get(place)) else { continue };
        let part = share.parts.iter().find(|part| holds(inventory, part, used.resource));
        affected.extend(part.map(|part| row(share, part, used)));
    }
    Part { affected: super::affected::worst_of_each(affected, inventory), blockers, unknown, ..Part::default() }
}

fn holds(inventory: &Inventory, part: &PartOf, resource: Symbol) -> bool {
    part.resources.binary_search_by_key(&inventory.text(resource), |one| inventory.text(*one)).is_ok()
}

/// What is not known: who else uses the key, and how something gets another.
fn unknown(inventory: &Inventory, key: &Target<'_>, shares: &[Share]) -> Vec<Needed> {
    let mut unknown = doubts(inventory, key, &[]);
    // Whatever may use the key without showing shares it, also beside uses that are known.
    unknown.extend(unseen(inventory, key, false));
    unknown.extend(shares.iter().flat_map(|share| &share.parts).flat_map(|part| part.doubts.iter().cloned()));
    unknown.sort();
    unknown.dedup();
    unknown
}

fn verdict(shares: &[Share], unknown: &[Needed]) -> UntangleVerdict {
    let standing = shares.iter().filter(|share| share.how() != How::Leaving).count();
    let open = unknown.iter().any(|needed| needed.decides);
    match shares.iter().map(Share::how).max() {
        _ if standing <= 1 && !open => UntangleVerdict::NotShared,
        Some(How::Unknown) => UntangleVerdict::Unknown,
        _ if open => UntangleVerdict::Unknown,
        Some(How::Anew | How::SupportTicket) => UntangleVerdict::Anew,
        _ => UntangleVerdict::InPlace,
    }
}

/// Why something stays on the key, or may.
fn stays(inventory: &Inventory, shares: &[Share], unknown: &[Needed]) -> Vec<Reason> {
    let reason =
        |about: String, text: String| Reason { kind: ReasonKind::Key, about, text, source: None, evidence: None };
    let mut stays: Vec<Reason> = Vec::new();
    for share in shares {
        let left = share
            .parts
            .iter()
            .filter(|part| part.how == How::Unknown || (part.how == How::Anew && part.removes.is_empty()));
        if left.count() > 0 {
            let text = "it stays on the key: how all of it gets another is not known".to_owned();
            stays.push(reason(inventory.text(share.deployment).to_owned(), text));
        }
    }
    let of_shares = |needed: &&Needed| needed.decides && needed.name != "re-keying";
    for needed in unknown.iter().filter(of_shares) {
        let text = format!("something that does not show may use the key: {}", needed.why);
        stays.push(reason(needed.of.clone().unwrap_or_default(), text));
    }
    stays
}

/// What is removed at the end, once everything has a key of its own: what was made anew, and, where nothing stays on it, the
/// authorizations that are for the key alone, and the key.
fn removal<'a>(
    inventory: &'a Inventory,
    now: Now,
    (asked, key): (&str, &Target<'a>),
    shares: &[Share],
    with_key: bool,
) -> Order {
    let mut set: Set<'a> = Set { actions: Vec::new(), removed: Gone::default(), unknown: Vec::new() };
    let mut before = Gone::default();
    let put = |set: &mut Set<'a>, kind, subject| {
        let done = Done { kind, subject, force: false };
        set.removed.take(&done);
        set.actions.push(done);
    };
    for part in shares.iter().flat_map(|share| &share.parts) {
        match part.how {
            // What has another key by then is no longer registered with this one.
            How::InPlace | How::SupportTicket => before.deployments.extend(&part.resources),
            How::Anew => {
                for crn in &part.removes {
                    let named = named(inventory, *crn);
                    put(&mut set, ActionKind::DeleteInstance, Subject::Instance(named));
                }
                // The workers of a pool and their disks go with it.
                let along = part.resources.iter().filter(|resource| !part.removes.contains(resource));
                before.deployments.extend(along.filter(|_| !part.removes.is_empty()));
            }
            How::Leaving | How::Unknown => {}
        }
    }
    if with_key {
        for (row, policy) in inventory.policies.iter().enumerate() {
            let Some(id) = policy.id.as_deref().filter(|_| is_for_key_alone(policy, key)) else { continue };
            let policy = NamedPolicy { id, rows: vec![row], policy };
            put(&mut set, ActionKind::RevokePolicy, Subject::Policy(policy));
        }
        if let Ok(target) = find(inventory, asked) {
            put(&mut set, ActionKind::DeleteKey, Subject::Key(target));
        }
    }
    of_set(inventory, now, &set, &before)
}

fn named(inventory: &Inventory, crn: Symbol) -> NamedInstance<'_> {
    let text = inventory.text(crn);
    NamedInstance {
        crn,
        text,
        listed: inventory.instance(crn),
        is_kms: parse(text).is_ok_and(|crn| crn.kind() == Kind::KmsInstance),
    }
}

/// Whether an authorization that somebody made is for this key and no other.
fn is_for_key_alone(policy: &Authorization, key: &Target<'_>) -> bool {
    let [resource] = policy.resources.as_slice() else { return false };
    is_considered(policy)
        && !policy.managed
        && policy.origin() != Origin::Service
        && resource.exact("resource") == Some(key.id)
        && resource.exact("serviceInstance").is_none_or(|guid| guid == key.guid())
}
