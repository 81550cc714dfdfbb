//! The rules: one file each, one readable table of them all.

mod auth001;
mod auth002;
mod auth003;
mod auth010;
mod authorized;
mod context;
mod eol001;
mod finding;
mod key001;
mod key002;
mod key003;
mod options;
mod registry;
mod share001;
mod words;

pub(crate) use context::Context;
pub use finding::Severity;
pub(crate) use finding::{Finding, Findings, NeededKind, Undetermined};
pub use options::RuleOptions;
pub(crate) use registry::check;
pub use registry::{RULES, Rule};
