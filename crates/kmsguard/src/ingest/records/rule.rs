//! What tells the kinds apart: each by its members, never by the name of a file.

use super::event::is_event;
use super::terraform;
use crate::crn::parse;
use crate::ingest::document::Members;
use crate::ingest::error_answer::is_error;
use crate::ingest::kind::ExportKind;

/// A member of an answer in which its records stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Member {
    /// Of IAM.
    Policies,
    /// Of IAM, for an enterprise.
    PolicyTemplates,
    /// Of Key Protect and the Resource Controller.
    Resources,
    /// Of Schematics.
    KmsInstances,
    /// Of VPC.
    Volumes,
    /// Of VPC.
    Shares,
    /// Of VPC.
    Images,
    /// Of VPC.
    Snapshots,
}

/// All of them, in the order in which they are looked for.
pub(in crate::ingest) const MEMBERS: [Member; 8] = [
    Member::Policies,
    Member::PolicyTemplates,
    Member::Resources,
    Member::KmsInstances,
    Member::Volumes,
    Member::Shares,
    Member::Images,
    Member::Snapshots,
];

impl Member {
    /// The name of the member.
    pub(in crate::ingest) const fn name(self) -> &'static str {
        match self {
            Self::Policies => "policies",
            Self::PolicyTemplates => "policy_templates",
            Self::Resources => "resources",
            Self::KmsInstances => "kms_instances",
            Self::Volumes => "volumes",
            Self::Shares => "shares",
            Self::Images => "images",
            Self::Snapshots => "snapshots",
        }
    }
}

/// The kind of a collection, by what Key Protect writes as `metadata.collectionType` on every answer. Policies of keys and of
/// instances are one type there and are told apart by their records.
pub(in crate::ingest) fn kind_of_collection(collection: &str) -> Option<ExportKind> {
    match collection {
        "application/vnd.ibm.kms.key+json" => Some(ExportKind::KmsKeys),
        "application/vnd.ibm.kms.registration+json" => Some(ExportKind::KmsRegistrations),
        "application/vnd.ibm.kms.key_ring+json" => Some(ExportKind::KmsKeyRings),
        "application/vnd.ibm.kms.key.version+json" => Some(ExportKind::KmsKeyVersions),
        "application/vnd.ibm.kms.error+json" => Some(ExportKind::ErrorAnswer),
        _ => None,
    }
}

