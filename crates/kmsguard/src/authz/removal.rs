//! Which uses lose something of their cover when policies are removed: every use that one of them may let in is decided with them
//! and without them.

use std::collections::BTreeSet;
use std::rc::Rc;

use hashbrown::HashMap;

use super::decide::{Decision, Dependent, UnknownFact, Verdict};
use super::evaluate::{KeyUse, is_considered, resource_applies};
use super::fact::{Fact, Source};
use super::index::AuthorizationIndex;
use super::truth::Truth;
use super::uses::{DecidedUse, Deciding, target, worker_disks_among};
use crate::catalog::needs::{Generation, Need, Required, may_work_through};
use crate::crn::parse;
use crate::inventory::{Inventory, KeyIndex, Symbol, Use};
use crate::policy::Authorization;

/// A use that was decided in two ways because of policies that are removed.
#[derive(Debug)]
pub(crate) struct Loss<'a> {
    /// With the policies.
    pub(crate) before: DecidedUse<'a>,
    /// Without them.
    pub(crate) after: DecidedUse<'a>,
    /// The number of its two decisions: losses of one number are decided alike, before and after.
    pub(crate) alike: usize,
}

/// The uses for which policies count that are removed, in their order. `gone`: the policies that were removed before, and count
/// for nothing.
pub(crate) fn losses<'a>(inventory: &'a Inventory, gone: &BTreeSet<usize>, removed: &BTreeSet<usize>) -> Vec<Loss<'a>> {
    let policies =
        || removed.iter().filter(|number| !gone.contains(number)).filter_map(|number| policy(inventory, *number));
    if policies().next().is_none() {
        return Vec::new();
    }
    let index = Rc::new(AuthorizationIndex::new(&inventory.policies));
    let mut concerned = Concerned::new(inventory, policies());
    // Disks count beside other uses of the same key alone.
    let uses: Vec<&Use> = inventory.uses.iter().filter(|found| concerned.is_about(found)).collect();
    let disks = Rc::new(worker_disks_among(inventory, uses.iter().copied()));
    let mut with = Deciding::new(inventory, index, disks, |_| false, gone.clone());
    let mut without = with.without(gone.union(removed).copied().collect());
    let mut compared = Compared::default();
    let concerned = uses.into_iter().filter(|found| concerned.is(found));
    let lost = concerned.filter_map(|found| {
        let (before, after) = (with.decided(found), without.decided(found));
        let alike = compared.number(&before.decision, &after.decision)?;
        Some(Loss { before, after, alike })
    });
    lost.collect()
}

fn policy(inventory: &Inventory, number: usize) -> Option<&Authorization> {
    inventory.policies.get(number).filter(|policy| is_considered(policy))
}

/// The pairs of decisions that were compared. Uses of one kind share their decisions, so each pair is looked at once.
#[derive(Default)]
struct Compared {
    /// By the places of both in the memory.
    pairs: HashMap<[*const Decision; 2], Option<usize>>,
    /// What was compared is kept, so that nothing else comes to stand there.
    kept: Vec<[Rc<Decision>; 2]>,
    different: usize,
}

impl Compared {
    /// The number of a pair, where the policies that are in the one and not in the other had a part in it.
    fn number(&mut self, before: &Rc<Decision>, after: &Rc<Decision>) -> Option<usize> {
        let pair = [Rc::as_ptr(before), Rc::as_ptr(after)];
        if let Some(known) = self.pairs.get(&pair) {
            return *known;
        }
        let number = counted(before, after).then_some(self.different);
        self.different += usize::from(number.is_some());
        self.kept.push([Rc::clone(before), Rc::clone(after)]);
        self.pairs.insert(pair, number);
        number
    }
}

/// Whether policies that are in the one decision and not in the other had a part in it.
fn counted(before: &Decision, after: &Decision) -> bool {
    fn of(decision: &Decision) -> (Verdict, &[usize], &[usize]) {
        (decision.verdict, &decision.policies, &decision.possible)
    }
    let of_dependents = |decision: &Decision| {
        let one = |dependent: &Dependent| (dependent.verdict, dependent.policies.clone(), named(&dependent.unknown));
        decision.dependents.iter().map(one).collect::<Vec<_>>()
    };
    of(before) != of(after) || of_dependents(before) != of_dependents(after)
}

/// The policies on which doubts depend.
fn named(doubts: &[UnknownFact]) -> BTreeSet<usize> {
    doubts.iter().flat_map(|fact| fact.policies.iter().copied()).collect()
}

/// Tells soon which uses policies cannot be about: by the key, which is asked once for all its uses, and by the service.
struct Concerned<'a> {
    inventory: &'a Inventory,
    groups: Vec<Group<'a>>,
    /// The groups that name one key, by its id: most authorizations are for one, and most keys are another.
    of_key: HashMap<&'a str, Vec<usize>>,
    /// The other groups.
    of_any: Vec<usize>,
    /// The key of the use before, with the groups that may be about it.
    key: Option<(Named, Vec<usize>)>,
    /// Whether a service may be let in by a group.
    services: HashMap<(Symbol, usize), bool>,
}

