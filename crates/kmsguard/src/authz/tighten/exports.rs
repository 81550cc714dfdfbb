//! The authorizations of exports, as narrow as what is used allows: nothing is said of one of which not every use is known.

use std::collections::BTreeSet;

use super::{Tightened, tighten};
use crate::authz::evaluate::{KeyUse, is_considered};
use crate::authz::fact::{Fact, Source};
use crate::authz::pair::Wanted;
use crate::authz::uses::{DecidedUse, decided_uses};
use crate::catalog::needs::{Generation, Need, Required};
use crate::catalog::services::registers;
use crate::crn::{Kind, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Listing, account_command, instance_command};
use crate::policy::{Authorization, Origin};

/// The authorizations of exports, as they are and as they could be.
#[derive(Debug)]
pub(crate) struct TightenedExports<'a> {
    /// What stays, goes and comes; policies are those of the inventory, uses those of [`Self::uses`].
    pub(crate) tightened: Tightened,
    /// The uses.
    pub(crate) uses: Vec<DecidedUse<'a>>,
    /// The authorizations on keys that nobody but their maker may change, or that cannot be read.
    pub(crate) untouched: Vec<(usize, Untouched)>,
    /// The authorizations of which not every use is known, with what would tell.
    pub(crate) open: Vec<(usize, Vec<Wanted>)>,
}

/// Why an authorization is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Untouched {
    /// A service made it, by delegation.
    Service,
    /// It comes from an enterprise's template.
    Managed,
    /// Nothing tells who made it.
    AuthorUnknown,
    /// Part of it cannot be judged.
    NotJudged,
}

/// The need of a service that works for another.
const fn worker(cluster: bool) -> Need {
    Need {
        delegation: Required::No,
        generation: Generation::NotApplicable,
        cluster,
        dependents: Vec::new(),
        source: None,
    }
}

/// Tightens the authorizations of exports.
pub(crate) fn tightened(inventory: &Inventory) -> TightenedExports<'_> {
    let uses = decided_uses(inventory, |_| false);
    let workers = [worker(false), worker(true)];
    let mut asked: Vec<KeyUse<'_>> = Vec::new();
    let mut whose: Vec<usize> = Vec::new();
    for (number, one) in uses.iter().enumerate() {
        let own = one.key_use();
        asked.push(own);
        whose.push(number);
        for dependent in &one.need.dependents {
            let [plain, cluster] = &workers;
            asked.push(KeyUse {
                source: Source { service_name: Fact::Value(dependent.service), ..Source::default() },
                need: if one.need.cluster { cluster } else { plain },
                any_source_account: true,
                ..own
            });
            whose.push(number);
        }
    }
    let resting: BTreeSet<usize> = uses
        .iter()
        .flat_map(|one| {
            let dependents = one.decision.dependents.iter().flat_map(|dependent| &dependent.policies);
            one.decision.policies.iter().chain(dependents)
        })
        .copied()
        .collect();
    let mut untouched = Vec::new();
    let mut open = Vec::new();
    let mut movable = vec![false; inventory.policies.len()];
    for ((number, policy), movable) in inventory.policies.iter().enumerate().zip(&mut movable) {
        if !is_considered(policy) || !policy.concerns_keys() {
            continue;
        }
        if let Some(why) = left_alone(policy) {
            untouched.push((number, why));
            continue;
        }
        let mut wanted = unseen_uses(inventory, policy);
        if let (Some(moment), false) = (&policy.last_permit_at, resting.contains(&number)) {
            wanted.push(fact(format!("it let somebody in at {moment}, and no export shows who uses it")));
        }
        if wanted.is_empty() {
            *movable = true;
        } else {
            open.push((number, wanted));
        }
    }
    let mut tightened = tighten(&inventory.policies, &movable, &asked);
    let of = |number: &usize| whose.get(*number).copied().unwrap_or_default();
    for (_, one) in &mut tightened.held {
        *one = of(one);
    }
    for added in &mut tightened.added {
        added.uses = added.uses.iter().map(of).collect();
        added.uses.dedup();
    }
    TightenedExports { tightened, uses, untouched, open }
}

