//! What rules have in common: names for people, and the deployments behind uses.

use crate::inventory::{Inventory, Key, Symbol, Use};
use crate::order::Arrange as _;

/// `a`, `b and c`.
pub(super) fn list<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// `1 deployment`, `2 deployments`.
pub(super) fn count(number: usize, of: &str) -> String {
    if number == 1 { format!("1 {of}") } else { format!("{number} {of}s") }
}

/// The name of a key, or its id.
pub(super) fn key<'a>(inventory: &'a Inventory, key: &Key) -> &'a str {
    inventory.text(key.name.unwrap_or(key.id))
}

/// The name of a deployment, or its CRN.
pub(super) fn name(inventory: &Inventory, crn: Symbol) -> &str {
    inventory.text(inventory.instance(crn).and_then(|instance| instance.name).unwrap_or(crn))
}

/// The name of a deployment, or its CRN, as a message shows what stands in an input.
pub(super) fn quoted(inventory: &Inventory, crn: Symbol) -> String {
    format!("`{}`", name(inventory, crn))
}

/// The deployments of uses, each once, in no order that a person would see: answers put the resources of a finding in order.
pub(super) fn deployments(uses: &[&Use]) -> Vec<Symbol> {
    let mut found: Vec<Symbol> = uses.iter().filter_map(|found| found.belongs.deployment()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The names of deployments, in the order of their CRNs.
pub(super) fn names(inventory: &Inventory, mut deployments: Vec<Symbol>) -> Vec<String> {
    deployments.arrange_by_key(|deployment| inventory.text(*deployment));
    deployments.into_iter().map(|deployment| quoted(inventory, deployment)).collect()
}

/// Whether a use is of a deployment that was deleted and waits for reclamation.
pub(super) fn is_soft_deleted(inventory: &Inventory, found: &Use) -> bool {
    let instance = found.belongs.deployment().and_then(|deployment| inventory.instance(deployment));
    instance.is_some_and(|instance| instance.is_soft_deleted(inventory))
}

/// The names of those who use a key, for the message of a finding.
pub(super) fn used_by(inventory: &Inventory, uses: &[&Use]) -> String {
    let deployments = deployments(uses);
    match deployments.len() {
        0 => format!("{} whose deployment is not known", count(uses.len(), "resource")),
        1..=5 => list(&names(inventory, deployments)),
        many => count(many, "deployment"),
    }
}
