//! What the conditions on one fact let through.

use std::collections::BTreeSet;

use super::search::{Budget, Pattern, States, Undecided, search, seen_at_once};
use crate::authz::attribute::{is_crn, is_guid_attribute};
use crate::policy::{Attribute, Operator, Token, Value, tokens};

/// A value of a fact, or none: there is no such thing.
pub(super) type Point = Option<String>;

/// A set of values of one fact.
#[derive(Debug, Clone)]
pub(super) struct Values {
    texts: Texts,
    /// Whether the fact may be none.
    none: bool,
}

#[derive(Debug, Clone)]
enum Texts {
    /// These alone.
    Only(BTreeSet<String>),
    /// All that are, for each of the lists, like one of its patterns.
    Like(Vec<Vec<Pattern>>),
}

impl Values {
    /// Whatever the fact is.
    pub(super) const fn all() -> Self {
        Self { texts: Texts::Like(Vec::new()), none: true }
    }

    /// This text alone.
    pub(super) fn only(text: &str) -> Self {
        Self { texts: Texts::Only(BTreeSet::from([text.to_owned()])), none: false }
    }

    /// What a condition lets through; none where it cannot be judged.
    pub(super) fn of(attribute: &Attribute) -> Option<Self> {
        let texts = match (&attribute.operator, &attribute.value) {
            (Operator::StringExists, Value::Bool(true)) => {
                return Some(Self { texts: Texts::Like(Vec::new()), none: false });
            }
            (Operator::StringExists, Value::Bool(false)) => {
                return Some(Self { texts: Texts::Only(BTreeSet::new()), none: true });
            }
            (Operator::Unknown(_), _) | (_, Value::Bool(_)) => return None,
            (_, Value::Texts(texts)) => texts,
        };
        if texts.is_empty() || (texts.len() > 1 && !attribute.operator.takes_list()) {
            return None;
        }
        // A whole CRN where a GUID belongs is equal to no fact.
        let guid = is_guid_attribute(&attribute.name);
        let texts: Vec<&str> = texts.iter().map(String::as_str).filter(|text| !guid || !is_crn(text)).collect();
        let patterns = match attribute.operator {
            Operator::StringMatch | Operator::StringMatchAnyOf => {
                let patterns: Vec<Pattern> = texts.iter().map(|text| tokens(text)).collect();
                // Every text is like a bare run.
                let is_run =
                    |pattern: &Pattern| !pattern.is_empty() && pattern.iter().all(|token| *token == Token::Run);
                if patterns.iter().any(is_run) {
                    return Some(Self { texts: Texts::Like(Vec::new()), none: false });
                }
                match patterns.iter().map(literal).collect::<Option<BTreeSet<String>>>() {
                    Some(literals) => Texts::Only(literals),
                    None => Texts::Like(vec![patterns]),
                }
            }
            Operator::StringExists => return None,
            _ => Texts::Only(texts.into_iter().map(str::to_owned).collect()),
        };
        Some(Self { texts: patterns, none: false })
    }

    /// What both let through.
    pub(super) fn and(self, other: Self) -> Self {
        let none = self.none && other.none;
        let texts = match (self.texts, other.texts) {
            (Texts::Like(mut lists), Texts::Like(more)) => {
                lists.extend(more);
                Texts::Like(lists)
            }
            (Texts::Only(texts), other) | (other, Texts::Only(texts)) => {
                Texts::Only(texts.into_iter().filter(|text| other.contains(text)).collect())
            }
        };
        Self { texts, none }
    }

    /// Whether a value is in the set.
    pub(super) fn contains(&self, value: Option<&str>) -> bool {
        value.map_or(self.none, |text| self.texts.contains(text))
    }

    /// A value in the set.
    pub(super) fn any(&self) -> Result<Option<Point>, Undecided> {
        self.common(&Self::all())
    }

