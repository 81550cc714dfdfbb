//! Which uses lose something of their cover when policies are removed: every use that one of them may let in is decided with them
//! and without them.

use std::collections::BTreeSet;
use std::rc::Rc;

use hashbrown::HashMap;

use super::decide::{Decision, Dependent, UnknownFact};
use super::evaluate::{KeyUse, is_considered, resource_applies};
use super::fact::{Fact, Source};
use super::index::AuthorizationIndex;
use super::truth::Truth;
use super::uses::{DecidedUse, Deciding, target, worker_disks};
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
    let disks = Rc::new(worker_disks(inventory));
    let deciding = |without| Deciding::new(inventory, Rc::clone(&index), Rc::clone(&disks), |_| false, without);
    let mut with = deciding(gone.clone());
    let mut without = deciding(gone.union(removed).copied().collect());
    let mut concerned = Concerned { inventory, policies: policies().collect(), key: None, services: HashMap::new() };
    let uses = inventory.uses.iter().filter(|found| concerned.is(found));
    let decided = uses.map(|found| Loss { before: with.decided(found), after: without.decided(found) });
    decided.filter(|loss| counted(&loss.before.decision, &loss.after.decision)).collect()
}

fn policy(inventory: &Inventory, number: usize) -> Option<&Authorization> {
    inventory.policies.get(number).filter(|policy| is_considered(policy))
}

/// Whether policies that are in the one decision and not in the other had a part in it.
fn counted(before: &Decision, after: &Decision) -> bool {
    let of = |decision: &Decision| (decision.verdict, decision.policies.clone(), decision.possible.clone());
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
    policies: Vec<&'a Authorization>,
    /// The key of the use before, with the policies that may be about it, by their places here.
    key: Option<(Named, Vec<usize>)>,
    /// Whether a service may be let in by a policy.
    services: HashMap<(Symbol, usize), bool>,
}

/// All by which a use names its key.
type Named = (Option<KeyIndex>, Option<Symbol>, Symbol);

impl Concerned<'_> {
    fn is(&mut self, found: &Use) -> bool {
        let named = (found.key, found.key_crn, found.key_id);
        if self.key.as_ref().is_none_or(|(last, _)| *last != named) {
            let policies = self.policies.iter().enumerate();
            let about = policies.filter(|(_, policy)| self.may_be_about(policy, found)).map(|(place, _)| place);
            self.key = Some((named, about.collect()));
        }
        let (Some((_, about)), inventory) = (&self.key, self.inventory) else { return false };
        about.iter().any(|place| {
            let Some(policy) = self.policies.get(*place) else { return false };
            let may = || may_let_in(policy, inventory.text(found.service));
            *self.services.entry((found.service, *place)).or_insert_with(may)
                || (Some(found.service) == inventory.interner.find("is") && is_of_no_known_source(inventory, found))
        })
    }

    fn may_be_about(&self, policy: &Authorization, found: &Use) -> bool {
        // Most authorizations are for one key, and most keys are another.
        if let [resource] = policy.resources.as_slice()
            && resource.exact("resource").is_some_and(|key| key != self.inventory.text(found.key_id))
        {
            return false;
        }
        let need = Need {
            delegation: Required::No,
            generation: Generation::NotApplicable,
            cluster: false,
            dependents: Vec::new(),
            source: None,
        };
        let key = found.key.and_then(|key| self.inventory.key(key));
        let target = target(self.inventory, found, key);
        let key_use = KeyUse { source: Source::default(), target, need: &need, any_source_account: true };
        resource_applies(policy, &key_use) != Truth::False
    }
}

/// Whether a policy may let a service in, for itself or as one that works for it. `service` is that of a CRN; empty where it cannot be
/// read.
fn may_let_in(policy: &Authorization, service: &str) -> bool {
    let Some(source) = policy.source_service() else { return true };
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
