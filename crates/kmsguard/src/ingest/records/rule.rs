//! What tells the kinds apart: each by its members, never by the name of a file.

use crate::ingest::document::Members;
use crate::ingest::error_answer::is_error;
use crate::ingest::kind::ExportKind;

/// A member of an answer in which its records stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Member {
    /// Of IAM.
    Policies,
    /// Of Key Protect and the Resource Controller.
    Resources,
}

/// All of them, in the order in which they are looked for.
pub(in crate::ingest) const MEMBERS: &[Member] = &[Member::Policies, Member::Resources];

impl Member {
    /// The name of the member.
    pub(in crate::ingest) const fn name(self) -> &'static str {
        match self {
            Self::Policies => "policies",
            Self::Resources => "resources",
        }
    }
}

/// The kind of a collection, by what Key Protect writes as `metadata.collectionType` on every answer.
pub(in crate::ingest) fn kind_of_collection(collection: &str) -> Option<ExportKind> {
    match collection {
        "application/vnd.ibm.kms.key+json" => Some(ExportKind::KmsKeys),
        "application/vnd.ibm.kms.registration+json" => Some(ExportKind::KmsRegistrations),
        "application/vnd.ibm.kms.error+json" => Some(ExportKind::ErrorAnswer),
        _ => None,
    }
}

/// The kind of a record.
pub(in crate::ingest) fn kind_of_record(record: &Members<'_>) -> ExportKind {
    let is_key = record.read::<String>("type").is_some_and(|text| text == "application/vnd.ibm.kms.key+json")
        || (record.has("extractable") && record.has("crn"));
    let is_policy =
        record.has("control") || (record.has("roles") && (record.has("resources") || record.has("subjects")));
    if record.has("keyId") && record.has("resourceCrn") {
        ExportKind::KmsRegistrations
    } else if is_policy {
        ExportKind::IamPolicies
    } else if record.has("resource_plan_id") && record.has("crn") {
        ExportKind::ResourceInstances
    } else if record.has("manifest_version") {
        ExportKind::Manifest
    } else if is_key {
        ExportKind::KmsKeys
    } else if is_error(record) {
        ExportKind::ErrorAnswer
    } else {
        ExportKind::Unknown
    }
}

/// The numbers of rows at which a list is cut, where nothing else tells.
///
/// Sources: Key Protect API, *List keys*, parameter `limit` (200, at most 5,000), as of 2026-08-12; Resource Controller API, *Get a
/// list of all resource instances* (100, whatever `limit` says), as of 2026-06-29. IAM lists are not paged unless a `limit` is given.
pub(in crate::ingest) const fn page_sizes(kind: ExportKind) -> &'static [usize] {
    match kind {
        ExportKind::KmsKeys | ExportKind::KmsRegistrations => &[200, 5000],
        ExportKind::ResourceInstances => &[100],
        _ => &[],
    }
}
