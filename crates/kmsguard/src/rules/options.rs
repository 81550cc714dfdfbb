//! The windows of rules, which a configuration may set.

/// From when on something counts, for the rules that ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleOptions {
    /// KEY007: so many days before its end a key counts as expiring.
    pub key_expiry_days: u16,
    /// KEY004: after so many months without a rotation a key counts as overdue, where no rotation policy says otherwise.
    pub key_rotation_months: u16,
    /// AUTH005: an authorization that permitted nothing for so many days counts as unused.
    pub authorization_unused_days: u16,
    /// EOL001: so many days before the end of a service it is critical to be still on it.
    pub end_of_life_days: u16,
}

impl Default for RuleOptions {
    fn default() -> Self {
        Self { key_expiry_days: 30, key_rotation_months: 12, authorization_unused_days: 90, end_of_life_days: 60 }
    }
}
