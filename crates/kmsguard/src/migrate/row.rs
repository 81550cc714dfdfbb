//! One key to move: what is wrong with its pair, what is not known, and whether it is ready.

use std::collections::BTreeSet;

use super::association::{Association, Judging, resources_on};
use super::candidates::Candidates;
use super::fault::FaultKind;
use super::model::{KeySide, Next, Readiness, Row};
use super::pairing::{Paired, Status};
use super::sources::{SourceKey, is_hyper_protect};
use super::target::{KindsOfKms, key_side, listed};
use crate::authz::{AskedKey, Match, Verdict, Wanted, worse};
use crate::catalog::dates::HYPER_PROTECT_END;
use crate::catalog::migration::Follows;
use crate::crn::{Severity, parse};
use crate::ingest::ExportKind;
use crate::inventory::{Inventory, Key, KeyState, Listing, account_command, instance_command, instance_of_key, moment};
use crate::now::Now;

pub(super) fn row<'a>(
    inventory: &'a Inventory,
    source: &SourceKey<'a>,
    paired: &Paired<'a>,
    kinds: &KindsOfKms,
    candidates: &Candidates<'a>,
    judging: &mut Judging<'a>,
    now: Now,
) -> Row<'a> {
    let own = key_side(inventory, source.crn, source.key).unwrap_or_else(|| nameless(source.crn));
    let target_key = paired.target().and_then(|crn| listed(inventory, crn));
    let target = paired.target().and_then(|crn| key_side(inventory, crn, target_key));
    let instance = target.and_then(|target| inventory.interner.find(target.instance));
    let dedicated = instance.and_then(|instance| kinds.is_dedicated(instance));
    let there = target.map(|target| resources_on(inventory, target.crn)).unwrap_or_default();
    // Of a pair that is none no authorization is to be made.
    let is_pair = is_hyper_protect(source.crn) && !target.is_some_and(|target| is_hyper_protect(target.crn));
    let asked =
        target.filter(|_| is_pair).map(|target| AskedKey { key: target_key, crn: Some(target.crn), id: target.id });
    let associations = judging.associations(source.uses, target.as_ref().zip(asked), &there);
    let is_open = target.is_none() && own.extractable != Some(true);
    let (candidates, more_candidates) = if is_open { candidates.for_source(&own) } else { (Vec::new(), 0) };
    let mut row = Row {
        source: own,
        target,
        dedicated,
        candidates,
        more_candidates,
        resources_on_target: there.into_keys().collect(),
        intent: paired.intent(),
        reported: paired.reported.clone(),
        faults: Vec::new(),
        unknown: Vec::new(),
        readiness: Readiness::Unknown,
        next: Next::default(),
        associations,
    };
    let registrations = of_instance(inventory, ExportKind::KmsRegistrations, row.source.instance);
    let has_moved = is_moved(&row, registrations);
    faults_of_pair(&mut row, paired);
    if !has_moved {
        faults_of_keys(inventory, &mut row, source.key, target_key, now);
        faults_of_associations(inventory, &mut row);
        unknown_of_row(&mut row, registrations);
        unknown_of_associations(&mut row, judging, asked);
    }
    row.unknown.sort_by(|first, second| order(first).cmp(&order(second)));
    row.unknown.dedup();
    if has_moved && !row.faults.iter().any(|fault| fault.severity() == Severity::Error) {
        row.readiness = Readiness::Moved;
    }
    row
}

/// The order in which what would settle something is told: exports before facts, then by name and by what they are of.
fn order(wanted: &Wanted) -> (bool, &str, Option<&str>, &str) {
    (wanted.export.is_none(), &wanted.name, wanted.of.as_deref(), &wanted.why)
}

/// A key whose CRN cannot be read; pairs are only read with CRNs of keys.
const fn nameless(crn: &str) -> KeySide<'_> {
    KeySide {
        crn,
        id: crn,
        name: None,
        instance: "",
        account: None,
        region: None,
        state: KeyState::Unknown,
        extractable: None,
        state_witness: None,
        expires_at: None,
    }
}

