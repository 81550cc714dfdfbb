//! What a rule may look at.

use crate::inventory::Inventory;
use crate::now::Now;

/// The inventory and the moment of the question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) inventory: &'a Inventory,
    pub(crate) now: Now,
}
