//! The uses of an inventory, decided: what is known of each source and key is put together from all exports.

use super::decide::{Decision, Verdict};
use super::evaluate::KeyUse;
use super::fact::{Fact, Source, Target};
use super::index::AuthorizationIndex;
use super::pair::{Pair, Wanted};
use super::reason::Doubt;
use crate::catalog::needs::{Need, PlanFacts, UseFacts, needs};
use crate::crn::{Crn, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Belongs, Inventory, Key, Listing, Symbol, Use};

/// A use of an inventory, and what was decided of it.
#[derive(Debug)]
pub(crate) struct DecidedUse<'a> {
    /// The use.
    pub(crate) found: &'a Use,
    /// Its key, where a list holds it.
    pub(crate) key: Option<&'a Key>,
    /// What the source needs.
    pub(crate) need: Need,
    /// What was decided.
    pub(crate) decision: Decision,
    /// The account of the key, where it is known.
    pub(crate) account: Option<Symbol>,
    source: Source<'a>,
    target: Target<'a>,
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
        KeyUse { source: self.source, target: self.target, need: &self.need, any_source_account: false }
    }
}

/// Decides all uses, in their order. Near policies are looked for only where the verdict is one that `explained` chooses.
pub(crate) fn decided_uses(inventory: &Inventory, explained: fn(Verdict) -> bool) -> Vec<DecidedUse<'_>> {
    let index = AuthorizationIndex::new(&inventory.policies);
    inventory.uses.iter().map(|found| decided(inventory, &index, found, explained)).collect()
}

fn decided<'a>(
    inventory: &'a Inventory,
    index: &AuthorizationIndex,
    found: &'a Use,
    explained: fn(Verdict) -> bool,
) -> DecidedUse<'a> {
    let key = found.key.and_then(|key| inventory.key(key));
    let source = source(inventory, found);
    let target = target(inventory, found, key);
    let (account, listing) = listing_of(inventory, &target);
    let facts = facts(inventory, found, &source, &target);
    let needed = needs(source.service_name.value(), &facts);
    let need = Need { cluster: needed.cluster || is_worker_disk(inventory, found), ..needed };
    let key_use = KeyUse { source, target, need: &need, any_source_account: false };
    let decision = index.decide_with(&inventory.policies, &key_use, listing.is_usable(), explained);
    DecidedUse { found, key, decision, account, source, target, need }
}

/// The account of a key, where the exports know it, and what is known of its authorizations.
pub(super) fn listing_of(inventory: &Inventory, target: &Target<'_>) -> (Option<Symbol>, Listing) {
    let account = target.account.value().and_then(|account| inventory.interner.find(account));
    let listing = account.map_or(Listing::Missing, |account| inventory.listing(ExportKind::IamPolicies, account));
    (account, listing)
}

fn source<'a>(inventory: &'a Inventory, found: &Use) -> Source<'a> {
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

/// The plans of Key Protect, by name and id, and whether each is Dedicated.
///
/// Source: Key Protect docs, *Provisioning a Dedicated instance*, as of 2026-08-12; the GUID is that of `tiered-pricing`.
fn is_dedicated(plan: &str) -> Option<bool> {
    match plan {
        "dedicated" => Some(true),
        "tiered-pricing" | "cross-region-resiliency" | "eedd3585-90c6-4c8f-be3d-062069e99fc3" => Some(false),
        _ => None,
    }
}

fn target<'a>(inventory: &'a Inventory, found: &Use, key: Option<&'a Key>) -> Target<'a> {
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
    let instance_crn = Crn { resource_type: "", resource: "", ..crn }.to_string();
    let instance = inventory.interner.find(&instance_crn).and_then(|instance| inventory.instance(instance));
    let text = |symbol| inventory.text(symbol);
    let target = Target::of_crn(&crn);
    Target {
        key_ring: Fact::known(key.and_then(|key| key.key_ring).map(text)),
        resource_group: Fact::known(instance.and_then(|instance| instance.resource_group).map(text)),
        dedicated: target.dedicated.or_else(|| is_dedicated(text(instance?.plan?))),
        ..target
    }
}

fn facts<'a>(inventory: &'a Inventory, found: &Use, source: &Source<'_>, target: &Target<'_>) -> UseFacts<'a> {
    let deployment = found.belongs.deployment();
    let (plan, backup_key) = plan_facts(inventory, deployment);
    let instance = deployment.and_then(|deployment| inventory.instance(deployment));
    let state = instance.and_then(|instance| instance.state).map(|state| inventory.text(state));
    UseFacts {
        plan,
        backup_key,
        worker_disks: worker_disks(inventory, found),
        provisioned: match state {
            Some("active") => Some(true),
            Some("provisioning" | "pre_provisioning") => Some(false),
            _ => None,
        },
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

/// Whether a volume is managed for a cluster: its disks honour the scopes that the cluster does.
fn is_worker_disk(inventory: &Inventory, found: &Use) -> bool {
    let Belongs::Managed(Some(owner)) = found.belongs else { return false };
    parse(inventory.text(owner)).is_ok_and(|crn| crn.service_name == "containers-kubernetes")
}

/// Whether the disks of a cluster's workers are encrypted with the key: it shows by a worker pool or a worker's volume that is
/// registered with it. That nothing is registered proves nothing.
fn worker_disks(inventory: &Inventory, found: &Use) -> Option<bool> {
    let deployment = found.belongs.deployment()?;
    let uses = found.key.into_iter().flat_map(|key| inventory.uses_of(key));
    let mut disks = uses.filter(|other| match other.belongs {
        Belongs::Managed(owner) => owner == Some(deployment),
        Belongs::Deployment(own) => {
            own == deployment
                && parse(inventory.text(other.resource)).is_ok_and(|crn| crn.resource_type == "worker-pool")
        }
        Belongs::Unreadable => false,
    });
    disks.next().map(|_| true)
}
