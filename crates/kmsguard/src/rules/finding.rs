//! What a rule finds, and what it could not decide.

use serde::{Deserialize, Serialize};

use super::registry::Rule;
use crate::ingest::ExportKind;
use crate::inventory::{Key, Symbol, Witness, instance_command};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

impl Severity {
    /// All, the worst first, by their names.
    pub(crate) const NAMES: &[(&str, Self)] = &[
        ("critical", Self::Critical),
        ("high", Self::High),
        ("medium", Self::Medium),
        ("low", Self::Low),
        ("info", Self::Info),
    ];
}

/// Where a command is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surface {
    /// The `ibmcloud` command line.
    Cli,
    /// An HTTP request.
    Rest,
    /// Terraform.
    Terraform,
}

/// A command that a remediation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Command {
    pub(crate) surface: Surface,
    /// What it does.
    pub(crate) text: String,
    /// What to type.
    pub(crate) command: String,
}

impl Command {
    /// A command line of `ibmcloud`.
    pub(crate) fn cli(text: impl Into<String>, command: impl Into<String>) -> Self {
        Self { surface: Surface::Cli, text: text.into(), command: command.into() }
    }

    /// An HTTP request, as `curl` makes it.
    pub(crate) fn rest(text: impl Into<String>, command: impl Into<String>) -> Self {
        Self { surface: Surface::Rest, text: text.into(), command: command.into() }
    }

    /// A resource of Terraform.
    pub(crate) fn terraform(text: impl Into<String>, command: impl Into<String>) -> Self {
        Self { surface: Surface::Terraform, text: text.into(), command: command.into() }
    }
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
    /// The ids of the authorizations.
    pub(crate) policies: Vec<String>,
    pub(crate) evidence: Vec<Witness>,
    /// What tells this finding from others of its rule on the same key.
    pub(crate) identity: String,
    pub(crate) remediation: String,
    pub(crate) commands: Vec<Command>,
}

/// Whether a fact or an export is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NeededKind {
    Fact,
    Export,
}

/// What an undecided rule needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Needed {
    pub(crate) kind: NeededKind,
    /// The name of the fact, or the kind of export.
    pub(crate) name: String,
    /// The CRN of that of which it is needed, if there is one.
    pub(crate) of: Option<String>,
    /// Why.
    pub(crate) why: String,
    /// The command that makes it.
    pub(crate) command: Option<String>,
    /// The least role that may run it.
    pub(crate) role: Option<String>,
}

/// One object for which a rule could not be decided.
#[derive(Debug, Clone)]
pub(crate) struct Undetermined {
    pub(crate) rule: &'static Rule,
    /// What it is about: a CRN, or the id of a key.
    pub(crate) subject: Symbol,
    pub(crate) needs: Needed,
}

/// One authorization for which a rule could not be decided.
#[derive(Debug, Clone)]
pub(crate) struct UndeterminedPolicy {
    pub(crate) rule: &'static Rule,
    /// Its place in the inventory.
    pub(crate) policy: usize,
    pub(crate) needs: Needed,
}

/// What the rules put down.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) found: Vec<Finding>,
    pub(crate) undetermined: Vec<Undetermined>,
    pub(crate) undetermined_policies: Vec<UndeterminedPolicy>,
}

impl Needed {
    /// A list of a KMS instance, with the command that makes it.
    pub(crate) fn list_of(kind: ExportKind, instance: &str, why: &str) -> Self {
        Self {
            kind: NeededKind::Export,
            name: kind.name().to_owned(),
            of: Some(instance.to_owned()),
            why: why.to_owned(),
            command: instance_command(kind, instance),
            role: Some("Reader".to_owned()),
        }
    }
}

impl Finding {
    /// A finding about a key, as bad as its rule is.
    pub(crate) fn of_key(rule: &'static Rule, key: &Key, message: String) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message,
            account: key.account,
            key: Some(key.crn),
            resources: Vec::new(),
            policies: Vec::new(),
            evidence: vec![key.witness],
            identity: String::new(),
            remediation: String::new(),
            commands: Vec::new(),
        }
    }
}
