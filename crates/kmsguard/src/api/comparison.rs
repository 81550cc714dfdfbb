//! Policies beside each other, as answers show it: which lets in more, what the one grants and the other does not, which is
//! superfluous.

use serde::Serialize;

use crate::authz::{self, AuthorizationIndex, Difference, Relation, Truth};
use crate::policy::{Authorization, SideName};

/// What one policy is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RelationName {
    /// Both grant the same.
    Equivalent,
    /// It grants part of what the other does, and nothing else.
    Narrower,
    /// It grants all that the other does, and more.
    Wider,
    /// Each grants something that the other does not.
    Overlapping,
    /// No use is let in by both.
    Disjoint,
    /// It cannot be decided.
    Unknown,
}

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It cannot be decided.
    Unknown,
}

impl From<Truth> for Holds {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::True => Self::Yes,
            Truth::False => Self::No,
            Truth::Unknown => Self::Unknown,
        }
    }
}

/// One fact of a use that separates two policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeparatingFact {
    /// Of the source (`subject`) or of the key (`resource`).
    pub side: SideName,
    /// The attribute that is about it.
    pub attribute: String,
    /// Its value; null where there is no such thing.
    pub value: Option<String>,
}

/// Something that one policy grants and the other does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DifferenceReport {
    /// The roles that it grants.
    pub roles: Vec<String>,
    /// The side in which the other is narrower; absent where the other grants no such role, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<SideName>,
    /// The attribute in which the other is narrower.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    /// The difference in words.
    pub text: String,
    /// A use that the one lets in and the other does not, by the facts that either speaks of.
    pub witness: Vec<SeparatingFact>,
}

/// A policy beside another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComparisonReport {
    /// The policy of the document: a JSON pointer.
    pub pointer: String,
    /// The policy of the other document: a JSON pointer.
    pub other: String,
    /// What the first is to the other.
    pub relation: RelationName,
    /// Whether the other lets in all that the first does.
    pub within: Holds,
    /// Whether the first lets in all that the other does.
    pub contains: Holds,
    /// Whether no use is let in by both.
    pub disjoint: Holds,
    /// The same in words.
    pub text: String,
    /// What the first grants and the other does not.
    pub only_first: Vec<DifferenceReport>,
    /// What the other grants and the first does not.
    pub only_other: Vec<DifferenceReport>,
}

/// A policy that grants nothing beside what another of the same document grants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RedundantReport {
    /// The policy: a JSON pointer.
    pub pointer: String,
    /// The policy that grants all of it: a JSON pointer.
    pub by: String,
    /// Both grant the same.
    pub equivalent: bool,
    /// The same in words.
    pub text: String,
}

/// A policy with the place where it stands.
pub(super) type Placed = (String, Authorization);

/// Up to so many pairs every one is compared; of more, those of which one can contain the other.
const MOST_PAIRS: usize = 2_500;

/// The policies of one document beside those of another. Pairs that let in nobody in common are told only where there is no more
/// than one pair.
pub(super) fn comparisons(document: &[Placed], other: &[Placed]) -> Vec<ComparisonReport> {
    let policies: Vec<Authorization> = other.iter().map(|(_, policy)| policy.clone()).collect();
    let index = AuthorizationIndex::new(&policies);
    let pairs = document.len() * other.len();
    let mut found = Vec::new();
    for (pointer, policy) in document {
        let candidates = if pairs <= MOST_PAIRS { (0..other.len()).collect() } else { index.wider(policy) };
        for (place, by) in candidates.into_iter().filter_map(|number| other.get(number)) {
            let relation = authz::relate(policy, by);
            if pairs == 1 || relation.disjoint != Truth::True {
                found.push(report(pointer, place, &relation));
            }
        }
    }
    found
}

/// The policies of a document that others of it make superfluous, and the places of those of which it could not be decided.
pub(super) fn redundancies(document: &[Placed]) -> (Vec<RedundantReport>, Vec<usize>) {
    let policies: Vec<Authorization> = document.iter().map(|(_, policy)| policy.clone()).collect();
    let place = |number: usize| document.get(number).map(|(pointer, _)| pointer.clone()).unwrap_or_default();
    let name = |number: usize| {
        let id = policies.get(number).and_then(|policy| policy.id.as_deref());
        id.map_or_else(|| place(number), str::to_owned)
    };
    let found = authz::redundant(&policies);
    let report = |one: &authz::Redundant| RedundantReport {
        pointer: place(one.policy),
        by: place(one.by),
        equivalent: one.equivalent,
        text: if one.equivalent {
            format!(
                "`{}` grants the same as `{}`; IAM refuses to make the same authorization twice",
                name(one.policy),
                name(one.by)
            )
        } else {
            format!("`{}` grants nothing that `{}` does not grant", name(one.policy), name(one.by))
        },
    };
    (found.certain.iter().map(report).collect(), found.undecided)
}

fn report(pointer: &str, other: &str, relation: &Relation) -> ComparisonReport {
    let (name, text) = match (relation.disjoint, relation.implies, relation.implied) {
        (Truth::True, ..) => (RelationName::Disjoint, "no use is let in by both"),
        (_, Truth::True, Truth::True) => {
            (RelationName::Equivalent, "both grant the same: making one where the other stands is answered 409 by IAM")
        }
        (_, Truth::True, Truth::False) => {
            (RelationName::Narrower, "the other grants all that the first does, and more: the first is covered already")
        }
        (_, Truth::False, Truth::True) => (RelationName::Wider, "the first grants all that the other does, and more"),
        (Truth::False, Truth::False, Truth::False) => (
            RelationName::Overlapping,
            "each grants something that the other does not, and some uses are let in by both",
        ),
        (_, Truth::True, _) => (
            RelationName::Unknown,
            "the other grants all that the first does; whether it grants more cannot be decided",
        ),
        (_, _, Truth::True) => (
            RelationName::Unknown,
            "the first grants all that the other does; whether it grants more cannot be decided",
        ),
        _ => (RelationName::Unknown, "a part of one of them cannot be judged, so it cannot be decided"),
    };
    ComparisonReport {
        pointer: pointer.to_owned(),
        other: other.to_owned(),
        relation: name,
        within: relation.implies.into(),
        contains: relation.implied.into(),
        disjoint: relation.disjoint.into(),
        text: text.to_owned(),
        only_first: relation.only_first.iter().map(|one| difference(one, "the first", "the other")).collect(),
        only_other: relation.only_second.iter().map(|one| difference(one, "the other", "the first")).collect(),
    }
}

fn difference(one: &Difference, wider: &str, narrower: &str) -> DifferenceReport {
    let roles = one.roles.join(" and ");
    let text = match &one.fact {
        Some((side, attribute)) => {
            format!("{} `{attribute}`: {wider} wants {}, {narrower} {}", side.name(), one.first, one.second)
        }
        None => format!("{wider} grants {roles}, {narrower} does not"),
    };
    DifferenceReport {
        roles: one.roles.clone(),
        side: one.fact.as_ref().map(|(side, _)| *side),
        attribute: one.fact.as_ref().map(|(_, attribute)| attribute.clone()),
        text,
        witness: one
            .witness
            .facts
            .iter()
            .map(|fact| SeparatingFact { side: fact.side, attribute: fact.name.clone(), value: fact.value.clone() })
            .collect(),
    }
}
