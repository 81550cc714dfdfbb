//! Joins the records: uses to keys and deployments, lists to the accounts and KMS instances they are of.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use super::build::{Builder, Context, Named, Registered};
use super::deployment::{self, Belongs};
use super::evidence::Witness;
use super::facts_of_keys::join_keys;
use super::interner::{Interner, Symbol};
use super::pages;
use super::tables::{Instance, Key, KeyIndex, Listing, Seen, Use, Witnesses};
use super::{Inventory, Rows, Source};
use crate::crn::{Crn, Kind, parse};
use crate::ingest::{Call, ExportKind, Fault};
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
    let uses = uses(&mut interner, &keys, &registered, &named, &contexts, known_accounts);
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
    named.sort_by_key(|named| named.witness);
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
    rows.sort_by(|first, second| interner.text(symbol(first)).cmp(interner.text(symbol(second))));
}

/// Collects the uses, each pair of key and resource once, however many places tell of it.
struct Uses<'a> {
    interner: &'a mut Interner,
    keys: &'a [Key],
    contexts: &'a [Context],
    by_id: HashMap<Symbol, Option<KeyIndex>>,
    by_crn: HashMap<Symbol, KeyIndex>,
    known_accounts: HashSet<String>,
    joined: HashMap<(Symbol, Symbol), u32>,
    uses: Vec<Use>,
}

impl Uses<'_> {
    fn add(
        &mut self,
        key: Option<KeyIndex>,
        key_crn: Option<Symbol>,
        key_id: Symbol,
        resource: Symbol,
        seen: (Seen, Witness),
    ) -> Option<&mut Use> {
        let identity =
            key_crn.or_else(|| key.and_then(|key| self.keys.get(key.0 as usize)).map(|key| key.crn)).unwrap_or(key_id);
        if let Some(row) = self.joined.get(&(identity, resource)).copied() {
            let found = self.uses.get_mut(row as usize)?;
            found.witnesses.push(seen);
            found.key_crn = found.key_crn.or(key_crn);
            return Some(found);
        }
        self.joined.insert((identity, resource), u32::try_from(self.uses.len()).unwrap_or(u32::MAX));
        let text = self.interner.text(resource).to_owned();
        let crn = parse(&text).ok();
        let account = crn.and_then(|crn| crn.account());
        let belongs = match crn {
            None => Belongs::Unreadable,
            Some(crn)
                if crn.service_name == "is"
                    && !account.is_some_and(|account| self.known_accounts.contains(account)) =>
            {
                Belongs::Managed(None)
            }
            // A deployment that is registered itself.
            Some(crn)
                if !crn.service_instance.is_empty() && crn.resource_type.is_empty() && crn.resource.is_empty() =>
            {
                Belongs::Deployment(resource)
            }
            Some(crn) => Belongs::Deployment(self.interner.intern(&deployment::deployment(&crn))),
        };
        self.uses.push(Use {
            key,
            key_crn,
            key_id,
            resource,
            belongs,
            service: self.interner.intern(crn.map_or("", |crn| crn.service_name)),
            account: account.map(|account| self.interner.intern(account)),
            prevents_deletion: None,
            witnesses: Witnesses::One([seen]),
        });
        self.uses.last_mut()
    }

    /// A registration names its key by a bare id: it is a key only if exactly one key has that id, or a manifest says of which KMS
    /// instance it is.
    fn registration(&mut self, registered: &Registered) {
        let context = self.contexts.get(registered.place.input as usize).copied().unwrap_or_default();
        if let Some((key, crn)) = context.kms_instance.and_then(|kms| self.key_of(kms, registered.key_id)) {
            return self.registered(registered, key, crn);
        }
        let key = self.by_id.get(&registered.key_id).copied().flatten();
        self.registered(registered, key, None);
    }

    /// The key of a KMS instance with an id: its row, or where no list holds it, its CRN.
    fn key_of(&mut self, kms: Symbol, id: Symbol) -> Option<(Option<KeyIndex>, Option<Symbol>)> {
        let crn = parse(self.interner.text(kms)).ok().filter(|crn| crn.kind() == Kind::KmsInstance)?;
        let crn = Crn { resource_type: "key", resource: self.interner.text(id), ..crn }.to_string();
        match self.interner.find(&crn).and_then(|crn| self.by_crn.get(&crn)) {
            Some(key) => Some((Some(*key), None)),
            None => Some((None, Some(self.interner.intern(&crn)))),
        }
    }

    fn registered(&mut self, registered: &Registered, key: Option<KeyIndex>, key_crn: Option<Symbol>) {
        let seen = (Seen::Registration, Witness { place: registered.place, member: "resourceCrn" });
        if let Some(found) = self.add(key, key_crn, registered.key_id, registered.resource, seen) {
            found.prevents_deletion = either(found.prevents_deletion, registered.prevents_deletion);
        }
    }

    fn named(&mut self, named: &Named) {
        let text = self.interner.text(named.key).to_owned();
        let key_crn = parse(&text).ok().filter(|crn| crn.kind() == Kind::KmsKey);
        let key = match key_crn {
            Some(_) => self.by_crn.get(&named.key).copied(),
            None => self.by_id.get(&named.key).copied().flatten(),
        };
        let key_id = key_crn.map_or(named.key, |crn| self.interner.intern(crn.resource));
        let seen = (named.seen, named.witness);
        if let Some(found) = self.add(key, key_crn.map(|_| named.key), key_id, named.resource, seen) {
            found.prevents_deletion = either(found.prevents_deletion, named.prevents_deletion);
        }
    }
}

