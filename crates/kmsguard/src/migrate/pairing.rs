//! Which key is to move to which: by the pairs of a table, by what the migration tool wrote, by intents that a report saw.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Reported;
use super::sources::is_hyper_protect;
use crate::inventory::{Inventory, Pair};

/// What pairs one key with others.
#[derive(Debug, Default)]
pub(super) struct Paired<'a> {
    /// By tables.
    pub(super) targets: BTreeSet<&'a str>,
    /// By intents that are set.
    pub(super) intents: BTreeSet<&'a str>,
    /// Whether a report says that no intent is set.
    pub(super) no_intent: bool,
    /// What the tool wrote, in the order of the inputs.
    pub(super) reported: Vec<Reported<'a>>,
    /// Whether one input has the same pair twice.
    pub(super) repeated: bool,
    /// The number of other sources that are to move to the same key.
    pub(super) sharing: usize,
}

/// All pairs, by source.
#[derive(Debug)]
pub(super) struct Pairing<'a> {
    by_source: BTreeMap<&'a str, Paired<'a>>,
    nothing: Paired<'a>,
    targets: BTreeSet<&'a str>,
}

impl<'a> Pairing<'a> {
    pub(super) fn of(inventory: &'a Inventory) -> Self {
        let mut by_source: BTreeMap<&str, Paired<'_>> = BTreeMap::new();
        let mut last: BTreeSet<(u32, &str, &str)> = BTreeSet::new();
        let mut by_target: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for pair in &inventory.pairs {
            let (source, target) = (inventory.text(pair.source), inventory.text(pair.target));
            let paired = by_source.entry(source).or_default();
            paired.targets.insert(target);
            paired.repeated |= !last.insert((pair.witness.place.input, source, target));
            by_target.entry(target).or_default().insert(source);
            if let Some(reported) = reported(inventory, pair) {
                paired.reported.push(reported);
            }
        }
        for intent in &inventory.intents {
            let source = inventory.text(intent.key);
            if !is_hyper_protect(source) {
                continue;
            }
            let paired = by_source.entry(source).or_default();
            match intent.target {
                Some(target) if intent.is_set => {
                    paired.intents.insert(inventory.text(target));
                    by_target.entry(inventory.text(target)).or_default().insert(source);
                }
                _ => paired.no_intent |= !intent.is_set,
            }
        }
        for paired in by_source.values_mut() {
            let shared = paired.targets.iter().chain(&paired.intents).filter_map(|target| by_target.get(target));
            paired.sharing = shared.map(|sources| sources.len().saturating_sub(1)).max().unwrap_or(0);
        }
        Self { by_source, nothing: Paired::default(), targets: by_target.into_keys().collect() }
    }

    /// The sources, by CRN.
    pub(super) fn sources(&self) -> impl Iterator<Item = &'a str> + '_ {
        let paired = |(_, paired): &(&&str, &Paired<'_>)| !paired.targets.is_empty() || !paired.intents.is_empty();
        self.by_source.iter().filter(paired).map(|(source, _)| *source)
    }

    /// Whether a key is to be moved to.
    pub(super) fn is_target(&self, key: &str) -> bool {
        self.targets.contains(key)
    }

    pub(super) fn of_source(&self, source: &str) -> &Paired<'a> {
        self.by_source.get(source).unwrap_or(&self.nothing)
    }
}

impl<'a> Paired<'a> {
    /// The one key to move to; none where there is none, or where several are named.
    pub(super) fn target(&self) -> Option<&'a str> {
        let named = if self.targets.is_empty() { &self.intents } else { &self.targets };
        let mut named = named.iter();
        named.next().copied().filter(|_| named.next().is_none())
    }

    /// Whether an intent is set, where something tells.
    pub(super) fn intent(&self) -> Option<bool> {
        let said = || self.reported.iter().filter_map(|one| Status::of(one.status?).intent());
        if !self.intents.is_empty() || said().any(|set| set) {
            Some(true)
        } else if self.no_intent || said().next().is_some() {
            Some(false)
        } else {
            None
        }
    }
}

fn reported<'a>(inventory: &'a Inventory, pair: &Pair) -> Option<Reported<'a>> {
    let told = pair.source_associations.is_some() || pair.target_associations.is_some() || pair.status.is_some();
    told.then(|| Reported {
        source_associations: pair.source_associations,
        target_associations: pair.target_associations,
        status: pair.status.map(|status| inventory.text(status)),
        witness: pair.witness,
    })
}

/// What became of an operation of the tool, as far as its words are documented.
///
/// Source: Key Protect docs, *Migrating from HPCS to Key Protect Dedicated with the Key Migration Tool*, *Troubleshooting*, as of
/// 2026-07-30.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status<'a> {
    /// It was done.
    Done,
    /// `create` found an intent.
    IntentExists,
    /// `sync` or `status` found none.
    NoIntent,
    /// Nothing is registered with the source.
    NoAssociations,
    /// `sync` came too soon; not before that moment.
    TooEarly(Option<&'a str>),
    /// There is no such key.
    KeyNotFound,
    /// Something else failed.
    Failed,
}

impl<'a> Status<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let has = |words: &str| text.contains(words);
        if !text.trim_start().to_ascii_uppercase().starts_with("FAILED") {
            Self::Done
        } else if has("Migration Intent already exists") {
            Self::IntentExists
        } else if has("No Migration Intent found") {
            Self::NoIntent
        } else if has("No associations were found") {
            Self::NoAssociations
        } else if has("REQ_TOO_EARLY_ERR") {
            let until = text.split("until at least ").nth(1).and_then(|rest| rest.split([' ', ',', ']']).next());
            Self::TooEarly(until)
        } else if has("KEY_NOT_FOUND_ERR") {
            Self::KeyNotFound
        } else {
            Self::Failed
        }
    }

    /// Whether an intent was set after the operation; making one, synchronizing and asking all need one to succeed.
    fn intent(self) -> Option<bool> {
        match self {
            Self::Done | Self::IntentExists | Self::TooEarly(_) => Some(true),
            Self::NoIntent => Some(false),
            Self::NoAssociations | Self::KeyNotFound | Self::Failed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn the_words_of_the_tool() {
        let cases = [
            ("FAILED - No associations were found for the key", Status::NoAssociations),
            ("FAILED - Migration Intent already exists for the key", Status::IntentExists),
            ("FAILED - No Migration Intent found for the key", Status::NoIntent),
            ("FAILED - crn must be specified to 10 segments", Status::Failed),
            (
                "FAILED - kp.Error: msg='Not Found', reasons='[KEY_NOT_FOUND_ERR: key does not exist]'",
                Status::KeyNotFound,
            ),
            (
                "FAILED - kp.Error: reasons='[REQ_TOO_EARLY_ERR: The key was updated recently: Please wait and try again: Sync cannot \
                 be performed until at least 2023-03-29T14:17:19Z - FOR_MORE_INFO_REFER: https://x]'",
                Status::TooEarly(Some("2023-03-29T14:17:19Z")),
            ),
            ("SUCCESS", Status::Done),
        ];
        for (text, status) in cases {
            assert_eq!(Status::of(text), status, "{text}");
        }
    }
}
