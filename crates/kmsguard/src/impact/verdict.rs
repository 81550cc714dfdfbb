//! How bad a set of effects is.

use super::affected::Affected;
use super::model::{Certainty, Needed, Verdict};
use crate::catalog::effects::Effect;

/// What an effect comes to, if it takes place; none where it is not known.
pub(super) const fn of_effect(effect: Effect) -> Option<Verdict> {
    match effect {
        Effect::DataUnrecoverable | Effect::BackupsLost => Some(Verdict::Destroys),
        Effect::AccessLost | Effect::FailsOnRestart | Effect::CannotBeRestored | Effect::KeyUndeletable => {
            Some(Verdict::Degrades)
        }
        Effect::Rewrap | Effect::None => Some(Verdict::Safe),
        Effect::Unknown => None,
    }
}

/// The order of badness: certain loss is the worst, and what is not known may be as bad.
pub(super) fn weight(effect: Effect, certainty: Certainty) -> u8 {
    match (of_effect(effect), certainty) {
        (Some(Verdict::Destroys), Certainty::Certain) => 5,
        (None, _) => 4,
        (Some(Verdict::Destroys), Certainty::Possible) => 3,
        (Some(Verdict::Degrades), Certainty::Certain) => 2,
        (Some(Verdict::Degrades), Certainty::Possible) => 1,
        (Some(_), _) => 0,
    }
}

/// The worst of the certain effects; unknown where something that is not known could be worse.
pub(super) fn of_effects(affected: &[Affected], unknown: &[Needed]) -> Verdict {
    let certain = affected.iter().filter(|row| row.certainty == Certainty::Certain);
    let worst = certain.filter_map(|row| of_effect(row.effect)).max().unwrap_or(Verdict::Safe);
    let could_be_worse = |row: &Affected| of_effect(row.effect).is_none_or(|verdict| verdict > worst);
    let open = |needed: &Needed| needed.decides && needed.worst > worst;
    if worst < Verdict::Destroys && (affected.iter().any(could_be_worse) || unknown.iter().any(open)) {
        Verdict::Unknown
    } else {
        worst
    }
}