/// Why a policy is not to be changed, whatever uses it.
fn left_alone(policy: &Authorization) -> Option<Untouched> {
    let sides = || policy.subjects.iter().chain(&policy.resources);
    let whole = policy.is_plainly_in_force()
        && policy.subjects.len() == 1
        && policy.resources.len() == 1
        && !sides().any(|side| side.unreadable || side.tags);
    match policy.origin() {
        Origin::Service => Some(Untouched::Service),
        _ if policy.managed => Some(Untouched::Managed),
        Origin::Unknown => Some(Untouched::AuthorUnknown),
        Origin::User if whole => None,
        Origin::User => Some(Untouched::NotJudged),
    }
}

fn fact(why: String) -> Wanted {
    Wanted { export: None, name: "uses".to_owned(), of: None, why, command: None, role: None }
}

/// What would tell of every use that a policy lets in: the registrations of all KMS instances that it reaches. Empty where they
/// are all there.
fn unseen_uses(inventory: &Inventory, policy: &Authorization) -> Vec<Wanted> {
    let (Some(account), Some(target), Some(service)) =
        (policy.target_account(), policy.target_service(), policy.source_service())
    else {
        return vec![fact(
            "it does not name one service and one account, so no export shows all that it lets in".to_owned(),
        )];
    };
    if !registers(service) {
        return vec![fact(format!(
            "`{service}` is not known to register the keys it uses, so no export shows whether it does"
        ))];
    }
    let known = kms_instances(inventory);
    let in_account =
        |crn: &&&str| parse(crn).is_ok_and(|crn| crn.account() == Some(account) && crn.service_name == target);
    let guid = policy.resources.first().and_then(|side| side.exact("serviceInstance"));
    let mut wanted = Vec::new();
    let reached: Vec<&str> = match guid {
        Some(guid) => {
            let is_it = |crn: &&&str| parse(crn).is_ok_and(|crn| crn.service_instance == guid);
            let found: Vec<&str> = known.iter().filter(in_account).filter(is_it).copied().collect();
            if found.is_empty() {
                wanted.push(registrations(guid.to_owned(), guid));
            }
            found
        }
        None => {
            let symbol = inventory.interner.find(account);
            let listing =
                symbol.map_or(Listing::Missing, |symbol| inventory.listing(ExportKind::ResourceInstances, symbol));
            if !listing.is_usable() {
                wanted.push(Wanted {
                    export: Some(ExportKind::ResourceInstances),
                    name: ExportKind::ResourceInstances.name().to_owned(),
                    of: Some(account.to_owned()),
                    why: "it is for all KMS instances of the account, and not all of them are known".to_owned(),
                    command: account_command(ExportKind::ResourceInstances).map(str::to_owned),
                    role: Some("Viewer"),
                });
            }
            known.iter().filter(in_account).copied().collect()
        }
    };
    for crn in reached {
        let symbol = inventory.interner.find(crn);
        let listing = symbol.map_or(Listing::Missing, |symbol| inventory.listing(ExportKind::KmsRegistrations, symbol));
        if !listing.is_usable() {
            wanted.push(registrations(crn.to_owned(), crn));
        }
    }
    wanted
}

fn registrations(of: String, instance: &str) -> Wanted {
    Wanted {
        export: Some(ExportKind::KmsRegistrations),
        name: ExportKind::KmsRegistrations.name().to_owned(),
        of: Some(of),
        why: "without all registrations of the KMS instance, it is not known what rests on the authorization"
            .to_owned(),
        command: instance_command(ExportKind::KmsRegistrations, instance),
        role: Some("Reader"),
    }
}

/// The KMS instances that any export names.
fn kms_instances(inventory: &Inventory) -> BTreeSet<&str> {
    let is_instance = |crn: &&str| parse(crn).is_ok_and(|crn| crn.kind() == Kind::KmsInstance);
    let listed = inventory.instances.iter().map(|instance| inventory.text(instance.crn));
    let of_keys = inventory.keys.iter().map(|key| inventory.text(key.instance));
    let of_lists = inventory.listings.keys().map(|(_, of)| inventory.text(*of));
    listed.chain(of_keys).chain(of_lists).filter(is_instance).collect()
}
