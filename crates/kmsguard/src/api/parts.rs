//! Parts that several answers are made of: evidence, commands, and what would settle a doubt.

use hashbrown::HashSet;
use serde::Serialize;

use crate::authz::Wanted;
use crate::inventory::{Inventory, Scalar, SharedText, Witness};

/// So many places of a finding are told, and one of each further input.
const MOST_PLACES: usize = 10;

/// Where something was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The name of the input.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub input: SharedText,
    /// The JSON pointer to the value.
    pub pointer: String,
    /// The line on which the value stands, from 1.
    pub line: u32,
    /// The value: a text, a number or a truth value; null for anything longer.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
    pub value: Scalar,
}

impl Evidence {
    /// The first places of a finding, and of the rest those in an input that none of them names; and how many are left out. Ten places
    /// tell a person enough; which inputs it rests on is told whole, because a later audit is held against them.
    pub(super) fn of_finding(inventory: &Inventory, witnesses: &[Witness]) -> (Vec<Self>, u32) {
        let mut named = HashSet::new();
        let told = witnesses.iter().enumerate();
        let told = told.filter(|(number, witness)| named.insert(witness.place.input) || *number < MOST_PLACES);
        let told: Vec<Self> = told.map(|(_, witness)| Self::of(inventory, *witness)).collect();
        let left_out = u32::try_from(witnesses.len() - told.len()).unwrap_or(u32::MAX);
        (told, left_out)
    }

    pub(super) fn of(inventory: &Inventory, witness: Witness) -> Self {
        let shown = inventory.show(witness);
        Self { input: shown.input, pointer: shown.pointer, line: shown.line, value: shown.value }
    }
}

/// Where a command is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Surface {
    /// The `ibmcloud` command line.
    Cli,
    /// An HTTP request.
    Rest,
    /// Terraform.
    Terraform,
}

/// Something to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Command {
    /// Where.
    pub surface: Surface,
    /// What it does.
    pub text: String,
    /// What to type.
    pub command: String,
}

/// Whether a fact or an export is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum UnknownKind {
    /// A fact.
    Fact,
    /// An export.
    Export,
}

/// What would settle something that could not be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unknown {
    /// A fact or an export.
    pub kind: UnknownKind,
    /// Its name: for an export, the kind of input.
    pub name: String,
    /// Of what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Why it is needed.
    pub why: String,
    /// The command that makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// The least role that may run it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// What would settle a doubt, as answers show it.
pub(super) fn unknown(wanted: Wanted) -> Unknown {
    Unknown {
        kind: if wanted.export.is_some() { UnknownKind::Export } else { UnknownKind::Fact },
        name: wanted.name,
        of: wanted.of,
        why: wanted.why,
        command: wanted.command,
        role: wanted.role.map(str::to_owned),
    }
}
