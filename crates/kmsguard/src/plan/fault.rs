//! What can be wrong with a request for a plan.

use crate::catalog::Source;
use crate::catalog::dates::HYPER_PROTECT_END;
use crate::catalog::endpoints::Kms;
use crate::catalog::needs::is_gen2_plan;
use crate::catalog::services::{Fact, schematics};
use crate::crn::{self, Severity};

/// One thing that is wrong, and where in the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The JSON pointer to it.
    pub pointer: String,
    /// What.
    pub kind: FaultKind,
}

/// The faults. Each has a code that never changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// The request is no object.
    NotARequest,
    /// No service of that id.
    UnknownService {
        /// As written.
        text: String,
        /// The nearest id.
        nearest: Option<&'static str>,
        /// All ids.
        known: Vec<&'static str>,
    },
    /// A field that requests do not have.
    UnknownField {
        /// As written.
        name: String,
        /// What was probably meant.
        nearest: Option<String>,
        /// All fields of this place.
        known: Vec<&'static str>,
    },
    /// A field that must be given.
    Missing {
        /// Its name.
        name: &'static str,
        /// What it holds.
        wants: &'static str,
    },
    /// A field with a value that it cannot have.
    Value {
        /// What was found.
        found: String,
        /// What is wanted.
        wants: String,
    },
    /// A CRN with a fault of its own.
    Crn(crn::Fault),
    /// A scope that the service does not honour.
    Scope {
        /// As written.
        text: String,
        /// The service.
        service: &'static str,
        /// The scopes it honours.
        honoured: Vec<&'static str>,
        /// Why.
        because: Fact,
    },
    /// Keys of a KMS that the service does not take.
    Target {
        /// The service.
        service: &'static str,
        /// The KMS.
        kms: &'static str,
        /// Where that was read.
        because: Fact,
    },
    /// Keys of a KMS that ends; an error unless it is allowed.
    EndOfLife {
        /// Whether the request allows it.
        allowed: bool,
        /// How many days are left; negative once it has ended.
        days_left: i64,
    },
    /// Two fields that say different things.
    Conflict {
        /// The other field.
        with: &'static str,
        /// What this one says.
        found: String,
        /// What the other one says.
        other: String,
    },
    /// A parameter that the service does not have.
    UnknownParameter {
        /// As written.
        name: String,
        /// What to do.
        help: String,
    },
    /// A region or location that the catalogue does not list.
    UnknownLocation {
        /// As written.
        text: String,
        /// The service.
        service: &'static str,
        /// The locations it lists.
        known: &'static [&'static str],
        /// The day of the list.
        as_of: &'static str,
    },
    /// A plan of the other generation, which takes keys in another way.
    WrongPlan {
        /// As written.
        text: String,
        /// The plan that can.
        wants: &'static str,
        /// Where the plans were read.
        because: Option<Fact>,
    },
    /// A plan that does not encrypt with a customer's key.
    KeylessPlan {
        /// As written.
        text: String,
        /// The plan that does.
        wants: &'static str,
        /// Whether it takes the key without an error, and ignores it.
        ignores: bool,
        /// Where the plans were read.
        because: Option<Fact>,
    },
    /// A key in a region from which the service takes none.
    KeyRegion {
        /// The region.
        text: String,
        /// The regions from which it takes keys.
        known: &'static [&'static str],
        /// Where they were read.
        because: Fact,
    },
    /// An endpoint that is not the key's.
    Endpoint {
        /// What is wrong with it.
        what: String,
        /// The right one.
        right: String,
    },
    /// A form of endpoint that is not documented.
    EndpointUndocumented,
    /// A key of a KMS that the scheme does not take.
    Scheme {
        /// The scheme.
        scheme: &'static str,
        /// The KMS that it takes keys of.
        takes: Kms,
        /// The KMS of the key.
        found: Kms,
    },
    /// A second key that is lost together with the first.
    NotIndependent {
        /// What they share: `key`, `KMS instance` or `region`.
        shared: &'static str,
    },
    /// Something that must be filled in before the plan can be sent.
    Placeholder {
        /// What stands in its place.
        placeholder: &'static str,
        /// How to find it.
        help: &'static str,
    },
    /// A value that was never offered so far.
    Unusual {
        /// What is unusual.
        what: String,
        /// What is usual.
        help: String,
    },
}

