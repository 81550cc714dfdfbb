//! Lists that nobody gave though something that was read shows that there is something in them.

use std::collections::BTreeSet;

use hashbrown::{HashMap, HashSet};

use super::gaps::{Gap, other_command};
use super::interner::Symbol;
use super::tables::{Key, KeyIndex, KeyState, Rotation, Seen};
use super::{Belongs, Inventory, LOCATIONS, SettingsSeen};
use crate::crn::parse;
use crate::ingest::{ExportKind, FaultKind};
use crate::order::Gather as _;
use crate::policy::PolicyType;

/// The gaps: of accounts by kind, then by account; of KMS instances by kind, then by CRN.
pub(super) fn gaps(inventory: &Inventory) -> Vec<Gap> {
    let mut gaps = of_accounts(inventory);
    let of_policies = used_without_policies(inventory).map(|key| (ExportKind::KmsKeyPolicies, key.instance));
    let of_events = of_two_states(inventory).map(|key| (ExportKind::ActivityEvents, key.instance));
    let mut needed: Vec<(ExportKind, Symbol)> = of_policies.chain(of_rings(inventory)).chain(of_events).collect();
    needed.sort_by_cached_key(|(kind, instance)| (*kind, inventory.text(*instance)));
    needed.dedup();
    gaps.extend(needed.into_iter().map(|(what, instance)| {
        let crn = parse(inventory.text(instance)).ok();
        let guid = crn.map_or("INSTANCE", |crn| crn.service_instance);
        let (command, role) = match what {
            ExportKind::ActivityEvents => (Some(events_command(crn.map_or("kms", |crn| crn.service_name))), "Reader"),
            _ => other_command(what, guid),
        };
        let account = crn.and_then(|crn| inventory.interner.find(crn.account()?));
        Gap { what, account, instance: Some(instance), why: why(what), command, role: Some(role) }
    }));
    gaps
}

fn of_accounts(inventory: &Inventory) -> Vec<Gap> {
    let given: BTreeSet<(ExportKind, Option<Symbol>)> =
        inventory.sources.iter().map(|source| (source.report.kind, source.account)).into_set();
    let is_given = |kind: ExportKind, account: Option<Symbol>| {
        let of_account = |known: &Option<Symbol>| known.is_none() || account.is_none() || *known == account;
        given.iter().any(|(known, of)| (*known == kind || *known == ExportKind::Mixed) && of_account(of))
    };
    let mut needed: BTreeSet<(ExportKind, Option<Symbol>)> = BTreeSet::new();
    needed.extend(of_vpc(inventory));
    needed.extend(of_reclamations(inventory));
    needed.retain(|(kind, account)| !is_given(*kind, *account));
    needed.extend(of_schematics(inventory));
    let gap = |(what, account)| {
        let (command, role) = other_command(what, "INSTANCE");
        Gap { what, account, instance: None, why: why(what), command, role: Some(role) }
    };
    needed.into_iter().map(gap).collect()
}

const fn why(kind: ExportKind) -> &'static str {
    match kind {
        ExportKind::SchematicsSettings => {
            "an authorization lets Schematics use keys: without its settings for `US` and for `EU`, nothing tells which keys it uses"
        }
        ExportKind::ResourceReclamations => {
            "a deleted instance waits for reclamation: without the reclamations, nothing tells until when it can be restored"
        }
        ExportKind::KmsKeyPolicies => {
            "nothing that was read says of all keys in use how they are rotated and whether two people must ask for their deletion; to list \
             policies takes the role Manager, which is not to be granted for that: with Reader, the records of the keys tell of both"
        }
        ExportKind::KmsKeyRings => {
            "an authorization names a key ring in which no key was read: without the key rings, nothing tells whether it exists"
        }
        ExportKind::ActivityEvents => {
            "two exports contradict each other about the state of a key, and neither is the later: events tell what was done last"
        }
        _ => "registrations name some: without a list of them, nothing tells which still exist",
    }
}

/// The command that shows what was done to keys, in the instance of Cloud Logs that is chosen.
///
/// Sources: IBM Cloud Logs docs, *Querying log data* (the command), read on 2026-11-26, and *IAM actions by role* (Reader may query), as of
/// 2024-11-27.
fn events_command(service: &str) -> String {
    format!(
        "ibmcloud logs query --query \"source logs | filter \\$d.action.startsWith('{service}.')\" --syntax dataprime --tier archive \
         --since 720h --limit 50000 --output logs-raw"
    )
}

