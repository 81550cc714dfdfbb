//! What plans of Terraform are to change.

use serde::Serialize;

use super::AuthorizationParts;
use crate::inventory::{Change, Inventory};

/// A change that a plan of Terraform is to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlannedChange {
    /// The address of the resource.
    pub address: String,
    /// Its type, such as `ibm_kms_key`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `create`, `update`, `delete`, in the order in which they happen.
    pub actions: Vec<String>,
    /// Its CRN, where it exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crn: Option<String>,
    /// The CRNs of the keys that it names afterwards, as far as they are known; sorted.
    pub keys: Vec<String>,
    /// The addresses of the keys it refers to that are known only when the plan is applied; sorted.
    pub key_references: Vec<String>,
    /// Whether it names a key of which nothing is known before the plan is applied.
    pub key_unknown: bool,
    /// Whether a key is deleted though something is registered with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force_delete: Option<bool>,
    /// The authorization that is made, changed or deleted, if it is one. What is known only when the plan is applied is unknown in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization: Option<AuthorizationParts>,
    /// The plan.
    pub input: String,
    /// Where it stands in it.
    pub pointer: String,
}

impl Inventory {
    /// What plans of Terraform are to change, in the order of the inputs.
    #[must_use]
    pub fn planned_changes(&self) -> Vec<PlannedChange> {
        let text = |symbol| self.text(symbol).to_owned();
        let report = |change: &Change| {
            let input = self.sources.get(change.witness.place.input as usize);
            PlannedChange {
                address: text(change.address),
                kind: text(change.kind),
                actions: change.actions.iter().copied().map(text).collect(),
                crn: change.crn.map(text),
                keys: change.keys.iter().copied().map(text).collect(),
                key_references: change.key_references.iter().copied().map(text).collect(),
                key_unknown: change.key_unknown,
                force_delete: change.force_delete,
                authorization: change
                    .policy
                    .as_deref()
                    .map(|policy| AuthorizationParts::of_row(self, policy, change.witness)),
                input: input.map(|source| source.input.name.clone()).unwrap_or_default(),
                pointer: self.pointer(change.witness),
            }
        };
        let is_change = |change: &&Change| !change.is_idle(self) && self.text(change.kind).starts_with("ibm_");
        self.changes.iter().filter(is_change).map(report).collect()
    }
}
