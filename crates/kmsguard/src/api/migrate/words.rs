//! The answer in words that its texts share.

use super::{MigrateAnswer, MigrationAssociation, MigrationRow};
use crate::api::KeyType;
use crate::migrate::Readiness;
use crate::report::count;

impl MigrateAnswer {
    /// How many days are left, or past.
    #[must_use]
    pub fn days(&self) -> String {
        match self.deadline.days_left {
            past if past < 0 => format!("{} past", count(past.unsigned_abs() as usize, "day")),
            left => format!("{} left", count(left.unsigned_abs() as usize, "day")),
        }
    }

    /// How many days are left, and to which day.
    #[must_use]
    pub fn headline(&self) -> String {
        format!(
            "{}: Hyper Protect Crypto Services ends on {} (another page says {})",
            self.days(),
            self.deadline.date,
            self.deadline.also.date
        )
    }

    /// The rows in numbers.
    #[must_use]
    pub fn numbers(&self) -> String {
        let summary = &self.summary;
        let number = |number: u32, word: &str| (number > 0).then(|| format!("{number} {word}"));
        let list = |parts: [Option<String>; 4]| parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let keys = list([
            number(summary.not_ready, "not ready"),
            number(summary.unknown, "unknown"),
            number(summary.ready, "ready"),
            number(summary.moved, "moved"),
        ]);
        let matches = list([
            number(summary.matched, "match"),
            number(summary.no_match, "no match"),
            number(summary.undecided, "undecided"),
            None,
        ]);
        let of = |all: u32, word: &str, parts: &str| {
            let all = count(all as usize, word);
            if parts.is_empty() { all } else { format!("{all}: {parts}") }
        };
        format!("{} · {}", of(summary.keys, "key", &keys), of(summary.associations, "association", &matches),)
    }

    /// What a CRN is called, where a name is known.
    #[must_use]
    pub fn name<'a>(&'a self, crn: &'a str) -> Option<&'a str> {
        self.labels.get(crn).and_then(|label| label.name.as_deref())
    }

    /// The rows, those first that somebody has to act on.
    #[must_use]
    pub fn by_readiness(&self) -> Vec<&MigrationRow> {
        let mut rows: Vec<&MigrationRow> = self.rows.iter().collect();
        rows.sort_by_key(|row| core::cmp::Reverse(row.readiness));
        rows
    }
}

impl MigrationRow {
    /// What uses the key, by service: `cloud-object-storage 3, messagehub 1`, and what kind of key it is where it is no root key.
    #[must_use]
    pub fn users(&self) -> String {
        let mut services: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for one in &self.associations {
            let service = if one.service.is_empty() { "no readable CRN" } else { &one.service };
            *services.entry(service).or_default() += 1;
        }
        let kind = if self.kind == Some(KeyType::Standard) { "standard key, " } else { "" };
        let of: Vec<String> = services.iter().map(|(service, number)| format!("{service} {number}")).collect();
        match of.is_empty() {
            true => format!("{kind}no association is known"),
            false => format!("{kind}{}: {}", count(self.associations.len(), "association"), of.join(", ")),
        }
    }
}

impl MigrationAssociation {
    /// Whether somebody has to look at it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        use crate::api::{MigrationIntent, Verdict};
        use crate::authz::Match;
        !self.moved
            && (self.verdict != Match::Match
                || self.authorized != Verdict::Covered
                || self.intent != MigrationIntent::Full
                || self.grants.iter().any(|grant| grant.verdict != Match::Match))
    }
}

impl Readiness {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Ready => "ready",
            Self::Unknown => "unknown",
            Self::NotReady => "not ready",
        }
    }
}
