//! What inputs are of, and what is known of lists: which account and KMS instance an input is about, and whether all of it is there.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use super::Source;
use super::interner::{Interner, Symbol};
use super::tables::{Instance, Key, Listing, Seen, Use};
use crate::ingest::{Call, ExportKind};

/// Says of each input which account and KMS instance it is of: what a manifest says, or what all its records are of.
pub(super) fn name_sources(
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
    let mut last = None;
    for found in uses {
        let Some(key) = found.key.and_then(|key| keys.get(key.0 as usize)) else { continue };
        for (_, witness) in found.witnesses.iter().filter(|(seen, _)| *seen == Seen::Registration) {
            // What was noted just now need not be noted again: uses stand by key, and a list is of one KMS instance.
            let next = (witness.place.input, key.account, Some(key.instance));
            if last.replace(next) != Some(next) {
                note(&mut named, next.0, next.1, next.2);
            }
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
pub(super) fn name_resource_groups(interner: &Interner, sources: &mut [Source], instances: &[Instance]) {
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
pub(super) fn lists_of_deleted(interner: &Interner, sources: &[Source], instances: &[Instance]) -> HashSet<u32> {
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
pub(super) fn listings(
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
    let mut last = None;
    for found in uses {
        let Some(key) = found.key.and_then(|key| keys.get(key.0 as usize)) else { continue };
        let registered = found.witnesses.iter().filter(|(seen, _)| *seen == Seen::Registration);
        for (_, witness) in registered.filter(|(_, witness)| is_list(witness.place.input, ExportKind::KmsRegistrations))
        {
            let next = (key.instance, complete(witness.place.input));
            if last.replace(next) != Some(next) {
                note(ExportKind::KmsRegistrations, next.0, next.1);
            }
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
