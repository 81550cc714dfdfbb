//! The rules: one file each, one readable table of them all.

mod auth001;
mod auth002;
mod auth003;
mod auth010;
mod authorized;
mod blast_radius;
mod context;
mod eol001;
mod fail_on;
mod finding;
mod key001;
mod key002;
mod key003;
mod mend;
mod options;
mod registry;
mod share001;
mod words;

pub(crate) use blast_radius::reasoning;
pub(crate) use context::Context;
pub use fail_on::FailOn;
pub use finding::Severity;
pub(crate) use finding::{Finding, Findings, NeededKind, Surface, Undetermined};
pub use options::RuleOptions;
pub(crate) use registry::check;
pub use registry::{RULES, Rule};
