//! What is wrong with a body that was written by hand.

use crate::crn::{Severity, Span};

use super::super::fault::FaultKind;
use super::super::written::Syntax;

/// Something wrong or suspicious in a body, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amiss {
    /// The place in the body, as a JSON pointer.
    pub pointer: String,
    /// The place in the text that was given.
    pub span: Span,
    /// What it is.
    pub kind: AmissKind,
}

/// What is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmissKind {
    /// Its text.
    Syntax(Syntax),
    /// What a plan would refuse too.
    Plan(FaultKind),
    /// The body is no object.
    NotAnObject,
    /// A member that belongs to another place.
    Misplaced {
        /// Its name.
        name: String,
        /// Where it belongs, as people write it.
        to: String,
    },
    /// The parameter by which another generation, or another service of that name, takes its key.
    OtherGeneration {
        /// The parameter, as people write it.
        name: String,
        /// What takes its key so.
        of: &'static str,
        /// What is asked for here.
        service: &'static str,
        /// Where the key goes here.
        right: String,
    },
    /// A number in quotes, a text without, and the like.
    WrongType {
        /// As written.
        found: String,
        /// As it is to be written.
        right: String,
    },
    /// An id or a name, where the CRN of the key is wanted.
    NotTheCrn {
        /// As written.
        found: String,
        /// The CRN, where it is known.
        right: Option<String>,
    },
    /// A CRN, where an id is wanted, and the like.
    WrongPart {
        /// As written.
        found: String,
        /// What is wanted.
        wants: &'static str,
        /// The value, where it is known.
        right: Option<String>,
    },
    /// The body names no key.
    NoKey {
        /// Where the key goes, as people write it.
        at: String,
        /// What takes the key.
        service: &'static str,
    },
    /// The body names another key than the plan.
    OtherKey {
        /// As written.
        found: String,
        /// The key of the plan.
        planned: String,
    },
    /// A member that the call does not have.
    UnknownMember {
        /// Its name.
        name: String,
        /// The member that was probably meant.
        nearest: Option<String>,
        /// The members that there are.
        known: Vec<String>,
    },
    /// A plan by its name where its id is wanted, or the other way round.
    PlanName {
        /// As written.
        found: String,
        /// As it is wanted.
        right: String,
    },
    /// A member without which the call is refused.
    MissingMember {
        /// Its name.
        name: &'static str,
        /// What it holds.
        wants: &'static str,
    },
    /// Something that stands for a value.
    ToFillIn {
        /// As written.
        text: String,
    },
    /// Something stands on the way to the key that can hold no member.
    NoPlace {
        /// Where the key goes.
        pointer: String,
        /// What takes it.
        service: &'static str,
    },
    /// An expression that is settled when Terraform runs.
    Expression {
        /// As written.
        text: String,
    },
}

impl AmissKind {
    /// The code: `PLAN` and three digits; a CRN's faults keep their own.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Syntax(fault) => fault.code(),
            Self::Plan(fault) => fault.code(),
            Self::NotAnObject => "PLAN038",
            Self::Misplaced { .. } => "PLAN040",
            Self::OtherGeneration { .. } => "PLAN041",
            Self::WrongType { .. } => "PLAN042",
            Self::NotTheCrn { .. } | Self::WrongPart { .. } => "PLAN043",
            Self::NoKey { .. } => "PLAN044",
            Self::OtherKey { .. } => "PLAN045",
            Self::UnknownMember { .. } => "PLAN046",
            Self::PlanName { .. } => "PLAN047",
            Self::MissingMember { .. } => "PLAN048",
            Self::NoPlace { .. } => "PLAN039",
            Self::ToFillIn { .. } | Self::Expression { .. } => "PLAN049",
        }
    }

    /// How bad it is: with an error the body is refused, or does something else than was meant.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Syntax(fault) => fault.severity(),
            Self::Plan(fault) => fault.severity(),
            Self::Expression { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Syntax(fault) => fault.message(),
            Self::Plan(fault) => fault.message(),
            Self::NotAnObject => "the body is no object".to_owned(),
            Self::Misplaced { name, to } => {
                format!("`{}` stands in the wrong place: it belongs to `{to}`", name.escape_debug())
            }
            Self::OtherGeneration { name, of, service, .. } => {
                format!("`{name}` is where {of} takes a key; {service} takes none there")
            }
            Self::WrongType { found, right } => format!("{found} stands where {right} belongs"),
            Self::NotTheCrn { found, .. } => format!("`{}` is no CRN of a key", found.escape_debug()),
            Self::WrongPart { found, wants, .. } => format!("expected {wants}, found `{}`", found.escape_debug()),
            Self::NoKey { service, .. } => {
                format!("the body names no key: {service} would encrypt with a key of the provider")
            }
            Self::OtherKey { found, planned } => {
                format!("the body names `{}`, the plan `{planned}`", found.escape_debug())
            }
            Self::UnknownMember { name, .. } => format!("the call has no member `{}`", name.escape_debug()),
            Self::PlanName { found, right } => {
                format!("`{found}` is a name of the plan that is not taken here; `{right}` is")
            }
            Self::MissingMember { name, .. } => format!("`{name}` is missing"),
            Self::ToFillIn { text } => format!("`{}` stands for a value that is to be filled in", text.escape_debug()),
            Self::NoPlace { pointer, service } => {
                format!("{service} takes the key at `{pointer}`, and what stands there can hold none")
            }
            Self::Expression { text } => format!("`{}` is settled when Terraform runs", text.escape_debug()),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Syntax(fault) => fault.help(),
            Self::Plan(fault) => fault.help(),
            Self::NotAnObject => "a body is one JSON object, `{…}`".to_owned(),
            Self::Misplaced { to, .. } => {
                format!("put it into `{to}`; a member at another place is passed over or refused")
            }
            Self::OtherGeneration { right, .. } => format!("put the CRN of the key into `{right}`"),
            Self::WrongType { right, .. } => format!("write {right}"),
            Self::NotTheCrn { right: Some(right), .. } | Self::WrongPart { right: Some(right), .. } => {
                format!("write `{right}`")
            }
            Self::NotTheCrn { .. } => {
                "write the full CRN of the root key, `crn:v1:…:key:ID`; an id alone does not tell the KMS instance"
                    .to_owned()
            }
            Self::WrongPart { wants, .. } => format!("write {wants}"),
            Self::NoKey { at, .. } => format!("put the key into `{at}`: `--into` does it"),
            Self::OtherKey { .. } => "say the same key in both".to_owned(),
            Self::UnknownMember { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownMember { known, .. } => {
                let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                format!("members: {}", known.join(", "))
            }
            Self::PlanName { right, .. } => format!("write `{right}`"),
            Self::MissingMember { wants, .. } => format!("give {wants}"),
            Self::ToFillIn { .. } => "put the value itself in its place".to_owned(),
            Self::NoPlace { .. } => "make it an object, or a text in the last place".to_owned(),
            Self::Expression { .. } => {
                "what it says cannot be checked here; check the plan that Terraform makes, or the state".to_owned()
            }
        }
    }
}

impl From<FaultKind> for AmissKind {
    fn from(fault: FaultKind) -> Self {
        Self::Plan(fault)
    }
}
