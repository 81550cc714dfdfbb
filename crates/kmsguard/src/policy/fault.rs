//! What can be wrong with a policy.

use serde::Serialize;

use super::obstacle::{Form, Obstacle};
use super::role::RoleMistake;
use crate::crn::Severity;

/// A side of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SideName {
    /// Who is let in.
    Subject,
    /// What they are let in to.
    Resource,
}

impl SideName {
    /// The side as answers write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Resource => "resource",
        }
    }
}

/// One thing that is wrong, and where: a JSON pointer into the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFault {
    /// What.
    pub kind: PolicyFaultKind,
    /// Where, from the policy's own beginning.
    pub pointer: String,
    /// Where in a text that is no JSON: offsets `[start, end)` in bytes.
    pub span: Option<[usize; 2]>,
}

impl PolicyFault {
    pub(super) fn new(kind: PolicyFaultKind, pointer: impl Into<String>) -> Self {
        Self { kind, pointer: pointer.into(), span: None }
    }

    pub(super) const fn at(kind: PolicyFaultKind, span: [usize; 2]) -> Self {
        Self { kind, pointer: String::new(), span: Some(span) }
    }
}

/// The faults. Each has a code that never changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyFaultKind {
    /// No policy at all.
    NotAPolicy,
    /// Nested too deep, or no JSON.
    NotRead,
    /// A member is given twice.
    Repeated {
        /// Its name.
        member: String,
    },
    /// A member is of another JSON type than it has to be.
    WrongType {
        /// Its name.
        member: String,
        /// What it has to be.
        expected: &'static str,
    },
    /// The subject or the resource is missing.
    SideMissing(SideName),
    /// Attributes stand where the object with `attributes` should.
    WrapperMissing(SideName),
    /// A list of attributes without attributes.
    NoAttributes(SideName),
    /// An attribute without a name.
    AttributeNameMissing(SideName),
    /// An attribute without a value, or with one that is no text.
    AttributeValue {
        /// The attribute.
        attribute: String,
    },
    /// The operator does not compare with such a value.
    OperatorValue {
        /// The attribute.
        attribute: String,
        /// The operator.
        operator: String,
    },
    /// An operator that this version of the API does not have.
    UnknownOperator {
        /// The attribute.
        attribute: String,
        /// The operator; empty where there is none.
        operator: String,
    },
    /// An attribute that no authorization on a key has.
    UnknownAttribute {
        /// On which side.
        side: SideName,
        /// The attribute.
        attribute: String,
    },
    /// A member of a side that nothing is known of.
    UnknownMember {
        /// On which side.
        side: SideName,
        /// The member.
        member: String,
    },
    /// Members of both versions of the API.
    MixedVersions {
        /// The member that belongs to the other version.
        member: String,
    },
    /// No roles, or roles that cannot be read.
    NoRoles,
    /// A role id that is a mistake.
    RoleMistake {
        /// As written.
        role: String,
        /// The mistake.
        mistake: RoleMistake,
    },
    /// The policy does not say that it is an authorization.
    TypeMissing,
    /// A side does not name its account.
    AccountMissing(SideName),
    /// The subject names neither a service nor a resource group.
    SubjectTooWide,
    /// The resource names no service.
    TargetServiceMissing,
    /// A whole CRN where a GUID belongs.
    InstanceIsCrn {
        /// On which side.
        side: SideName,
        /// The attribute.
        attribute: String,
        /// As written.
        value: String,
    },
    /// More than one subject or resource.
    Several(SideName),
    /// A `resource` without a `resourceType`.
    ResourceTypeMissing,
    /// An account with the prefix that it has in a CRN.
    AccountPrefix {
        /// On which side.
        side: SideName,
        /// As written.
        value: String,
    },
    /// A policy for users, written with a service as its subject.
    AccessForService,
    /// A user, a service id or an access group as the subject of an authorization.
    UserAsSubject {
        /// The attribute that says so.
        attribute: String,
    },
    /// A resource group beside an instance.
    GroupAndInstance(SideName),
    /// A `resourceType` that no key has.
    ResourceTypeOfNoKey {
        /// As written.
        value: String,
    },
    /// A flag that the command does not have.
    UnknownFlag {
        /// As written.
        flag: String,
    },
    /// Two things of which only one can be given.
    Exclusive {
        /// One.
        one: String,
        /// The other.
        other: String,
    },
    /// A value that is settled only when the text is run or applied.
    ValueNotKnown {
        /// What has the value.
        what: String,
        /// As written.
        written: String,
    },
    /// The text leaves the account to whoever runs it.
    AccountOfCaller(SideName),
    /// Something without which there is no policy.
    Missing {
        /// What.
        what: &'static str,
    },
    /// The text cannot be read from here on.
    Syntax {
        /// What should stand here.
        expected: &'static str,
    },
    /// Whether there is such a policy, and how many, is settled elsewhere.
    HowMany {
        /// The argument that settles it.
        argument: String,
    },
    /// Nothing in the text is a policy in a form that is known.
    NoForm,
    /// A role name that is none of those that are known.
    UnknownRoleName {
        /// As written.
        role: String,
    },
    /// Whether another policy of the document makes it superfluous takes too long to find out.
    NotCompared,
    /// Forms that cannot carry all of the policy, and so are left out.
    NotInForm {
        /// The forms.
        forms: Vec<Form>,
        /// What they cannot carry.
        obstacle: Box<Obstacle>,
    },
}

