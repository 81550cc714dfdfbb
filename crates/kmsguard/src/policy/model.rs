//! The one model of a policy, whatever it was read from.

use serde::Serialize;

use super::fault::{PolicyFault, SideName};
use super::obstacle::Obstacle;
use super::role::Role;

/// A policy, as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    /// The id that IAM gave it; none for one that was never sent.
    pub id: Option<String>,
    /// Whether it is in force.
    pub state: State,
    /// Whether it is an authorization at all.
    pub kind: PolicyType,
    /// Who is let in. Real policies have exactly one.
    pub subjects: Vec<Side>,
    /// What they are let in to. Real policies have exactly one.
    pub resources: Vec<Side>,
    /// What they may do.
    pub roles: Vec<Role>,
    /// What its author wrote about it.
    pub description: Option<String>,
    /// The IAM id or the CRN of its author.
    pub created_by_id: Option<String>,
    /// When it was made, as written.
    pub created_at: Option<String>,
    /// When it last let somebody in, as written; only exports that ask for it have it.
    pub last_permit_at: Option<String>,
    /// It has a `rule` or a `pattern`: it holds only at times, or for some requests.
    pub conditional: bool,
    /// It is a template of policies, which lets nobody in by itself.
    pub template: bool,
    /// It was made from an enterprise's template, and cannot be changed in the account.
    pub managed: bool,
    /// Which version of the API wrote it.
    pub version: Version,
    /// What is wrong with it.
    pub problems: Vec<PolicyFault>,
}

/// Whether a policy is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// In force. A policy that states nothing is.
    Active,
    /// Deleted; it can be restored.
    Deleted,
    /// A state of another name.
    Other,
}

/// What kind of policy it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyType {
    /// Between services.
    Authorization,
    /// For users, service ids and access groups.
    Access,
    /// Something else, as written.
    Other(String),
    /// The policy does not say.
    Absent,
}

/// Which version of the API wrote a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// `/v1/policies`, and the command.
    V1,
    /// `/v2/policies`, and Terraform.
    V2,
}

/// Who made a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A user, or a service id or profile that works for one.
    User,
    /// A service, by delegation: its owner cannot change it.
    Service,
    /// The export does not tell.
    Unknown,
}

/// A subject or a resource: attributes that must all hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    /// The attributes, in the order in which they are written.
    pub attributes: Vec<Attribute>,
    /// It is narrowed by access tags, which no export of instances or keys resolves.
    pub tags: bool,
    /// Part of it could not be read, so an attribute may be missing here that the policy has.
    pub unreadable: bool,
}

/// A condition on one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The name of the fact.
    pub name: String,
    /// How it is compared.
    pub operator: Operator,
    /// With what.
    pub value: Value,
}

/// How a fact is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// Equal, letter for letter.
    StringEquals,
    /// Like a pattern with `*` and `?`.
    StringMatch,
    /// Equal to one of a list.
    StringEqualsAnyOf,
    /// Like one of a list of patterns.
    StringMatchAnyOf,
    /// There is such a fact, or there is none.
    StringExists,
    /// None of these in this version of the API, as written; empty where a version that needs one has none.
    Unknown(String),
}

impl Operator {
    /// The operator as the API writes it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::StringEquals => "stringEquals",
            Self::StringMatch => "stringMatch",
            Self::StringEqualsAnyOf => "stringEqualsAnyOf",
            Self::StringMatchAnyOf => "stringMatchAnyOf",
            Self::StringExists => "stringExists",
            Self::Unknown(text) => text,
        }
    }

    /// Whether it compares with a list.
    #[must_use]
    pub const fn takes_list(&self) -> bool {
        matches!(self, Self::StringEqualsAnyOf | Self::StringMatchAnyOf)
    }
}

/// With what a fact is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Texts: one, or the members of a list.
    Texts(Vec<String>),
    /// Whether there shall be such a fact.
    Bool(bool),
}

impl Value {
    /// The value as one line.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Texts(texts) => texts.join(", "),
            Self::Bool(value) => value.to_string(),
        }
    }
}