/// Policies that say the same of the key.
struct Group<'a> {
    resources: &'a Authorization,
    /// The GUID of the one KMS instance that they name, where they name one.
    instance: Option<&'a str>,
    /// The services that they let in, each once; none is any.
    sources: Vec<Option<&'a str>>,
}

/// All by which a use names its key.
type Named = (Option<KeyIndex>, Option<Symbol>, Symbol);

impl<'a> Concerned<'a> {
    fn new(inventory: &'a Inventory, policies: impl Iterator<Item = &'a Authorization>) -> Self {
        let mut concerned = Self {
            inventory,
            groups: Vec::new(),
            of_key: HashMap::new(),
            of_any: Vec::new(),
            key: None,
            services: HashMap::new(),
        };
        // Where a policy stands by what it says of the key letter for letter: few of one place say something else beside.
        let mut places: HashMap<[Option<&str>; 4], Vec<usize>> = HashMap::new();
        for policy in policies {
            let exact = |name| match policy.resources.as_slice() {
                [resource] => resource.exact(name),
                _ => None,
            };
            let marks = ["resource", "serviceInstance", "accountId", "serviceName"].map(exact);
            let at_place = places.entry(marks).or_default();
            let says_the_same = |number: &usize| {
                concerned.groups.get(*number).is_some_and(|group| group.resources.resources == policy.resources)
            };
            let number = at_place.iter().copied().find(says_the_same).unwrap_or_else(|| {
                let number = concerned.groups.len();
                // A whole CRN in the place of an id matches nothing in its own way.
                let instance = exact("serviceInstance").filter(|instance| !instance.starts_with("crn:"));
                concerned.groups.push(Group { resources: policy, instance, sources: Vec::new() });
                at_place.push(number);
                match marks {
                    [Some(key), ..] => concerned.of_key.entry(key).or_default().push(number),
                    _ => concerned.of_any.push(number),
                }
                number
            });
            let source = policy.source_service();
            if let Some(group) = concerned.groups.get_mut(number).filter(|group| !group.sources.contains(&source)) {
                group.sources.push(source);
            }
        }
        concerned
    }

    /// Whether some of the policies may be about the key of a use.
    fn is_about(&mut self, found: &Use) -> bool {
        let named = (found.key, found.key_crn, found.key_id);
        if self.key.as_ref().is_none_or(|(last, _)| *last != named) {
            self.key = Some((named, self.about(found)));
        }
        self.key.as_ref().is_some_and(|(_, about)| !about.is_empty())
    }

    /// Whether some of the policies may let a use in.
    fn is(&mut self, found: &Use) -> bool {
        if !self.is_about(found) {
            return false;
        }
        let (Some((_, about)), inventory) = (&self.key, self.inventory) else { return false };
        let lets_in = about.iter().any(|number| {
            let may = || {
                let sources = self.groups.get(*number).map(|group| group.sources.as_slice()).unwrap_or_default();
                sources.iter().any(|source| may_let_in(*source, inventory.text(found.service)))
            };
            *self.services.entry((found.service, *number)).or_insert_with(may)
        });
        let is_of_vpc = || Some(found.service) == inventory.interner.find("is");
        lets_in || (is_of_vpc() && is_of_no_known_source(inventory, found))
    }

    /// The groups that may be about the key of a use.
    fn about(&self, found: &Use) -> Vec<usize> {
        let of_key = self.of_key.get(self.inventory.text(found.key_id)).into_iter().flatten();
        let key = found.key.and_then(|key| self.inventory.key(key));
        let instance = key.and_then(|key| parse(self.inventory.text(key.instance)).ok());
        let is_of_its_instance = |number: &usize| {
            let named = self.groups.get(*number).and_then(|group| group.instance);
            named.is_none_or(|named| instance.is_none_or(|instance| instance.service_instance == named))
        };
        let mut groups = of_key.chain(&self.of_any).copied().filter(is_of_its_instance).peekable();
        if groups.peek().is_none() {
            return Vec::new();
        }
        let need = Need {
            delegation: Required::No,
            generation: Generation::NotApplicable,
            cluster: false,
            dependents: Vec::new(),
            source: None,
        };
        let target = target(self.inventory, found, key);
        let key_use = KeyUse { source: Source::default(), target, need: &need, any_source_account: true };
        let may_be_about = |number: &usize| {
            let group = self.groups.get(*number);
            group.is_some_and(|group| resource_applies(group.resources, &key_use) != Truth::False)
        };
        groups.filter(may_be_about).collect()
    }
}

/// Whether a policy may let a service in, for itself or as one that works for it. `source`: the service that it names, if it names
/// one. `service` is that of a CRN; empty where it cannot be read.
fn may_let_in(source: Option<&str>, service: &str) -> bool {
    let Some(source) = source else { return true };
    match service {
        "" => true,
        "is" => matches!(source, "is" | "server-protect"),
        service => source == service || may_work_through(service, source),
    }
}

/// Whether nothing tells which service a policy must name for a resource of VPC.
fn is_of_no_known_source(inventory: &Inventory, found: &Use) -> bool {
    parse(inventory.text(found.resource)).is_ok_and(|crn| Source::of_crn(&crn, None).service_name == Fact::Unknown)
}
