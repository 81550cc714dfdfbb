//! Patterns of resources: `*` stands for any characters but a colon, `**` for any characters.

/// Whether a text is a pattern rather than a name.
pub(super) fn is_pattern(text: &str) -> bool {
    text.contains('*')
}

/// Whether the whole of a text is as the pattern says.
///
/// Only the last star of either kind is ever tried again: what an earlier one could reach by growing, the later one reaches too.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut place) = (0, 0);
    // After which star the pattern goes on, and where in the text that was tried last.
    let mut short: Option<(usize, usize)> = None;
    let mut long: Option<(usize, usize)> = None;
    loop {
        match (pattern.get(at), text.get(place)) {
            (Some(b'*'), _) => {
                let stars = pattern.iter().skip(at).take_while(|byte| **byte == b'*').count();
                at += stars;
                if stars > 1 {
                    long = Some((at, place));
                    short = None;
                } else {
                    short = Some((at, place));
                }
                continue;
            }
            (Some(wanted), Some(found)) if wanted == found => {
                at += 1;
                place += 1;
                continue;
            }
            (None, None) => return true,
            _ => {}
        }
        if let Some((after, tried)) = short
            && text.get(tried).is_some_and(|byte| *byte != b':')
        {
            short = Some((after, tried + 1));
            (at, place) = (after, tried + 1);
        } else if let Some((after, tried)) = long
            && tried < text.len()
        {
            long = Some((after, tried + 1));
            short = None;
            (at, place) = (after, tried + 1);
        } else {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::matches;

    #[test]
    fn a_star_stays_in_its_segment() {
        assert!(matches("a:*:c", "a:b:c"));
        assert!(matches("a:*:c", "a::c"));
        assert!(!matches("a:*:c", "a:b:b:c"));
        assert!(matches("a:**:c", "a:b:b:c"));
        assert!(matches("a:b*", "a:bc"));
        assert!(!matches("a:b*", "a:bc:"));
        assert!(matches("**", ""));
    }

    #[test]
    fn what_is_no_pattern_is_no_prefix() {
        assert!(matches("a:b", "a:b"));
        assert!(!matches("a:b", "a:bc"));
        assert!(!matches("a:b", "a:"));
        assert!(!matches("", "a"));
    }

    /// The same, said simply: every length of every star is tried.
    fn tried(pattern: &[u8], text: &[u8]) -> bool {
        match pattern {
            [] => text.is_empty(),
            [b'*', ..] => {
                let stars = pattern.iter().take_while(|byte| **byte == b'*').count();
                let reach = text.iter().take_while(|byte| stars > 1 || **byte != b':').count();
                (0..=reach).any(|length| tried(&pattern[stars..], &text[length..]))
            }
            [first, rest @ ..] => text.first() == Some(first) && tried(rest, &text[1..]),
        }
    }

    proptest! {
        #[test]
        fn it_is_as_trying_everything_would_be(pattern in "[ab:*]{0,9}", text in "[ab:]{0,12}") {
            prop_assert_eq!(matches(&pattern, &text), tried(pattern.as_bytes(), text.as_bytes()));
        }
    }
}
