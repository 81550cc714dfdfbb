//! The configuration: which rules are checked and how, what accounts are called, and which findings are accepted.
//!
//! It is a document of plain tables, lists and texts. The command reads it from `kmsguard.toml`; to the core it comes as JSON.

mod fault;
mod glob;
mod model;
mod read;
mod suppression;

pub use fault::{Fault, FaultKind};
pub use model::{Account, Configuration, RuleChoice, Windows};
pub(crate) use read::nearest;
pub use suppression::{Malformed, Suppression};
