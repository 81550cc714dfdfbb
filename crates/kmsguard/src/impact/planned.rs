//! A plan of Terraform as a set of actions.

use super::action::{Action, ActionKind, NotFound};
use crate::inventory::Inventory;

/// The actions with those of plans in the place of the plans.
pub(super) fn expanded<'a>(inventory: &'a Inventory, actions: &[Action<'a>]) -> Result<Vec<Action<'a>>, NotFound> {
    let mut expanded = Vec::with_capacity(actions.len());
    for action in actions {
        if action.kind == ActionKind::Terraform {
            expanded.extend(actions_of(inventory, action)?);
        } else {
            expanded.push(action.clone());
        }
    }
    Ok(expanded)
}

/// What the plan in an input takes away.
fn actions_of<'a>(inventory: &'a Inventory, plan: &Action<'_>) -> Result<Vec<Action<'a>>, NotFound> {
    let asked = plan.target.as_ref();
    if !inventory.sources.iter().any(|source| source.input.name == asked) {
        return Err(NotFound::Plan { asked: asked.to_owned() });
    }
    let of_plan = inventory.changes.iter().filter(|change| {
        let source = inventory.sources.get(change.witness.place.input as usize);
        source.is_some_and(|source| source.input.name == asked)
    });
    let deleted = of_plan.filter(|change| change.actions.iter().any(|action| inventory.text(*action) == "delete"));
    let action = |change: &'a crate::inventory::Change| {
        let (kind, target) = match inventory.text(change.kind) {
            "ibm_kms_key" => (ActionKind::DeleteKey, inventory.text(change.crn?)),
            "ibm_iam_authorization_policy" => (ActionKind::RevokePolicy, change.policy.as_ref()?.id.as_deref()?),
            _ => (ActionKind::DeleteInstance, inventory.text(change.crn?)),
        };
        Some(Action { kind, target: target.into(), force: plan.force || change.force_delete == Some(true) })
    };
    Ok(deleted.filter_map(action).collect())
}
