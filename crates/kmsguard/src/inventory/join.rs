//! Joins the records: uses to keys and deployments, lists to the accounts and KMS instances they are of.

use hashbrown::{HashMap, HashSet};

use super::build::{Builder, Named, Registered};
use super::evidence::Witness;
use super::facts_of_keys::join_keys;
use super::interner::{Interner, Symbol};
use super::listings::{listings, lists_of_deleted, name_resource_groups, name_sources};
use super::tables::{Instance, Key, Listing, Seen};
use super::uses::uses;
use super::{Inventory, Rows, Source, pages};
use crate::crn::{Kind, parse};
use crate::ingest::{ExportKind, Fault};
use crate::order::Arrange as _;
use crate::policy::PolicyType;

/// Joins what was read.
pub(super) fn join(mut builder: Builder, mut sources: Vec<Source>) -> Inventory {
    resolve_kms_instances(&mut builder);
    join_keys(&mut builder);
    name_events(&mut builder);
    let Builder {
        mut interner,
        contexts,
        mut keys,
        registered,
        mut instances,
        named,
        policies,
        settings,
        pairs,
        reported_kms,
        intents,
        changes,
        instance_policies,
        key_rings,
        listed_accounts,
        faults,
        ..
    } = builder;
    for (place, kind) in faults {
        if let Some(source) = sources.get_mut(place.input as usize) {
            source.late_faults.push(Fault { kind, place: Some(place) });
        }
    }
    sort_by_text(&interner, &mut keys, |key| key.crn);
    let known_accounts = known_accounts(&interner, &keys, &registered, &instances, &listed_accounts);
    let uses = uses(&mut interner, &keys, &registered, &named, &contexts, &known_accounts);
    drop((registered, named));
    let (policies, policy_witnesses): (Vec<_>, Vec<_>) =
        policies.into_iter().map(|(policy, place)| (policy, Witness { place, member: "" })).unzip();
    sort_by_text(&interner, &mut instances, |instance| instance.crn);
    // A policy lives in the account of its target; others, of users and groups, and templates say nothing of an account's
    // authorizations.
    let of_policies: Vec<(u32, Symbol)> = policies
        .iter()
        .zip(&policy_witnesses)
        .filter(|(policy, _)| policy.kind != PolicyType::Access && !policy.template)
        .filter_map(|(policy, witness)| Some((witness.place.input, interner.intern(policy.target_account()?))))
        .collect();
    name_sources(&mut interner, &mut sources, &keys, &uses, &instances, &of_policies);
    for (source, context) in sources.iter_mut().zip(&contexts) {
        source.account = source.account.or(context.account);
        let of_call = context.kms_instance.filter(|instance| is_kms_instance(&interner, *instance));
        source.instance = source.instance.or(of_call);
    }
    name_resource_groups(&interner, &mut sources, &instances);
    pages::join(&mut sources);
    let deleted = lists_of_deleted(&interner, &sources, &instances);
    let listings = listings(&interner, &sources, &keys, &uses, &of_policies, &deleted);
    for key in &mut keys {
        key.registrations =
            listings.get(&(ExportKind::KmsRegistrations, key.instance)).copied().unwrap_or(Listing::Missing);
    }
    let rows = Rows::of(&keys, &instances);
    Inventory {
        interner,
        sources,
        keys,
        uses,
        instances,
        rows,
        policies,
        policy_witnesses,
        listings,
        settings,
        pairs,
        reported_kms,
        intents,
        changes,
        instance_policies,
        key_rings,
    }
}

/// Puts the latest event of each key and resource beside what else names keys.
fn name_events(builder: &mut Builder) {
    let mut named: Vec<Named> = std::mem::take(&mut builder.events)
        .into_iter()
        .map(|((key, resource), latest)| Named {
            key,
            resource,
            seen: Seen::Event,
            prevents_deletion: None,
            witness: latest.witness,
        })
        .collect();
    named.arrange_by_key(|named| named.witness);
    builder.named.append(&mut named);
}

fn is_kms_instance(interner: &Interner, instance: Symbol) -> bool {
    parse(interner.text(instance)).is_ok_and(|crn| crn.kind() == Kind::KmsInstance)
}

/// Manifests may name a KMS instance by its GUID: from here on it is named by its CRN, where exactly one has the GUID.
fn resolve_kms_instances(builder: &mut Builder) {
    let mut by_guid: HashMap<String, Option<Symbol>> = HashMap::new();
    let of_keys = builder.keys.iter().map(|key| key.instance);
    let listed = builder.instances.iter().map(|instance| instance.crn);
    for instance in of_keys.chain(listed) {
        let Ok(crn) = parse(builder.interner.text(instance)) else { continue };
        if crn.kind() == Kind::KmsInstance && !by_guid.contains_key(crn.service_instance) {
            by_guid.insert(crn.service_instance.to_owned(), Some(instance));
        } else if let Some(known) = by_guid.get_mut(crn.service_instance).filter(|known| **known != Some(instance)) {
            *known = None;
        }
    }
    let resolve = |interner: &Interner, instance: Symbol| -> Symbol {
        by_guid.get(interner.text(instance)).copied().flatten().unwrap_or(instance)
    };
    let Builder { interner, contexts, key_rings, instance_policies, .. } = builder;
    for context in contexts {
        context.kms_instance = context.kms_instance.map(|instance| resolve(interner, instance));
    }
    for ring in key_rings {
        ring.instance = resolve(interner, ring.instance);
    }
    for policy in instance_policies {
        policy.instance = resolve(interner, policy.instance);
    }
}

fn sort_by_text<T>(interner: &Interner, rows: &mut [T], symbol: impl Fn(&T) -> Symbol) {
    rows.sort_by_cached_key(|row| interner.text(symbol(row)));
}

/// The accounts of which something other than volumes was exported.
fn known_accounts(
    interner: &Interner,
    keys: &[Key],
    registered: &[Registered],
    instances: &[Instance],
    listed: &[Symbol],
) -> HashSet<Symbol> {
    let of_keys = keys.iter().filter_map(|key| key.account);
    let rows = of_keys.chain(instances.iter().filter_map(|instance| instance.account)).chain(listed.iter().copied());
    let volumes = interner.find("is");
    let others = registered.iter().filter(|one| Some(one.resource.service) != volumes);
    rows.chain(others.filter_map(|one| one.resource.account)).collect()
}
