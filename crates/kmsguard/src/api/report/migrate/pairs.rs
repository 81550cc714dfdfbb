//! The pairs as IBM's migration tool takes them: no heading, the key to move from, the key to move to.
//!
//! A pair that is still to be made has an empty second cell, and what could stand there after it: none of it is taken for the truth.

use core::fmt::{self, Write};

use crate::api::{KeyState, KeyType, MigrateAnswer};
use crate::report::csv::row;

pub(super) fn pairs(answer: &MigrateAnswer, sink: &mut dyn Write) -> fmt::Result {
    let movable = |state| !matches!(state, KeyState::Destroyed | KeyState::PreActivation);
    for one in answer.rows.iter().filter(|one| one.kind != Some(KeyType::Standard)) {
        match &one.target_key {
            Some(target) => sink.write_str(&row([one.source_key.as_str(), target]))?,
            None if movable(one.state) => {
                let candidates = one.candidates.iter().map(|candidate| candidate.key.as_str());
                sink.write_str(&row([one.source_key.as_str(), ""].into_iter().chain(candidates)))?;
            }
            None => {}
        }
    }
    Ok(())
}