    /// A value in both sets.
    pub(super) fn common(&self, other: &Self) -> Result<Option<Point>, Undecided> {
        let both = self.clone().and(other.clone());
        let text = match &both.texts {
            Texts::Only(texts) => texts.first().cloned(),
            Texts::Like(lists) => search(lists, &[], &Budget::of_one())?,
        };
        Ok(text.map(Some).or_else(|| both.none.then_some(None)))
    }

    /// A value in this set that is not in the other.
    pub(super) fn outside(&self, other: &Self) -> Result<Option<Point>, Undecided> {
        if let Some(text) = self.texts.outside(&other.texts)? {
            return Ok(Some(Some(text)));
        }
        Ok((self.none && !other.none).then_some(None))
    }

    /// Whether there is nothing in the set.
    pub(super) fn is_empty(&self, budget: &Budget) -> Result<bool, Undecided> {
        match &self.texts {
            _ if self.none => Ok(false),
            Texts::Only(texts) => Ok(texts.is_empty()),
            // There is a text like any one pattern.
            Texts::Like(lists) if lists.len() < 2 => Ok(false),
            Texts::Like(lists) => Ok(search(lists, &[], budget)?.is_none()),
        }
    }

    /// Whether all of this set is in the other: no value of it is outside, whichever that would be.
    pub(super) fn is_within(&self, other: &Self, budget: &Budget) -> Result<bool, Undecided> {
        if self.none && !other.none {
            return Ok(false);
        }
        match (&self.texts, &other.texts) {
            (Texts::Only(texts), Texts::Only(others)) => Ok(texts.is_subset(others)),
            (Texts::Only(texts), Texts::Like(lists)) => {
                let patterns = lists.iter().map(Vec::len).sum::<usize>();
                budget.take(patterns.saturating_mul(texts.iter().map(String::len).sum::<usize>()))?;
                Ok(texts.iter().all(|text| other.texts.contains(text)))
            }
            // Of texts like a pattern there are always more.
            (Texts::Like(lists), Texts::Only(_)) if lists.len() < 2 => Ok(false),
            (Texts::Like(lists), Texts::Only(texts)) => Ok(search(lists, &literals(texts), budget)?.is_none()),
            (Texts::Like(lists), Texts::Like(others)) => {
                let mut undecided = false;
                for other in others {
                    match are_within(lists, other, budget) {
                        Ok(true) => {}
                        Ok(false) => return Ok(false),
                        Err(Undecided) => undecided = true,
                    }
                }
                if undecided { Err(Undecided) } else { Ok(true) }
            }
        }
    }
}

/// Whether every text that is like a pattern of each list is like one of others.
fn are_within(lists: &[Vec<Pattern>], others: &[Pattern], budget: &Budget) -> Result<bool, Undecided> {
    let any = [vec![Token::Run]];
    if let [] | [_] = lists
        && let Some(within) = seen_at_once(lists.first().map_or(any.as_slice(), Vec::as_slice), others, budget)?
    {
        return Ok(within);
    }
    for list in lists {
        if seen_at_once(list, others, budget)? == Some(true) {
            return Ok(true);
        }
    }
    Ok(search(lists, others, budget)?.is_none())
}

/// Patterns that stand for one text each.
fn literals(texts: &BTreeSet<String>) -> Vec<Pattern> {
    texts.iter().map(|text| text.chars().map(Token::Literal).collect()).collect()
}

impl Texts {
    fn contains(&self, text: &str) -> bool {
        match self {
            Self::Only(texts) => texts.contains(text),
            Self::Like(lists) => {
                lists.iter().all(|list| list.iter().any(|pattern| States::of(std::slice::from_ref(pattern)).take(text)))
            }
        }
    }

