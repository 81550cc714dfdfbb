//! The words of a migration.

use serde::Serialize;

use super::association::Association;
use super::candidates::Candidate;
use super::fault::FaultKind;
use super::steps::Step;
use crate::authz::Wanted;
use crate::inventory::{KeyState, Symbol, Witness};
use crate::now::Now;
use crate::policy::Forms;

/// How far a key is from moving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// Everything that was registered with it is registered with the other key.
    Moved,
    /// Nothing stands in the way.
    Ready,
    /// Nothing that is known stands in the way, but not everything is known.
    Unknown,
    /// Something stands in the way.
    NotReady,
}

/// What the exports say of the move of every key.
#[derive(Debug)]
pub(crate) struct Migration<'a> {
    /// By source key.
    pub(crate) rows: Vec<Row<'a>>,
    /// The authorizations to make: each form, and for how many resources.
    pub(crate) policies: Vec<(Forms, u32)>,
    /// The way ahead, each step with the earliest moment for it.
    pub(crate) steps: Vec<Step>,
    /// What was read that tells of uses.
    pub(crate) seen: Vec<String>,
    /// What is not known of the whole, and whether that leaves the outcome open.
    pub(crate) unknown: Vec<(Wanted, bool)>,
}

/// What is known of a key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeySide<'a> {
    pub(crate) crn: &'a str,
    pub(crate) id: &'a str,
    pub(crate) name: Option<&'a str>,
    pub(crate) instance: &'a str,
    pub(crate) account: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
    pub(crate) state: KeyState,
    /// `Some(false)`: a root key.
    pub(crate) extractable: Option<bool>,
    pub(crate) state_witness: Option<Witness>,
    pub(crate) expires_at: Option<&'a str>,
}

/// A key to move from.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    pub(crate) source: KeySide<'a>,
    pub(crate) target: Option<KeySide<'a>>,
    /// Whether the target's KMS instance is of Key Protect Dedicated.
    pub(crate) dedicated: Option<bool>,
    /// Keys that could be the target, where none is named; and how many more there are.
    pub(crate) candidates: Vec<Candidate<'a>>,
    pub(crate) more_candidates: usize,
    /// By resource.
    pub(crate) associations: Vec<Association<'a>>,
    /// The resources that an export shows with the target.
    pub(crate) resources_on_target: Vec<Symbol>,
    /// Whether an intent to move is set on the source, where something tells.
    pub(crate) intent: Option<bool>,
    /// What the migration tool wrote, in the order of the inputs.
    pub(crate) reported: Vec<Reported<'a>>,
    pub(crate) faults: Vec<FaultKind>,
    /// What is not known and would settle something.
    pub(crate) unknown: Vec<Wanted>,
    pub(crate) readiness: Readiness,
    pub(crate) next: Next,
}

impl Row<'_> {
    /// The place that shows a fault, where one does.
    pub(crate) fn witness(&self, fault: &FaultKind) -> Option<Witness> {
        match fault {
            FaultKind::SourceState(_) => self.source.state_witness,
            FaultKind::TargetState(_) => self.target.and_then(|target| target.state_witness),
            FaultKind::ToolFailed(status) => {
                self.reported.iter().find(|one| one.status == Some(status.as_str())).map(|one| one.witness)
            }
            _ => None,
        }
    }
}

/// What the migration tool wrote of a pair.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reported<'a> {
    pub(crate) source_associations: Option<u32>,
    pub(crate) target_associations: Option<u32>,
    pub(crate) status: Option<&'a str>,
    pub(crate) witness: Witness,
}

/// What comes next for a key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Next {
    pub(crate) action: String,
    pub(crate) command: Option<String>,
    pub(crate) not_before: Option<Now>,
}
