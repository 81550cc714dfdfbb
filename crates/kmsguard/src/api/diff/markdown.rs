//! A difference as a page in Markdown, for a comment or the summary of a job.

use super::{DiffAnswer, DiffChange, DiffFinding, DiffUndetermined};
use crate::report::markdown::{Page, cell};
use crate::report::plain;
use crate::rules::Severity;

impl DiffAnswer {
    /// A page of less than 60,000 characters: what is new first, what is fixed last.
    #[must_use]
    pub fn markdown(&self) -> String {
        let shown = |text: &str| cell(&plain(text));
        let (from, to) = (shown(&self.from.now), shown(&self.to.now));
        let mut page = Page::new(&format!("# What changed\n\n{}, from {from} to {to}.\n", self.numbers()));
        let changed = || self.unchanged.iter().filter(|finding| finding.change.is_some());
        let row = |finding: &DiffFinding, last: &str| {
            format!(
                "| {} | {} | {} | {} | {} |\n",
                word(finding.severity),
                shown(&finding.rule),
                shown(self.about(finding)),
                shown(&finding.message),
                shown(last)
            )
        };
        let accepted = |finding: &DiffFinding| {
            let reason = finding.suppressed.as_ref().map(|one| one.reason.as_str()).unwrap_or_default();
            row(finding, reason)
        };
        page.table(&heading("New", "suppressed"), self.new.len(), self.new.iter().map(accepted), "new findings");
        let rows = changed().map(|finding| row(finding, &finding.how().unwrap_or_default()));
        page.table(&heading("Changed", "how"), changed().count(), rows, "changed findings");
        let rows = self.undetermined.iter().map(|one| row(&one.finding, &one.needs_in_words()));
        let title = heading("Undecided", "what would settle it");
        page.table(&title, self.undetermined.len(), rows, "undecided findings");
        page.table(
            &heading("Fixed", "suppressed"),
            self.fixed.len(),
            self.fixed.iter().map(accepted),
            "fixed findings",
        );
        page.into_text()
    }

    /// The difference in numbers, as one sentence says it.
    #[must_use]
    pub fn numbers(&self) -> String {
        let summary = self.summary;
        format!(
            "{} new, {} worse, {} fixed, {} unchanged, {} undecided",
            summary.new,
            summary.worse,
            summary.fixed,
            summary.unchanged.saturating_sub(summary.worse),
            summary.undetermined
        )
    }

    /// What a finding is about: a key, a resource or an authorization, by name where it has one.
    #[must_use]
    pub fn about<'a>(&'a self, finding: &'a DiffFinding) -> &'a str {
        let what = finding.key.as_ref().or(finding.resources.first()).or(finding.policies.first());
        let name = what.and_then(|crn| self.labels.get(crn)).and_then(|label| label.name.as_deref());
        name.or(what.map(String::as_str)).unwrap_or_default()
    }
}

impl DiffFinding {
    /// How it differs from what it was, in words.
    #[must_use]
    pub fn how(&self) -> Option<String> {
        let change = match self.change? {
            DiffChange::Worse => "worse",
            DiffChange::Better => "better",
            DiffChange::Restored => "no longer suppressed",
            DiffChange::Suppressed => "suppressed now",
        };
        let was = self.severity_was.map(|was| format!(", was {}", word(was))).unwrap_or_default();
        Some(format!("{change}{was}"))
    }
}

impl DiffUndetermined {
    /// What would settle it, in words.
    #[must_use]
    pub fn needs_in_words(&self) -> String {
        let needs = self.needs.iter().map(|need| {
            let of = need.of.as_deref().map(|of| format!(" of {of}")).unwrap_or_default();
            format!("{}{of}: {}", need.name, need.why)
        });
        needs.collect::<Vec<_>>().join("; ")
    }
}

fn heading(title: &str, last: &str) -> String {
    format!("\n## {title}\n\n| severity | rule | about | what | {last} |\n| --- | --- | --- | --- | --- |\n")
}

fn word(severity: Severity) -> &'static str {
    Severity::NAMES.iter().find(|(_, one)| *one == severity).map_or("", |(name, _)| name)
}
