//! The parts of a Cloud Resource Name, borrowed from the text they were read from.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::grammar::{ParseError, parse};

/// Byte offsets `[start, end)` into the text that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from its two ends.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text under this span, or an empty one if the span lies outside of it.
    #[must_use]
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The ten segments of a CRN, by the names the specification gives them.
///
/// Source: IBM Cloud docs, *Cloud Resource Names*, <https://cloud.ibm.com/docs/account?topic=account-crn>, as of 2026-07-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// The literal `crn`.
    Crn,
    /// The version, `v1`.
    Version,
    /// The cloud: `bluemix` for customers.
    Cname,
    /// `public`, `dedicated` or `local`.
    Ctype,
    /// The service, as IAM and the catalog name it.
    ServiceName,
    /// A region, a zone, a data centre, `global`, or nothing.
    Location,
    /// Whose it is: `a/ACCOUNT`, `o/…`, `s/…`, `p/…`, `sub/…`, `global`, or nothing.
    Scope,
    /// The service instance, most often a GUID.
    ServiceInstance,
    /// The type of the resource inside the instance; empty for the instance itself.
    ResourceType,
    /// The resource inside the instance; empty for the instance itself.
    Resource,
}

impl Segment {
    /// All segments in the order in which a CRN writes them.
    pub const ALL: [Self; 10] = [
        Self::Crn,
        Self::Version,
        Self::Cname,
        Self::Ctype,
        Self::ServiceName,
        Self::Location,
        Self::Scope,
        Self::ServiceInstance,
        Self::ResourceType,
        Self::Resource,
    ];

    /// The name of the segment, as JSON answers write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crn => "crn",
            Self::Version => "version",
            Self::Cname => "cname",
            Self::Ctype => "ctype",
            Self::ServiceName => "service_name",
            Self::Location => "location",
            Self::Scope => "scope",
            Self::ServiceInstance => "service_instance",
            Self::ResourceType => "resource_type",
            Self::Resource => "resource",
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What the scope segment names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ScopeType {
    /// `a/`: an IBM Cloud account.
    Account,
    /// `o/`: a Cloud Foundry organization.
    Organization,
    /// `s/`: a Cloud Foundry space.
    Space,
    /// `p/`: a project.
    Project,
    /// `sub/`: a subscription.
    Subscription,
    /// The literal `global`.
    Global,
}

impl ScopeType {
    /// The prefix before the slash; empty for [`ScopeType::Global`].
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Account => "a",
            Self::Organization => "o",
            Self::Space => "s",
            Self::Project => "p",
            Self::Subscription => "sub",
            Self::Global => "",
        }
    }

    /// The type as JSON answers write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Organization => "organization",
            Self::Space => "space",
            Self::Project => "project",
            Self::Subscription => "subscription",
            Self::Global => "global",
        }
    }
}

/// The scope segment: its type and the id after the slash (empty for `global`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Scope<'a> {
    /// What is named.
    #[serde(rename = "type")]
    pub kind: ScopeType,
    /// Its id, as written.
    pub id: &'a str,
}

/// A Cloud Resource Name, borrowed from its text. Every segment is kept as written: nothing is decoded or folded.
///
/// ```
/// let crn = kmsguard::crn::parse(
///     "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:\
///      44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320",
/// )?;
/// assert_eq!(crn.service_name, "kms");
/// assert_eq!(crn.account(), Some("0123456789abcdef0123456789abcdef"));
/// # Ok::<(), kmsguard::crn::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Crn<'a> {
    /// `v1`.
    pub version: &'a str,
    /// The cloud.
    pub cname: &'a str,
    /// `public`, `dedicated` or `local`.
    pub ctype: &'a str,
    /// The service.
    pub service_name: &'a str,
    /// Region, zone, `global` or empty.
    pub location: &'a str,
    /// Whose it is; absent where the segment is empty.
    pub scope: Option<Scope<'a>>,
    /// The service instance.
    pub service_instance: &'a str,
    /// The type of the resource.
    pub resource_type: &'a str,
    /// The resource.
    pub resource: &'a str,
}

/// What a CRN names, by its shape alone, whether right or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A key of Key Protect or Hyper Protect Crypto Services.
    KmsKey,
    /// An instance of one of them.
    KmsInstance,
    /// An instance of another service.
    Instance,
    /// Something inside an instance, or of a service without instances.
    Resource,
    /// A platform, service or custom role.
    Role,
    /// A private-network endpoint.
    Endpoint,
    /// None of these.
    Unknown,
}

