//! Authorizations as sets of uses: whether one lets in all that another does, whether they share any, and what the one lets in and
//! the other does not.
//!
//! Exact for equality, lists and existence; patterns are decided by a search that is bounded, and beyond the bound the answer is
//! *unknown*. A policy that leaves out what every policy must name lets nobody in: it is the empty set, never a wide one.

mod redundant;
mod region;
mod relation;
mod role;
mod search;
mod values;

pub(crate) use redundant::is_granted_by;
pub use redundant::{Redundancy, Redundant, already_covered, redundant};
pub use relation::{Difference, Relation, Witness, WitnessFact, difference, disjoint, implies, relate};

#[cfg(test)]
mod properties;
