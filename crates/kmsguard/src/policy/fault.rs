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
}

impl PolicyFault {
    pub(super) fn new(kind: PolicyFaultKind, pointer: impl Into<String>) -> Self {
        Self { kind, pointer: pointer.into() }
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
    /// Forms that cannot carry all of the policy, and so are left out.
    NotInForm {
        /// The forms.
        forms: Vec<Form>,
        /// What they cannot carry.
        obstacle: Obstacle,
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
        }
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::TypeMissing | Self::Several(_) | Self::ResourceTypeMissing | Self::NotInForm { .. } => {
                Severity::Warning
            }
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
        )
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NotAPolicy => "this is no policy".to_owned(),
            Self::NotRead => "this cannot be read as JSON, or is nested too deep".to_owned(),
            Self::Repeated { member } => format!("`{member}` is given twice"),
            Self::WrongType { member, expected } => format!("`{member}` is not {expected}"),
            Self::SideMissing(side) => format!("the policy has no {}", side.name()),
            Self::WrapperMissing(side) => format!("the {} has no `attributes`", side.name()),
            Self::NoAttributes(side) => format!("the {} has an empty list of attributes", side.name()),
            Self::AttributeNameMissing(side) => format!("an attribute of the {} has no name", side.name()),
            Self::AttributeValue { attribute } => format!("the value of `{attribute}` is no text"),
            Self::OperatorValue { attribute, operator } => {
                format!("operator `{operator}` does not fit the value of `{attribute}`")
            }
            Self::UnknownOperator { attribute, operator } if operator.is_empty() => {
                format!("`{attribute}` has no operator")
            }
            Self::UnknownOperator { attribute, operator } => {
                format!("operator `{operator}` of `{attribute}` is not known in this version of the API")
            }
            Self::UnknownAttribute { side, attribute } => {
                format!("`{attribute}` is no attribute of the {} of an authorization on keys", side.name())
            }
            Self::UnknownMember { side, member } => format!("the {} has an unknown member `{member}`", side.name()),
            Self::MixedVersions { member } => format!("`{member}` belongs to the other version of the API"),
            Self::NoRoles => "the policy has no roles that can be read".to_owned(),
            Self::RoleMistake { role, mistake } => match mistake {
                RoleMistake::ServiceRoleAsPlatformRole => format!("`{role}` is no platform role, and grants nothing"),
                RoleMistake::DelegatorAsServiceRole => format!("`{role}` is no service role, and grants nothing"),
                RoleMistake::SeveralRoles => format!("`{role}` names more than one role"),
                RoleMistake::DelegatorOfService => {
                    format!("`{role}` is a role of IAM, not of a service, and grants nothing")
                }
            },
            Self::TypeMissing => "the policy does not say its type".to_owned(),
            Self::AccountMissing(side) => format!("the {} names no account", side.name()),
            Self::SubjectTooWide => "the subject names no service or resource group".to_owned(),
            Self::TargetServiceMissing => "the resource names no service".to_owned(),
            Self::InstanceIsCrn { attribute, value, .. } => format!("`{attribute}` is a whole CRN: `{value}`"),
            Self::Several(side) => format!("the policy has more than one {}", side.name()),
            Self::ResourceTypeMissing => "`resource` stands without `resourceType`".to_owned(),
            Self::AccountPrefix { value, .. } => format!("account `{value}` carries the prefix of a CRN"),
            Self::NotInForm { forms, obstacle } => {
                let names: Vec<String> = forms.iter().map(|form| format!("`{}`", form.name())).collect();
                format!("not written as {}, which cannot carry {}", words(&names, "or"), obstacle.message())
            }
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NotAPolicy => {
                "a policy has `type`, `subjects`, `roles` and `resources`, or `type`, `subject`, `control` and `resource`"
                    .to_owned()
            }
            Self::NotRead => "export the policy again".to_owned(),
            Self::Repeated { .. } => "give it once; readers of JSON differ in which of two they take".to_owned(),
            Self::WrongType { expected, .. } => format!("write {expected}"),
            Self::SideMissing(side) => format!("say who or what with a {} of its own", side.name()),
            Self::WrapperMissing(_) => "write `{\"attributes\": [ … ]}` around the attributes".to_owned(),
            Self::NoAttributes(_) => "name at least the account and the service; an empty list means nothing".to_owned(),
            Self::AttributeNameMissing(_) => "write `name` in version 1 and `key` in version 2, in lower case".to_owned(),
            Self::AttributeValue { .. } => "write a text, a list of texts, or `true` or `false`".to_owned(),
            Self::OperatorValue { .. } => {
                "`stringEquals` and `stringMatch` take a text, `…AnyOf` a list, `stringExists` `true` or `false`".to_owned()
            }
            Self::UnknownOperator { .. } => "use `stringEquals` or `stringMatch`".to_owned(),
            Self::UnknownAttribute { .. } => {
                "it narrows the policy in a way that cannot be judged; check its spelling".to_owned()
            }
            Self::UnknownMember { .. } => "it may narrow the policy; check its spelling".to_owned(),
            Self::MixedVersions { .. } => "keep to the members of one version".to_owned(),
            Self::NoRoles => "name at least the role `Reader`".to_owned(),
            Self::RoleMistake { role, mistake } => match mistake {
                RoleMistake::ServiceRoleAsPlatformRole => {
                    format!("write `crn:v1:bluemix:public:iam::::serviceRole:{}`", last_segment(role))
                }
                RoleMistake::DelegatorAsServiceRole | RoleMistake::DelegatorOfService => {
                    "write `crn:v1:bluemix:public:iam::::role:AuthorizationDelegator`".to_owned()
                }
                RoleMistake::SeveralRoles => "write one role id for each role".to_owned(),
            },
            Self::TypeMissing => "write `\"type\": \"authorization\"`".to_owned(),
            Self::AccountMissing(_) => "add `accountId`".to_owned(),
            Self::SubjectTooWide => "add `serviceName` or `resourceGroupId`".to_owned(),
            Self::TargetServiceMissing => "add `serviceName`".to_owned(),
            Self::InstanceIsCrn { .. } => "use the GUID, in Terraform `.guid` instead of `.id`".to_owned(),
            Self::Several(_) => "it is read as one or the other; write two policies instead".to_owned(),
            Self::AccountPrefix { value, .. } => {
                format!("write `{}`; with the prefix it matches no account", value.trim_start_matches("a/"))
            }
            Self::ResourceTypeMissing => "add `resourceType` with the value `key`; it is read as a key id".to_owned(),
            Self::NotInForm { obstacle, .. } => obstacle.help().to_owned(),
        }
    }
}

/// Words as a sentence lists them.
pub(super) fn words(words: &[String], joined_by: &str) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [first @ .., last] => format!("{} {joined_by} {last}", first.join(", ")),
    }
}

fn last_segment(text: &str) -> &str {
    text.rsplit_once(':').map_or(text, |(_, last)| last)
}
