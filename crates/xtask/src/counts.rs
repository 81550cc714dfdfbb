//! How many tests passed and failed, as the test runners print it.

/// Passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed.
    pub failed: usize,
}

impl Count {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }

    /// From `cargo test`, `cargo nextest` or pytest: every line that holds `N passed`.
    pub fn of_words(output: &str) -> Self {
        let lines = output.lines().filter(|line| {
            let line = line.trim_start();
            line.starts_with("test result:")
                || line.starts_with("Summary [")
                || line.trim_matches('=') != line
                || is_plain(line)
        });
        lines
            .map(|line| Self { passed: before(line, "passed"), failed: before(line, "failed") })
            .fold(Self::default(), Self::and)
    }

    /// From Node's test runner.
    pub fn of_node(output: &str) -> Self {
        let after = |word: &str| {
            let lines = output.lines().filter_map(|line| line.trim_start_matches(['#', 'ℹ', ' ']).strip_prefix(word));
            lines.filter_map(|rest| rest.trim().parse::<usize>().ok()).sum()
        };
        Self { passed: after("pass "), failed: after("fail ") }
    }
}

/// A closing line such as `12 passed in 0.3s`.
fn is_plain(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_digit()) && before(line, "passed") + before(line, "failed") > 0
}

/// The number before a word.
fn before(line: &str, word: &str) -> usize {
    let words: Vec<&str> = line.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
    let place = words.iter().position(|found| *found == word);
    place.and_then(|place| words.get(place.checked_sub(1)?)?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn counts_of_the_test_runners() {
        let counted = |passed, failed| Count { passed, failed };
        let nextest = "     Summary [   0.021s] 27 tests run: 26 passed (1 slow), 1 failed, 0 skipped";
        assert_eq!(Count::of_words(nextest), counted(26, 1));
        let cargo =
            "test result: ok. 3 passed; 0 failed; 0 ignored\ntest result: FAILED. 4 passed; 2 failed; 0 ignored";
        assert_eq!(Count::of_words(cargo), counted(7, 2));
        assert_eq!(Count::of_words("==== 2 failed, 31 passed in 1.20s ===="), counted(31, 2));
        assert_eq!(Count::of_words("31 passed in 1.20s"), counted(31, 0));
        assert_eq!(Count::of_words("the 5 passed lines are no count"), counted(0, 0));
        assert_eq!(Count::of_node("ℹ tests 4\nℹ pass 3\nℹ fail 1\n# pass 2\n# fail 0"), counted(5, 1));
    }
}
