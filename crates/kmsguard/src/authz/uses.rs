//! The uses of an inventory, decided: what is known of each source and key is put together from all exports.

use std::collections::BTreeSet;
use std::rc::Rc;

use hashbrown::HashSet;

use super::classes::{Classes, KeyClass};
use super::decide::{Decision, Verdict};
use super::evaluate::KeyUse;
use super::fact::{Fact, Source, Target};
use super::index::AuthorizationIndex;
use super::pair::{Pair, Wanted};
use super::reason::Doubt;
use super::shape::{Decided, Shape, Shapes};
use crate::catalog::endpoints::{Kms, of_plan};
use crate::catalog::needs::{Need, PlanFacts, UseFacts, needs};
use crate::crn::{Crn, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Belongs, Inventory, Key, KeyIndex, Listing, Symbol, Use};

/// A use of an inventory, and what was decided of it.
#[derive(Debug)]
pub(crate) struct DecidedUse<'a> {
    /// The use.
    pub(crate) found: &'a Use,
    /// Its key, where a list holds it.
    pub(crate) key: Option<&'a Key>,
    /// What the source needs.
    pub(crate) need: Rc<Need>,
    /// What was decided.
    pub(crate) decision: Rc<Decision>,
    /// The account of the key, where it is known.
    pub(crate) account: Option<Symbol>,
    inventory: &'a Inventory,
}

impl DecidedUse<'_> {
    /// What would settle a doubt about this use.
    pub(crate) fn wanted(&self, inventory: &Inventory, doubt: &Doubt) -> Wanted {
        self.pair(inventory).wanted(inventory, doubt)
    }

    /// The source and the key, with what was decided of them.
    pub(crate) fn pair<'s>(&'s self, inventory: &'s Inventory) -> Pair<'s> {
        let text = |symbol| inventory.text(symbol);
        Pair {
            source: text(self.found.resource),
            of: text(self.found.belongs.deployment().unwrap_or(self.found.resource)),
            planned: false,
            key: self.key,
            key_crn: self.key.map(|key| key.crn).or(self.found.key_crn).map(text),
            key_id: text(self.found.key_id),
            witnesses: &self.found.witnesses,
            source_account: self.found.account.map(text),
            account: self.account,
            key_use: self.key_use(),
            decision: &self.decision,
        }
    }

    /// The use as the evaluator sees it.
    pub(crate) fn key_use(&self) -> KeyUse<'_> {
        let source = source(self.inventory, self.found);
        let target = target(self.inventory, self.found, self.key);
        KeyUse { source, target, need: &self.need, any_source_account: false }
    }
}

/// Decides all uses, in their order. Near policies are looked for only where the verdict is one that `explained` chooses.
pub(crate) fn decided_uses(inventory: &Inventory, explained: fn(Verdict) -> bool) -> Vec<DecidedUse<'_>> {
    let index = Rc::new(AuthorizationIndex::new(&inventory.policies));
    let mut deciding = Deciding::new(inventory, index, Rc::new(worker_disks(inventory)), explained, BTreeSet::new());
    inventory.uses.iter().map(|found| deciding.decided(found)).collect()
}

/// Decides the uses that are wanted, in their order.
pub(crate) fn decided_where(inventory: &Inventory, wanted: impl Fn(&Use) -> bool) -> Vec<DecidedUse<'_>> {
    let index = Rc::new(AuthorizationIndex::new(&inventory.policies));
    let mut deciding = Deciding::new(inventory, index, Rc::new(worker_disks(inventory)), |_| false, BTreeSet::new());
    inventory.uses.iter().filter(|found| wanted(found)).map(|found| deciding.decided(found)).collect()
}

/// For tests: what is kept of one use for the next changes no answer, which is seen by keeping nothing.
#[cfg(test)]
pub(crate) mod alone {
    use std::cell::Cell;

    thread_local! {
        pub(super) static ALONE: Cell<bool> = const { Cell::new(false) };
    }

    /// The answer where each use is decided by itself.
    pub(crate) fn deciding_alone<T>(answer: impl FnOnce() -> T) -> T {
        ALONE.set(true);
        let answer = answer();
        ALONE.set(false);
        answer
    }
}

/// What is made once to decide all uses.
pub(super) struct Deciding<'a> {
    inventory: &'a Inventory,
    index: Rc<AuthorizationIndex>,
    disks: Rc<HashSet<(KeyIndex, Symbol)>>,
    explained: fn(Verdict) -> bool,
    /// The policies that are taken to be gone.
    without: BTreeSet<usize>,
    /// The key of the use before: uses stand by key, and what is known of it is put together once for all of them.
    last: Option<KeyKnown<'a>>,
    classes: Classes<'a>,
}

/// A key that uses name, with what is known of it.
#[derive(Clone, Copy)]
struct KeyKnown<'a> {
    /// All by which a use names its key.
    named: (Option<KeyIndex>, Option<Symbol>, Symbol),
    key: Option<&'a Key>,
    target: Target<'a>,
    account: Option<Symbol>,
    listing: Listing,
    class: KeyClass,
}

