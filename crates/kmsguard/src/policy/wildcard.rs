//! Patterns of `stringMatch`.
//!
//! Source: IAM docs, *Assigning access by using wildcard policies*, as of 2025-11-15: case-sensitive, `*` for any run of characters,
//! `?` for exactly one, `{{*}}` and `{{?}}` for the characters themselves.

/// One part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// Any run of characters, even none.
    Run,
    /// Exactly one character.
    One,
    /// This character.
    Literal(char),
}

/// The parts of a pattern.
pub(crate) fn tokens(pattern: &str) -> Vec<Token> {
    let mut rest = pattern;
    std::iter::from_fn(|| {
        let (part, after) = token(rest)?;
        rest = after;
        Some(part)
    })
    .collect()
}

/// The first part of a pattern, and what follows it.
fn token(pattern: &str) -> Option<(Token, &str)> {
    if let Some(rest) = pattern.strip_prefix("{{*}}") {
        return Some((Token::Literal('*'), rest));
    }
    if let Some(rest) = pattern.strip_prefix("{{?}}") {
        return Some((Token::Literal('?'), rest));
    }
    let mut characters = pattern.chars();
    let token = match characters.next()? {
        '*' => Token::Run,
        '?' => Token::One,
        character => Token::Literal(character),
    };
    Some((token, characters.as_str()))
}

/// Whether a text is like a pattern of `stringMatch`.
///
/// Only the last run is ever tried again: what came before it already matched in the earliest place, so no other place
/// can do better. That bounds the work by the product of the two lengths.
///
/// ```
/// use kmsguard::policy::matches_pattern;
///
/// assert!(matches_pattern("dev*", "dev-eu"));
/// assert!(!matches_pattern("dev{{*}}", "dev-eu"));
/// ```
#[must_use]
pub fn matches_pattern(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern, text);
    let mut last_run: Option<(&str, &str)> = None;
    loop {
        let mut characters = text.chars();
        let step = match token(pattern) {
            Some((Token::Run, rest)) => {
                if rest.is_empty() {
                    return true;
                }
                last_run = Some((rest, text));
                pattern = rest;
                continue;
            }
            Some((part, rest)) => match characters.next() {
                // A later start of the last run would leave even less text.
                None => return false,
                Some(character) => match part {
                    Token::Literal(literal) if literal != character => None,
                    _ => Some((rest, characters.as_str())),
                },
            },
            None if text.is_empty() => return true,
            None => None,
        };
        (pattern, text) = match (step, last_run) {
            (Some(next), _) => next,
            (None, None) => return false,
            (None, Some((rest, from))) => {
                let mut from = from.chars();
                if from.next().is_none() {
                    return false;
                }
                last_run = Some((rest, from.as_str()));
                (rest, from.as_str())
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn patterns_of_the_documentation() {
        let cases = [
            ("*", "", true),
            ("*", "anything:with/all", true),
            ("?", "", false),
            ("?", "é", true),
            ("?", "ab", false),
            ("dev*", "dev", true),
            ("dev*", "Dev", false),
            ("*dev", "my-dev", true),
            ("*dev", "my-dev-", false),
            ("a*b*c", "a1b2b3c", true),
            ("a*b*c", "a1c2b3", false),
            ("dev{{*}}", "dev*", true),
            ("dev{{*}}", "dev1", false),
            ("{{?}}?", "?x", true),
            ("{{x}}", "{{x}}", true),
            ("{{*", "{{anything", true),
            ("", "", true),
            ("", "a", false),
            ("**?", "", false),
            ("**?", "a", true),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(matches_pattern(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn many_runs_do_not_explode() {
        let pattern = "*a".repeat(300) + "b";
        assert!(!matches_pattern(&pattern, &"a".repeat(1000)));
    }

    /// The definition, written the slow way: a table over prefixes.
    fn by_table(pattern: &str, text: &str) -> bool {
        let mut parts: Vec<Option<Option<char>>> = Vec::new();
        let mut rest = pattern;
        while !rest.is_empty() {
            let escaped = ["*", "?"].into_iter().find(|one| rest.starts_with(&format!("{{{{{one}}}}}")));
            if let Some(one) = escaped {
                parts.push(Some(one.chars().next()));
                rest = rest.get(5..).unwrap();
                continue;
            }
            let first = rest.chars().next().unwrap();
            parts.push(match first {
                '*' => None,
                '?' => Some(None),
                other => Some(Some(other)),
            });
            rest = rest.get(first.len_utf8()..).unwrap();
        }
        let text: Vec<char> = text.chars().collect();
        let mut row = vec![false; text.len() + 1];
        row[0] = true;
        for part in parts {
            let mut next = vec![false; text.len() + 1];
            for end in 0..=text.len() {
                next[end] = match part {
                    None => row[end] || (end > 0 && next[end - 1]),
                    Some(wanted) => end > 0 && row[end - 1] && wanted.is_none_or(|wanted| wanted == text[end - 1]),
                };
            }
            row = next;
        }
        row[text.len()]
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(
            pattern in "([ab*?é]|\\{\\{\\*\\}\\}|\\{\\{\\?\\}\\}|\\{){0,8}",
            text in "[ab*?é{]{0,8}",
        ) {
            prop_assert_eq!(matches_pattern(&pattern, &text), by_table(&pattern, &text));
        }
    }
}
