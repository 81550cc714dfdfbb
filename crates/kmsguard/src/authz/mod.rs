//! Who may use which key: one attribute, one policy, one use, each true, false or unknown.
//!
//! The rule is the one that IBM publishes for its own migration tool (Key Protect docs, *Key Migration Tool*, as of 2026-07-30),
//! with a third answer, patterns, dependents and reasons. *Covered* means that IAM authorizes the use: network rules are
//! other gates.

mod asked;
mod attribute;
mod classes;
mod compare;
mod criteria;
mod decide;
mod evaluate;
mod explain;
mod fact;
mod index;
mod pair;
mod plain;
mod reason;
mod removal;
mod shape;
mod template;
mod texts;
mod tighten;
mod truth;
mod uses;

pub(crate) use asked::{
    AskedKey, AskedSource, AskedUse, Reach, SourceNotFound, asked_key, asked_use, find_source, reach, service_ids,
    usable_keys,
};
pub use attribute::{access, attribute, delegation};
pub(crate) use compare::is_granted_by;
pub use compare::{
    Difference, Redundancy, Redundant, Relation, Witness, WitnessFact, already_covered, difference, disjoint, implies,
    redundant, relate,
};
pub use criteria::Match;
pub(crate) use criteria::{Judge, Judged, worse};
pub use decide::{Decision, Dependent, Missing, MissingKind, UnknownFact, Verdict, decide};
pub use evaluate::{Evaluation, KeyUse, evaluate, is_considered, policy};
pub use explain::NearMiss;
pub use fact::{Fact, Source, Target};
pub use index::AuthorizationIndex;
pub(crate) use pair::{Pair, Wanted};
pub use reason::{Doubt, Mismatch, Note, Outcome, SideFact};
pub(crate) use removal::{Loss, losses};
pub use template::template;
pub(crate) use texts::{missing_text, note_text, role_name, subject_text};
pub use tighten::{Added, Tightened, tighten};
pub(crate) use tighten::{TightenedExports, Untouched, tightened};
pub use truth::Truth;
#[cfg(test)]
pub(crate) use uses::alone::deciding_alone;
pub(crate) use uses::{DecidedUse, decided_uses, decided_where};

#[cfg(test)]
mod attribute_tests;
#[cfg(test)]
mod decision_table;
#[cfg(test)]
mod policy_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod worked_cases;