impl<'a> Deciding<'a> {
    pub(super) fn new(
        inventory: &'a Inventory,
        index: Rc<AuthorizationIndex>,
        disks: Rc<HashSet<(KeyIndex, Symbol)>>,
        explained: fn(Verdict) -> bool,
        without: BTreeSet<usize>,
    ) -> Self {
        let classes = Classes::new(inventory, Shapes::new(&inventory.policies));
        Self { inventory, index, disks, explained, without, last: None, classes }
    }

    /// The same without other policies.
    pub(super) fn without(&self, without: BTreeSet<usize>) -> Self {
        Self {
            inventory: self.inventory,
            index: Rc::clone(&self.index),
            disks: Rc::clone(&self.disks),
            explained: self.explained,
            without,
            last: None,
            classes: self.classes.clone(),
        }
    }

    fn key_of(&mut self, found: &Use) -> KeyKnown<'a> {
        let named = (found.key, found.key_crn, found.key_id);
        if let Some(last) = self.last.filter(|last| last.named == named) {
            return last;
        }
        let inventory = self.inventory;
        let key = found.key.and_then(|key| inventory.key(key));
        let target = target(inventory, found, key);
        let (account, listing) = listing_of(inventory, &target);
        let class = self.classes.of_key(target, listing);
        *self.last.insert(KeyKnown { named, key, target, account, listing, class })
    }

    pub(super) fn decided(&mut self, found: &'a Use) -> DecidedUse<'a> {
        #[cfg(test)]
        if alone::ALONE.get() {
            self.last = None;
            self.classes.known.clear();
            self.classes.shapes.known.clear();
        }
        let inventory = self.inventory;
        let KeyKnown { key, target, account, listing, class, .. } = self.key_of(found);
        let classes = self.classes.of_use(inventory, found, class, &self.disks);
        if let Some((need, decision)) = classes.and_then(|classes| self.classes.known.get(&classes)).cloned() {
            return DecidedUse { found, key, need, decision, account, inventory };
        }
        let source = source(inventory, found);
        let exact = Shape {
            source,
            target,
            facts: facts(inventory, found, &source, &target, &self.disks),
            worker_disk: is_worker_disk(inventory, found),
            complete: listing.is_usable(),
        };
        let shape = self.classes.shapes.of(exact);
        let (need, decision) = match self.classes.shapes.known.get(&shape) {
            Some(known) => known.clone(),
            None => self.decide(shape, &exact),
        };
        if let Some(classes) = classes.filter(|_| self.classes.shapes.known.contains_key(&shape)) {
            self.classes.known.insert(classes, (Rc::clone(&need), Rc::clone(&decision)));
        }
        DecidedUse { found, key, need, decision, account, inventory }
    }

    fn decide(&mut self, shape: Shape<'a>, exact: &Shape<'a>) -> Decided {
        let needed = needs(exact.source.service_name.value(), &exact.facts);
        let need = Rc::new(Need { cluster: needed.cluster || exact.worker_disk, ..needed });
        let key_use = KeyUse { source: exact.source, target: exact.target, need: &need, any_source_account: false };
        let policies = &self.inventory.policies;
        let mut decision = self.index.decide_with(policies, &key_use, exact.complete, self.explained, &self.without);
        if decision.verdict == Verdict::Covered || !(self.explained)(decision.verdict) {
            // Near policies are told with the values of the one use that they are near to.
            decision.near_misses.clear();
            let decided = (need, Rc::new(decision));
            self.classes.shapes.known.insert(shape, decided.clone());
            return decided;
        }
        (need, Rc::new(decision))
    }
}

/// The account of a key, where the exports know it, and what is known of its authorizations.
pub(super) fn listing_of(inventory: &Inventory, target: &Target<'_>) -> (Option<Symbol>, Listing) {
    let account = target.account.value().and_then(|account| inventory.interner.find(account));
    let listing = account.map_or(Listing::Missing, |account| inventory.listing(ExportKind::IamPolicies, account));
    (account, listing)
}

pub(super) fn source<'a>(inventory: &'a Inventory, found: &Use) -> Source<'a> {
    let Ok(crn) = parse(inventory.text(found.resource)) else { return Source::default() };
    Source::of_crn(&crn, found.belongs.deployment().and_then(|deployment| group_of(inventory, deployment)))
}

/// The resource group of a deployment.
pub(super) fn group_of(inventory: &Inventory, deployment: Symbol) -> Option<&str> {
    let group = inventory.instance(deployment).and_then(|instance| instance.resource_group);
    group.map(|group| inventory.text(group))
}

