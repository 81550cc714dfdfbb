//! What loses its cover when authorizations go: each use is decided with them and without them, once for the whole set.

use std::collections::BTreeSet;

use hashbrown::{HashMap, HashSet};

use super::Part;
use super::affected::{Affected, Column, SUPPORT_TICKET, possible_families, row_of};
use super::model::{Certainty, Needed, Reason, ReasonKind};
use super::set::World;
use crate::authz::{DecidedUse, Decision, Dependent, Loss, Verdict, is_considered, is_granted_by, losses};
use crate::catalog::authorizations::{AUTHORIZATIONS, GOES_WITH_ITS_SERVICE};
use crate::catalog::effects::{Consequence, Effect, Family, Since, revoke, revoke_both, revoke_dependent};
use crate::catalog::needs::{Generation, may_work_through};
use crate::catalog::services::is_taker;
use crate::crn::{Crn, parse};
use crate::inventory::{Belongs, Inventory, Seen, SharedText, Symbol, Use, Witness};
use crate::policy::{Authorization, Origin, Side, shell};

/// What becomes of all uses that the authorizations of a set let in, and those that may go with its deployments.
pub(super) fn assess(world: World<'_>) -> Part {
    let mut part = Part::default();
    let removed = &lacking(world);
    let mut removal = Removal::new(world, removed, Certainty::Certain);
    for loss in losses(world.inventory, &world.before.policies, removed) {
        removal.add(&loss, &mut part);
    }
    let following = following(world);
    if !following.is_empty() {
        let gone = world.before.policies.union(&world.removed.policies).copied().collect();
        let mut removal = Removal::new(world, &following, Certainty::Possible);
        for loss in losses(world.inventory, &gone, &following) {
            // What is deleted itself needs nothing of what goes with it.
            if !world.removed.holds(loss.before.found) {
                removal.add(&loss, &mut part);
            }
        }
    }
    part
}

/// The authorizations of a set that no other takes the place of: where one does, nobody misses them.
fn lacking(world: World<'_>) -> BTreeSet<usize> {
    let removed = world.removed.policies.iter().copied();
    let is_lacking = |number: &usize| {
        let policy = world.inventory.policies.get(*number);
        policy.is_some_and(|policy| is_considered(policy) && !is_replaced(world, policy))
    };
    removed.filter(is_lacking).collect()
}

/// Whether an authorization that stays lets in all that this one does.
pub(super) fn is_replaced(world: World<'_>, policy: &Authorization) -> bool {
    let policies = world.inventory.policies.iter().enumerate();
    let stays = |number: usize| !world.removed.policies.contains(&number) && !world.before.policies.contains(&number);
    // What names a thing that this one does not name as well is narrower, and most are that.
    let may_be_wider = |other: &Authorization| {
        let ([subject], [resource]) = (policy.subjects.as_slice(), policy.resources.as_slice()) else { return true };
        let ([wide_subject], [wide_resource]) = (other.subjects.as_slice(), other.resources.as_slice()) else {
            return true;
        };
        let fits = |narrow: &Side, wide: &Side, name: &str| {
            wide.exact(name).is_none_or(|value| narrow.exact(name) == Some(value))
        };
        ["accountId", "serviceName", "serviceInstance", "resource"]
            .into_iter()
            .all(|name| fits(resource, wide_resource, name))
            && ["accountId", "serviceName", "serviceInstance"].into_iter().all(|name| fits(subject, wide_subject, name))
    };
    let others = policies.filter(|(number, other)| stays(*number) && may_be_wider(other));
    is_granted_by(policy, others.map(|(_, other)| other))
}

/// How one side of a use's cover came out: its own, or that of a service that works for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CoverSide {
    /// Whether it loses by what is removed.
    lost: Option<Certainty>,
    /// Whether it has none afterwards, whatever the reason.
    missing: Option<Certainty>,
}

impl CoverSide {
    fn of(before: Verdict, after: Verdict, counted: bool) -> Self {
        let certain = |is: bool| if is { Certainty::Certain } else { Certainty::Possible };
        let missing = (after != Verdict::Covered).then(|| certain(after == Verdict::NotCovered));
        Self {
            lost: missing.filter(|_| counted).map(|missing| missing.max(certain(before == Verdict::Covered))),
            missing,
        }
    }