/// Keys in use of which it is not known how they are rotated, or who may delete them. A list in which no key has a rotation policy may
/// be one that does not show them.
fn used_without_policies(inventory: &Inventory) -> impl Iterator<Item = &Key> {
    let shows: HashSet<u32> =
        inventory.keys.iter().filter(|key| key.lists_rotation).map(|key| key.witness.place.input).collect();
    let lists = inventory.sources.iter().filter(|source| source.report.kind == ExportKind::KmsKeyPolicies);
    let listed: HashSet<Option<Symbol>> = lists.map(|source| source.instance).collect();
    let open = move |key: &Key| {
        let rotation_is_open = key.extractable != Some(true)
            && key.rotation == Rotation::Unknown
            && !shows.contains(&key.witness.place.input)
            && !listed.contains(&Some(key.instance));
        key.state != KeyState::Destroyed && (key.dual_authorization.is_none() || rotation_is_open)
    };
    let keys = (0_u32..).zip(&inventory.keys).filter(move |(_, key)| open(key));
    keys.filter(|(row, _)| inventory.proved_uses_of(KeyIndex(*row)).next().is_some()).map(|(_, key)| key)
}

/// KMS instances of which an authorization names a key ring that neither a key nor a list shows.
fn of_rings(inventory: &Inventory) -> Vec<(ExportKind, Symbol)> {
    let of_keys = inventory.keys.iter().filter_map(|key| Some((key.instance, inventory.text(key.key_ring?))));
    let of_lists = inventory.key_rings.iter().map(|ring| (ring.instance, inventory.text(ring.id)));
    let known: HashSet<(Symbol, &str)> = of_keys.chain(of_lists).collect();
    let lists = inventory.sources.iter().filter(|source| source.report.kind == ExportKind::KmsKeyRings);
    let listed: HashSet<Option<Symbol>> = lists.map(|source| source.instance).collect();
    let instances: BTreeSet<Symbol> = inventory.keys.iter().map(|key| key.instance).collect();
    let by_guid: HashMap<&str, Symbol> = instances
        .into_iter()
        .filter_map(|instance| Some((parse(inventory.text(instance)).ok()?.service_instance, instance)))
        .collect();
    let rows = inventory.policies.iter().filter(|policy| !policy.template && policy.concerns_keys());
    let sides = rows.flat_map(|policy| &policy.resources);
    let named: BTreeSet<(&str, &str)> =
        sides.filter_map(|side| Some((side.exact("serviceInstance")?, side.exact("keyRing")?))).into_set();
    let of = |(guid, ring): (&str, &str)| {
        let instance = *by_guid.get(guid)?;
        let is_open = !known.contains(&(instance, ring)) && !listed.contains(&Some(instance));
        is_open.then_some((ExportKind::KmsKeyRings, instance))
    };
    named.into_iter().filter_map(of).collect()
}

/// Keys to which two exports give two states, of which neither counts.
fn of_two_states(inventory: &Inventory) -> impl Iterator<Item = &Key> {
    let faults = inventory.sources.iter().flat_map(|source| &source.late_faults);
    let disputed: HashSet<&str> = faults
        .filter_map(|fault| match &fault.kind {
            FaultKind::KeyStates { key, .. } => Some(key.as_str()),
            _ => None,
        })
        .collect();
    let unsettled = inventory.keys.iter().filter(|key| key.state == KeyState::Unknown);
    unsettled.filter(move |key| disputed.contains(inventory.text(key.crn)))
}

/// Storage of VPC that only registrations know of.
fn of_vpc(inventory: &Inventory) -> impl Iterator<Item = (ExportKind, Option<Symbol>)> {
    let volumes = inventory.interner.find("is");
    let registered = inventory.uses.iter().filter(move |found| {
        Some(found.service) == volumes
            && matches!(found.belongs, Belongs::Deployment(_))
            && found.witnesses.iter().all(|(seen, _)| *seen == Seen::Registration)
    });
    registered.filter_map(|found| {
        let kind = match parse(inventory.text(found.resource)).ok()?.resource_type {
            "volume" => ExportKind::VpcVolumes,
            "share" => ExportKind::VpcShares,
            "image" => ExportKind::VpcImages,
            "snapshot" => ExportKind::VpcSnapshots,
            _ => return None,
        };
        Some((kind, found.account))
    })
}

