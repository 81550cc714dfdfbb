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
        /// How many.
        found: usize,
        /// The places that are empty, when the shapes of the others tell.
        missing: Vec<Segment>,
    },
    /// A colon inside the resource: more than ten segments.
    TooManySegments {
        /// How many.
        found: usize,
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
    },
    /// A key was wanted, and the resource type or the resource is another.
    NotAKey {
        /// As written.
        resource_type: String,
        /// `key/ID` in one segment.
        slash: bool,
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
    /// White space, quotes or invisible characters.
    ForeignCharacter {
        /// The character.
        character: char,
    },
    /// A KMS in a region that the catalogue does not list.
    UnknownRegion {
        /// As written.
        text: String,
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
        }
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Cname { .. } | Self::AccountId { .. } | Self::UnknownRegion { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NotACrn { looks_like: Some(what) } => format!("this is {what}, not a CRN"),
            Self::NotACrn { looks_like: None } => "a CRN begins with `crn:`".to_owned(),
            Self::TooFewSegments { found, missing } => match missing.as_slice() {
                [] => format!("expected 10 segments separated by `:`, found {found}"),
                [one] => format!("expected 10 segments separated by `:`, found {found}: `{one}` is probably missing"),
                [first @ .., last] => {
                    let names: Vec<String> = first.iter().map(|segment| format!("`{segment}`")).collect();
                    format!(
                        "expected 10 segments separated by `:`, found {found}: {} and `{last}` are probably missing",
                        names.join(", ")
                    )
                }
            },
            Self::TooManySegments { found } => format!("expected 10 segments separated by `:`, found {found}"),
            Self::Version { text } => format!("version `{text}` is not `v1`"),
            Self::Cname { text } => format!("cname `{text}` is not `bluemix`"),
            Self::Ctype { text } => format!("ctype `{text}` is none of `public`, `dedicated`, `local`"),
            Self::ServiceName { text } => format!("`{text}` is no service name"),
            Self::Scope { text, account_without_prefix: true } => format!("account `{text}` lacks its prefix `a/`"),
            Self::Scope { text, .. } => format!("`{text}` is no scope"),
            Self::NotAKms { text } => format!("service `{text}` holds no keys"),
            Self::NotAKey { instance: true, .. } => "this is a KMS instance, not a key".to_owned(),
            Self::NotAKey { resource_type, slash: true, .. } => format!("`{resource_type}` should be two segments"),
            Self::NotAKey { resource_type, .. } if resource_type == "key" => "the key id is missing".to_owned(),
            Self::NotAKey { resource_type, .. } => format!("resource type `{resource_type}` is not `key`"),
            Self::NotAnInstance => "this names something inside an instance, not the instance".to_owned(),
            Self::NotAGuid { text } => format!("`{text}` is not a GUID"),
            Self::AccountId { text } => format!("account `{text}` is not 32 hexadecimal digits"),
            Self::ForeignCharacter { character } => {
                format!("character U+{:04X} does not belong in a CRN", u32::from(*character))
            }
            Self::UnknownRegion { text } => format!("`{text}` is not a known region of this service"),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NotACrn { looks_like: Some("the bare id of a key") } => {
                "give the key's full CRN; `ibmcloud kp keys -i INSTANCE -o json` prints it as `crn`".to_owned()
            }
            Self::NotACrn { .. } => {
                "write the whole name, `crn:v1:bluemix:public:SERVICE:LOCATION:a/ACCOUNT:INSTANCE:TYPE:RESOURCE`"
                    .to_owned()
            }
            Self::TooFewSegments { .. } => {
                "a segment may be empty, its colon may not: an instance ends in `::`, a key in `:key:ID`".to_owned()
            }
            Self::TooManySegments { .. } => {
                "a colon inside the resource is written `%3A`; a Terraform id carries more than the CRN, use its `.crn`"
                    .to_owned()
            }
            Self::Version { .. } => "write `v1`, the only version there is".to_owned(),
            Self::Cname { .. } => "customers' resources are in `bluemix`".to_owned(),
            Self::Ctype { .. } => "write `public`, unless the resource is in a dedicated or local cloud".to_owned(),
            Self::ServiceName { .. } => {
                "use the name IAM knows: lower-case letters, digits, `-`, a child after `.`".to_owned()
            }
            Self::Scope { account_without_prefix: true, .. } => "write the account as `a/ACCOUNT`".to_owned(),
            Self::Scope { .. } => {
                "write `a/ACCOUNT`, `o/ORGANIZATION`, `s/SPACE`, `p/PROJECT`, `global`, or nothing".to_owned()
            }
            Self::NotAKms { .. } => {
                "keys are of `kms` (Key Protect) or `hs-crypto` (Hyper Protect Crypto Services)".to_owned()
            }
            Self::NotAKey { slash: true, .. } => "write `key:ID`, with a colon".to_owned(),
            Self::NotAKey { .. } => {
                "a key ends in `:key:ID`; `ibmcloud kp keys -i INSTANCE -o json` prints it as `crn`".to_owned()
            }
            Self::NotAnInstance => "an instance ends in `::`".to_owned(),
            Self::NotAGuid { .. } => {
                "a KMS names instances and keys by GUID, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`".to_owned()
            }
            Self::AccountId { .. } => "`ibmcloud account show` prints the account id".to_owned(),
            Self::ForeignCharacter { .. } => "remove it; it was probably copied along".to_owned(),
            Self::UnknownRegion { .. } => "check the spelling; a region opened lately may not be known yet".to_owned(),
        }
    }
}
