//! Looks for a text that is like some patterns and like none of others, within a bound.

use std::cell::Cell;
use std::collections::{BTreeSet, VecDeque};

use crate::policy::Token;

/// The bound of a search was reached: it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Undecided;

/// A pattern, in its parts.
pub(super) type Pattern = Vec<Token>;

/// How many steps a search may take before it gives up.
const MOST_STEPS: usize = 200_000;

/// What all comparisons of a list may cost together: hundreds of policies make tens of thousands of pairs, each of which could take
/// as long as one search may.
const MOST_OF_A_LIST: usize = 16_000_000;

/// What a step of a search costs beside two patterns that are looked at together.
const COST_OF_STEP: usize = 8;

/// What comparisons may still cost.
#[derive(Debug)]
pub(super) struct Budget(Cell<usize>);

impl Budget {
    /// For a comparison by itself.
    pub(super) const fn of_one() -> Self {
        Self(Cell::new(usize::MAX))
    }

    /// For the comparisons of a list.
    pub(super) const fn of_a_list() -> Self {
        Self(Cell::new(MOST_OF_A_LIST))
    }

    /// As little as is wanted.
    #[cfg(test)]
    pub(super) const fn of(cost: usize) -> Self {
        Self(Cell::new(cost))
    }

    /// Takes a cost, if so much is left. Once it is not, nothing is: what comes later is not known either, however short it is, so that
    /// an answer does not depend on which comparisons happen to be short.
    pub(super) fn take(&self, cost: usize) -> Result<(), Undecided> {
        let left = self.0.get().checked_sub(cost);
        self.0.set(left.unwrap_or(0));
        left.map(drop).ok_or(Undecided)
    }
}

/// Whether every text that is like one of some patterns is like one of others, where that is seen from how they begin and end: then it
/// takes no search. Nearly all patterns that people write are a beginning and a run.
pub(super) fn seen_at_once(
    patterns: &[Pattern],
    others: &[Pattern],
    budget: &Budget,
) -> Result<Option<bool>, Undecided> {
    budget.take(patterns.len().saturating_mul(others.len()))?;
    // What stands for its runs and single letters may be letters that none of the others names, as many as are wanted. So one text of
    // the pattern is like none of them, if each asks for a letter where the pattern does not.
    if patterns.iter().any(|pattern| others.iter().all(|other| asks_for_more(other, pattern))) {
        return Ok(Some(false));
    }
    let within = |pattern: &Pattern| others.iter().any(|other| other == pattern || holds(other, pattern));
    Ok(patterns.iter().all(within).then_some(true))
}

/// Whether one pattern begins or ends with a letter where another pattern does not have this letter.
fn asks_for_more(one: &Pattern, other: &Pattern) -> bool {
    fn ahead<'p>(one: impl Iterator<Item = &'p Token>, mut other: impl Iterator<Item = &'p Token>) -> bool {
        for token in one {
            if !matches!(token, Token::Literal(_)) {
                return false;
            }
            if other.next() != Some(token) {
                return true;
            }
        }
        other.next().is_some()
    }
    ahead(one.iter(), other.iter()) || ahead(one.iter().rev(), other.iter().rev())
}

/// Whether a pattern is letters and a run behind or before them, and another begins or ends with the letters.
fn holds(one: &Pattern, other: &Pattern) -> bool {
    let letters = |tokens: &[Token]| tokens.iter().all(|token| matches!(token, Token::Literal(_)));
    match one.as_slice() {
        [start @ .., Token::Run] if letters(start) => other.starts_with(start),
        [Token::Run, end @ ..] if letters(end) => other.ends_with(end),
        _ => false,
    }
}

/// Where one stands in each of several patterns after some text: the pattern, and how many of its parts are used up.
#[derive(Debug, Clone)]
pub(super) struct States<'p> {
    patterns: &'p [Pattern],
    places: BTreeSet<(usize, usize)>,
}

impl<'p> States<'p> {
    pub(super) fn of(patterns: &'p [Pattern]) -> Self {
        let mut states = Self { patterns, places: BTreeSet::new() };
        for pattern in 0..patterns.len() {
            states.enter(pattern, 0);
        }
        states
    }

    fn token(&self, pattern: usize, place: usize) -> Option<Token> {
        self.patterns.get(pattern)?.get(place).copied()
    }

    /// Stands at a place, and, as a run may be empty, behind the runs that begin there.
    fn enter(&mut self, pattern: usize, mut place: usize) {
        while self.places.insert((pattern, place)) && self.token(pattern, place) == Some(Token::Run) {
            place += 1;
        }
    }

