//! Why a condition of a policy does not hold, or cannot be judged.

use crate::policy::{Attribute, SideName};

/// A fact of one side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SideFact {
    /// Which side.
    pub side: SideName,
    /// The attribute that is about it.
    pub attribute: String,
}

/// Why a condition cannot be judged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The fact is not known.
    FactUnknown(SideFact),
    /// The attribute is about no fact that any export shows.
    AttributeUnknown(SideFact),
    /// The operator is not one that can be judged here.
    OperatorUnknown {
        /// The condition.
        fact: SideFact,
        /// The operator, as written.
        operator: String,
    },
    /// The side names kinds of services, or a group, instead of a service.
    ServiceNotNamed(SideName),
    /// Part of the side could not be read.
    SideUnreadable(SideName),
    /// Part of the policy could not be read.
    PolicyUnreadable,
    /// The policy does not say that it is an authorization.
    TypeMissing,
    /// The policy is in a state of a name that says neither that it is in force nor that it is not.
    StateUnknown,
    /// The policy has a condition.
    Conditional,
    /// The side is narrowed by access tags.
    Tags(SideName),
    /// The service does not honour a scope of this kind, or may not.
    ScopeUnsupported {
        /// `keyRing` or `resource`.
        attribute: String,
    },
    /// A role of which it is not known what it allows.
    RoleUnknown {
        /// As written.
        role: String,
    },
    /// Whether the source needs delegation.
    DelegationNeed,
    /// Whether the deployment works through this service.
    DependentNeed {
        /// The service.
        service: String,
    },
    /// The authorizations of the key's account are missing, or not all there.
    AuthorizationsIncomplete,
}

/// How a condition fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mismatch {
    /// The use is not as the policy wants it.
    Differs,
    /// The policy has a CRN where a GUID belongs: it matches nothing.
    ValueIsCrn,
    /// The policy does not name what it has to.
    NotNamed,
}

/// How a condition came out, if not well.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It fails.
    Mismatch(Mismatch),
    /// It cannot be judged.
    Unknown(Doubt),
}

/// A condition of a policy that does not hold, or may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The side, where it is about one.
    pub side: Option<SideName>,
    /// The attribute, or a word for the condition.
    pub attribute: String,
    /// What the policy wants.
    pub wants: String,
    /// What the use has, if that is known.
    pub has: Option<String>,
    /// How it came out.
    pub outcome: Outcome,
}

impl Note {
    pub(super) fn doubt(side: Option<SideName>, attribute: &str, doubt: Doubt) -> Self {
        Self {
            side,
            attribute: attribute.to_owned(),
            wants: String::new(),
            has: None,
            outcome: Outcome::Unknown(doubt),
        }
    }

    pub(super) fn of(condition: &Attribute, side: SideName, has: Option<&str>, outcome: Outcome) -> Self {
        Self {
            side: Some(side),
            attribute: condition.name.clone(),
            wants: condition.value.text(),
            has: has.map(str::to_owned),
            outcome,
        }
    }
}

/// What becomes of the conditions that do not hold.
pub(super) enum Notes<'n> {
    /// Nobody asks: the first that fails ends it.
    None,
    /// How many fail.
    Count(&'n mut usize),
    /// All of them, in words.
    All(&'n mut Vec<Note>),
}

impl Notes<'_> {
    pub(super) const fn are_wanted(&self) -> bool {
        !matches!(self, Self::None)
    }

    pub(super) fn doubt(&mut self, note: impl FnOnce() -> Note) {
        if let Self::All(notes) = self {
            notes.push(note());
        }
    }

    pub(super) fn mismatch(&mut self, note: impl FnOnce() -> Note) {
        match self {
            Self::None => {}
            Self::Count(count) => **count += 1,
            Self::All(notes) => notes.push(note()),
        }
    }
}
