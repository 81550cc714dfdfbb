//! The kinds of exports.

use core::fmt;

use serde::Serialize;

/// What kind of export a file is, recognised by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ExportKind {
    /// Keys of Key Protect or Hyper Protect Crypto Services, whole or as metadata.
    KmsKeys,
    /// Registrations: which resources use which keys.
    KmsRegistrations,
    /// Versions of a key: one for each rotation.
    KmsKeyVersions,
    /// Policies of single keys: rotation, dual authorization.
    KmsKeyPolicies,
    /// Policies of a KMS instance: allowed networks, dual authorization, what may be created.
    KmsInstancePolicies,
    /// Key rings of a KMS instance.
    KmsKeyRings,
    /// Policies of IAM, authorizations among them.
    IamPolicies,
    /// Templates of policies, of an enterprise.
    IamPolicyTemplates,
    /// Service instances of the Resource Controller.
    ResourceInstances,
    /// Service instances that were deleted and are kept for a while.
    ResourceReclamations,
    /// Which keys Schematics uses.
    #[serde(rename = "schematics-kms-settings")]
    SchematicsSettings,
    /// Which KMS instances and keys Schematics could use.
    #[serde(rename = "schematics-kms-instances")]
    SchematicsInstances,
    /// Block storage volumes of a VPC region.
    VpcVolumes,
    /// File shares of a VPC region.
    VpcShares,
    /// Images of a VPC region.
    VpcImages,
    /// Snapshots of a VPC region.
    VpcSnapshots,
    /// A plan of Terraform, as `terraform show -json` prints it.
    TerraformPlan,
    /// A state of Terraform, as `terraform show -json` prints it.
    TerraformState,
    /// A report of IBM's Key Usage Reporter.
    KeyUsageReport,
    /// Pairs of keys for IBM's key migration tool, or what it did with them.
    MigrationPairs,
    /// Activity events: who did what with a key.
    ActivityEvents,
    /// The manifest of an export folder.
    Manifest,
    /// An answer that is an error, saved as an export.
    ErrorAnswer,
    /// A list without rows: nothing says of what.
    EmptyList,
    /// JSON of no known kind.
    Unknown,
    /// Not JSON.
    Other,
    /// More than one kind in one file.
    Mixed,
}

impl ExportKind {
    /// The kinds whose files hold records.
    pub const EXPORTS: [Self; 21] = [
        Self::KmsKeys,
        Self::KmsRegistrations,
        Self::KmsKeyVersions,
        Self::KmsKeyPolicies,
        Self::KmsInstancePolicies,
        Self::KmsKeyRings,
        Self::IamPolicies,
        Self::IamPolicyTemplates,
        Self::ResourceInstances,
        Self::ResourceReclamations,
        Self::SchematicsSettings,
        Self::SchematicsInstances,
        Self::VpcVolumes,
        Self::VpcShares,
        Self::VpcImages,
        Self::VpcSnapshots,
        Self::TerraformPlan,
        Self::TerraformState,
        Self::KeyUsageReport,
        Self::MigrationPairs,
        Self::ActivityEvents,
    ];

    /// The kind as answers write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::KmsKeys => "kms-keys",
            Self::KmsRegistrations => "kms-registrations",
            Self::KmsKeyVersions => "kms-key-versions",
            Self::KmsKeyPolicies => "kms-key-policies",
            Self::KmsInstancePolicies => "kms-instance-policies",
            Self::KmsKeyRings => "kms-key-rings",
            Self::IamPolicies => "iam-policies",
            Self::IamPolicyTemplates => "iam-policy-templates",
            Self::ResourceInstances => "resource-instances",
            Self::ResourceReclamations => "resource-reclamations",
            Self::SchematicsSettings => "schematics-kms-settings",
            Self::SchematicsInstances => "schematics-kms-instances",
            Self::VpcVolumes => "vpc-volumes",
            Self::VpcShares => "vpc-shares",
            Self::VpcImages => "vpc-images",
            Self::VpcSnapshots => "vpc-snapshots",
            Self::TerraformPlan => "terraform-plan",
            Self::TerraformState => "terraform-state",
            Self::KeyUsageReport => "key-usage-report",
            Self::MigrationPairs => "migration-pairs",
            Self::ActivityEvents => "activity-events",
            Self::Manifest => "manifest",
            Self::ErrorAnswer => "error-answer",
            Self::EmptyList => "empty-list",
            Self::Unknown => "unknown",
            Self::Other => "other",
            Self::Mixed => "mixed",
        }
    }

    /// The kind of that name, as a manifest writes it.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::EXPORTS.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether files of this kind hold records that are read.
    #[must_use]
    pub const fn is_export(self) -> bool {
        !matches!(self, Self::Manifest | Self::ErrorAnswer | Self::EmptyList | Self::Unknown | Self::Other)
    }
}

impl fmt::Display for ExportKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_one_name_wherever_it_is_written() {
        for kind in ExportKind::EXPORTS {
            assert_eq!(serde_json::to_value(kind).ok(), Some(kind.name().into()));
            assert_eq!(ExportKind::of_name(kind.name()), Some(kind));
        }
    }
}
