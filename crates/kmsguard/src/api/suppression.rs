//! Which findings of an audit are accepted: by an entry of the configuration, or by a baseline. An entry that says nothing any more is
//! told; one that is expired or wrong leaves its findings standing.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;
use jiff::civil::Date;
use serde::Serialize;

use super::{Finding, Now, Problem, Suppressed, Undetermined};
use crate::config::{Configuration, Malformed, Suppression};
use crate::order::Gather as _;

/// What became of an entry of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SuppressionState {
    /// It suppresses a finding at least.
    Used,
    /// It suppresses nothing.
    Unused,
    /// It suppresses nothing, but its rule was not checked, or could not be decided for everything.
    Undecided,
    /// Its last day is over: the findings stand.
    Expired,
    /// Something is wrong with it: the findings stand.
    Malformed,
}

/// An entry of the configuration, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SuppressionReport {
    /// The JSON pointer to it in the configuration.
    pub pointer: String,
    /// What became of it.
    pub state: SuppressionState,
    /// The rule it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The resource or the pattern it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Its reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whom to ask about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Its last day, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// How many findings it names, whether they are suppressed or stand again.
    pub findings: u32,
    /// What a person should know of it.
    pub problems: Vec<Problem>,
}

/// Suppresses the findings that the entries name, and says what became of each entry, in the order of the configuration.
pub(super) fn apply(
    findings: &mut [Finding],
    configuration: &Configuration,
    checked: &BTreeSet<&str>,
    undetermined: &[Undetermined],
    now: Now,
) -> Vec<SuppressionReport> {
    let today = jiff::tz::Offset::UTC.to_datetime(now.timestamp()).date();
    let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
    let entries = Entries::of(&configuration.suppressions);
    for finding in findings {
        for entry in entries.naming(finding) {
            *counts.entry(entry.place).or_default() += 1;
            if finding.suppressed.is_none() && !is_over(entry, today) {
                finding.suppressed = Some(Suppressed {
                    reason: entry.reason.clone(),
                    expires: entry.expires.map(|expires| expires.to_string()),
                });
            }
        }
    }
    let is_decided = |rule: &str| checked.contains(rule) && undetermined.iter().all(|one| one.rule != rule);
    let window = configuration.windows.suppression_expiry_days;
    let good = configuration.suppressions.iter().map(|entry| {
        let findings = counts.get(&entry.place).copied().unwrap_or_default();
        let state = match (is_over(entry, today), findings) {
            (true, _) => SuppressionState::Expired,
            (false, 0) if is_decided(&entry.rule) => SuppressionState::Unused,
            (false, 0) => SuppressionState::Undecided,
            (false, _) => SuppressionState::Used,
        };
        (entry.place, report(entry, state, findings, problem(entry, state, findings, today, window)))
    });
    let bad = configuration.malformed.iter().map(|entry| (entry.place, malformed(entry)));
    let all: BTreeMap<usize, SuppressionReport> = good.chain(bad).into_map();
    all.into_values().collect()
}

/// The entries by what they name, so that a finding is not held against all of them.
struct Entries<'a> {
    exact: HashMap<(&'a str, &'a str), Vec<&'a Suppression>>,
    patterns: HashMap<&'a str, Vec<&'a Suppression>>,
}

impl<'a> Entries<'a> {
    fn of(entries: &'a [Suppression]) -> Self {
        let mut all = Self { exact: HashMap::new(), patterns: HashMap::new() };
        for entry in entries {
            if entry.is_pattern() {
                all.patterns.entry(&entry.rule).or_default().push(entry);
            } else {
                all.exact.entry((&entry.rule, &entry.resource)).or_default().push(entry);
            }
        }
        all
    }

