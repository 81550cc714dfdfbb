//! What a rule may look at.

use super::RuleOptions;
use crate::authz::DecidedUse;
use crate::inventory::Inventory;
use crate::now::Now;

/// The inventory, what was decided of its uses, the moment of the question, and the windows that were set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) inventory: &'a Inventory,
    pub(crate) decided: &'a [DecidedUse<'a>],
    pub(crate) now: Now,
    pub(crate) options: RuleOptions,
}