impl FaultKind {
    /// The code: `PLAN` and three digits; a CRN's faults keep their own.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotARequest => "PLAN001",
            Self::UnknownService { .. } => "PLAN002",
            Self::UnknownField { .. } => "PLAN003",
            Self::Missing { .. } => "PLAN004",
            Self::Value { .. } => "PLAN005",
            Self::Crn(fault) => fault.kind.code(),
            Self::Scope { .. } => "PLAN006",
            Self::Target { .. } => "PLAN007",
            Self::EndOfLife { .. } => "PLAN008",
            Self::Conflict { .. } => "PLAN009",
            Self::UnknownParameter { .. } => "PLAN010",
            Self::UnknownLocation { .. } => "PLAN011",
            Self::WrongPlan { .. } => "PLAN012",
            Self::Endpoint { .. } | Self::EndpointUndocumented => "PLAN013",
            Self::Scheme { .. } => "PLAN014",
            Self::NotIndependent { .. } => "PLAN015",
            Self::Placeholder { .. } => "PLAN016",
            Self::Unusual { .. } => "PLAN017",
            Self::KeylessPlan { .. } => "PLAN018",
            Self::KeyRegion { .. } => "PLAN019",
        }
    }

    /// How bad it is: an error makes the plan none, a warning is to be looked at.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Crn(fault) => fault.kind.severity(),
            Self::EndOfLife { allowed: true, .. }
            | Self::UnknownLocation { .. }
            | Self::KeyRegion { .. }
            | Self::EndpointUndocumented
            | Self::NotIndependent { .. }
            | Self::Placeholder { .. }
            | Self::Unusual { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The page that says so, where it is a fact about the service.
    #[must_use]
    pub fn source(&self) -> Option<Source> {
        match self {
            Self::Scope { because, .. } => Some(because.source),
            Self::Target { because, .. } | Self::KeyRegion { because, .. } => Some(because.source),
            Self::EndOfLife { .. } => HYPER_PROTECT_END.sources.first().copied(),
            Self::WrongPlan { because, .. } | Self::KeylessPlan { because, .. } => because.map(|fact| fact.source),
            Self::Scheme { .. } => Some(schematics::SCHEMES.source),
            _ => None,
        }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NotARequest => "a plan is asked for with a JSON object".to_owned(),
            Self::UnknownService { text, .. } => format!("there is no service `{text}` to make a plan for"),
            Self::UnknownField { name, .. } => format!("there is no field `{name}`"),
            Self::Missing { name, .. } => format!("`{name}` is missing"),
            Self::Value { found, wants } => format!("expected {wants}, found {found}"),
            Self::Crn(fault) => fault.kind.message(),
            Self::Scope { text, service, .. } => {
                format!("{service} does not honour an authorization of scope `{text}`")
            }
            Self::Target { service, kms, .. } => format!("{service} takes no keys of `{kms}`"),
            Self::EndOfLife { days_left, .. } => {
                let end = HYPER_PROTECT_END.date;
                let when = match days_left {
                    0.. => format!("ends on {end}, in {days_left} days"),
                    _ => format!("ended on {end}"),
                };
                format!("Hyper Protect Crypto Services {when}, and new integrations with it are no longer supported")
            }
            Self::Conflict { with, found, other } => format!("`{found}` is not what `{with}` says, `{other}`"),
            Self::UnknownParameter { name, .. } => format!("the service has no parameter `{name}`"),
            Self::UnknownLocation { text, service, as_of, .. } => {
                format!("{service} was not offered in `{text}` as of {as_of}")
            }
            Self::WrongPlan { text, .. } if is_gen2_plan(text) => {
                format!("plan `{text}` is of Gen 2, which takes keys in another way")
            }
            Self::WrongPlan { text, .. } => {
                format!("plan `{text}` is of the classic generation, which takes keys in another way")
            }
            Self::KeylessPlan { text, ignores: true, .. } => {
                format!("plan `{text}` takes a key without an error and ignores it")
            }
            Self::KeylessPlan { text, .. } => format!("plan `{text}` does not encrypt with a customer's key"),
            Self::KeyRegion { text, .. } => format!("keys in `{text}` are not taken for this"),
            Self::Endpoint { what, .. } => what.clone(),
            Self::EndpointUndocumented => "this form of endpoint is not documented".to_owned(),
            Self::Scheme { scheme, takes, found } => {
                format!("{scheme} takes keys of {}, this one is of {}", takes.title(), found.title())
            }
            Self::NotIndependent { shared } => format!("the second key is in the same {shared} as the first")
                .replace("in the same key", "the same key"),
            Self::Placeholder { placeholder, .. } => {
                format!("`{placeholder}` must be filled in before the plan can be sent")
            }
            Self::Unusual { what, .. } => what.clone(),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NotARequest => "write `{\"service\": \"event-streams-gen2\", \"key\": {\"crn\": \"crn:…\"}}`".to_owned(),
            Self::UnknownService { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownService { known, .. } => format!("services: {}", list(known)),
            Self::UnknownField { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::UnknownField { known, .. } => format!("fields: {}", list(known)),
            Self::Missing { wants, .. } => format!("give {wants}"),
            Self::Value { wants, .. } => format!("write {wants}"),
            Self::Crn(fault) => fault.kind.help(),
            Self::Scope { honoured, because, .. } => format!("scopes: {}; {}", list(honoured), because.text),
            Self::Target { .. } => {
                "use a root key of Key Protect (`kms`); a deployment that names such a key is rule KEY009".to_owned()
            }
            Self::EndOfLife { allowed: true, .. } => {
                format!("some pages say {}; plan the move to Key Protect Dedicated now", HYPER_PROTECT_END.also)
            }
            Self::EndOfLife { allowed: false, .. } => {
                "use a key of Key Protect Dedicated for KYOK, or say `allow_end_of_life: true` to have the plan all the same"
                    .to_owned()
            }
            Self::Conflict { with, .. } => format!("say it once, in `{with}`"),
            Self::UnknownParameter { help, .. } => help.clone(),
            Self::UnknownLocation { known, .. } => {
                format!("it may have been opened since; known: {}", list(known))
            }
            Self::WrongPlan { wants, .. } | Self::KeylessPlan { wants, .. } => {
                format!("the plan that takes a key is `{wants}`")
            }
            Self::KeyRegion { known, because, .. } => format!("regions: {}; {}", list(known), because.text),
            Self::Endpoint { right, .. } => format!("the endpoint of this key is `{right}`"),
            Self::EndpointUndocumented => {
                "it follows the form of another service; try it before the settings are made, for they are made once".to_owned()
            }
            Self::Scheme { takes, scheme, .. } => match takes {
                Kms::MultiTenant => "use a key of Key Protect, or scheme `kyok`".to_owned(),
                _ => format!("use a key of {}, or scheme `byok`; this plan says {scheme}", takes.title()),
            },
            Self::NotIndependent { .. } => {
                "a second key helps only if it can be reached when the first cannot: take another region".to_owned()
            }
            Self::Placeholder { help, .. } => (*help).to_owned(),
            Self::Unusual { help, .. } => help.clone(),
        }
    }
}

fn list(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}
