//! Who may use a key by an authorization without showing.

use std::collections::BTreeSet;

use super::action::NamedPolicy;
use super::cover::is_replaced;
use super::model::{Needed, Verdict};
use super::set::World;
use super::verdict::of_effect;
use crate::authz::is_considered;
use crate::catalog::effects::{Family, families, revoke, revoke_both, revoke_dependent};
use crate::catalog::services::registers;
use crate::crn::{Kind, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Listing, Symbol, account_command, instance_command};
use crate::policy::{Authorization, State};

/// What could use keys by an authorization that is removed and would not show: nothing, where another lets in all that it does.
pub(super) fn unseen(world: World<'_>, named: &NamedPolicy<'_>) -> Vec<Needed> {
    let policy = named.policy;
    if let Some(beside) = beside_keys(named) {
        return vec![beside];
    }
    if !is_considered(policy) || is_replaced(world, policy) {
        return Vec::new();
    }
    let mut found: Vec<Needed> = silent(world.inventory, named).into_iter().collect();
    found.extend(registrations(world.inventory, policy));
    found.extend(super::unseen::keyless(world.inventory));
    found
}

/// What a policy that lets nobody use a key allows, which no export about keys shows.
fn beside_keys(named: &NamedPolicy<'_>) -> Option<Needed> {
    let policy = named.policy;
    let target = policy.target_service().filter(|target| !matches!(*target, "kms" | "hs-crypto"))?;
    if policy.state == State::Deleted {
        return None;
    }
    Some(Needed {
        export: false,
        name: "uses".into(),
        of: Some(target.to_owned()),
        why: format!(
            "authorization `{}` is about `{target}` and not about keys, and what works by it there is not judged",
            named.id
        ),
        command: None,
        role: None,
        decides: true,
        worst: Verdict::Destroys,
    })
}

/// The doubt about a source that does not register what it encrypts, or that the policy does not name.
fn silent(inventory: &Inventory, named: &NamedPolicy<'_>) -> Option<Needed> {
    let id = named.id;
    let (why, service) = match named.policy.source_service() {
        None => {
            let why = "lets services in that it does not name; not all of them register what they encrypt";
            (format!("authorization `{id}` {why}"), None)
        }
        Some("cloud-object-storage") => {
            let why = "lets `cloud-object-storage` use keys, and buckets made before 2020-02-26 are not registered";
            (format!("authorization `{id}` {why}"), Some("cloud-object-storage"))
        }
        Some(service) if registers(service) || super::unseen::is_absent(inventory, named.policy, service) => {
            return None;
        }
        Some(service) => (
            format!(
                "authorization `{id}` lets `{service}` use keys, and nothing says that it registers what it encrypts"
            ),
            Some(service),
        ),
    };
    let worst = service.map_or(Verdict::Destroys, at_worst);
    Some(Needed { worst, ..super::unseen::uses_of(service, why) })
}

/// What the removal could do at the worst to what a service does not show.
fn at_worst(service: &str) -> Verdict {
    let columns = |family: &Family| [revoke(family), revoke_dependent(family), revoke_both(family)];
    let known = families(service, "").iter().flat_map(columns).flatten();
    let worst = known.map(|consequence| of_effect(consequence.effect).unwrap_or(Verdict::Destroys)).max();
    worst.unwrap_or(Verdict::Destroys)
}

/// The lists of registrations that would show who works by it: those of the KMS instances that it may be about.
fn registrations(inventory: &Inventory, policy: &Authorization) -> Vec<Needed> {
    let resource = match policy.resources.as_slice() {
        [resource] => Some(resource),
        _ => None,
    };
    let key = resource.and_then(|side| side.exact("resource"));
    let of_key: BTreeSet<Symbol> = inventory
        .keys
        .iter()
        .filter(|row| key.is_some_and(|key| inventory.text(row.id) == key))
        .map(|row| row.instance)
        .collect();
    let guid = resource.and_then(|side| side.exact("serviceInstance"));
    let concerned = |crn: &Symbol| {
        parse(inventory.text(*crn)).is_ok_and(|crn| {
            crn.kind() == Kind::KmsInstance
                && guid.is_none_or(|guid| crn.service_instance == guid)
                && policy.target_account().is_none_or(|account| crn.account() == Some(account))
                && policy.target_service().is_none_or(|service| crn.service_name == service)
        })
    };
    let is_of_one_key = !of_key.is_empty();
    let known: BTreeSet<Symbol> = match is_of_one_key {
        true => of_key,
        false => {
            // An account has a hundred times as many instances as it has of a KMS: those are told by their service first.
            let services = ["kms", "hs-crypto"].map(|service| inventory.interner.find(service));
            let of_kms = inventory.instances.iter().filter(|instance| services.contains(&Some(instance.service)));
            // Keys stand by their CRNs, so those of one instance stand together.
            let mut last = None;
            let of_keys = inventory.keys.iter().map(|key| key.instance);
            let of_keys = of_keys.filter(|instance| last.replace(*instance) != Some(*instance));
            of_keys.chain(of_kms.map(|instance| instance.crn)).collect()
        }
    };
    let mut instances: Vec<Symbol> = known.into_iter().filter(concerned).collect();
    instances.sort_by_key(|crn| inventory.text(*crn));
    let needed = |of: Option<String>, why: &str, decides| Needed {
        export: true,
        name: ExportKind::KmsRegistrations.name().into(),
        command: instance_command(ExportKind::KmsRegistrations, of.as_deref().unwrap_or_default()),
        of,
        why: why.to_owned(),
        role: Some("Reader"),
        decides,
        worst: Verdict::Destroys,
    };
    let mut found: Vec<Needed> = Vec::new();
    for crn in &instances {
        let (why, decides) = match inventory.listing(ExportKind::KmsRegistrations, *crn) {
            Listing::Missing => {
                ("without the registrations of this KMS instance, what uses its keys is not known", true)
            }
            Listing::Cut => ("the list of registrations was cut: more resources may use its keys", true),
            Listing::Read => ("nothing proves that the list of registrations is whole; it was taken to be", false),
            Listing::Whole => continue,
        };
        found.push(needed(Some(inventory.text(*crn).to_owned()), why, decides));
    }
    if !is_of_one_key && (instances.is_empty() || guid.is_none()) {
        found.extend(other_instances(inventory, policy));
    }
    found
}

/// Whether the account may have other KMS instances whose keys the policy is about.
fn other_instances(inventory: &Inventory, policy: &Authorization) -> Option<Needed> {
    let account = policy.target_account();
    let listing = account
        .and_then(|account| inventory.interner.find(account))
        .map_or(Listing::Missing, |account| inventory.listing(ExportKind::ResourceInstances, account));
    (!listing.is_usable()).then(|| Needed {
        export: true,
        name: ExportKind::ResourceInstances.name().into(),
        of: account.map(str::to_owned),
        why: "which KMS instances the account has is not known, and the authorization may be about the keys of more"
            .to_owned(),
        command: account_command(ExportKind::ResourceInstances).map(str::to_owned),
        role: Some("Viewer"),
        decides: true,
        worst: Verdict::Destroys,
    })
}
