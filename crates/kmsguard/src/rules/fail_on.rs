//! From which severity on a finding counts as bad.

use serde::Deserialize;

use super::Severity;

/// From which severity on a finding makes the outcome `bad`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Critical alone.
    Critical,
    /// High and above.
    High,
    /// Medium and above.
    Medium,
    /// Low and above; what is worth knowing only never does.
    #[default]
    Low,
    /// None does.
    Never,
}

impl FailOn {
    /// All, by their names.
    pub(crate) const NAMES: &[(&str, Self)] = &[
        ("critical", Self::Critical),
        ("high", Self::High),
        ("medium", Self::Medium),
        ("low", Self::Low),
        ("never", Self::Never),
    ];

    /// Whether a finding of that severity counts.
    pub(crate) fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Critical => severity <= Severity::Critical,
            Self::High => severity <= Severity::High,
            Self::Medium => severity <= Severity::Medium,
            Self::Low => severity <= Severity::Low,
            Self::Never => false,
        }
    }
}