    fn step(&self, letter: char) -> Self {
        let mut next = Self { patterns: self.patterns, places: BTreeSet::new() };
        for (pattern, place) in &self.places {
            match self.token(*pattern, *place) {
                Some(Token::Run) => next.enter(*pattern, *place),
                Some(Token::One) => next.enter(*pattern, place + 1),
                Some(Token::Literal(wanted)) if wanted == letter => next.enter(*pattern, place + 1),
                Some(Token::Literal(_)) | None => {}
            }
        }
        next
    }

    fn accept(&self) -> bool {
        self.places.iter().any(|(pattern, place)| self.token(*pattern, *place).is_none())
    }

    pub(super) fn take(mut self, text: &str) -> bool {
        for letter in text.chars() {
            self = self.step(letter);
        }
        self.accept()
    }
}

/// The shortest text that is like one pattern of each list, and like none of `not`; the empty text only where there is no other.
///
/// Walks through all places at which one can stand in all patterns at once. Letters that no pattern names are alike to them
/// all, so one of those is enough.
pub(super) fn search(lists: &[Vec<Pattern>], not: &[Pattern], budget: &Budget) -> Result<Option<String>, Undecided> {
    let named: BTreeSet<char> = lists
        .iter()
        .flatten()
        .chain(not)
        .flatten()
        .filter_map(|token| match token {
            Token::Literal(letter) => Some(*letter),
            Token::Run | Token::One => None,
        })
        .collect();
    let other = ('a'..='z').chain('0'..='9').chain('\u{100}'..='\u{fff}').find(|letter| !named.contains(letter));
    let letters: Vec<char> = other.into_iter().chain(named).collect();
    let all: Vec<&[Pattern]> = lists.iter().map(Vec::as_slice).chain([not]).collect();
    let accepted = |states: &[States<'_>]| match states.split_last() {
        Some((not, wanted)) => !not.accept() && wanted.iter().all(States::accept),
        None => false,
    };
    let first: Vec<States<'_>> = all.iter().map(|patterns| States::of(patterns)).collect();
    let empty = accepted(&first).then(String::new);
    let places = |states: &[States<'_>]| states.iter().map(|one| one.places.clone()).collect::<Vec<_>>();
    let mut seen = BTreeSet::from([places(&first)]);
    let mut waiting = VecDeque::from([(first, String::new())]);
    let mut steps = 0_usize;
    while let Some((states, text)) = waiting.pop_front() {
        for letter in &letters {
            let step = 1 + states.iter().map(|one| one.places.len()).sum::<usize>();
            steps += step;
            if steps > MOST_STEPS || budget.take(step * COST_OF_STEP).is_err() {
                return empty.map_or(Err(Undecided), |text| Ok(Some(text)));
            }
            let next: Vec<States<'_>> = states.iter().map(|one| one.step(*letter)).collect();
            // A list in which one stands nowhere any more is never fulfilled again.
            if next.iter().take(lists.len()).any(|one| one.places.is_empty()) {
                continue;
            }
            let mut longer = text.clone();
            longer.push(*letter);
            if accepted(&next) {
                return Ok(Some(longer));
            }
            if seen.insert(places(&next)) {
                waiting.push_back((next, longer));
            }
        }
    }
    Ok(empty)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::policy::tokens;

    fn patterns(texts: &[String]) -> Vec<Pattern> {
        texts.iter().map(|text| tokens(text)).collect()
    }

    #[test]
    fn what_people_write_is_seen_at_once() {
        let seen = |one: &str, others: &[&str]| {
            let others: Vec<String> = others.iter().map(|text| (*text).to_owned()).collect();
            seen_at_once(&patterns(&[one.to_owned()]), &patterns(&others), &Budget::of_one())
        };
        assert_eq!(seen("prod-eu-*", &["prod-*"]), Ok(Some(true)));
        assert_eq!(seen("*-eu-prod", &["*-prod"]), Ok(Some(true)));
        assert_eq!(seen("prod-*", &["dev-*", "test-*"]), Ok(Some(false)));
        assert_eq!(seen("prod-*", &["prod-eu-*", "prod-us-*"]), Ok(Some(false)));
        assert_eq!(seen("*", &["a*"]), Ok(Some(false)));
        assert_eq!(seen("a*b", &["*c*"]), Ok(None), "a search tells");
    }

    proptest! {
        #[test]
        fn what_is_seen_at_once_is_what_a_search_finds(
            one in prop::collection::vec("[ab*?]{1,5}", 1..3),
            others in prop::collection::vec("[ab*?]{1,5}", 0..3),
        ) {
            let (one, others) = (patterns(&one), patterns(&others));
            let found = search(std::slice::from_ref(&one), &others, &Budget::of_one()).expect("short patterns are decided");
            if let Some(within) = seen_at_once(&one, &others, &Budget::of_one()).expect("it is not bounded") {
                prop_assert_eq!(within, found.is_none());
            }
        }
    }
}
