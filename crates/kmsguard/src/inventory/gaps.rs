//! What was not exported, and the command that makes it.

use std::collections::BTreeSet;

use super::deployment;
use super::interner::Symbol;
use super::tables::Listing;
use super::{Inventory, Source, needed};
use crate::crn::{Kind, parse};
use crate::ingest::ExportKind;
use crate::order::Gather as _;

/// An export that is missing or cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    /// The kind of export.
    pub(crate) what: ExportKind,
    pub(crate) account: Option<Symbol>,
    /// The CRN of the KMS instance.
    pub(crate) instance: Option<Symbol>,
    pub(crate) why: &'static str,
    pub(crate) command: Option<String>,
    pub(crate) role: Option<&'static str>,
}

/// The command that lists keys or registrations of a KMS instance. Reader is enough for both.
///
/// Source: Key Protect docs, *Managing user access*, as of 2026-08-12. Lists of `kp` hold active, suspended and deactivated keys
/// unless more states are asked for.
pub(crate) fn instance_command(kind: ExportKind, instance: &str) -> Option<String> {
    let guid = parse(instance).map_or("INSTANCE", |crn| crn.service_instance);
    match kind {
        ExportKind::KmsKeys => Some(format!(
            "ibmcloud kp keys --instance-id {guid} --key-states active,suspended,deactivated,destroyed --number-of-keys 5000 --output json"
        )),
        ExportKind::KmsRegistrations => Some(format!("ibmcloud kp registrations --instance-id {guid} --output json")),
        _ => None,
    }
}

/// The command that lists instances or authorizations of the account that is logged in to.
///
/// Sources: IBM Cloud CLI docs, *Working with resources and resource groups* and *Managing access policies*, as of 2026-07-23.
pub(crate) const fn account_command(kind: ExportKind) -> Option<&'static str> {
    match kind {
        ExportKind::ResourceInstances => {
            Some("ibmcloud resource service-instances --all-resource-groups --output json")
        }
        ExportKind::IamPolicies => Some("ibmcloud iam authorization-policies --output JSON"),
        _ => None,
    }
}

/// The gaps: by kind, then by account or instance.
pub(crate) fn gaps(inventory: &Inventory) -> Vec<Gap> {
    let mut instances: BTreeSet<&str> = inventory.keys.iter().map(|key| inventory.text(key.instance)).collect();
    instances.extend(
        inventory
            .instances
            .iter()
            .map(|instance| inventory.text(instance.crn))
            .filter(|crn| parse(crn).is_ok_and(|crn| crn.kind() == Kind::KmsInstance)),
    );
    let named = inventory.uses.iter().filter_map(|found| found.key_crn).map(|key| inventory.text(key));
    let named: Vec<String> = named.filter_map(|key| parse(key).ok()).map(|crn| deployment::instance(&crn)).collect();
    instances.extend(named.iter().map(String::as_str));
    let accounts: BTreeSet<&str> = instances.iter().filter_map(|crn| parse(crn).ok()?.account()).collect();

    let mut gaps = Vec::new();
    if inventory.uses.iter().any(|found| found.key.is_none() && found.key_crn.is_none()) {
        gaps.push(Gap {
            what: ExportKind::KmsKeys,
            account: None,
            instance: None,
            why: "registrations name keys by an id that is not exactly one key of the lists that were read",
            command: instance_command(ExportKind::KmsKeys, "INSTANCE"),
            role: Some("Reader"),
        });
    }
    for kind in [ExportKind::KmsKeys, ExportKind::KmsRegistrations] {
        for crn in &instances {
            let symbol = inventory.interner.find(crn);
            let listing = symbol.map_or(Listing::Missing, |symbol| inventory.listing(kind, symbol));
            let Some(why) = why(kind, listing) else { continue };
            let account =
                parse(crn).ok().and_then(|crn| crn.account()).and_then(|account| inventory.interner.find(account));
            gaps.push(Gap {
                what: kind,
                account,
                instance: symbol,
                why,
                command: instance_command(kind, crn),
                role: Some("Reader"),
            });
        }
    }
    for kind in [ExportKind::ResourceInstances, ExportKind::IamPolicies] {
        for account in &accounts {
            let symbol = inventory.interner.find(account);
            let listing = symbol.map_or(Listing::Missing, |symbol| inventory.listing(kind, symbol));
            let Some(why) = why(kind, listing) else { continue };
            let command = account_command(kind).map(str::to_owned);
            gaps.push(Gap { what: kind, account: symbol, instance: None, why, command, role: Some("Viewer") });
        }
    }
    gaps.extend(cut_lists(inventory));
    gaps.extend(needed::gaps(inventory));
    gaps
}

