//! The fenced examples of the documentation: README.md, SECURITY.md and the chapters in `web-demo/docs`.
//!
//! An example is run as it stands. The first word behind the fence is its language; words of the form `name=value` say more:
//! `file=PATH` makes the example a file for the commands behind it in the same page, `exit=N` is the exit code that a command ends
//! with. A line `…` in an output stands for any lines.

use std::path::PathBuf;

use crate::repository;

/// A page and its examples.
#[derive(Debug)]
pub struct Page {
    /// Its path from the repository.
    pub name: String,
    /// Its examples, in order.
    pub examples: Vec<Example>,
}

/// One fenced example.
#[derive(Debug)]
pub struct Example {
    /// The line of its fence, from one.
    pub line: usize,
    /// Its language: `console`, `sh`, `json`, `rust`, …
    pub language: String,
    /// What else stands behind the fence.
    pub words: Vec<String>,
    /// Its text.
    pub text: String,
}

impl Example {
    /// The value of a word `name=value`.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }
}

/// All pages that users read.
pub fn pages() -> Vec<Page> {
    let mut paths: Vec<PathBuf> = ["README.md", "SECURITY.md"].map(|name| repository().join(name)).to_vec();
    paths.extend(
        crate::sorted(&repository().join("web-demo/docs"))
            .into_iter()
            .filter(|path| path.extension().is_some_and(|end| end == "md")),
    );
    let root = repository();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().into_owned();
        Page { name, examples: examples(&text) }
    };
    paths.into_iter().map(read).collect()
}

/// The fenced examples of a text in Markdown.
pub fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut open = false;
    for (index, line) in text.lines().enumerate() {
        if let Some(rest) = line.strip_prefix("```") {
            open = !open;
            if open {
                let mut words = rest.split_whitespace().map(str::to_owned);
                let language = words.next().unwrap_or_default();
                examples.push(Example { line: index + 1, language, words: words.collect(), text: String::new() });
            }
        } else if open && let Some(example) = examples.last_mut() {
            example.text.push_str(line);
            example.text.push('\n');
        }
    }
    examples
}

/// Whether an output is what a page shows, where a line `…` stands for any lines.
pub fn is_shown(shown: &str, output: &str) -> bool {
    let lines: Vec<&str> = output.lines().map(str::trim_end).collect();
    let parts: Vec<Vec<&str>> =
        shown.lines().map(str::trim_end).collect::<Vec<_>>().split(|line| *line == "…").map(<[&str]>::to_vec).collect();
    let Some((last, rest)) = parts.split_last() else { return lines.is_empty() };
    let mut at = 0;
    for (index, part) in rest.iter().enumerate() {
        let found = if index == 0 {
            lines.starts_with(part).then_some(0)
        } else {
            (at..=lines.len().saturating_sub(part.len())).find(|start| lines[*start..].starts_with(part))
        };
        let Some(start) = found else { return false };
        at = start + part.len();
    }
    if rest.is_empty() { lines == *last } else { lines.len() >= at + last.len() && lines.ends_with(last) }
}

#[cfg(test)]
mod tests {
    use super::{examples, is_shown};

    #[test]
    fn an_example_has_a_language_words_and_a_text() {
        let found = examples("text\n```console exit=1\n$ one\ntwo\n```\n\n```json file=a.json\n{}\n```\n");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].line, found[0].language.as_str(), found[0].text.as_str()), (2, "console", "$ one\ntwo\n"));
        assert_eq!(
            (found[0].word("exit"), found[1].word("file"), found[1].word("exit")),
            (Some("1"), Some("a.json"), None)
        );
    }

    #[test]
    fn dots_stand_for_any_lines_and_nothing_else_does() {
        assert!(is_shown("a\nb\n", "a\nb\n"));
        assert!(!is_shown("a\nb\n", "a\nb\nc\n"));
        assert!(!is_shown("a\n", "b\n"));
        assert!(is_shown("a\n…\nd\n", "a\nb\nc\nd\n"));
        assert!(is_shown("…\nc\n…\n", "a\nb\nc\nd\n"));
        assert!(!is_shown("…\nx\n…\n", "a\nb\n"));
        assert!(!is_shown("a\n…\nd\n", "a\nd\ne\n"));
        assert!(!is_shown("a\nb\n…\nb\nc\n", "a\nb\nc\n"));
    }
}