    fn outside(&self, other: &Self) -> Result<Option<String>, Undecided> {
        match (self, other) {
            (Self::Only(texts), other) => Ok(texts.iter().find(|text| !other.contains(text)).cloned()),
            (Self::Like(lists), Self::Only(texts)) => search(lists, &literals(texts), &Budget::of_one()),
            // What is not like one list is outside already.
            (Self::Like(lists), Self::Like(others)) => {
                let mut undecided = false;
                for other in others {
                    match search(lists, other, &Budget::of_one()) {
                        Ok(Some(text)) => return Ok(Some(text)),
                        Ok(None) => {}
                        Err(Undecided) => undecided = true,
                    }
                }
                if undecided { Err(Undecided) } else { Ok(None) }
            }
        }
    }
}

/// The one text that a pattern without wildcards stands for.
fn literal(pattern: &Pattern) -> Option<String> {
    let letter = |token: &Token| match token {
        Token::Literal(letter) => Some(*letter),
        Token::Run | Token::One => None,
    };
    pattern.iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::policy::matches_pattern;

    fn like(patterns: &[&str]) -> Values {
        let texts = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        let attribute =
            Attribute { name: "region".to_owned(), operator: Operator::StringMatchAnyOf, value: Value::Texts(texts) };
        Values::of(&attribute).expect("patterns can be judged")
    }

    #[test]
    fn patterns_inside_patterns() {
        let cases = [
            (&["eu-de"][..], &["eu-*"][..], true),
            (&["eu-*"], &["eu-de"], false),
            (&["eu-*"], &["*-*"], true),
            (&["*"], &["?*"], false),
            (&["?*"], &["*"], true),
            (&["a*", "b*"], &["?*"], true),
            (&["?*"], &["a*", "b*"], false),
            (&["a*b*c"], &["a*c"], true),
            (&["a*c"], &["a*b*c"], false),
            (&["dev{{*}}"], &["dev*"], true),
            (&["??"], &["?*?"], true),
            (&["*ab*"], &["*a*b*"], true),
        ];
        for (narrow, wide, expected) in cases {
            let escape = like(narrow).outside(&like(wide)).expect("short patterns are decided");
            assert_eq!(escape.is_none(), expected, "{narrow:?} in {wide:?}: {escape:?}");
        }
        assert_eq!(like(&["a*"]).common(&like(&["*b"])), Ok(Some(Some("ab".to_owned()))));
        assert_eq!(like(&["a*"]).common(&like(&["b*"])), Ok(None));
    }

    #[test]
    fn a_search_that_takes_too_long_is_given_up() {
        let many = "*a".repeat(40) + &"?".repeat(60);
        let more = "*b".repeat(40) + &"?".repeat(61);
        assert_eq!(like(&[&many]).outside(&like(&[&more, "*c*d*e*f*?g"])), Err(Undecided));
        assert_eq!(like(&[&many]).outside(&like(&["*"])), Ok(None), "a short one beside it is decided");
    }

    proptest! {
        #[test]
        fn what_is_found_is_where_it_is_said_to_be(
            first in prop::collection::vec("[ab*?]{0,5}", 1..3),
            second in prop::collection::vec("[ab*?]{0,5}", 1..3),
            text in "[abc]{0,6}",
        ) {
            let of = |list: &[String]| like(&list.iter().map(String::as_str).collect::<Vec<_>>());
            let is = |list: &[String], text: &str| list.iter().any(|pattern| matches_pattern(pattern, text));
            let (one, other) = (of(&first), of(&second));
            prop_assert_eq!(one.contains(Some(&text)), is(&first, &text));
            match one.outside(&other).expect("short patterns are decided") {
                Some(found) => {
                    let found = found.expect("patterns are like texts");
                    prop_assert!(is(&first, &found) && !is(&second, &found), "{}", found);
                }
                None => prop_assert!(!is(&first, &text) || is(&second, &text)),
            }
            match one.common(&other).expect("short patterns are decided") {
                Some(found) => {
                    let found = found.expect("patterns are like texts");
                    prop_assert!(is(&first, &found) && is(&second, &found), "{}", found);
                }
                None => prop_assert!(!is(&first, &text) || !is(&second, &text)),
            }
        }
    }
}