/// Lists of the other kinds that were cut. That there is none of them is a gap only where something shows that one is needed: not every
/// account has what they list.
fn cut_lists(inventory: &Inventory) -> Vec<Gap> {
    let cut = inventory.sources.iter().filter(|source| is_cut(source));
    let of: BTreeSet<_> = cut
        .map(|source| (source.report.kind, source.account, source.instance))
        .filter(|(kind, ..)| is_other(*kind))
        .into_set();
    let gap = |(what, account, instance): (_, _, Option<Symbol>)| {
        let guid = instance
            .and_then(|instance| parse(inventory.text(instance)).ok())
            .map_or("INSTANCE", |crn| crn.service_instance);
        let (command, role) = other_command(what, guid);
        Gap { what, account, instance, why: why_cut(what), command, role: Some(role) }
    };
    of.into_iter().map(gap).collect()
}

/// Whether a list itself shows that it was cut, or that a part of it was not read. That Schematics has no settings in a location is
/// an answer, and nothing was cut.
fn is_cut(source: &Source) -> bool {
    let report = &source.report;
    report.complete == Some(false)
        && (!report.faults.is_empty() || report.lists.iter().any(|list| list.complete == Some(false)))
}

const fn is_other(kind: ExportKind) -> bool {
    !matches!(
        kind,
        ExportKind::KmsKeys
            | ExportKind::KmsRegistrations
            | ExportKind::ResourceInstances
            | ExportKind::IamPolicies
            | ExportKind::Manifest
            | ExportKind::ErrorAnswer
            | ExportKind::EmptyList
            | ExportKind::Unknown
            | ExportKind::Other
            | ExportKind::Mixed
    )
}

/// Source: Key Protect docs, *Managing user access*, as of 2026-08-12: listing policies of keys and instances needs Manager.
const fn why_cut(kind: ExportKind) -> &'static str {
    match kind {
        ExportKind::KmsKeyPolicies | ExportKind::KmsInstancePolicies => {
            "the list was cut; to list policies again takes the role Manager, which reading for kmsguard must not need: with Reader, the \
             records of the keys tell of rotation and of deletion by two"
        }
        ExportKind::KeyUsageReport | ExportKind::MigrationPairs | ExportKind::ActivityEvents => {
            "it was cut: what is not in it may still have been; registrations tell what uses the keys now"
        }
        ExportKind::TerraformPlan | ExportKind::TerraformState => {
            "a part of it could not be read: the resources that it manages are known in full by their own records"
        }
        _ => "the list was cut: what is not in it may still exist",
    }
}