impl PolicyFaultKind {
    /// The code: `POL` and three digits.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAPolicy => "POL001",
            Self::NotRead => "POL002",
            Self::Repeated { .. } => "POL003",
            Self::WrongType { .. } => "POL004",
            Self::SideMissing(_) => "POL005",
            Self::WrapperMissing(_) => "POL006",
            Self::NoAttributes(_) => "POL007",
            Self::AttributeNameMissing(_) => "POL008",
            Self::AttributeValue { .. } => "POL009",
            Self::OperatorValue { .. } => "POL010",
            Self::UnknownOperator { .. } => "POL011",
            Self::UnknownAttribute { .. } => "POL012",
            Self::UnknownMember { .. } => "POL013",
            Self::MixedVersions { .. } => "POL014",
            Self::NoRoles => "POL015",
            Self::RoleMistake { .. } => "POL016",
            Self::TypeMissing => "POL017",
            Self::AccountMissing(_) => "POL018",
            Self::SubjectTooWide => "POL019",
            Self::TargetServiceMissing => "POL020",
            Self::InstanceIsCrn { .. } => "POL021",
            Self::Several(_) => "POL022",
            Self::ResourceTypeMissing => "POL023",
            Self::AccountPrefix { .. } => "POL024",
            Self::NotInForm { .. } => "POL025",
            Self::AccessForService => "POL026",
            Self::UserAsSubject { .. } => "POL027",
            Self::GroupAndInstance(_) => "POL028",
            Self::ResourceTypeOfNoKey { .. } => "POL029",
            Self::UnknownFlag { .. } => "POL030",
            Self::Exclusive { .. } => "POL031",
            Self::ValueNotKnown { .. } => "POL032",
            Self::AccountOfCaller(_) => "POL033",
            Self::Missing { .. } => "POL034",
            Self::Syntax { .. } => "POL035",
            Self::HowMany { .. } => "POL036",
            Self::NoForm => "POL037",
            Self::UnknownRoleName { .. } => "POL038",
            Self::NotCompared => "POL039",
        }
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::TypeMissing
            | Self::Several(_)
            | Self::ResourceTypeMissing
            | Self::NotInForm { .. }
            | Self::GroupAndInstance(_)
            | Self::ValueNotKnown { .. }
            | Self::AccountOfCaller(_)
            | Self::HowMany { .. }
            | Self::UnknownRoleName { .. }
            | Self::NotCompared => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Whether it leaves open what the whole policy says, so that the policy can be false or unknown, but never true.
    /// Faults inside a side leave only that side open; see [`Side::unreadable`](super::Side::unreadable).
    #[must_use]
    pub const fn blocks(&self) -> bool {
        matches!(
            self,
            Self::NotAPolicy
                | Self::NotRead
                | Self::Repeated { .. }
                | Self::WrongType { .. }
                | Self::SideMissing(_)
                | Self::MixedVersions { .. }
                | Self::UnknownFlag { .. }
                | Self::Exclusive { .. }
                | Self::Missing { .. }
                | Self::Syntax { .. }
                | Self::HowMany { .. }
                | Self::NoForm
        )
    }

    /// Whether it is nothing wrong, but leaves something open that something else would settle.
    #[must_use]
    pub const fn is_doubt(&self) -> bool {
        matches!(
            self,
            Self::ValueNotKnown { .. }
                | Self::AccountOfCaller(_)
                | Self::HowMany { .. }
                | Self::UnknownRoleName { .. }
                | Self::NotCompared
        )
    }
}
