//! The policies that come nearest to a use that none covers.

use super::evaluate::{KeyUse, Note, Outcome, evaluate};
use super::truth::Truth;
use crate::policy::Authorization;

/// A condition in which a near policy fails, or of which it is not known whether it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The policy, by its place in the list that was given.
    pub policy: usize,
    /// The condition.
    pub note: Note,
}

/// A policy that fails in more conditions than this is another policy, not a near one.
const MOST_MISMATCHES: usize = 2;

/// At most this many near policies are told.
const MOST_POLICIES: usize = 5;

/// At most this many policies are looked at: an account with thousands of key-scoped policies has no use for more.
const MOST_LOOKED_AT: usize = 512;

/// The nearest policies, nearest first, each with all conditions in which it fails or may fail. Those that may apply are given
/// with theirs.
pub(super) fn near_misses<'p>(
    key_use: &KeyUse<'_>,
    policies: impl Iterator<Item = (usize, &'p Authorization)>,
    possible: impl Iterator<Item = (usize, Vec<Note>)>,
) -> Vec<NearMiss> {
    let failed = policies.take(MOST_LOOKED_AT).filter_map(|(index, policy)| {
        let mut notes = Vec::new();
        if evaluate(policy, key_use, Some(&mut notes)).applies != Truth::False {
            return None;
        }
        let failed = notes.iter().filter(|note| matches!(note.outcome, Outcome::Mismatch(_))).count();
        (1..=MOST_MISMATCHES).contains(&failed).then_some((failed, index, notes))
    });
    let mut near: Vec<(usize, usize, Vec<Note>)> =
        possible.map(|(index, notes)| (0, index, notes)).chain(failed).collect();
    near.sort_by_key(|(failed, index, _)| (*failed, *index));
    near.truncate(MOST_POLICIES);
    near.into_iter()
        .flat_map(|(_, policy, notes)| notes.into_iter().map(move |note| NearMiss { policy, note }))
        .collect()
}
