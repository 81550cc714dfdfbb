//! What a rule finds, and what it could not decide.

use serde::Serialize;

use super::registry::Rule;
use crate::inventory::{Symbol, Witness};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "FindingSeverity"))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Data is being lost, or will be soon.
    Critical,
    /// Data can be lost for good.
    High,
    /// Something fails, or more is allowed than should be.
    Medium,
    /// Worth mending.
    Low,
    /// Worth knowing.
    Info,
}

/// A command that a remediation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Command {
    /// What it does.
    pub(crate) text: String,
    /// The `ibmcloud` command line.
    pub(crate) command: String,
}

/// A finding of a rule.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) rule: &'static Rule,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) account: Option<Symbol>,
    pub(crate) key: Option<Symbol>,
    pub(crate) resources: Vec<Symbol>,
    pub(crate) evidence: Vec<Witness>,
    pub(crate) remediation: String,
    pub(crate) commands: Vec<Command>,
}

/// What an undecided rule needs: an export, by its kind, of something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Needed {
    /// The kind of export.
    pub(crate) export: &'static str,
    /// The CRN of that of which it is needed, if there is one.
    pub(crate) of: Option<String>,
    /// Why.
    pub(crate) why: String,
    /// The command that makes it.
    pub(crate) command: Option<String>,
    /// The least role that may run it.
    pub(crate) role: Option<&'static str>,
}

/// One object for which a rule could not be decided.
#[derive(Debug, Clone)]
pub(crate) struct Undetermined {
    pub(crate) rule: &'static Rule,
    /// What it is about: a CRN, or the id of a key.
    pub(crate) subject: Symbol,
    pub(crate) needs: Needed,
}

/// What the rules put down.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) found: Vec<Finding>,
    pub(crate) undetermined: Vec<Undetermined>,
}