    fn own(loss: &Loss<'_>) -> Self {
        let (before, after) = (&loss.before.decision, &loss.after.decision);
        let of = |decision: &Decision| (decision.verdict, decision.policies.clone(), decision.possible.clone());
        Self::of(before.verdict, after.verdict, of(before) != of(after))
    }

    /// The worst of all services that work for it; none where there is none.
    fn dependent(loss: &Loss<'_>) -> Option<Self> {
        let named = |of: &Dependent| {
            let doubts: BTreeSet<usize> = of.unknown.iter().flat_map(|fact| fact.policies.iter().copied()).collect();
            (of.verdict, of.policies.clone(), doubts)
        };
        let pairs = loss.before.decision.dependents.iter().zip(&loss.after.decision.dependents);
        let sides = pairs.map(|(before, after)| Self::of(before.verdict, after.verdict, named(before) != named(after)));
        // What is certain stands before what is only possible, and both before nothing.
        let worse = |one: Option<Certainty>, two: Option<Certainty>| one.into_iter().chain(two).min();
        sides.reduce(|one, two| Self { lost: worse(one.lost, two.lost), missing: worse(one.missing, two.missing) })
    }
}

const OWN: Column = Column { doing: "removing its authorization", of: |family| revoke(family).copied() };
/// A volume in an account of IBM's works by the authorization that its deployment made.
const OF_VOLUME: Column = Column {
    doing: "removing its authorization",
    of: |family| revoke_dependent(family).or_else(|| revoke(family)).copied(),
};
const DEPENDENT: Column =
    Column { doing: "removing the authorization of the service that works for it", of: dependent };
const BOTH: Column = Column {
    doing: "removing both its authorizations",
    of: |family| revoke_both(family).copied().or_else(|| dependent(family)),
};

/// A family of which no other service works loses nothing by the other's authorization.
fn dependent(family: &Family) -> Option<Consequence> {
    let none = |own: &Consequence| Consequence {
        effect: Effect::None,
        what: "nothing: no other service works for it by an authorization of its own",
        undone: false,
        ..*own
    };
    revoke_dependent(family).copied().or_else(|| revoke(family).map(none))
}

/// Authorizations that go together, and what the uses that lose by them have in common.
struct Removal<'w> {
    world: World<'w>,
    removed: &'w BTreeSet<usize>,
    /// How certain it is that they go at all.
    at_most: Certainty,
    /// By the number that losses have who are decided alike.
    alike: HashMap<usize, Alike>,
    /// The doubts that were put down, with that of which each is.
    doubted: HashSet<(usize, DoubtOf)>,
}

/// All of a use on which it depends what would settle a doubt about it.
type DoubtOf = [Option<Symbol>; 4];

/// What losses have in common who are decided alike, before and after.
struct Alike {
    own: CoverSide,
    /// The worst of all services that work for it; none where there is none.
    dependent: Option<CoverSide>,
    because: Vec<Reason>,
    /// What brings the authorizations back to what is not of the second generation, and to what is.
    undo: [Option<SharedText>; 2],
}

impl<'w> Removal<'w> {
    fn new(world: World<'w>, removed: &'w BTreeSet<usize>, at_most: Certainty) -> Self {
        Self { world, removed, at_most, alike: HashMap::new(), doubted: HashSet::new() }
    }