/// What two places say, where one of them is enough for a yes.
fn either(first: Option<bool>, second: Option<bool>) -> Option<bool> {
    if first == Some(true) || second == Some(true) { Some(true) } else { first.or(second) }
}

fn uses(
    interner: &mut Interner,
    keys: &[Key],
    registered: &[Registered],
    named: &[Named],
    contexts: &[Context],
    known_accounts: HashSet<String>,
) -> Vec<Use> {
    let mut by_id: HashMap<Symbol, Option<KeyIndex>> = HashMap::new();
    let mut by_crn: HashMap<Symbol, KeyIndex> = HashMap::new();
    for (row, key) in (0_u32..).zip(keys) {
        by_id.entry(key.id).and_modify(|one| *one = None).or_insert(Some(KeyIndex(row)));
        by_crn.insert(key.crn, KeyIndex(row));
    }
    let most = registered.len() + named.len();
    let mut collected = Uses {
        interner,
        keys,
        contexts,
        by_id,
        by_crn,
        known_accounts,
        joined: HashMap::with_capacity(most),
        uses: Vec::with_capacity(most),
    };
    for one in registered {
        collected.registration(one);
    }
    for one in named {
        collected.named(one);
    }
    let Uses { interner, mut uses, .. } = collected;
    attribute_managed(interner, &mut uses);
    let interner = &*interner;
    // No two uses have both the key and the resource in common, so the order is one.
    uses.sort_unstable_by(|first, second| {
        let text = |symbol| interner.text(symbol);
        // How a key of the lists was named does not matter. Texts are fetched only where the keys are alike.
        let named = |found: &Use| if found.key.is_some() { "" } else { text(found.key_crn.unwrap_or(found.key_id)) };
        let keys = first.key.cmp(&second.key).then_with(|| named(first).cmp(named(second)));
        keys.then_with(|| text(first.resource).cmp(text(second.resource)))
    });
    uses
}

/// The accounts of which something other than volumes was exported.
fn known_accounts(
    interner: &Interner,
    keys: &[Key],
    registered: &[Registered],
    instances: &[Instance],
    listed: &[Symbol],
) -> HashSet<String> {
    let of_keys = keys.iter().filter_map(|key| key.account);
    let rows = of_keys.chain(instances.iter().filter_map(|instance| instance.account)).chain(listed.iter().copied());
    let of_rows = rows.map(|account| interner.text(account));
    let of_resources = registered.iter().filter_map(|registered| {
        let crn = parse(interner.text(registered.resource)).ok().filter(|crn| crn.service_name != "is")?;
        crn.account()
    });
    let mut known: HashSet<String> = HashSet::new();
    for account in of_rows.chain(of_resources) {
        // There are few accounts and many rows.
        known.get_or_insert_with(account, str::to_owned);
    }
    known
}

/// A managed volume belongs to the deployment on the same key that manages volumes, if there is one and no other.
fn attribute_managed(interner: &Interner, uses: &mut [Use]) {
    let mut owners: HashMap<Symbol, Option<Symbol>> = HashMap::new();
    for found in uses.iter() {
        let Some(owner) = found.belongs.deployment() else { continue };
        if deployment::manages_volumes(interner.text(found.service)) {
            owners.entry(found.key_id).and_modify(|one| *one = one.filter(|one| *one == owner)).or_insert(Some(owner));
        }
    }
    for found in uses {
        if let Belongs::Managed(owner) = &mut found.belongs {
            *owner = owners.get(&found.key_id).copied().flatten();
        }
    }
}

/// Says of each input which account and KMS instance it is of: what a manifest says, or what all its records are of.
fn name_sources(
    interner: &mut Interner,
    sources: &mut [Source],
    keys: &[Key],
    uses: &[Use],
    instances: &[Instance],
    policies: &[(u32, Symbol)],
) {
    type Of = (Option<Symbol>, Option<Symbol>);
    fn note(named: &mut HashMap<u32, Of>, input: u32, account: Option<Symbol>, instance: Option<Symbol>) {
        let both = |(known_account, known_instance): &mut Of| {
            *known_account = known_account.filter(|known| Some(*known) == account);
            *known_instance = known_instance.filter(|known| Some(*known) == instance);
        };
        named.entry(input).and_modify(both).or_insert((account, instance));
    }
    let mut named: HashMap<u32, Of> = HashMap::new();
    for key in keys {
        note(&mut named, key.witness.place.input, key.account, Some(key.instance));
    }
    for found in uses {
        let Some(key) = found.key.and_then(|key| keys.get(key.0 as usize)) else { continue };
        for (_, witness) in found.witnesses.iter().filter(|(seen, _)| *seen == Seen::Registration) {
            note(&mut named, witness.place.input, key.account, Some(key.instance));
        }
    }
    for instance in instances {
        note(&mut named, instance.witness.place.input, instance.account, None);
    }
    for (input, account) in policies {
        note(&mut named, *input, Some(*account), None);
    }
    for (number, source) in (0_u32..).zip(sources) {
        (source.account, source.instance) = named.get(&number).copied().unwrap_or_default();
        let of_error = source.report.account.as_deref();
        source.account = source.account.or_else(|| of_error.map(|account| interner.intern(account)));
    }
}