    /// The entries that name a finding, in their order: its key, or all of its resources, or all of its authorizations. One resource
    /// among several is not enough, for the others would go unseen.
    fn naming(&self, finding: &Finding) -> Vec<&'a Suppression> {
        fn only<T: AsRef<str>>(names: &[T]) -> Option<&str> {
            match names {
                [only] => Some(only.as_ref()),
                _ => None,
            }
        }
        fn all<T: AsRef<str>>(entry: &Suppression, names: &[T]) -> bool {
            !names.is_empty() && names.iter().all(|name| entry.names(name.as_ref()))
        }
        let names = [finding.key.as_deref(), only(&finding.resources), only(&finding.policies)];
        let exact = names.into_iter().flatten().filter_map(|name| self.exact.get(&(finding.rule, name))).flatten();
        let fits = |entry: &&&Suppression| {
            finding.key.as_deref().is_some_and(|key| entry.names(key))
                || all(entry, &finding.resources)
                || all(entry, &finding.policies)
        };
        let patterns = self.patterns.get(finding.rule).into_iter().flatten().filter(fits);
        let by_place: BTreeMap<usize, &Suppression> =
            exact.chain(patterns).map(|entry| (entry.place, *entry)).into_map();
        by_place.into_values().collect()
    }
}

fn is_over(entry: &Suppression, today: Date) -> bool {
    entry.expires.is_some_and(|expires| expires < today)
}

fn problem(
    entry: &Suppression,
    state: SuppressionState,
    findings: u32,
    today: Date,
    window: u16,
) -> Option<(&'static str, String, String)> {
    let about = format!("the suppression of {} on `{}`", entry.rule, entry.resource.escape_debug());
    let stand = match findings {
        0 => "it would suppress nothing".to_owned(),
        1 => "1 finding stands again".to_owned(),
        more => format!("{more} findings stand again"),
    };
    match (state, entry.expires) {
        (SuppressionState::Expired, Some(expires)) => Some((
            "CONF005",
            format!("{about} expired on {expires}: {stand}"),
            "mend what it hid, give it a later `expires`, or take it out".to_owned(),
        )),
        (SuppressionState::Used, Some(expires)) => {
            let days = expires.duration_since(today).as_hours() / 24;
            let left = match days {
                0 => "expires today".to_owned(),
                1 => "expires tomorrow".to_owned(),
                days => format!("expires in {days} days, on {expires}"),
            };
            let help = "mend what it hides, or give it a later `expires`".to_owned();
            (days <= i64::from(window)).then(|| ("CONF006", format!("{about} {left}"), help))
        }
        (SuppressionState::Unused, _) => Some((
            "CONF007",
            format!("{about} suppresses nothing"),
            "take it out; if it should name something, write the whole CRN as findings show it".to_owned(),
        )),
        _ => None,
    }
}

fn report(
    entry: &Suppression,
    state: SuppressionState,
    findings: u32,
    problem: Option<(&'static str, String, String)>,
) -> SuppressionReport {
    let pointer = pointer(entry.place);
    SuppressionReport {
        state,
        rule: Some(entry.rule.clone()),
        resource: Some(entry.resource.clone()),
        reason: Some(entry.reason.clone()),
        owner: entry.owner.clone(),
        expires: entry.expires.map(|expires| expires.to_string()),
        findings,
        problems: problem
            .map(|(code, message, help)| Problem::of_configuration(code, message, help, &pointer))
            .into_iter()
            .collect(),
        pointer,
    }
}

fn malformed(entry: &Malformed) -> SuppressionReport {
    let pointer = pointer(entry.place);
    let message = format!("entry {} of the suppressions suppresses nothing: {}", entry.place + 1, entry.message);
    SuppressionReport {
        state: SuppressionState::Malformed,
        rule: entry.rule.clone(),
        resource: entry.resource.clone(),
        reason: None,
        owner: None,
        expires: None,
        findings: 0,
        problems: vec![Problem::of_configuration("CONF004", message, entry.help.clone(), &pointer)],
        pointer,
    }
}

fn pointer(place: usize) -> String {
    format!("/suppressions/{place}")
}