/// The kind of a record.
pub(in crate::ingest) fn kind_of_record(record: &Members<'_>) -> ExportKind {
    let has = |names: &[&str]| names.iter().all(|name| record.has(name));
    let of_type = |wanted: &str| record.read::<String>("type").is_some_and(|text| text == wanted);
    let is_policy =
        record.has("control") || (record.has("roles") && (record.has("resources") || record.has("subjects")));
    if let Some(kind) = terraform::kind_of(record) {
        kind
    } else if has(&["keyId", "resourceCrn"]) {
        ExportKind::KmsRegistrations
    } else if is_policy {
        ExportKind::IamPolicies
    } else if record.has("policy") && (record.has("committed") || record.has("account_id")) {
        ExportKind::IamPolicyTemplates
    } else if has(&["resource_plan_id", "crn"]) {
        ExportKind::ResourceInstances
    } else if has(&["entity_crn", "resource_instance_id"]) {
        ExportKind::ResourceReclamations
    } else if record.has("manifest_version") {
        ExportKind::Manifest
    } else if of_type("application/vnd.ibm.kms.key+json") || has(&["extractable", "crn"]) {
        ExportKind::KmsKeys
    } else if of_type("application/vnd.ibm.kms.policy+json") || is_key_policy(record) {
        ExportKind::KmsKeyPolicies
    } else if has(&["policy_type", "policy_data"]) {
        ExportKind::KmsInstancePolicies
    } else if has(&["encryption_scheme", "primary_crk"]) {
        ExportKind::SchematicsSettings
    } else if has(&["encryption_scheme", "kms_crn"]) {
        ExportKind::SchematicsInstances
    } else if is_error(record) {
        ExportKind::ErrorAnswer
    } else {
        let whole = [
            (is_usage_report as fn(&Members<'_>) -> bool, ExportKind::KeyUsageReport),
            (is_event, ExportKind::ActivityEvents),
        ];
        let whole = whole.into_iter().find(|(is, _)| is(record)).map(|(_, kind)| kind);
        whole.or_else(|| kind_of_vpc(record)).or_else(|| kind_of_few_members(record)).unwrap_or(ExportKind::Unknown)
    }
}

fn is_key_policy(record: &Members<'_>) -> bool {
    record.has("crn") && !record.has("state") && (record.has("rotation") || record.has("dualAuthDelete"))
}

fn is_usage_report(record: &Members<'_>) -> bool {
    record.has("metadata") && record.read::<Members<'_>>("result").is_some_and(|result| result.has("kms_instances"))
}

/// VPC says what a record is by its CRN alone.
fn kind_of_vpc(record: &Members<'_>) -> Option<ExportKind> {
    let text: String = record.read("crn")?;
    let crn = parse(&text).ok().filter(|crn| crn.service_name == "is")?;
    match crn.resource_type {
        "volume" => Some(ExportKind::VpcVolumes),
        "share" => Some(ExportKind::VpcShares),
        "image" => Some(ExportKind::VpcImages),
        "snapshot" => Some(ExportKind::VpcSnapshots),
        _ => None,
    }
}

/// Key rings and key versions have next to no members. A ring is called by its owner, a version has a UUID and a date.
fn kind_of_few_members(record: &Members<'_>) -> Option<ExportKind> {
    let few = record.names().all(|name| matches!(name, "id" | "creationDate" | "createdBy"));
    let id: String = record.read("id").filter(|_| few)?;
    let is_uuid = id.len() == 36 && id.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    match (is_uuid, record.has("creationDate"), record.has("createdBy")) {
        (true, true, _) => Some(ExportKind::KmsKeyVersions),
        (false, true, true) => Some(ExportKind::KmsKeyRings),
        (false, ..) if id == "default" => Some(ExportKind::KmsKeyRings),
        _ => None,
    }
}

/// The numbers of rows at which a list is cut, where nothing else tells.
///
/// Sources: Key Protect API, *List keys*, parameter `limit` (200, at most 5,000), and key rings (51), as of 2026-08-12; Resource
/// Controller API, *Get a list of all resource instances* (100, whatever `limit` says), as of 2026-06-29; Schematics API (100), as of
/// 2024-11-19; Key Usage Reporter (100), as of 2026-09-15; IBM Cloud CLI, `is` (25), as of 2026-08-21. IAM lists are not paged unless a `limit` is given.
pub(in crate::ingest) const fn page_sizes(kind: ExportKind) -> &'static [usize] {
    match kind {
        ExportKind::KmsKeys | ExportKind::KmsRegistrations | ExportKind::KmsKeyVersions => &[200, 5000],
        ExportKind::KmsKeyRings => &[51],
        ExportKind::ResourceInstances | ExportKind::SchematicsInstances | ExportKind::KeyUsageReport => &[100],
        ExportKind::VpcVolumes | ExportKind::VpcShares | ExportKind::VpcImages | ExportKind::VpcSnapshots => &[25],
        _ => &[],
    }
}

/// Whether a record of this kind by itself is a piece of a list. Settings, reports, plans and events are whole as they are.
pub(in crate::ingest) const fn is_listed(kind: ExportKind) -> bool {
    !matches!(
        kind,
        ExportKind::SchematicsSettings
            | ExportKind::TerraformPlan
            | ExportKind::TerraformState
            | ExportKind::KeyUsageReport
            | ExportKind::MigrationPairs
            | ExportKind::ActivityEvents
    )
}
