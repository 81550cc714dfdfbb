//! All rules, in the order of their ids.

use super::blast_radius::Stake;
use super::finding::{Findings, Severity};
use super::{
    Context, auth001, auth002, auth003, auth004, auth005, auth006, auth007, auth008, auth009, auth010, auth011,
    auth012, auth013, auth014, auth015, dep001, dep002, dep003, dep004, dep005, dep006, eol001, key001, key002, key003,
    key004, key005, key006, key007, key008, key009, key010, key011, sch001, sch002, sch003, sch004, sch005, share001,
    share002, share003, tf001, tf002, tf003, tf004, tf005, tf006,
};
use crate::catalog::Source;

/// A rule: its id, what it is called, and its check.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The id, never reused.
    pub id: &'static str,
    /// The name, in words with hyphens.
    pub name: &'static str,
    /// What stands in a heading.
    pub title: &'static str,
    /// The severity unless the finding says otherwise.
    pub severity: Severity,
    /// What is at stake.
    pub(super) stake: Stake,
    /// The version in which it came.
    pub since: &'static str,
    /// Whether the rule may still change. Such a rule is checked where a plan of Terraform is among the inputs, or where it is chosen.
    pub preview: bool,
    /// The pages on which it rests.
    pub sources: &'static [Source],
    /// Its page: the comment at the head of its file.
    pub(super) comment: &'static str,
    pub(super) check: fn(Context<'_>, &mut Findings),
}

impl Rule {
    /// Whether a word is the id of the rule, or the letters of its family.
    #[must_use]
    pub fn is_meant_by(&self, word: &str) -> bool {
        let family = self.id.trim_end_matches(|digit: char| digit.is_ascii_digit());
        self.id.eq_ignore_ascii_case(word) || family.eq_ignore_ascii_case(word)
    }

    /// The version from which on the rule is no longer checked, and what to use in its place; none while it is.
    #[must_use]
    pub fn deprecated(&self) -> Option<&'static str> {
        DEPRECATED.iter().find(|(id, _)| *id == self.id).map(|(_, since)| *since)
    }

    /// What is at stake where the rule finds something: why it is as severe as it is.
    #[must_use]
    pub const fn at_stake(&self) -> &'static str {
        match self.stake {
            Stake::Data(what) | Stake::Other(what) => what,
        }
    }

    /// Whether a finding says beside that what becomes of the data, service by service.
    #[must_use]
    pub const fn tells_of_data(&self) -> bool {
        matches!(self.stake, Stake::Data(_))
    }

    /// The page of the rule: what it finds, why it matters, an example, what to do, in Markdown.
    #[must_use]
    pub fn page(&self) -> String {
        let lines = self.comment.lines().map_while(|line| line.strip_prefix("//!"));
        lines.fold(String::new(), |page, line| page + line.strip_prefix(' ').unwrap_or(line) + "\n")
    }
}

/// Rules that are no longer checked from a version on, each with that version and what to use in its place. Their ids stay theirs.
const DEPRECATED: &[(&str, &str)] = &[];

/// All rules, in the order of their ids.
pub static RULES: &[&Rule] = &[
    &auth001::RULE,
    &auth002::RULE,
    &auth003::RULE,
    &auth004::RULE,
    &auth005::RULE,
    &auth006::RULE,
    &auth007::RULE,
    &auth008::RULE,
    &auth009::RULE,
    &auth010::RULE,
    &auth011::RULE,
    &auth012::RULE,
    &auth013::RULE,
    &auth014::RULE,
    &auth015::RULE,
    &dep001::RULE,
    &dep002::RULE,
    &dep003::RULE,
    &dep004::RULE,
    &dep005::RULE,
    &dep006::RULE,
    &eol001::RULE,
    &key001::RULE,
    &key002::RULE,
    &key003::RULE,
    &key004::RULE,
    &key005::RULE,
    &key006::RULE,
    &key007::RULE,
    &key008::RULE,
    &key009::RULE,
    &key010::RULE,
    &key011::RULE,
    &sch001::RULE,
    &sch002::RULE,
    &sch003::RULE,
    &sch004::RULE,
    &sch005::RULE,
    &share001::RULE,
    &share002::RULE,
    &share003::RULE,
    &tf001::RULE,
    &tf002::RULE,
    &tf003::RULE,
    &tf004::RULE,
    &tf005::RULE,
    &tf006::RULE,
];

/// Checks rules.
pub(crate) fn check(context: Context<'_>, findings: &mut Findings) {
    for rule in context.rules {
        (rule.check)(context, findings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_the_order_of_their_ids_and_have_pages_with_all_headings() {
        assert!(RULES.is_sorted_by(|first, second| first.id < second.id), "ids ascend and none is used twice");
        for rule in RULES {
            let page = rule.page();
            assert!(page.starts_with(&format!("# {} {}\n", rule.id, rule.name)), "{}: {page}", rule.id);
            for heading in
                ["## What it finds", "## Why it matters", "## Example", "## What to do", "## When not to heed it"]
            {
                assert!(page.contains(&format!("\n{heading}\n")), "{} lacks `{heading}`", rule.id);
            }
        }
    }

    #[test]
    fn every_rule_rests_on_pages_that_can_be_read() {
        for rule in RULES {
            assert!(!rule.sources.is_empty(), "{}", rule.id);
            for source in rule.sources {
                assert!(source.url.starts_with("https://") && !source.title.is_empty(), "{}: {source:?}", rule.id);
                let day: Vec<usize> = source.as_of.split('-').map(str::len).collect();
                assert_eq!(day, [4, 2, 2], "{}: {source:?}", rule.id);
            }
        }
    }

    #[test]
    fn every_file_of_a_rule_is_in_the_table() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of the rules")
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.bytes().any(|byte| byte.is_ascii_digit()))
            .collect();
        files.sort();
        let expected: Vec<String> = RULES.iter().map(|rule| format!("{}.rs", rule.id.to_lowercase())).collect();
        assert_eq!(files, expected);
    }
}