    /// Adds what becomes of a use.
    fn add(&mut self, loss: &Loss<'_>, part: &mut Part) {
        let (found, world, at_most) = (loss.before.found, self.world, self.at_most);
        if world.before.holds(found) {
            return;
        }
        let alike = self.alike.entry(loss.alike).or_insert_with(|| Alike::of(world, loss, self.removed, at_most));
        let (own, dependent) = (alike.own, alike.dependent);
        let proved = if found.is_proved() { Certainty::Certain } else { Certainty::Possible };
        let certain = |certainty: Certainty| certainty.max(at_most).max(proved);
        let lost_by_other = dependent.and_then(|side| side.lost);
        if own.lost.is_none() && lost_by_other.is_none() {
            // Other authorizations cover it, and nobody loses anything.
            return;
        }
        let families = possible_families(world.inventory, found, found.belongs.owner());
        let mut rows = Vec::new();
        if world.is_deleted(found) {
            let lost = own.lost.into_iter().chain(lost_by_other).min();
            rows.extend(lost.map(|lost| stuck(world.inventory, found, &families, certain(lost))));
        } else {
            let own_column = if matches!(found.belongs, Belongs::Managed(_)) { OF_VOLUME } else { OWN };
            let both = dependent.and_then(|side| side.missing).zip(own.missing).map(|(one, two)| one.max(two));
            // Of a family of which no page says what removing both does, each says by itself what is lost.
            let both = both.filter(|_| families.iter().any(|family| revoke_both(family).is_some()));
            let columns = [(own.lost, own_column), (lost_by_other, DEPENDENT), (both, BOTH)];
            let of_column = |(lost, column): (Option<Certainty>, Column)| {
                Some(row_of(world.inventory, found, &families, certain(lost?), column))
            };
            rows.extend(columns.into_iter().filter_map(of_column));
        }
        let gen2 = families.iter().any(|family| family.generation == Some(Generation::Gen2));
        for mut row in rows {
            row.because.extend(alike.because.iter().cloned());
            let [classic, second] = &alike.undo;
            row.undo = Some(row.effect)
                .filter(|effect| *effect != Effect::None)
                .and(if gen2 { second } else { classic }.clone());
            row.sticks = row.sticks.or((row.effect == Effect::KeyUndeletable).then_some(row.certainty));
            part.affected.push(row);
        }
        let key = loss.after.key;
        let of = [
            found.belongs.deployment().or(Some(found.resource)),
            found.account,
            key.map(|key| key.instance),
            // Of an account that no export names, the CRN of the key tells.
            loss.after.account.or_else(|| key.map(|key| key.crn)).or(found.key_crn),
        ];
        if self.doubted.insert((loss.alike, of)) {
            part.unknown.extend(doubts(world.inventory, &loss.after));
        }
    }
}

impl Alike {
    fn of(world: World<'_>, loss: &Loss<'_>, removed: &BTreeSet<usize>, at_most: Certainty) -> Self {
        let counted = counted(loss, removed);
        let because = counted.iter().filter_map(|number| of_policy(world.inventory, *number, at_most)).collect();
        let undo = [false, true].map(|gen2| undo(world.inventory, &counted, gen2).map(SharedText::from));
        Self { own: CoverSide::own(loss), dependent: CoverSide::dependent(loss), because, undo }
    }
}

/// The removed policies that had a part in the decision.
pub(super) fn counted(loss: &Loss<'_>, removed: &BTreeSet<usize>) -> Vec<usize> {
    let decision = &loss.before.decision;
    let of_dependent = |one: &Dependent| {
        let doubts = one.unknown.iter().flat_map(|fact| fact.policies.iter());
        one.policies.iter().chain(doubts).copied().collect::<Vec<_>>()
    };
    let named: BTreeSet<usize> = decision.policies.iter().chain(&decision.possible).copied().collect();
    let dependents = decision.dependents.iter().flat_map(of_dependent);
    let all: BTreeSet<usize> = named.into_iter().chain(dependents).collect();
    all.intersection(removed).copied().collect()
}