/// Schematics registers with no key that anyone documents: its settings alone tell, of each location.
fn of_schematics(inventory: &Inventory) -> impl Iterator<Item = (ExportKind, Option<Symbol>)> {
    let seen = SettingsSeen::of(inventory);
    let rows = inventory.policies.iter().filter(|policy| {
        policy.kind != PolicyType::Access
            && !policy.template
            && policy.concerns_keys()
            && policy.subjects.iter().any(|side| side.exact("serviceName") == Some("schematics"))
    });
    let accounts = rows.map(|policy| policy.source_account().or_else(|| policy.target_account()));
    let open = accounts.filter(move |account| {
        let is_read = |account: &str| LOCATIONS.into_iter().all(|location| seen.has(account, location));
        !account.is_some_and(is_read)
    });
    open.map(|account| (ExportKind::SchematicsSettings, account.and_then(|account| inventory.interner.find(account))))
}

/// Deleted instances of which no date is known.
fn of_reclamations(inventory: &Inventory) -> impl Iterator<Item = (ExportKind, Option<Symbol>)> {
    let deleted = inventory.instances.iter().filter(|instance| instance.is_soft_deleted(inventory));
    let undated = deleted.filter(|instance| instance.reclaimed_at.is_none());
    undated.map(|instance| (ExportKind::ResourceReclamations, instance.account))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Input;

    const OWN: &str = "0123456789abcdef0123456789abcdef";

    fn found(inputs: &[(&str, String)]) -> Vec<(ExportKind, bool)> {
        let inputs = inputs.iter().map(|(name, text)| Input::named(*name, text.as_str())).collect();
        let inventory = Inventory::read(inputs);
        gaps(&inventory).into_iter().map(|gap| (gap.what, gap.account.is_some() && gap.command.is_some())).collect()
    }

    fn key(id: &str, state: &str, more: &str) -> String {
        format!(
            r#"{{"crn":"crn:v1:bluemix:public:kms:eu-de:a/{OWN}:1:key:{id}","extractable":false,"state":{state},"keyRingID":"blue"{more}}}"#
        )
    }

    #[test]
    fn policies_of_keys_in_use_are_needed_where_no_record_tells_of_them_and_nobody_is_to_be_made_manager_for_them() {
        let use_of = |key: &str| {
            format!(r#"[{{"keyId":"{key}","resourceCrn":"crn:v1:bluemix:public:messagehub:eu-de:a/{OWN}:2::"}}]"#)
        };
        let keys = |keys: &[String]| ("k.json", format!("[{}]", keys.join(",")));
        let rotated = r#","dualAuthDelete":{"enabled":false},"rotation":{"enabled":true,"interval_month":3}"#;
        let says_nothing = keys(&[key("a", "1", "")]);
        let needed = found(&[says_nothing.clone(), ("r.json", use_of("a"))]);
        assert_eq!(needed, [(ExportKind::KmsKeyPolicies, true)]);
        // Nothing rests on a key that is not in use, nor on one that is gone.
        assert_eq!(found(std::slice::from_ref(&says_nothing)), []);
        assert_eq!(found(&[keys(&[key("a", "5", "")]), ("r.json", use_of("a"))]), []);
        // A list that shows rotation policies shows that a key beside them has none.
        let told = keys(&[key("a", "1", r#","dualAuthDelete":{"enabled":false}"#), key("b", "1", rotated)]);
        assert_eq!(found(&[told, ("r.json", use_of("a"))]), []);
        let half = keys(&[key("a", "1", r#","dualAuthDelete":{"enabled":false}"#)]);
        assert_eq!(found(&[half, ("r.json", use_of("a"))]), [(ExportKind::KmsKeyPolicies, true)]);

        let inventory = Inventory::read(vec![
            Input::named("k.json", says_nothing.1.as_str()),
            Input::named("r.json", use_of("a").as_str()),
        ]);
        let gap = gaps(&inventory).into_iter().next().expect("a gap");
        assert_eq!(gap.role, Some("Reader"));
        assert!(gap.why.contains("Manager, which is not to be granted"), "{}", gap.why);
        assert!(gap.command.is_some_and(|command| command.starts_with("ibmcloud kp keys --instance-id 1 ")));
    }

    #[test]
    fn key_rings_are_needed_where_an_authorization_names_one_that_no_key_shows() {
        let policy = |ring: &str| {
            let policy = format!(
                r#"[{{"id":"p","type":"authorization","subjects":[{{"attributes":[{{"name":"accountId","value":"{OWN}"}},{{"name":"serviceName","value":"messagehub"}}]}}],"roles":[{{"role_id":"crn:v1:bluemix:public:iam::::serviceRole:Reader"}}],"resources":[{{"attributes":[{{"name":"accountId","value":"{OWN}"}},{{"name":"serviceName","value":"kms"}},{{"name":"serviceInstance","value":"1"}},{{"name":"keyRing","value":"{ring}"}}]}}]}}]"#
            );
            ("p.json", policy)
        };
        let keys = ("k.json", format!("[{}]", key("a", "1", "")));
        assert_eq!(found(&[keys.clone(), policy("blue")]), []);
        assert_eq!(found(&[keys, policy("green")]), [(ExportKind::KmsKeyRings, true)]);
    }

    #[test]
    fn events_are_needed_where_two_exports_contradict_each_other_and_neither_is_the_later() {
        let of = |state: &str, date: &str| {
            format!("[{}]", key("a", state, &format!(r#","lastUpdateDate":"2026-05-{date}T00:00:00Z""#)))
        };
        let disputed = [("a.json", of("1", "01")), ("b.json", of("5", "01"))];
        assert_eq!(found(&disputed), [(ExportKind::ActivityEvents, true)]);
        let event = format!(
            r#"[{{"action":"kms.secrets.disable","eventTime":"2026-05-02T00:00:00Z","outcome":"success","target":{{"id":"crn:v1:bluemix:public:kms:eu-de:a/{OWN}:1:key:a"}}}}]"#
        );
        let [first, second] = disputed;
        assert_eq!(found(&[first, second, ("e.json", event)]), []);
        assert_eq!(found(&[("a.json", of("1", "01")), ("b.json", of("5", "02"))]), []);
        assert!(events_command("hs-crypto").contains(r"\$d.action.startsWith('hs-crypto.')"));
    }

    fn instance(state: &str, reclaimed: &str) -> String {
        format!(
            r#"[{{"resource_plan_id":"standard","crn":"crn:v1:bluemix:public:messagehub:eu-de:a/{OWN}:2::","state":"{state}"{reclaimed}}}]"#
        )
    }

    #[test]
    fn what_shows_that_a_list_is_needed_makes_a_gap_until_the_list_is_there() {
        let volume = format!("crn:v1:bluemix:public:is:eu-de-1:a/{OWN}::volume:r010-1");
        let registration = (
            "r.json",
            format!(
                r#"[{{"keyId":"k","resourceCrn":"{volume}"}},{{"keyId":"k","resourceCrn":"crn:v1:bluemix:public:messagehub:eu-de:a/{OWN}:2::"}}]"#
            ),
        );
        let volumes = ("v.json", format!(r#"{{"volumes":[{{"crn":"{volume}","encryption":"provider_managed"}}]}}"#));
        assert_eq!(found(std::slice::from_ref(&registration)), [(ExportKind::VpcVolumes, true)]);
        assert_eq!(found(&[registration, volumes]), []);

        let policy = format!(
            r#"[{{"id":"p","type":"authorization","subjects":[{{"attributes":[{{"name":"accountId","value":"{OWN}"}},{{"name":"serviceName","value":"schematics"}}]}}],"roles":[{{"role_id":"crn:v1:bluemix:public:iam::::serviceRole:Reader"}}],"resources":[{{"attributes":[{{"name":"accountId","value":"{OWN}"}},{{"name":"serviceName","value":"kms"}}]}}]}}]"#
        );
        assert_eq!(found(&[("p.json", policy.clone())]), [(ExportKind::SchematicsSettings, true)]);
        let settings = |location: &str| {
            format!(r#"{{"location":"{location}","encryption_scheme":"byok","primary_crk":{{"key_crn":""}}}}"#)
        };
        let one = [("p.json", policy.clone()), ("s.json", settings("US"))];
        assert_eq!(found(&one), [(ExportKind::SchematicsSettings, true)]);
        // A region tells of its location.
        let [first, second] = one;
        assert_eq!(found(&[first, second, ("t.json", settings("eu-de"))]), []);

        let gap = [(ExportKind::ResourceReclamations, true)];
        assert_eq!(found(&[("i.json", instance("pending_reclamation", ""))]), gap);
        let dated = instance("pending_reclamation", r#","scheduled_reclaim_at":"2026-11-24T00:00:00Z""#);
        assert_eq!(found(&[("i.json", dated)]), []);
        assert_eq!(found(&[("i.json", instance("active", ""))]), []);
    }
}