/// Everything that used the source is registered with the target, and nothing proves that anything is left.
fn is_moved(row: &Row<'_>, registrations: Listing) -> bool {
    row.target.is_some()
        && !row.resources_on_target.is_empty()
        && registrations.is_usable()
        && row.associations.iter().all(|association| association.moved)
}

/// How bad what is known of a row is.
pub(super) fn readiness(row: &Row<'_>) -> Readiness {
    let wrong = row.faults.iter().any(|fault| fault.severity() == Severity::Error);
    if wrong {
        return Readiness::NotReady;
    }
    if row.readiness == Readiness::Moved {
        return Readiness::Moved;
    }
    let open = row.associations.iter().any(|one| !one.moved && standing(one) != Match::Match);
    match row.target {
        // What nothing is known to use may not have to move.
        None if row.associations.is_empty() => Readiness::Unknown,
        None => Readiness::NotReady,
        Some(_) if !row.unknown.is_empty() || row.associations.is_empty() || open => Readiness::Unknown,
        Some(_) => Readiness::Ready,
    }
}

/// Whether a resource can move: it follows, and both the tool and IAM would let it.
pub(super) fn standing(association: &Association<'_>) -> Match {
    let mut standing = worse(association.verdict, association.authorized);
    for grant in &association.grants {
        standing = standing.max(grant.verdict);
    }
    match association.follows {
        Follows::Full => standing,
        Follows::Unknown => standing.max(Match::Unknown),
        Follows::None => Match::NoMatch,
    }
}

/// Whether a resource lacks an authorization that somebody can make.
pub(super) fn lacks_authorization(association: &Association<'_>) -> bool {
    worse(association.verdict, association.authorized) == Match::NoMatch
        || association.grants.iter().any(|grant| grant.verdict == Match::NoMatch)
}

fn faults_of_pair(row: &mut Row<'_>, paired: &Paired<'_>) {
    let texts = |crns: &BTreeSet<&str>| crns.iter().map(|crn| (*crn).to_owned()).collect::<Vec<_>>();
    let of_source = is_hyper_protect(row.source.crn);
    let faults = &mut row.faults;
    if paired.targets.len() > 1 || (paired.targets.is_empty() && paired.intents.len() > 1) {
        let named = if paired.targets.is_empty() { &paired.intents } else { &paired.targets };
        faults.push(FaultKind::SeveralTargets(texts(named)));
    }
    let elsewhere = paired.target().is_some_and(|target| paired.intents.iter().any(|intent| *intent != target));
    if elsewhere && !paired.targets.is_empty() {
        faults.push(FaultKind::IntentElsewhere(texts(&paired.intents)));
    }
    if let Some(target) = row.target {
        match (of_source, is_hyper_protect(target.crn)) {
            (false, true) => faults.push(FaultKind::Swapped),
            (false, false) => faults.push(FaultKind::SourceNotHyperProtect),
            (true, true) => faults.push(FaultKind::TargetNotKeyProtect),
            (true, false) => {}
        }
    } else if !of_source {
        faults.push(FaultKind::SourceNotHyperProtect);
    }
    if paired.repeated {
        faults.push(FaultKind::Repeated);
    }
    if paired.sharing > 0 {
        faults.push(FaultKind::SharedTarget(paired.sharing));
    }
    // What is only too early, or as it should be before the first step, is no failure.
    let failed = paired.reported.iter().filter_map(|one| one.status);
    let failed: BTreeSet<&str> =
        failed.filter(|status| matches!(Status::of(status), Status::Failed | Status::KeyNotFound)).collect();
    faults.extend(failed.into_iter().map(|status| FaultKind::ToolFailed(status.to_owned())));
}

