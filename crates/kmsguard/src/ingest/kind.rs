//! The kinds of exports.

use core::fmt;

use serde::Serialize;

/// What kind of export a file is, recognised by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ExportKind {
    /// Keys of Key Protect or Hyper Protect Crypto Services.
    KmsKeys,
    /// Registrations: which resources use which keys.
    KmsRegistrations,
    /// Policies of IAM, authorizations among them.
    IamPolicies,
    /// Service instances of the Resource Controller.
    ResourceInstances,
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
    /// The kind as answers write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::KmsKeys => "kms-keys",
            Self::KmsRegistrations => "kms-registrations",
            Self::IamPolicies => "iam-policies",
            Self::ResourceInstances => "resource-instances",
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
        [Self::KmsKeys, Self::KmsRegistrations, Self::IamPolicies, Self::ResourceInstances]
            .into_iter()
            .find(|kind| kind.name() == name)
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
