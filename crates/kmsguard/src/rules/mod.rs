//! The rules: one file each, one readable table of them all.

mod context;
mod finding;
mod registry;
mod share001;

pub(crate) use context::Context;
pub use finding::Severity;
pub(crate) use finding::{Finding, Findings, Undetermined};
pub(crate) use registry::check_all;
pub use registry::{RULES, Rule};
