//! The policies that come nearest to a use that none covers.

use super::evaluate::{KeyUse, evaluate, is_considered, mismatches};
use super::reason::Note;
use crate::order::Arrange as _;
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
pub(super) const MOST_LOOKED_AT: usize = 256;

/// The nearest policies, nearest first, each with all conditions in which it fails or may fail. Those that may apply are `told`
/// with theirs.
pub(super) fn near_misses(
    key_use: &KeyUse<'_>,
    policies: &[(usize, &Authorization)],
    mut told: Vec<(usize, &[Note])>,
) -> Vec<NearMiss> {
    told.arrange_by_key(|(index, _)| *index);
    // Those that may apply come before all that fail: of many, no more than are told are copied.
    let mut near: Vec<(usize, usize, Option<&Authorization>, Vec<Note>)> =
        told.iter().take(MOST_POLICIES).map(|(index, notes)| (0, *index, None, notes.to_vec())).collect();
    let is_told = |index: &usize| told.binary_search_by_key(index, |(index, _)| *index).is_ok();
    // None can be nearer than by one condition, so as many of those as are told end the search.
    let mut nearest = 0;
    let searched = if near.len() < MOST_POLICIES { MOST_LOOKED_AT } else { 0 };
    let considered = policies.iter().copied().filter(|(_, policy)| is_considered(policy));
    for (index, policy) in considered.filter(|(index, _)| !is_told(index)).take(searched) {
        let failed = mismatches(policy, key_use);
        if (1..=MOST_MISMATCHES).contains(&failed) {
            near.push((failed, index, Some(policy), Vec::new()));
            nearest += usize::from(failed == 1);
        }
        if nearest >= MOST_POLICIES {
            break;
        }
    }
    near.arrange_by_key(|(failed, index, ..)| (*failed, *index));
    near.truncate(MOST_POLICIES);
    for (_, _, policy, notes) in &mut near {
        if let Some(policy) = policy {
            let _ = evaluate(policy, key_use, Some(notes));
        }
    }
    near.into_iter()
        .flat_map(|(_, policy, _, notes)| notes.into_iter().map(move |note| NearMiss { policy, note }))
        .collect()
}
