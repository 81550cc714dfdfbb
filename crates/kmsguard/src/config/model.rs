//! What a configuration says.

use std::collections::BTreeMap;

use super::suppression::{Malformed, Suppression};
use crate::rules::{FailOn, RuleOptions, Severity};

/// The configuration of kmsguard, as `kmsguard.toml` holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Configuration {
    /// Which rules are checked, and what their findings count.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub rules: RuleChoice,
    /// From when on something counts.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub windows: Windows,
    /// What is known of accounts, by their ids of 32 hexadecimal digits.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub accounts: BTreeMap<String, Account>,
    /// The file of the baseline, as seen from the file of the configuration. The command reads it; other doors are given the baseline
    /// itself.
    pub baseline: Option<String>,
    /// Findings that are accepted.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub suppressions: Vec<Suppression>,
    /// Entries of `suppressions` that accept nothing, because something is wrong with them.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub malformed: Vec<Malformed>,
}

/// Which rules are checked, and what their findings count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields, rename = "ConfigurationRules")
)]
pub struct RuleChoice {
    /// Only these rules: ids, or the letters of a family. None: all.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub select: Vec<String>,
    /// None of these rules: ids, or the letters of a family.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub ignore: Vec<String>,
    /// From which severity on a finding makes the outcome `bad`.
    pub fail_on: Option<FailOn>,
    /// Whether a rule that could not be decided makes the outcome `unknown`.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub strict: bool,
    /// How bad every finding of a rule is, by the id of the rule, in place of what the rule says itself.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub severity: BTreeMap<String, Severity>,
}

/// From when on something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields, rename = "ConfigurationWindows")
)]
pub struct Windows {
    /// KEY007: so many days before its end a key counts as expiring. Default: 30.
    #[cfg_attr(feature = "schema", schemars(range(max = 3650)))]
    pub key_expiry_days: u16,
    /// KEY004: after so many months without a rotation a key counts as overdue, where no rotation policy says otherwise. Default: 12.
    #[cfg_attr(feature = "schema", schemars(range(max = 3650)))]
    pub key_rotation_months: u16,
    /// AUTH005: an authorization that permitted nothing for so many days counts as unused. Default: 90.
    #[cfg_attr(feature = "schema", schemars(range(max = 3650)))]
    pub authorization_unused_days: u16,
    /// EOL001: so many days before the end of a service it is critical to be still on it. Default: 60.
    #[cfg_attr(feature = "schema", schemars(range(max = 3650)))]
    pub end_of_life_days: u16,
    /// So many days before a suppression expires that is told. Default: 14.
    #[cfg_attr(feature = "schema", schemars(range(max = 3650)))]
    pub suppression_expiry_days: u16,
}

/// What is known of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields, rename = "ConfigurationAccount")
)]
pub struct Account {
    /// What people call it.
    pub name: Option<String>,
    /// Whom to ask about it.
    pub owner: Option<String>,
}

impl Default for Windows {
    fn default() -> Self {
        let RuleOptions { key_expiry_days, key_rotation_months, authorization_unused_days, end_of_life_days } =
            RuleOptions::default();
        Self {
            key_expiry_days,
            key_rotation_months,
            authorization_unused_days,
            end_of_life_days,
            suppression_expiry_days: 14,
        }
    }
}

impl Windows {
    /// What of it the rules are told.
    pub(crate) const fn of_rules(self) -> RuleOptions {
        RuleOptions {
            key_expiry_days: self.key_expiry_days,
            key_rotation_months: self.key_rotation_months,
            authorization_unused_days: self.authorization_unused_days,
            end_of_life_days: self.end_of_life_days,
        }
    }
}