/// The command that lists a kind, or what stands in its place, and the least role that may.
///
/// Sources: IBM Cloud CLI docs, *Working with resources and resource groups*, as of 2026-07-23; VPC CLI reference, as of 2026-08-21;
/// Schematics CLI reference, as of 2026-07-07; Key Protect CLI reference, as of 2026-08-12.
pub(super) fn other_command(kind: ExportKind, guid: &str) -> (Option<String>, &'static str) {
    let keys = || {
        format!(
            "ibmcloud kp keys --instance-id {guid} --key-states active,suspended,deactivated,destroyed --number-of-keys 5000 --output json"
        )
    };
    let (command, role) = match kind {
        ExportKind::KmsKeyRings => (format!("ibmcloud kp key-rings --instance-id {guid} --output json"), "Reader"),
        ExportKind::KmsKeyPolicies | ExportKind::KmsInstancePolicies | ExportKind::KmsKeyVersions => (keys(), "Reader"),
        ExportKind::SchematicsSettings => {
            ("ibmcloud schematics kms info --location LOCATION --output json".to_owned(), "Reader")
        }
        ExportKind::SchematicsInstances => (
            "ibmcloud schematics kms instances ls --location LOCATION --scheme byok --output json".to_owned(),
            "Reader",
        ),
        ExportKind::ResourceReclamations => ("ibmcloud resource reclamations --output json".to_owned(), "Viewer"),
        ExportKind::VpcVolumes => ("ibmcloud is volumes --output json".to_owned(), "Viewer"),
        ExportKind::VpcShares => ("ibmcloud is shares --output json".to_owned(), "Viewer"),
        ExportKind::VpcImages => ("ibmcloud is images --visibility private --output json".to_owned(), "Viewer"),
        ExportKind::VpcSnapshots => ("ibmcloud is snapshots --output json".to_owned(), "Viewer"),
        ExportKind::IamPolicyTemplates => ("ibmcloud iam authorization-policies --output JSON".to_owned(), "Viewer"),
        ExportKind::TerraformPlan | ExportKind::TerraformState => {
            ("ibmcloud resource service-instances --all-resource-groups --output json".to_owned(), "Viewer")
        }
        _ => (format!("ibmcloud kp registrations --instance-id {guid} --output json"), "Reader"),
    };
    (Some(command), role)
}

const fn why(kind: ExportKind, listing: Listing) -> Option<&'static str> {
    match (listing, kind) {
        (Listing::Read | Listing::Whole, _) => None,
        (Listing::Cut, _) => Some("the list was cut: what is not in it may still exist"),
        (Listing::Missing, ExportKind::KmsKeys) => Some("without them, states and names of the keys are not known"),
        (Listing::Missing, ExportKind::KmsRegistrations) => Some("without them, nothing tells what uses the keys"),
        (Listing::Missing, ExportKind::ResourceInstances) => {
            Some("without them, plans, resource groups and deleted deployments are not known")
        }
        (Listing::Missing, _) => Some("without them, nothing tells who may use the keys"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gap_names_a_command_and_a_role_that_only_reads() {
        for kind in ExportKind::EXPORTS {
            let (command, role) = match kind {
                ExportKind::KmsKeys | ExportKind::KmsRegistrations => (instance_command(kind, "INSTANCE"), "Reader"),
                ExportKind::ResourceInstances | ExportKind::IamPolicies => {
                    (account_command(kind).map(str::to_owned), "Viewer")
                }
                _ => {
                    assert!(is_other(kind), "{kind}");
                    other_command(kind, "INSTANCE")
                }
            };
            let command = command.unwrap_or_default();
            assert!(
                command.starts_with("ibmcloud ") && (!command.contains("polic") || command.contains("authorization")),
                "{kind}: {command}"
            );
            assert!(matches!(role, "Viewer" | "Reader"), "{kind}");
            let needs_manager = matches!(kind, ExportKind::KmsKeyPolicies | ExportKind::KmsInstancePolicies);
            assert_eq!(why_cut(kind).contains("the role Manager"), needs_manager, "{kind}");
        }
    }

    #[test]
    fn a_cut_list_of_any_kind_is_a_gap() {
        let volume = r#"{"volumes":[{"id":"r010-1","crn":"crn:v1:bluemix:public:is:eu-de-1:a/0123456789abcdef0123456789abcdef::volume:r010-1","name":"v"}],"limit":1,"next":{"href":"x"}}"#;
        let inventory = Inventory::read(vec![crate::ingest::Input::named("v.json", volume)]);
        let found = gaps(&inventory);
        let volumes = found.iter().find(|gap| gap.what == ExportKind::VpcVolumes);
        let volumes = volumes.map(|gap| (gap.command.as_deref(), gap.role));
        assert_eq!(volumes, Some((Some("ibmcloud is volumes --output json"), Some("Viewer"))));
    }
}