impl Kind {
    /// The kind as JSON answers write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::KmsKey => "kms-key",
            Self::KmsInstance => "kms-instance",
            Self::Instance => "instance",
            Self::Resource => "resource",
            Self::Role => "role",
            Self::Endpoint => "endpoint",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether a service holds keys: Key Protect (`kms`, also Dedicated) or Hyper Protect Crypto Services (`hs-crypto`).
#[must_use]
pub(crate) fn holds_keys(service_name: &str) -> bool {
    matches!(service_name, "kms" | "hs-crypto")
}

impl<'a> Crn<'a> {
    /// All segments empty but the version.
    pub(super) const EMPTY: Self = Self {
        version: "v1",
        cname: "",
        ctype: "",
        service_name: "",
        location: "",
        scope: None,
        service_instance: "",
        resource_type: "",
        resource: "",
    };

    /// The account, where the scope is one.
    #[must_use]
    pub fn account(&self) -> Option<&'a str> {
        self.scope.filter(|scope| scope.kind == ScopeType::Account).map(|scope| scope.id)
    }

    /// The region: a zone (`us-south-1`) stands for its region; `global`, nothing, data centres and Satellite locations tell none.
    #[must_use]
    pub fn region(&self) -> Option<&'a str> {
        let is_area = |area: &str| area.len() == 2 && area.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_zone = |zone: &str| !zone.is_empty() && zone.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = self.location.splitn(3, '-');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(area), Some(place), None) if is_area(area) && !place.is_empty() => Some(self.location),
            (Some(area), Some(place), Some(zone)) if is_area(area) && !place.is_empty() && is_zone(zone) => {
                self.location.rsplit_once('-').map(|(region, _)| region)
            }
            _ => None,
        }
    }

    /// What the CRN names, by its shape.
    #[must_use]
    pub fn kind(&self) -> Kind {
        let instance = !self.service_instance.is_empty();
        match (self.resource_type, self.resource) {
            ("key", resource) if holds_keys(self.service_name) && !resource.is_empty() => Kind::KmsKey,
            ("", "") if instance && holds_keys(self.service_name) => Kind::KmsInstance,
            ("", "") if instance => Kind::Instance,
            ("role" | "serviceRole" | "customRole", _) => Kind::Role,
            ("endpoint", _) => Kind::Endpoint,
            ("", "") => Kind::Unknown,
            _ => Kind::Resource,
        }
    }
}

impl fmt::Display for Crn<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "crn:{}:{}:{}:{}:{}:",
            self.version, self.cname, self.ctype, self.service_name, self.location
        )?;
        match self.scope {
            None => {}
            Some(Scope { kind: ScopeType::Global, .. }) => formatter.write_str("global")?,
            Some(Scope { kind, id }) => write!(formatter, "{}/{id}", kind.prefix())?,
        }
        write!(formatter, ":{}:{}:{}", self.service_instance, self.resource_type, self.resource)
    }
}

/// In JSON a CRN is a string.
impl Serialize for Crn<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A string without escapes, borrowed from the JSON; [`CrnBuf`](super::CrnBuf) takes any.
impl<'de: 'a, 'a> Deserialize<'de> for Crn<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parse(<&str>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl<'a> TryFrom<&'a str> for Crn<'a> {
    type Error = ParseError;

    /// # Errors
    ///
    /// [`ParseError`], as [`parse`].
    fn try_from(text: &'a str) -> Result<Self, ParseError> {
        parse(text)
    }
}

#[cfg(test)]
mod tests {
    use crate::crn::parse;

    #[test]
    fn a_zone_stands_for_its_region() {
        let cases = [
            ("us-south", Some("us-south")),
            ("us-south-1", Some("us-south")),
            ("eu-fr2", Some("eu-fr2")),
            ("global", None),
            ("", None),
            ("dal13", None),
            ("satloc_dal_clp3foc20dd82387pe83", None),
        ];
        for (location, expected) in cases {
            let text = format!("crn:v1:bluemix:public:is:{location}:a/1::volume:2");
            assert_eq!(parse(&text).expect("a CRN").region(), expected, "{location}");
        }
    }
}
