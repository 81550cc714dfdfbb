//! What happens when, as a picture shows it.

use std::collections::BTreeMap;

use super::view::name;
use crate::api::{EventKind, ImpactAnswer};
use crate::order::Arrange as _;
use crate::report::timeline::{Chart, Look, Moment, Stretch};

pub(super) fn chart(answer: &ImpactAnswer) -> Chart {
    let moments = answer.timeline.iter().map(|event| Moment {
        at: event.at,
        text: event.event.clone(),
        about: event.subject.as_deref().map(|subject| name(answer, subject).to_owned()).unwrap_or_default(),
        look: look(event.kind),
    });
    let title = if answer.blockers.is_empty() { "What happens when" } else { "What happens when, if it goes through" };
    Chart::of(answer.now, title, moments.collect(), stretches(answer))
}

/// The steps of an order, each where its cautious date is; none where there is no order. A step without a date has no place on a line
/// of time: it is counted, and stands in the other formats.
pub(super) fn order(answer: &ImpactAnswer) -> Option<Chart> {
    let steps = answer.order.as_ref().filter(|steps| !steps.is_empty())?;
    let moments = steps.iter().zip(1..).filter_map(|(step, number)| {
        let at = step.wait.as_ref().map_or(Some(answer.now), |wait| wait.not_before)?;
        let about = name(answer, &step.target).to_owned();
        Some(Moment { at, text: format!("step {number}: {}", step.text), about, look: Look::Act })
    });
    let mut moments: Vec<Moment> = moments.collect();
    moments.arrange_by_key(|moment| moment.at);
    let undated = steps.len().saturating_sub(moments.len());
    let mut chart = Chart::of(answer.now, "In which order", moments, []);
    chart.left_out += undated;
    Some(chart)
}

const fn look(kind: EventKind) -> Look {
    match kind {
        EventKind::KeyDeleted
        | EventKind::KeyDisabled
        | EventKind::KeyRestored
        | EventKind::KeyRotated
        | EventKind::PolicyRemoved
        | EventKind::InstanceDeleted => Look::Act,
        EventKind::RestorableFrom
        | EventKind::PurgeableFrom
        | EventKind::DeletableWithoutForce
        | EventKind::EnableableFrom
        | EventKind::RotatableFrom => Look::Opens,
        EventKind::RestorableUntil
        | EventKind::PurgedFrom
        | EventKind::DeploymentRemoved
        | EventKind::DeletionAuthorizationLapses => Look::Closes,
        EventKind::SafeToDelete => Look::Good,
        EventKind::ServicesNotified | EventKind::RegistrationEnds => Look::Plain,
    }
}

/// For each key the time in which it can be restored.
fn stretches(answer: &ImpactAnswer) -> Vec<Stretch> {
    let mut begun: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (place, event) in answer.timeline.iter().enumerate() {
        let Some(subject) = event.subject.as_deref() else { continue };
        match event.kind {
            EventKind::RestorableFrom => {
                begun.insert(subject, place);
            }
            EventKind::RestorableUntil => {
                let from = begun.remove(subject);
                found.extend(from.map(|from| Stretch { from, to: place, what: "the key can be restored" }));
            }
            _ => {}
        }
    }
    found
}
