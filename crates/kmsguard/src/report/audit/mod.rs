//! Reports of an audit: what they read, and one file for each format.

mod concise;
mod csv;
mod github;
mod html;
mod junit;
mod markdown;
mod sarif;
mod sarif_log;

pub(crate) use concise::concise;
pub(crate) use csv::csv;
pub(crate) use github::github;
pub(crate) use html::html;
pub(crate) use junit::junit;
pub(crate) use markdown::markdown;
pub(crate) use sarif::sarif;

use super::words;
use crate::inventory::SharedText;
use crate::now::Now;
use crate::rules::Severity;

/// An audit, as reports read it.
pub(crate) struct Audit<'a> {
    pub(crate) version: &'a str,
    pub(crate) now: Now,
    pub(crate) inputs: Vec<Input<'a>>,
    /// The ids of the rules that were checked.
    pub(crate) checked: &'a [&'static str],
    pub(crate) findings: &'a dyn Findings,
    pub(crate) undetermined: Vec<Undetermined<'a>>,
    pub(crate) problems: Vec<Problem<'a>>,
}

/// The findings, one at a time: there may be very many.
pub(crate) trait Findings {
    /// How many there are.
    fn count(&self) -> usize;
    /// One of them, the worst first.
    fn at(&self, place: usize) -> Option<Finding<'_>>;
    /// The account of one of them.
    fn account(&self, place: usize) -> Option<&str>;
    /// The name of what a CRN stands for.
    fn name(&self, crn: &str) -> Option<&str>;
}

/// An export that was read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) records: u32,
    pub(crate) account: Option<&'a str>,
}

/// One finding.
#[derive(Debug, Clone)]
pub(crate) struct Finding<'a> {
    pub(crate) rule: &'a str,
    pub(crate) rule_name: &'a str,
    pub(crate) title: &'a str,
    pub(crate) severity: Severity,
    /// Why it is as bad as that.
    pub(crate) because: &'a str,
    pub(crate) message: &'a str,
    pub(crate) account: Option<&'a str>,
    pub(crate) account_name: Option<&'a str>,
    pub(crate) owner: Option<&'a str>,
    pub(crate) key: Option<&'a str>,
    pub(crate) resources: &'a [SharedText],
    pub(crate) places: Vec<Place<'a>>,
    /// How many more places there are, which nobody told.
    pub(crate) places_left_out: usize,
    pub(crate) fix: &'a str,
    pub(crate) commands: Vec<Command<'a>>,
    pub(crate) fingerprint: &'a str,
    /// Why it does not count, where it does not.
    pub(crate) suppressed: Option<&'a str>,
}

/// Where something was read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) input: &'a str,
    pub(crate) line: u32,
    pub(crate) pointer: &'a str,
}

/// Something to run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Command<'a> {
    /// Whether it is for the command line, and not a request or a resource of Terraform.
    pub(crate) is_typed: bool,
    pub(crate) text: &'a str,
    pub(crate) command: &'a str,
}

/// A rule that could not be decided.
#[derive(Debug, Clone)]
pub(crate) struct Undetermined<'a> {
    pub(crate) rule: &'a str,
    pub(crate) count: u32,
    pub(crate) needs: Vec<Need<'a>>,
}

/// What would settle it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Need<'a> {
    pub(crate) of: Option<&'a str>,
    pub(crate) why: &'a str,
    pub(crate) command: Option<&'a str>,
    pub(crate) role: Option<&'a str>,
}

/// Something wrong with an input.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Problem<'a> {
    pub(crate) code: &'a str,
    pub(crate) is_error: bool,
    pub(crate) message: &'a str,
    pub(crate) input: Option<&'a str>,
}

impl<'a> Audit<'a> {
    /// All findings, in order.
    fn all(&self) -> impl Iterator<Item = Finding<'a>> + use<'a> {
        let findings = self.findings;
        (0..findings.count()).filter_map(|place| findings.at(place))
    }

    /// Those that count.
    fn standing(&self) -> impl Iterator<Item = Finding<'a>> + use<'a> {
        self.all().filter(|finding| finding.suppressed.is_none())
    }
}

impl<'a> Finding<'a> {
    /// In how many places it was seen.
    fn seen_in(&self) -> usize {
        self.places.len() + self.places_left_out
    }

    /// Where it was seen first.
    fn first(&self) -> Option<Place<'a>> {
        self.places.first().copied()
    }

    /// What it is about: the key by name, else the first resource, else the account.
    fn subject(&self, findings: &'a dyn Findings) -> &'a str {
        let crn = self.key.or(self.resources.first().map(SharedText::as_str));
        let named = crn.map(|crn| findings.name(crn).unwrap_or(crn));
        named.or(self.account_name).or(self.account).unwrap_or_default()
    }

    /// What makes it so bad, and what to do, for those who read a text alone.
    fn whole_message(&self) -> String {
        let because = if self.because.is_empty() {
            String::new()
        } else {
            format!("; {}: {}", words::severity(self.severity), self.because)
        };
        format!("{}{because}", self.message)
    }

    /// What to do, on one line.
    fn whole_fix(&self) -> String {
        let typed = self.commands.iter().filter(|command| command.is_typed);
        let commands = typed.map(|command| format!("; {}: {}", command.text, command.command));
        commands.fold(self.fix.to_owned(), |fix, command| fix + &command)
    }
}