impl Attribute {
    /// A fact that must be equal to a text.
    #[must_use]
    pub fn equals(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), operator: Operator::StringEquals, value: Value::Texts(vec![value.to_owned()]) }
    }

    /// The text to which the fact must be equal, where the attribute says just that.
    #[must_use]
    pub fn exact(&self) -> Option<&str> {
        match (&self.operator, &self.value) {
            (Operator::StringEquals, Value::Texts(texts)) => match texts.as_slice() {
                [text] => Some(text),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Attribute {
    /// That a form cannot carry it.
    pub(super) fn obstacle(&self, side: SideName) -> Obstacle {
        Obstacle::Operator { side, attribute: self.name.clone(), operator: self.operator.name().to_owned() }
    }
}

impl Side {
    /// All attributes of a name.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Attribute> {
        self.attributes.iter().filter(move |attribute| attribute.name == name)
    }

    /// Whether there is an attribute of a name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|attribute| attribute.name == name)
    }

    /// The text to which a fact must be equal, where exactly one attribute of that name says just that.
    #[must_use]
    pub fn exact(&self, name: &str) -> Option<&str> {
        let mut named = self.attributes.iter().filter(|attribute| attribute.name == name);
        match (named.next(), named.next()) {
            (Some(attribute), None) => attribute.exact(),
            _ => None,
        }
    }
}

impl Authorization {
    /// An authorization that was never sent: whoever has the facts of the subject may do to what has those of the resource what
    /// the roles say.
    #[must_use]
    pub fn granting(subject: Vec<Attribute>, resource: Vec<Attribute>, roles: Vec<Role>) -> Self {
        let side = |attributes| vec![Side { attributes, ..Side::default() }];
        Self {
            kind: PolicyType::Authorization,
            subjects: side(subject),
            resources: side(resource),
            roles,
            ..Self::empty(Version::V1)
        }
    }

    /// A policy with nothing in it, to be filled by a reader.
    pub(super) const fn empty(version: Version) -> Self {
        Self {
            id: None,
            state: State::Active,
            kind: PolicyType::Absent,
            subjects: Vec::new(),
            resources: Vec::new(),
            roles: Vec::new(),
            description: None,
            created_by_id: None,
            created_at: None,
            last_permit_at: None,
            conditional: false,
            template: false,
            managed: false,
            version,
            problems: Vec::new(),
        }
    }

    /// Whether a fault outside of its sides leaves open what the policy says.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        !self.problems.iter().any(|fault| fault.kind.blocks())
    }

    /// Whether it is an authorization in force, without a condition, of which nothing outside of its sides is left open.
    #[must_use]
    pub fn is_plainly_in_force(&self) -> bool {
        self.kind == PolicyType::Authorization && self.state == State::Active && !self.conditional && self.is_readable()
    }

    /// The service of its resource, where it is named letter for letter.
    #[must_use]
    pub fn target_service(&self) -> Option<&str> {
        match self.resources.as_slice() {
            [side] if !side.unreadable => side.exact("serviceName"),
            _ => None,
        }
    }

    /// The service of its subject, where it is named letter for letter.
    #[must_use]
    pub fn source_service(&self) -> Option<&str> {
        match self.subjects.as_slice() {
            [side] if !side.unreadable => side.exact("serviceName"),
            _ => None,
        }
    }

    /// The account in which the policy lives: that of its resource.
    #[must_use]
    pub fn target_account(&self) -> Option<&str> {
        match self.resources.as_slice() {
            [side] => side.exact("accountId"),
            _ => None,
        }
    }

    /// The account of its subject.
    #[must_use]
    pub fn source_account(&self) -> Option<&str> {
        match self.subjects.as_slice() {
            [side] => side.exact("accountId"),
            _ => None,
        }
    }

    /// Whether the policy may be about keys: its target is a KMS, or cannot be read.
    #[must_use]
    pub fn concerns_keys(&self) -> bool {
        self.resources.is_empty()
            || self.resources.iter().any(|side| {
                let mut services = side.named("serviceName").peekable();
                side.unreadable
                    || services.peek().is_none()
                    || services.any(|service| service.exact().is_none_or(|name| matches!(name, "kms" | "hs-crypto")))
            })
    }

    /// Whether it is certainly on services other than a KMS, whatever else of it cannot be read.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        let other = |name: &str| !matches!(name, "kms" | "hs-crypto");
        let is_other = |side: &Side| side.named("serviceName").any(|service| service.exact().is_some_and(other));
        !self.resources.is_empty() && self.resources.iter().all(is_other)
    }

    /// Who made it. No one spelling decides: a service shows by its CRN, or by a service id that lets a foreign account's
    /// storage in.
    #[must_use]
    pub fn origin(&self) -> Origin {
        let Some(author) = self.created_by_id.as_deref().map(str::trim).filter(|author| !author.is_empty()) else {
            return Origin::Unknown;
        };
        if author.starts_with("crn:") || author.starts_with("crn-crn:") {
            return Origin::Service;
        }
        if author.starts_with("iam-ServiceId-") || author.starts_with("ServiceId-") {
            let storage = matches!(self.source_service(), Some("server-protect" | "cloud-object-storage"));
            return match (self.source_account(), self.target_account()) {
                (Some(source), Some(target)) if storage && source != target => Origin::Service,
                (Some(_), Some(_)) => Origin::User,
                _ if storage => Origin::Unknown,
                _ => Origin::User,
            };
        }
        let known = ["IBMid-", "iam-Profile-", "Profile-"].iter().any(|prefix| author.starts_with(prefix));
        if known { Origin::User } else { Origin::Unknown }
    }
}
