//! The rows of the inventory.

use super::deployment::Belongs;
use super::evidence::Witness;
use super::interner::Symbol;

/// A key of the inventory, by its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct KeyIndex(pub(crate) u32);

/// Whether the registrations of a key were exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Registrations {
    /// A list of its KMS instance was read, as far as can be told whole.
    Read,
    /// A list was read and is known to be cut.
    Cut,
    /// No list was read.
    Missing,
}

/// A key.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) crn: Symbol,
    pub(crate) id: Symbol,
    pub(crate) name: Option<Symbol>,
    /// The CRN of its KMS instance.
    pub(crate) instance: Symbol,
    pub(crate) service: Symbol,
    pub(crate) account: Option<Symbol>,
    pub(crate) location: Symbol,
    pub(crate) registrations: Registrations,
    pub(crate) witness: Witness,
}

/// One resource uses one key.
#[derive(Debug, Clone)]
pub(crate) struct Use {
    /// The key, where exactly one key of the inventory has the id.
    pub(crate) key: Option<KeyIndex>,
    pub(crate) key_id: Symbol,
    /// The CRN as registered.
    pub(crate) resource: Symbol,
    /// Whose use it is.
    pub(crate) belongs: Belongs,
    /// The service of the resource; empty where its CRN cannot be read.
    pub(crate) service: Symbol,
    pub(crate) account: Option<Symbol>,
    /// Where it was read, in order.
    pub(crate) witnesses: Vec<Witness>,
}