fn faults_of_keys(inventory: &Inventory, row: &mut Row<'_>, source: Option<&Key>, target: Option<&Key>, now: Now) {
    let faults = &mut row.faults;
    if HYPER_PROTECT_END.days_left(now) < 0 {
        faults.push(FaultKind::Ended);
    }
    let deleted = |side: &KeySide<'_>| {
        let instance = inventory.interner.find(side.instance).and_then(|instance| inventory.instance(instance));
        instance.is_some_and(|instance| instance.is_soft_deleted(inventory))
    };
    let gone = [Some(&row.source), row.target.as_ref()].into_iter().flatten().filter(|side| deleted(side));
    faults.extend(gone.map(|side| FaultKind::InstanceDeleted(side.instance.to_owned())));
    let expires = row.target.and_then(|target| target.expires_at);
    if let Some(date) = expires {
        let past = moment(date).is_some_and(|end| end <= now.timestamp());
        let date = date.to_owned();
        faults.push(if past { FaultKind::TargetExpired(date) } else { FaultKind::TargetExpires(date) });
    }
    let keys = |side: &KeySide<'_>| of_instance(inventory, ExportKind::KmsKeys, side.instance);
    if source.is_none() && keys(&row.source).is_usable() {
        faults.push(FaultKind::SourceNotFound);
    }
    // What nothing uses and nobody pairs need not move, in whatever state it is.
    let concerns = row.target.is_some() || !row.associations.is_empty();
    match row.source.state {
        KeyState::Suspended | KeyState::Destroyed | KeyState::PreActivation if concerns => {
            faults.push(FaultKind::SourceState(row.source.state));
        }
        _ => {}
    }
    if row.source.extractable == Some(true) {
        faults.push(FaultKind::StandardSource);
    }
    let Some(side) = row.target else { return };
    if target.is_none() && keys(&side).is_usable() {
        faults.push(FaultKind::TargetNotFound);
    }
    if !matches!(side.state, KeyState::Active | KeyState::Unknown) {
        faults.push(FaultKind::TargetState(side.state));
    }
    if side.extractable == Some(true) {
        faults.push(FaultKind::StandardTarget);
    }
    if row.dedicated == Some(false) {
        faults.push(FaultKind::NotDedicated);
    }
    let differ = |first: Option<&str>, second: Option<&str>| {
        first
            .zip(second)
            .filter(|(first, second)| first != second)
            .map(|(first, second)| [first, second].map(str::to_owned))
    };
    faults.extend(differ(row.source.region, side.region).map(FaultKind::OtherRegion));
    faults.extend(differ(row.source.account, side.account).map(FaultKind::OtherAccount));
}

fn faults_of_associations(inventory: &Inventory, row: &mut Row<'_>) {
    let service = |one: &Association<'_>| inventory.text(one.found.service).to_owned();
    let staying = row.associations.iter().filter(|one| one.follows == Follows::None && !one.moved);
    let services: BTreeSet<String> = staying.clone().map(service).collect();
    let number = staying.count();
    if number > 0 {
        row.faults.push(FaultKind::NotFollowing(number, services.into_iter().collect()));
    }
    if row.target.is_some() {
        let lacking = row.associations.iter().filter(|one| !one.moved && lacks_authorization(one)).count();
        if lacking > 0 {
            row.faults.push(FaultKind::NotAuthorized(lacking));
        }
    }
    let counted: BTreeSet<u32> = row.reported.iter().filter_map(|one| one.source_associations).collect();
    let shown = row.associations.iter().filter(|one| one.found.is_proved()).count();
    if let Some(counted) = counted.last().filter(|counted| **counted as usize > shown) {
        row.faults.push(FaultKind::CountsDiffer(*counted, shown));
    }
}

