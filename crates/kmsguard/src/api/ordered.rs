//! A safe order, as answers show it.

use serde::Serialize;

use super::impact::{command, reason, unknown};
use super::{Command, Now, Reason, Unknown};
use crate::catalog::Source;
use crate::impact::{Order, OrderAction, OrderStep, OrderVerdict};
use crate::inventory::Inventory;

/// How long a step waits, and for what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderWait {
    /// For what.
    pub why: String,
    /// At the earliest, if the checks show that it may go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Now>,
    /// The cautious date, which decides; absent where no page says how long it takes, and the checks alone tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Now>,
    /// The page that says so.
    pub source: Source,
}

/// A step of a safe order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderStepReport {
    /// What is done.
    pub action: OrderAction,
    /// To what: its CRN, or its id.
    pub target: String,
    /// The same in words.
    pub text: String,
    /// How long it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<OrderWait>,
    /// What shows that it may go on.
    pub checks: Vec<Command>,
    /// What to run.
    pub commands: Vec<Command>,
    /// What brings it back: a command, or `support ticket`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<String>,
    /// Until when it can be brought back, where that is promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo_until: Option<Now>,
}

/// Whether there is a safe order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ordering {
    /// Whether there is one.
    pub verdict: OrderVerdict,
    /// Why there is none, by what it is about.
    pub because: Vec<Reason>,
    /// What is not known, and what would settle it.
    pub unknown: Vec<Unknown>,
}

/// What an order names.
pub(super) fn named(order: &Order) -> Vec<String> {
    let targets = order.steps.iter().map(|step| step.target.clone());
    let about = order.because.iter().map(|reason| reason.about.clone());
    targets.chain(about).chain(order.unknown.iter().filter_map(|needed| needed.of.clone())).collect()
}

pub(super) fn steps(order: &Order) -> Vec<OrderStepReport> {
    let step = |step: &OrderStep| OrderStepReport {
        action: step.action,
        target: step.target.clone(),
        text: step.text.clone(),
        wait: step.wait.as_ref().map(|wait| OrderWait {
            why: wait.why.clone(),
            earliest: wait.earliest,
            not_before: wait.not_before,
            source: wait.source,
        }),
        checks: step.checks.iter().map(command).collect(),
        commands: step.commands.iter().map(command).collect(),
        undo: step.undo.clone(),
        undo_until: step.undo_until,
    };
    order.steps.iter().map(step).collect()
}

pub(super) fn ordering(inventory: &Inventory, order: Order) -> Ordering {
    Ordering {
        verdict: order.verdict,
        because: order.because.into_iter().map(|one| reason(inventory, one)).collect(),
        unknown: order.unknown.into_iter().map(unknown).collect(),
    }
}
