//! Lists that nobody gave though something that was read shows that there is something in them.

use std::collections::BTreeSet;

use super::gaps::{Gap, other_command};
use super::interner::Symbol;
use super::tables::Seen;
use super::{Belongs, Inventory};
use crate::crn::parse;
use crate::ingest::ExportKind;
use crate::policy::PolicyType;

/// The gaps, by kind, then by account.
pub(super) fn gaps(inventory: &Inventory) -> Vec<Gap> {
    let given: BTreeSet<(ExportKind, Option<Symbol>)> =
        inventory.sources.iter().map(|source| (source.report.kind, source.account)).collect();
    let is_given = |kind: ExportKind, account: Option<Symbol>| {
        let of_account = |known: &Option<Symbol>| known.is_none() || account.is_none() || *known == account;
        given.iter().any(|(known, of)| (*known == kind || *known == ExportKind::Mixed) && of_account(of))
    };
    let mut needed: BTreeSet<(ExportKind, Option<Symbol>)> = BTreeSet::new();
    needed.extend(of_vpc(inventory));
    needed.extend(of_schematics(inventory));
    needed.extend(of_reclamations(inventory));
    let gap = |(what, account)| {
        let (command, role) = other_command(what, "INSTANCE");
        Gap { what, account, instance: None, why: why(what), command, role: Some(role) }
    };
    needed.into_iter().filter(|(kind, account)| !is_given(*kind, *account)).map(gap).collect()
}

const fn why(kind: ExportKind) -> &'static str {
    match kind {
        ExportKind::SchematicsSettings => {
            "an authorization lets Schematics use keys: without its settings, nothing tells which keys it uses"
        }
        ExportKind::ResourceReclamations => {
            "a deleted instance waits for reclamation: without the reclamations, nothing tells until when it can be restored"
        }
        _ => "registrations name some: without a list of them, nothing tells which still exist",
    }
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

/// Schematics registers with no key that anyone documents: its settings alone tell.
fn of_schematics(inventory: &Inventory) -> impl Iterator<Item = (ExportKind, Option<Symbol>)> {
    let rows = inventory.policies.iter();
    let of_schematics = rows.filter(|policy| {
        let names = |policy: &crate::policy::Authorization| {
            policy.subjects.iter().any(|side| side.exact("serviceName") == Some("schematics"))
        };
        policy.kind != PolicyType::Access && !policy.template && policy.concerns_keys() && names(policy)
    });
    of_schematics.filter(|_| inventory.settings.is_empty()).map(|policy| {
        let account = policy.target_account().and_then(|account| inventory.interner.find(account));
        (ExportKind::SchematicsSettings, account)
    })
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
        let settings = r#"{"location":"US","encryption_scheme":"byok","primary_crk":{"key_crn":""}}"#.to_owned();
        assert_eq!(found(&[("p.json", policy), ("s.json", settings)]), []);

        let gap = [(ExportKind::ResourceReclamations, true)];
        assert_eq!(found(&[("i.json", instance("pending_reclamation", ""))]), gap);
        let dated = instance("pending_reclamation", r#","scheduled_reclaim_at":"2026-11-24T00:00:00Z""#);
        assert_eq!(found(&[("i.json", dated)]), []);
        assert_eq!(found(&[("i.json", instance("active", ""))]), []);
    }
}