/// A resource of a deleted deployment without the authorization by which its service takes it off the key.
fn stuck(inventory: &Inventory, found: &Use, families: &[&'static Family], certainty: Certainty) -> Affected {
    let nothing = Column { doing: "", of: |_| None };
    let mut row = row_of(inventory, found, families, certainty, nothing);
    let is_registered = found.witnesses.iter().any(|(seen, _)| *seen == Seen::Registration);
    row.effect = Effect::KeyUndeletable;
    row.certainty = if is_registered { certainty } else { Certainty::Possible };
    row.since = Since::AtOnce;
    row.undone = false;
    row.doubts.clear();
    row.because.retain(|reason| reason.kind != ReasonKind::Catalogue);
    row.because.push(Reason {
        kind: ReasonKind::Catalogue,
        about: inventory.text(found.service).to_owned(),
        text: if found.prevents_deletion == Some(true) {
            "it is deleted, and without the authorization it cannot be taken off the key; its registration prevents the deletion of the \
             key, even with force"
        } else {
            "it is deleted, and without the authorization it cannot be taken off the key, which then goes only by force"
        }
        .to_owned(),
        source: Some(AUTHORIZATIONS),
        evidence: None,
    });
    row
}

/// That a removed policy lets it use the key, or may do so.
fn of_policy(inventory: &Inventory, number: usize, at_most: Certainty) -> Option<Reason> {
    let policy = inventory.policies.get(number)?;
    let id = policy.id.as_deref().unwrap_or("without an id");
    let follows = at_most == Certainty::Possible;
    Some(Reason {
        kind: ReasonKind::Policy,
        about: id.to_owned(),
        text: if follows {
            format!(
                "authorization `{id}` was made by a deployment that is deleted, or may have been, and may go with it"
            )
        } else {
            format!("authorization `{id}` is removed, which lets it use the key")
        },
        source: follows.then_some(GOES_WITH_ITS_SERVICE),
        evidence: inventory.policy_witnesses.get(number).map(|witness| Witness { member: "", ..*witness }),
    })
}

/// What brings the authorizations back: nothing, where that is not said of one of them. `gen2`: whether what loses them may be of the
/// second generation.
fn undo(inventory: &Inventory, counted: &[usize], gen2: bool) -> Option<String> {
    let mut ids: HashSet<&str> = HashSet::new();
    let mut commands: Vec<String> = Vec::new();
    for policy in counted.iter().filter_map(|number| inventory.policies.get(*number)) {
        let made_by_service = match policy.origin() {
            Origin::Service => true,
            Origin::User => false,
            // Only storage services work for others.
            Origin::Unknown => gen2 && policy.source_service() == Some("server-protect"),
        };
        match (made_by_service, gen2) {
            (true, true) => return Some(SUPPORT_TICKET.to_owned()),
            (true, false) => return None,
            (false, _) => {
                let id = policy.id.as_deref()?;
                if ids.insert(id) {
                    commands.push(brought_back(id));
                }
            }
        }
    }
    (!commands.is_empty()).then(|| commands.join(" && "))
}

/// The command that brings a removed authorization back.
pub(super) fn brought_back(id: &str) -> String {
    let place = shell(&format!("https://iam.cloud.ibm.com/v1/policies/{id}"));
    format!(
        "curl -X PATCH {place} -H \"Authorization: Bearer $TOKEN\" -H \"If-Match: $ETAG\" -H 'Content-Type: application/json' \
         -d '{{\"state\":\"active\"}}'"
    )
}

/// What would tell whether a use is still covered.
fn doubts<'a>(inventory: &'a Inventory, after: &'a DecidedUse<'_>) -> impl Iterator<Item = Needed> + 'a {
    let decision = &after.decision;
    let own = decision.unknown.iter().filter(|_| decision.verdict == Verdict::Unknown);
    let all = own.chain(decision.dependents.iter().flat_map(|dependent| &dependent.unknown));
    all.map(move |fact| {
        let wanted = after.wanted(inventory, &fact.doubt);
        Needed {
            export: wanted.export.is_some(),
            name: wanted.name.into(),
            of: wanted.of,
            why: wanted.why,
            command: wanted.command,
            role: wanted.role,
            // The row weighs by itself.
            decides: false,
            worst: super::Verdict::Destroys,
        }
    })
}

/// The authorizations that services made and that may go with the deployments of a set.
fn following(world: World<'_>) -> BTreeSet<usize> {
    let inventory = world.inventory;
    let deleted: Vec<_> = world.removed.deployments.iter().filter_map(|crn| parse(inventory.text(*crn)).ok()).collect();
    if deleted.is_empty() {
        return BTreeSet::new();
    }
    let policies = inventory.policies.iter().enumerate();
    let follows = policies.filter(|(_, policy)| deleted.iter().any(|deployment| may_follow(policy, deployment)));
    let numbers: BTreeSet<usize> = follows.map(|(number, _)| number).collect();
    numbers.difference(&world.removed.policies).copied().collect()
}

/// Whether a policy may have been made by a deployment for a service that works for it.
fn may_follow(policy: &Authorization, deployment: &Crn<'_>) -> bool {
    let service = deployment.service_name;
    if policy.origin() != Origin::Service
        || !policy.source_service().is_none_or(|source| may_work_through(service, source))
    {
        return false;
    }
    let author = policy.created_by_id.as_deref().map(str::trim).unwrap_or_default();
    let author = author.strip_prefix("crn-").unwrap_or(author);
    // Of an author that is no service of ours nothing tells that it is not this one under another name.
    parse(author).map_or(true, |author| {
        !is_taker(author.service_name)
            || (author.service_name == service && is_of(author.service_instance, deployment.service_instance))
    })
}

/// Whether an author is an instance: it is, where it names none.
fn is_of(author: &str, instance: &str) -> bool {
    author.is_empty() || author == instance
}
