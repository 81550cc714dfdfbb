//! `report`: an answer as text, for people and for other programs.

mod audit;
mod authz;
mod graph;
mod impact;
mod inventory;
mod migrate;

use core::fmt::{self, Write};

use serde::Deserialize;
use serde::de::Error;

use super::{AuditRequest, AuthzRequest, ImpactRequest, InventoryRequest, MigrateRequest, RequestError};
use crate::inventory::Inventory;

/// A report: of which answer, in which format.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(!try_from, tag = "kind", rename_all = "lowercase"))]
#[serde(try_from = "Given")]
pub enum ReportRequest {
    /// Of an audit.
    Audit {
        /// The format.
        format: AuditFormat,
        /// What is asked of the audit.
        request: AuditRequest,
    },
    /// Of who may use which key.
    Authz {
        /// The format.
        format: AuthzFormat,
        /// What is asked.
        request: AuthzRequest,
    },
    /// Of what actions break.
    Impact {
        /// The format.
        format: ImpactFormat,
        /// What is asked.
        request: ImpactRequest,
    },
    /// Of an inventory.
    Inventory {
        /// The format.
        format: InventoryFormat,
        /// What is asked.
        request: InventoryRequest,
    },
    /// Of how ready keys are to move.
    Migrate {
        /// The format.
        format: MigrateFormat,
        /// What is asked.
        request: MigrateRequest,
    },
}

/// A request as it is given: which format there is depends on the answer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    kind: Kind,
    format: serde_json::Value,
    request: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Audit,
    Authz,
    Impact,
    Inventory,
    Migrate,
}

impl TryFrom<Given> for ReportRequest {
    type Error = serde_json::Error;

    fn try_from(Given { kind, format, request }: Given) -> Result<Self, Self::Error> {
        use serde_json::from_value as read;
        // A format that this answer has not is refused by name, before anything else is looked at.
        if !format.is_string() {
            return Err(serde_json::Error::custom("a format is a text"));
        }
        Ok(match kind {
            Kind::Audit => Self::Audit { format: read(format)?, request: read(request)? },
            Kind::Authz => Self::Authz { format: read(format)?, request: read(request)? },
            Kind::Impact => Self::Impact { format: read(format)?, request: read(request)? },
            Kind::Inventory => Self::Inventory { format: read(format)?, request: read(request)? },
            Kind::Migrate => Self::Migrate { format: read(format)?, request: read(request)? },
        })
    }
}

/// Declares the formats of an answer, with the names by which they are chosen.
macro_rules! formats {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $format:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$of])* $format,)+ }

        impl $name {
            /// All of them, with their names.
            pub const ALL: &[(&str, Self)] = &[$(($word, Self::$format),)+];
        }
    };
}

formats! {
    /// In which format an audit can be had.
    AuditFormat {
        /// The answer itself.
        Json = "json",
        /// A line for each finding that counts.
        Concise = "concise",
        /// A page for a comment or the summary of a job, of less than 60,000 characters.
        Markdown = "markdown",
        /// A row for each finding that counts.
        Csv = "csv",
        /// Commands that GitHub's runners read from a log.
        Github = "github",
        /// SARIF 2.1.0, a run for each account.
        Sarif = "sarif",
        /// JUnit, a suite for each family of rules.
        Junit = "junit",
        /// One file that needs no network.
        Html = "html",
        /// A graph of deployments, keys and authorizations.
        Mermaid = "mermaid",
        /// The same as a picture.
        Svg = "svg",
    }
}

formats! {
    /// In which format it can be had who may use which key.
    AuthzFormat {
        /// The answer itself.
        Json = "json",
        /// A row for each use.
        Csv = "csv",
        /// A page of less than 60,000 characters.
        Markdown = "markdown",
    }
}

formats! {
    /// In which format it can be had what actions break.
    ImpactFormat {
        /// The answer itself.
        Json = "json",
        /// A page for a comment or the summary of a job, of less than 60,000 characters.
        Markdown = "markdown",
        /// One file that needs no network.
        Html = "html",
        /// A graph of the actions and what they hit.
        Mermaid = "mermaid",
        /// A picture of what happens when.
        Svg = "svg",
    }
}

formats! {
    /// In which format an inventory can be had.
    InventoryFormat {
        /// The answer itself.
        Json = "json",
        /// A row for each use of a key.
        Csv = "csv",
        /// A page of less than 60,000 characters.
        Markdown = "markdown",
        /// A graph of keys and what they protect.
        Mermaid = "mermaid",
    }
}

formats! {
    /// In which format it can be had how ready keys are to move.
    MigrateFormat {
        /// The answer itself.
        Json = "json",
        /// A row for each resource of each key.
        Csv = "csv",
        /// A page of less than 60,000 characters.
        Markdown = "markdown",
        /// One file that needs no network, with a table that can be filtered.
        Html = "html",
        /// The pairs of keys as IBM's migration tool takes them, with what is still to be filled in.
        Pairs = "pairs",
    }
}

impl Inventory {
    /// An answer as text.
    ///
    /// # Errors
    ///
    /// [`RequestError`] as the operation itself.
    pub fn report(&self, request: &ReportRequest) -> Result<String, RequestError> {
        let mut text = String::new();
        let written: fmt::Result = match request {
            ReportRequest::Audit { format, request } => self.audit(request)?.write(*format, self, &mut text),
            ReportRequest::Authz { format, request } => self.authz(request)?.write(*format, &mut text),
            ReportRequest::Impact { format, request } => self.impact(request)?.write(*format, &mut text),
            ReportRequest::Inventory { format, request } => self.inventory(request).write(*format, &mut text),
            ReportRequest::Migrate { format, request } => self.migrate(request)?.write(*format, &mut text),
        };
        // A text takes everything that is written to it.
        debug_assert!(written.is_ok(), "a text takes everything");
        Ok(text)
    }
}

/// Writes a text that was made at once.
fn put(text: &str, sink: &mut dyn Write) -> fmt::Result {
    sink.write_str(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_has_the_name_by_which_it_is_chosen() {
        for (name, format) in AuditFormat::ALL {
            assert_eq!(serde_json::from_value::<AuditFormat>((*name).into()).ok(), Some(*format));
        }
        for (name, format) in AuthzFormat::ALL {
            assert_eq!(serde_json::from_value::<AuthzFormat>((*name).into()).ok(), Some(*format));
        }
        for (name, format) in MigrateFormat::ALL {
            assert_eq!(serde_json::from_value::<MigrateFormat>((*name).into()).ok(), Some(*format));
        }
        for (name, format) in ImpactFormat::ALL {
            assert_eq!(serde_json::from_value::<ImpactFormat>((*name).into()).ok(), Some(*format));
        }
        for (name, format) in InventoryFormat::ALL {
            assert_eq!(serde_json::from_value::<InventoryFormat>((*name).into()).ok(), Some(*format));
        }
    }

    #[test]
    fn a_format_of_another_answer_is_refused_with_those_there_are() {
        let given = serde_json::json!({"kind": "authz", "format": "sarif", "request": {"now": "2026-11-21T12:00:00Z"}});
        let error = serde_json::from_value::<ReportRequest>(given).expect_err("no such format").to_string();
        assert_eq!(error, "unknown variant `sarif`, expected one of `json`, `csv`, `markdown`");
    }
}
