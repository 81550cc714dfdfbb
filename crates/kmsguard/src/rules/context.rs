//! What a rule may look at.

use crate::inventory::Inventory;
use crate::now::Now;

/// The inventory and the moment of the question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) inventory: &'a Inventory,
    #[expect(dead_code, reason = "the rules about dates read it")]
    pub(crate) now: Now,
}
