//! What can be wrong with a CRN, in the grammar's own words.

use serde::Serialize;

use super::model::{Segment, Span};

/// How bad a fault is: an error makes the CRN wrong, a warning makes it suspicious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Wrong.
    Error,
    /// Suspicious.
    Warning,
}

/// One thing that is wrong: what, in which segment, where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// In which segment.
    pub segment: Option<Segment>,
    /// Where.
    pub span: Span,
}

/// The faults. Each has a code that never changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// Does not begin with `crn:`.
    NotACrn {
        /// What the text looks like instead.
        looks_like: Option<&'static str>,
    },
    /// Fewer than ten segments.
    TooFewSegments {
        /// How many; a colon that was doubled is not counted twice.
        found: usize,
        /// The places that are empty, when the shapes of the others tell.
        missing: Vec<Segment>,
    },
    /// More than ten segments: a colon inside the resource, or a word that is written twice.
    TooManySegments {
        /// How many.
        found: usize,
        /// The word that is written twice; empty where it is a colon.
        doubled: String,
    },
    /// The version is not `v1`.
    Version {
        /// As written.
        text: String,
    },
    /// The cname is not `bluemix`.
    Cname {
        /// As written.
        text: String,
    },
    /// The ctype is none of the three.
    Ctype {
        /// As written.
        text: String,
    },
    /// The service name is not one by its letters.
    ServiceName {
        /// As written.
        text: String,
    },
    /// The scope is none.
    Scope {
        /// As written.
        text: String,
        /// An account id that only lacks its `a/`.
        account_without_prefix: bool,
    },
    /// A key or a KMS instance was wanted, and the service holds no keys.
    NotAKms {
        /// As written.
        text: String,
        /// The KMS that was probably meant.
        near: Option<&'static str>,
    },
    /// A key was wanted, and the resource type or the resource is another.
    NotAKey {
        /// As written.
        resource_type: String,
        /// The CRN is the KMS instance.
        instance: bool,
    },
    /// An instance was wanted, and the CRN goes on.
    NotAnInstance,
    /// The instance or the key of a KMS is not a GUID.
    NotAGuid {
        /// As written.
        text: String,
    },
    /// The account id is not 32 hexadecimal digits.
    AccountId {
        /// As written.
        text: String,
    },
    /// White space, quotes, invisible characters, or punctuation of the sentence around it.
    ForeignCharacter {
        /// The first of them.
        character: char,
    },
    /// A service in a region that is not in its list.
    UnknownRegion {
        /// As written.
        text: String,
        /// The region that was probably meant.
        near: Option<&'static str>,
        /// The page that lists its regions.
        page: &'static str,
    },
    /// Capital letters where small ones belong.
    WrongCase {
        /// As written.
        text: String,
        /// In small letters.
        right: String,
    },
    /// A service that the catalogue does not know.
    UnknownService {
        /// As written.
        text: String,
        /// The service that was probably meant.
        near: Option<&'static str>,
    },
    /// A location that the catalogue does not know.
    UnknownLocation {
        /// As written.
        text: String,
        /// The location that was probably meant.
        near: Option<&'static str>,
    },
    /// The location is not one by its letters.
    Location {
        /// As written.
        text: String,
    },
    /// A KMS without a region.
    NoRegion,
    /// Percent-encoding where it does not belong.
    Encoded {
        /// The part, decoded; none where the whole text is encoded.
        right: Option<String>,
    },
    /// One colon too many, between two segments.
    DoubledColon,
    /// Two segments run into one.
    Glued {
        /// Both, as written.
        text: String,
        /// Both, with a colon.
        right: String,
    },
    /// A colon inside the scope.
    TornScope {
        /// Both halves, with a slash.
        right: String,
    },
    /// An id of Terraform's, which holds a CRN.
    TerraformId {
        /// Of what.
        of: &'static str,
    },
    /// Something that stands for a value.
    Placeholder {
        /// As written.
        text: String,
    },
    /// A KMS whose scope is no account.
    NoAccount,
    /// Something stands before the CRN.
    Prefixed {
        /// As written.
        text: String,
    },
    /// Longer than any CRN.
    TooLong {
        /// How many bytes.
        bytes: usize,
    },
}

impl FaultKind {
    /// The code: `CRN` and three digits.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotACrn { .. } => "CRN001",
            Self::TooFewSegments { .. } => "CRN002",
            Self::TooManySegments { .. } => "CRN003",
            Self::Version { .. } => "CRN004",
            Self::Cname { .. } => "CRN005",
            Self::Ctype { .. } => "CRN006",
            Self::ServiceName { .. } => "CRN007",
            Self::Scope { .. } => "CRN008",
            Self::NotAKms { .. } => "CRN009",
            Self::NotAKey { .. } => "CRN010",
            Self::NotAnInstance => "CRN011",
            Self::NotAGuid { .. } => "CRN012",
            Self::AccountId { .. } => "CRN013",
            Self::ForeignCharacter { .. } => "CRN014",
            Self::UnknownRegion { .. } => "CRN015",
            Self::WrongCase { .. } => "CRN016",
            Self::UnknownService { .. } => "CRN017",
            Self::UnknownLocation { .. } => "CRN018",
            Self::Location { .. } => "CRN019",
            Self::NoRegion => "CRN020",
            Self::Encoded { .. } => "CRN021",
            Self::DoubledColon => "CRN022",
            Self::Glued { .. } => "CRN023",
            Self::TornScope { .. } => "CRN024",
            Self::TerraformId { .. } => "CRN025",
            Self::Placeholder { .. } => "CRN026",
            Self::NoAccount => "CRN027",
            Self::Prefixed { .. } => "CRN028",
            Self::TooLong { .. } => "CRN029",
        }
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Cname { .. }
            | Self::AccountId { .. }
            | Self::UnknownRegion { .. }
            | Self::UnknownService { .. }
            | Self::UnknownLocation { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
