//! The words of an assessment.

use std::borrow::Cow;

use serde::Serialize;

use crate::catalog::Source;
use crate::inventory::Witness;

/// What an action comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ImpactVerdict"))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing breaks.
    Safe,
    /// Something cannot be reached, restarted or restored.
    Degrades,
    /// Data or backups are lost.
    Destroys,
    /// The action, as given, will be refused, and nothing changes.
    Blocked,
    /// Something that is not known could make it worse.
    Unknown,
}

/// Whether an effect takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// It does.
    Certain,
    /// It may.
    Possible,
}

/// What a reason rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ReasonKind {
    /// A registration of a key.
    Registration,
    /// Something that a service instance says of itself.
    Parameter,
    /// A policy of the key.
    Policy,
    /// The key itself.
    Key,
    /// A fact of the catalogue.
    Catalogue,
}

/// Why something is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) kind: ReasonKind,
    /// The CRN or the name of what it is about.
    pub(crate) about: String,
    pub(crate) text: String,
    /// The page that says so.
    pub(crate) source: Option<Source>,
    /// Where an export says so.
    pub(crate) evidence: Option<Witness>,
}

/// Why an action will be refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Blocker {
    pub(crate) reason: Reason,
    /// Whether force gets past it.
    pub(crate) yields_to_force: bool,
}

/// A command to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// What it does.
    pub(crate) text: String,
    pub(crate) command: String,
}

/// Something that is not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Needed {
    /// Whether it is an export, as opposed to a fact.
    pub(crate) export: bool,
    pub(crate) name: Cow<'static, str>,
    pub(crate) of: Option<String>,
    pub(crate) why: String,
    pub(crate) command: Option<String>,
    pub(crate) role: Option<&'static str>,
    /// Whether it could make the verdict worse; otherwise it is only said.
    pub(crate) decides: bool,
    /// What it could come to at the worst.
    pub(crate) worst: Verdict,
}