/// What is known of a deployment that tells its generation, and whether it has a key for backups.
pub(super) fn plan_facts(inventory: &Inventory, deployment: Option<Symbol>) -> (PlanFacts<'_>, Option<bool>) {
    let instance = deployment.and_then(|deployment| inventory.instance(deployment));
    let plan = PlanFacts {
        plan: instance.and_then(|instance| instance.plan).map(|plan| inventory.text(plan)),
        dataservices: instance.is_some_and(|instance| instance.has_data_services),
        kms_key_crn: instance.is_some_and(|instance| instance.has_classic_key),
    };
    let backup_key = instance.and_then(|instance| match instance.has_backup_key {
        true => Some(true),
        false => instance.parameters_known.then_some(false),
    });
    (plan, backup_key)
}

/// Whether a plan of Key Protect is Dedicated.
fn is_dedicated(plan: &str) -> Option<bool> {
    of_plan(plan).map(|kms| kms == Kms::Dedicated)
}

pub(super) fn target<'a>(inventory: &'a Inventory, found: &Use, key: Option<&'a Key>) -> Target<'a> {
    let crn = key.map(|key| key.crn).or(found.key_crn).map(|crn| inventory.text(crn));
    target_of(inventory, crn, inventory.text(found.key_id), key)
}

/// What is known of a key.
pub(super) fn target_of<'a>(
    inventory: &'a Inventory,
    crn: Option<&'a str>,
    id: &'a str,
    key: Option<&'a Key>,
) -> Target<'a> {
    let Some(crn) = crn.and_then(|crn| parse(crn).ok()) else {
        return Target { key_id: Fact::Value(id), ..Target::default() };
    };
    let by_crn = || inventory.interner.find(&Crn { resource_type: "", resource: "", ..crn }.to_string());
    let instance = key.map(|key| key.instance).or_else(by_crn).and_then(|instance| inventory.instance(instance));
    let text = |symbol| inventory.text(symbol);
    let target = Target::of_crn(&crn);
    Target {
        key_ring: Fact::known(key.and_then(|key| key.key_ring).map(text)),
        resource_group: Fact::known(instance.and_then(|instance| instance.resource_group).map(text)),
        dedicated: target.dedicated.or_else(|| is_dedicated(text(instance?.plan?))),
        ..target
    }
}

pub(super) fn facts<'a>(
    inventory: &'a Inventory,
    found: &Use,
    source: &Source<'_>,
    target: &Target<'_>,
    disks: &HashSet<(KeyIndex, Symbol)>,
) -> UseFacts<'a> {
    let deployment = found.belongs.deployment();
    let (plan, backup_key) = plan_facts(inventory, deployment);
    UseFacts {
        plan,
        backup_key,
        worker_disks: found.key.zip(deployment).and_then(|disk| disks.contains(&disk).then_some(true)),
        provisioned: deployment.and_then(|deployment| provisioned(inventory, deployment)),
        // The authorization that a service makes for its volumes has Reader alone, though they are in an account of IBM's.
        // Source: Event Streams Gen 2, *Key Protect integration*, table of authorizations, as of 2026-02-26.
        other_account: match (found.belongs, source.account.value(), target.account.value()) {
            (Belongs::Managed(_), ..) => Some(false),
            (_, Some(source), Some(target)) => Some(source != target),
            _ => None,
        },
        migration: false,
    }
}

/// Whether a deployment is provisioned, where its state tells.
pub(super) fn provisioned(inventory: &Inventory, deployment: Symbol) -> Option<bool> {
    let state = inventory.instance(deployment).and_then(|instance| instance.state);
    match state.map(|state| inventory.text(state)) {
        Some("active") => Some(true),
        Some("provisioning" | "pre_provisioning") => Some(false),
        _ => None,
    }
}

/// Whether a volume is managed for a cluster: its disks honour the scopes that the cluster does.
pub(super) fn is_worker_disk(inventory: &Inventory, found: &Use) -> bool {
    let Belongs::Managed(Some(owner)) = found.belongs else { return false };
    parse(inventory.text(owner)).is_ok_and(|crn| crn.service_name == "containers-kubernetes")
}

/// The clusters whose workers' disks are encrypted with a key: it shows by a worker pool or a worker's volume that is registered
/// with it. That nothing is registered proves nothing.
pub(super) fn worker_disks(inventory: &Inventory) -> HashSet<(KeyIndex, Symbol)> {
    worker_disks_among(inventory, inventory.uses.iter())
}

/// Those that some uses show.
pub(super) fn worker_disks_among<'a>(
    inventory: &Inventory,
    uses: impl Iterator<Item = &'a Use>,
) -> HashSet<(KeyIndex, Symbol)> {
    let clusters = inventory.interner.find("containers-kubernetes");
    let of_pool = |found: &Use| {
        Some(found.service) == clusters
            && parse(inventory.text(found.resource)).is_ok_and(|crn| crn.resource_type == "worker-pool")
    };
    let disk = |found: &Use| match found.belongs {
        Belongs::Managed(owner) => Some((found.key?, owner?)),
        Belongs::Deployment(own) if of_pool(found) => Some((found.key?, own)),
        Belongs::Deployment(_) | Belongs::Unreadable => None,
    };
    uses.filter_map(disk).collect()
}
