//! What the formats of an impact share: its words, and its rows put together by what happens to a deployment.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::api::{
    AffectedResource, Certainty, Effect, ImpactAnswer, ImpactVerdict as Verdict, Now, OrderVerdict, OrderWait, Outcome,
    ReasonKind,
};

/// The word that answers have for a value of an enumeration.
pub(super) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The name of something, or its CRN.
pub(super) fn name<'a>(answer: &'a ImpactAnswer, crn: &'a str) -> &'a str {
    answer.labels.get(crn).and_then(|label| label.name.as_deref()).unwrap_or(crn)
}

/// What the actions come to, in a few words.
pub(super) fn verdict(answer: &ImpactAnswer) -> String {
    if answer.outcome == Outcome::Empty {
        return "nothing to read was found".to_owned();
    }
    match &answer.if_forced {
        None => word(&answer.verdict),
        Some(forced) if forced.verdict == Verdict::Blocked => "blocked, also by force".to_owned(),
        Some(forced) => format!("blocked; by force: {}", word(&forced.verdict)),
    }
}

/// How bad what happens to a deployment is; the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Lost,
    Doubtful,
    CutOff,
    Untouched,
}

impl Weight {
    fn of(row: &AffectedResource) -> Self {
        match (row.effect, row.certainty) {
            (Effect::None | Effect::Rewrap, _) => Self::Untouched,
            (Effect::Unknown, _) | (_, Certainty::Possible) => Self::Doubtful,
            (Effect::DataUnrecoverable | Effect::BackupsLost, _) => Self::Lost,
            _ => Self::CutOff,
        }
    }
}

/// Resources of a deployment to which the same happens.
pub(super) struct Group<'a> {
    pub(super) weight: Weight,
    pub(super) deployment: &'a str,
    pub(super) service: &'a str,
    pub(super) effect: String,
    pub(super) certainty: Certainty,
    pub(super) since: String,
    pub(super) undo: Option<&'a str>,
    pub(super) until: Option<Now>,
    pub(super) resources: Vec<&'a str>,
    /// What pages and exports say of it, once each.
    pub(super) why: Vec<&'a str>,
}

/// The rows put together, the worst first, then by deployment.
pub(super) fn groups(answer: &ImpactAnswer) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<_, Group<'_>> = BTreeMap::new();
    for row in &answer.affected {
        let weight = Weight::of(row);
        let key = (weight, &row.deployment, row.effect, row.certainty, row.since, &row.undo, row.recoverable_until);
        let group = groups.entry(key).or_insert_with(|| Group {
            weight,
            deployment: &row.deployment,
            service: answer.labels.get(&*row.deployment).map_or(&row.service, |label| &label.service),
            effect: word(&row.effect),
            certainty: row.certainty,
            since: word(&row.since),
            undo: row.undo.as_deref(),
            until: row.recoverable_until,
            resources: Vec::new(),
            why: Vec::new(),
        });
        group.resources.push(&row.resource);
        for reason in row.because.iter().filter(|one| one.source.is_some() || one.kind == ReasonKind::Catalogue) {
            if !group.why.contains(&reason.text.as_str()) {
                group.why.push(&reason.text);
            }
        }
    }
    groups.into_values().collect()
}

/// Why the actions are refused: what says the same once, with the names of all.
pub(super) fn refusals(answer: &ImpactAnswer) -> Vec<(&str, Vec<&str>)> {
    let of: BTreeMap<&str, &str> =
        answer.affected.iter().map(|row| (row.resource.as_str(), row.deployment.as_str())).collect();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut said: Vec<(&str, Vec<&str>)> = Vec::new();
    for blocker in &answer.blockers {
        let about = name(answer, of.get(blocker.reference.as_str()).copied().unwrap_or(&blocker.reference));
        let place = *places.entry(blocker.text.as_str()).or_insert(said.len());
        match said.get_mut(place) {
            Some((_, names)) => names.push(about),
            None => said.push((&blocker.text, vec![about])),
        }
    }
    for (_, names) in &mut said {
        names.sort_unstable();
        names.dedup();
    }
    said
}

/// The actions in words: `delete-key payments by force`.
pub(super) fn actions(answer: &ImpactAnswer) -> Vec<(String, &str)> {
    let shown = |kind: String, force| if force { format!("{kind} by force") } else { kind };
    answer.actions.iter().map(|one| (shown(word(&one.kind), one.force), name(answer, &one.target))).collect()
}

/// Whether there is a safe order, in words.
pub(super) const fn ordered(verdict: OrderVerdict) -> &'static str {
    match verdict {
        OrderVerdict::Safe => "in this order nothing else is harmed, as far as all that was read tells",
        OrderVerdict::Unknown => "an order that is not called safe: something that is not known could do harm",
        OrderVerdict::None => "there is no safe order",
    }
}

/// From when on a step of an order may take place.
pub(super) fn when(wait: &OrderWait) -> String {
    match (wait.not_before, wait.earliest) {
        (Some(date), Some(earliest)) if earliest < date => {
            format!("not before {date}; at the earliest {earliest}, if the check shows it")
        }
        (Some(date), _) => format!("not before {date}"),
        (None, Some(earliest)) => format!("not before {earliest}, and not before the check shows it"),
        (None, None) => "not before the check shows it".to_owned(),
    }
}
