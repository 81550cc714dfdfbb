//! Why a policy cannot be written in a form.

use serde::Serialize;

use super::fault::SideName;

/// A form in which a policy can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// The body of `POST /v1/policies`, and of `--file` of the command.
    V1,
    /// The body of `POST /v2/policies`.
    V2,
    /// The command line `ibmcloud iam authorization-policy-create`.
    Cli,
    /// The resource `ibm_iam_authorization_policy` of Terraform.
    Terraform,
}

impl Form {
    /// All forms, in the order in which answers write them.
    pub const ALL: [Self; 4] = [Self::V1, Self::V2, Self::Cli, Self::Terraform];

    /// The form as answers and the command write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
            Self::Cli => "cli",
            Self::Terraform => "terraform",
        }
    }
}

/// What a form cannot carry. Written without it, the policy would be a narrower or a wider one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// The policy was not read whole.
    NotReadWhole,
    /// It is a template, which is assigned and not sent.
    Template,
    /// It is not an authorization, and the form makes nothing else.
    NoAuthorization,
    /// It holds only under a condition.
    Condition,
    /// A side is narrowed by access tags.
    Tags(SideName),
    /// The form has one subject and one resource.
    SeveralSides(SideName),
    /// The form has no such operator, or none with such a value.
    Operator {
        /// On which side.
        side: SideName,
        /// The attribute.
        attribute: String,
        /// The operator.
        operator: String,
    },
    /// The form names roles by their ids, and that of this one is not known.
    RoleId(String),
    /// The form names roles by their display names, and this one's is not known.
    RoleName(String),
}

impl Obstacle {
    /// What cannot be carried, in a few words.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NotReadWhole => "what could not be read of the policy".to_owned(),
            Self::Template => "a template".to_owned(),
            Self::NoAuthorization => "a policy that is no authorization".to_owned(),
            Self::Condition => "the condition of the policy".to_owned(),
            Self::Tags(side) => format!("the access tags of the {}", side.name()),
            Self::SeveralSides(side) => format!("more than one {}", side.name()),
            Self::Operator { side, attribute, operator } => {
                format!("operator `{operator}` of `{attribute}` of the {}", side.name())
            }
            Self::RoleId(role) => format!("role `{role}`, of which no role id is known"),
            Self::RoleName(role) => format!("role `{role}`, of which no display name is known"),
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NotReadWhole => "mend the other problems of the policy first",
            Self::Template => "a template makes policies by being assigned to accounts; export those policies",
            Self::NoAuthorization => "use the form in which it was written",
            Self::Condition => {
                "keep the form in which it was written; without the condition the policy would let more in"
            }
            Self::Tags(_) => "keep the form in which it was written; without the tags the policy would let more in",
            Self::SeveralSides(_) => "write one policy for each subject and resource",
            Self::Operator { .. } => "use a form that has it, or write one policy for each value",
            Self::RoleId(_) => "give the role by its id, a CRN, as an export of the policy has it",
            Self::RoleName(_) => "use a form that names roles by their ids",
        }
    }
}