/// Says of each list of instances in which resource group all of them are, if it is one.
fn name_resource_groups(interner: &Interner, sources: &mut [Source], instances: &[Instance]) {
    let mut groups: HashMap<u32, Option<Symbol>> = HashMap::new();
    for instance in instances {
        let one = |group: &mut Option<Symbol>| *group = group.filter(|group| Some(*group) == instance.resource_group);
        groups.entry(instance.witness.place.input).and_modify(one).or_insert(instance.resource_group);
    }
    for (number, source) in (0_u32..).zip(sources) {
        let group = groups.get(&number).copied().flatten();
        source.report.resource_group = group.map(|group| interner.text(group).to_owned());
    }
}

/// The lists of instances that hold the deleted ones alone: those that were asked for so, or in which no other stands. That such a
/// list is whole says nothing of the instances that are there.
fn lists_of_deleted(interner: &Interner, sources: &[Source], instances: &[Instance]) -> HashSet<u32> {
    let mut only_deleted: HashMap<u32, bool> = HashMap::new();
    for instance in instances {
        let deleted = instance.state.is_some_and(|state| interner.text(state) == "pending_reclamation");
        let input = instance.witness.place.input;
        only_deleted.entry(input).and_modify(|all| *all = *all && deleted).or_insert(deleted);
    }
    let is = |(number, source): (u32, &Source)| {
        let asked = source.call.as_ref().is_some_and(Call::asks_for_deleted);
        (asked || only_deleted.get(&number).copied().unwrap_or(false)).then_some(number)
    };
    (0_u32..).zip(sources).filter_map(is).collect()
}

/// What is known of each list: keys and registrations by KMS instance, instances, deleted ones and authorizations by account.
fn listings(
    interner: &Interner,
    sources: &[Source],
    keys: &[Key],
    uses: &[Use],
    policies: &[(u32, Symbol)],
    deleted: &HashSet<u32>,
) -> BTreeMap<(ExportKind, Symbol), Listing> {
    let mut listings: BTreeMap<(ExportKind, Symbol), Listing> = BTreeMap::new();
    let mut note = |kind, of: Symbol, complete| {
        let listing = Listing::of(complete);
        listings.entry((kind, of)).and_modify(|known| *known = known.beside(listing)).or_insert(listing);
    };
    let complete = |input: u32| sources.get(input as usize).and_then(|source| source.report.complete);
    // A record by itself is no list: nothing follows from what is not in it. Nor does it from a report that is no list of its kind.
    let is_list = |input: u32, kind: ExportKind| {
        let report = sources.get(input as usize).map(|source| &source.report);
        report.is_some_and(|report| !report.single && (report.kind == kind || report.kind == ExportKind::Mixed))
    };
    for key in keys.iter().filter(|key| is_list(key.witness.place.input, ExportKind::KmsKeys)) {
        note(ExportKind::KmsKeys, key.instance, complete(key.witness.place.input));
    }
    for found in uses {
        let Some(key) = found.key.and_then(|key| keys.get(key.0 as usize)) else { continue };
        let registered = found.witnesses.iter().filter(|(seen, _)| *seen == Seen::Registration);
        for (_, witness) in registered.filter(|(_, witness)| is_list(witness.place.input, ExportKind::KmsRegistrations))
        {
            note(ExportKind::KmsRegistrations, key.instance, complete(witness.place.input));
        }
    }
    for (input, account) in policies.iter().filter(|(input, _)| is_list(*input, ExportKind::IamPolicies)) {
        note(ExportKind::IamPolicies, *account, complete(*input));
    }
    for (number, source) in (0_u32..).zip(sources) {
        let kind = match source.report.kind {
            ExportKind::ResourceInstances if deleted.contains(&number) => ExportKind::ResourceReclamations,
            kind => kind,
        };
        let of = match kind {
            ExportKind::KmsKeys | ExportKind::KmsRegistrations => source.instance,
            ExportKind::ResourceInstances | ExportKind::ResourceReclamations => source.account,
            // Without an authorization in it, a list of policies is one only if a manifest says of what.
            ExportKind::IamPolicies => source.account.filter(|_| source.call.is_some()),
            _ => None,
        };
        if let Some(of) = of.filter(|of| !interner.text(*of).is_empty() && !source.report.single) {
            note(kind, of, source.report.complete);
        }
    }
    listings
}