fn unknown_of_row(row: &mut Row<'_>, registrations: Listing) {
    let mut unknown = Vec::new();
    let export = |kind: ExportKind, instance: &str, why: &str| Wanted {
        export: Some(kind),
        name: kind.name().to_owned(),
        of: Some(instance.to_owned()),
        why: why.to_owned(),
        command: instance_command(kind, instance),
        role: Some("Reader"),
    };
    let instance_of = |side: &KeySide<'_>| instance_of_key(side.crn).unwrap_or_default();
    let own = instance_of(&row.source);
    match registrations {
        Listing::Missing => unknown.push(export(
            ExportKind::KmsRegistrations,
            &own,
            "without the registrations of its KMS instance, what uses the key is not known",
        )),
        Listing::Cut => unknown.push(export(
            ExportKind::KmsRegistrations,
            &own,
            "the list of registrations was cut: more resources may use the key",
        )),
        Listing::Read | Listing::Whole => {}
    }
    let missing = |fault: &FaultKind| row.faults.contains(fault);
    if (row.source.state == KeyState::Unknown || row.source.extractable.is_none())
        && !missing(&FaultKind::SourceNotFound)
    {
        unknown.push(export(
            ExportKind::KmsKeys,
            &own,
            "the state of the key to move from, or whether it is a root key, is not known",
        ));
    }
    if registrations.is_usable() && row.associations.is_empty() {
        unknown.push(Wanted {
            export: None,
            name: "uses".to_owned(),
            of: Some(row.source.crn.to_owned()),
            why: "no resource is known to use the key, and that proves nothing: applications and services that register nothing \
                  show in activity events alone; the migration tool makes no intent for such a key"
                .to_owned(),
            command: None,
            role: None,
        });
    }
    if let Some(target) = &row.target {
        let own = instance_of(target);
        if (target.state == KeyState::Unknown || target.extractable.is_none()) && !missing(&FaultKind::TargetNotFound) {
            unknown.push(export(
                ExportKind::KmsKeys,
                &own,
                "the state of the key to move to, or whether it is a root key, is not known",
            ));
        }
        if row.dedicated.is_none() && parse(target.crn).is_ok_and(|crn| crn.service_name == "kms") {
            let kind = ExportKind::ResourceInstances;
            unknown.push(Wanted {
                export: Some(kind),
                name: kind.name().to_owned(),
                of: target.account.map(str::to_owned),
                why: "a CRN does not tell Key Protect from Key Protect Dedicated: the plan of the instance of the key to move \
                      to tells, or its endpoint"
                    .to_owned(),
                command: account_command(kind).map(str::to_owned),
                role: Some("Viewer"),
            });
        }
    }
    row.unknown = unknown;
}

/// What is not known of the resources: each thing once.
fn unknown_of_associations<'a>(row: &mut Row<'a>, judging: &Judging<'a>, asked: Option<AskedKey<'a>>) {
    let mut seen: BTreeSet<(String, Option<String>, String)> = BTreeSet::new();
    let mut unknown = Vec::new();
    let mut put = |wanted: Wanted| {
        if seen.insert((wanted.name.clone(), wanted.of.clone(), wanted.why.clone())) {
            unknown.push(wanted);
        }
    };
    let mut services: BTreeSet<&str> = BTreeSet::new();
    for one in row.associations.iter().filter(|one| !one.moved) {
        if one.follows == Follows::Unknown {
            services.insert(judging.text(one.found.service));
        }
        // What lacks an authorization in any case is not made clearer by anything.
        let open =
            one.verdict != Match::NoMatch && (one.verdict == Match::Unknown || one.authorized == Verdict::Unknown);
        let Some(key) = asked.filter(|_| open) else { continue };
        judging.wanted(one, key).into_iter().for_each(&mut put);
    }
    for service in services {
        put(Wanted {
            export: None,
            name: "migration-intent".to_owned(),
            of: Some(service.to_owned()),
            why: format!("no page says whether `{service}` follows the intent of a migration"),
            command: None,
            role: None,
        });
    }
    row.unknown.extend(unknown);
}

/// What is known of a list of a KMS instance.
fn of_instance(inventory: &Inventory, kind: ExportKind, instance: &str) -> Listing {
    inventory.interner.find(instance).map_or(Listing::Missing, |symbol| inventory.listing(kind, symbol))
}
