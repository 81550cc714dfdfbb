//! `kmsguard rule`.

use std::fmt::Write;

use kmsguard::api::{Code, RULES, RequestError, Rule, codes};

use super::arguments::RuleArguments;
use super::audit_text::severity;
use super::host::Stream;
use super::terminal::{Look, Terminal, paint};

pub(crate) fn run(arguments: &RuleArguments, terminal: &Terminal<'_>) -> Result<u8, RequestError> {
    let Some(id) = arguments.id.as_deref() else {
        let mut list = String::new();
        for rule in RULES {
            let preview = if rule.preview { " (preview)" } else { "" };
            let _ = writeln!(list, "{}  {}{preview}", rule.id, rule.name);
        }
        for code in codes() {
            let _ = writeln!(list, "{}  {}", code.code, code.title);
        }
        terminal.write(Stream::Stdout, &list);
        return Ok(0);
    };
    let wanted = id.to_ascii_uppercase();
    let rule = RULES.iter().find(|rule| rule.id == wanted || rule.name == id).map(|rule| self::page(rule));
    let code = || codes().find(|code| code.code == wanted).map(code_page);
    let page = rule.or_else(code).ok_or_else(|| RequestError {
        code: "REQ005",
        message: format!("there is no rule or code `{id}`"),
        help: "`kmsguard rule` lists them".to_owned(),
    })?;
    let page = if terminal.colour(Stream::Stdout) { painted(&page) } else { page };
    terminal.write(Stream::Stdout, &page);
    Ok(0)
}

/// What every finding tells of where it was read.
const EVIDENCE: &str = "A finding names all resources that it is about. Of the places where it was read it names the first ten and one \
                        of each further export, and says how many more there are (`evidence_left_out`).";

/// The page of a rule, with what is known of the rule below its heading, and the pages on which it rests behind it.
#[must_use]
pub fn page(rule: &Rule) -> String {
    let page = rule.page();
    let Some((heading, rest)) = page.split_once('\n') else { return page };
    let preview = if rule.preview {
        " Preview: it may still change, and is checked where a plan of Terraform is read or where it is chosen."
    } else {
        ""
    };
    let deprecated = rule.deprecated().map(|since| format!(" Deprecated: {since}.")).unwrap_or_default();
    let data = if rule.tells_of_data() {
        " What becomes of the data, and whether a restored key brings it back, each finding says by service."
    } else {
        ""
    };
    let mut text = format!(
        "{heading}\n\n{}. Since {}.{preview}{deprecated}\n\nSeverity: {}, unless the finding says otherwise: {}.{data}\n\n{EVIDENCE}\n{rest}\n## Sources\n\n",
        capitalised(rule.title),
        rule.since,
        severity(rule.severity).1,
        rule.at_stake(),
    );
    for source in rule.sources {
        let _ = writeln!(text, "- {}, as of {}: {}", source.title, source.as_of, source.url);
    }
    text
}

/// The page of a code, with what is known of its life below its heading.
#[must_use]
pub fn code_page(code: &Code) -> String {
    let preview = if code.preview { " Preview: it may still change." } else { "" };
    let deprecated = code.deprecated.map(|since| format!(" Deprecated: {since}.")).unwrap_or_default();
    format!("# {} {}\n\n{}\n\nSince {}.{preview}{deprecated}\n", code.code, code.title, code.text, code.since)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A page of Markdown as a terminal shows it: headings stand out, examples stand back.
fn painted(page: &str) -> String {
    let mut shown = String::with_capacity(page.len());
    let mut is_example = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_example = !is_example;
            continue;
        }
        let heading = line.trim_start_matches('#');
        let line = if is_example {
            paint(true, Look::Faint, &format!("    {line}"))
        } else if heading.len() < line.len() {
            paint(true, Look::Strong, heading.trim_start())
        } else {
            line.to_owned()
        };
        shown.push_str(&line);
        shown.push('\n');
    }
    shown
}

#[cfg(test)]
mod tests {
    use kmsguard::api::RULES;

    use super::{page, painted};

    #[test]
    fn a_page_begins_with_what_is_known_of_the_rule_and_ends_with_its_sources() {
        for rule in RULES {
            let page = page(rule);
            assert!(page.starts_with(&format!("# {} {}\n\n", rule.id, rule.name)), "{page}");
            let (facts, text) = page.split_once("\n\n## What it finds\n").expect("the first heading");
            assert!(facts.contains(&format!(" Since {}.", rule.since)), "{page}");
            assert_eq!(facts.contains("Preview: "), rule.preview, "{page}");
            assert!(facts.contains("\n\nSeverity: ") && facts.contains(rule.at_stake()), "{page}");
            let (_, sources) = text.split_once("\n## Sources\n\n").expect("the last heading");
            assert_eq!(sources.lines().count(), rule.sources.len(), "{page}");
            for (line, source) in sources.lines().zip(rule.sources) {
                assert_eq!(line, format!("- {}, as of {}: {}", source.title, source.as_of, source.url));
            }
        }
    }

    #[test]
    fn a_rule_that_may_still_change_says_so() {
        let preview: Vec<&str> = RULES.iter().filter(|rule| rule.preview).map(|rule| rule.id).collect();
        assert!(preview.iter().all(|id| id.starts_with("TF")) && preview.contains(&"TF001"), "{preview:?}");
    }

    #[test]
    fn on_a_terminal_no_marks_of_markdown_are_left_at_the_beginning_of_lines() {
        let page = painted("# A b\n\n## C\n\ntext\n\n```json\n{}\n```\n");
        assert_eq!(page, "\u{1b}[1mA b\u{1b}[0m\n\n\u{1b}[1mC\u{1b}[0m\n\ntext\n\n\u{1b}[2m    {}\u{1b}[0m\n");
    }
}
