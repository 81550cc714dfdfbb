//! What all answers have in common: who answers, for which moment, and the outcome in one word.

use serde::Serialize;

use crate::config::{Fault, nearest};
use crate::now::NowError;
use crate::rules::RULES;

/// The version of the answers' shape. Raised only when a field is dropped, renamed or retyped.
pub const SCHEMA_VERSION: u32 = 1;

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tool {
    /// Always `kmsguard`.
    pub name: &'static str,
    /// The version of the core.
    pub version: &'static str,
}

impl Tool {
    /// This tool.
    pub const THIS: Self = Self { name: "kmsguard", version: env!("CARGO_PKG_VERSION") };
}

/// An answer in one word; the command's exit code follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Nothing is wrong: exit code 0.
    Fine,
    /// Something is wrong: exit code 1.
    Bad,
    /// An input could not be read: exit code 2.
    Incomplete,
    /// Nothing to read was found: exit code 3.
    Empty,
    /// Nothing is wrong as far as can be known, but something could not be decided: exit code 4.
    Unknown,
}

impl Outcome {
    /// Of two outcomes the one that counts.
    pub(super) const fn worse(self, other: Self) -> Self {
        const fn rank(outcome: Outcome) -> u8 {
            match outcome {
                Outcome::Fine => 0,
                Outcome::Empty => 1,
                Outcome::Unknown => 2,
                Outcome::Bad => 3,
                Outcome::Incomplete => 4,
            }
        }
        if rank(other) > rank(self) { other } else { self }
    }

    /// The command's exit code.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Bad => 1,
            Self::Incomplete => 2,
            Self::Empty => 3,
            Self::Unknown => 4,
        }
    }
}

/// What every answer can say of itself.
pub trait Answer: Serialize {
    /// The outcome in one word.
    fn outcome(&self) -> Outcome;
}

/// The answer as every door gives it: compact JSON on one line, with a final newline.
#[must_use]
pub fn to_json<A: Answer>(answer: &A) -> String {
    // Answers are structs of texts, numbers and lists: writing them to memory cannot fail.
    let mut json = serde_json::to_string(answer).unwrap_or_default();
    json.push('\n');
    json
}

/// A request that is none: misuse, not a bad input.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RequestError {
    /// The code; `kmsguard rule CODE` explains it.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl RequestError {
    pub(super) fn not_found(what: &str, word: &str) -> Self {
        Self {
            code: "REQ009",
            message: format!("no export names a {what} `{}`", word.escape_debug()),
            help: "`kmsguard inventory` lists what was read".to_owned(),
        }
    }

    /// What is wrong with a configuration: the first of it in full, and how much more there is.
    pub(super) fn configurations(faults: &[Fault]) -> Self {
        let more = match faults.len() {
            0 | 1 => String::new(),
            2 => ", and 1 more fault".to_owned(),
            all => format!(", and {} more faults", all - 1),
        };
        let (code, message, help) = match faults.first() {
            Some(first) => (first.code(), first.message(), first.help()),
            None => ("CONF002", "the configuration cannot be read".to_owned(), String::new()),
        };
        Self { code, message: message + &more, help }
    }

    pub(super) fn unknown_rule(word: &str) -> Self {
        let known = RULES.iter().map(|rule| rule.id);
        Self {
            code: "REQ005",
            message: format!("there is no rule or family `{}`", word.escape_debug()),
            help: match nearest(&word.to_ascii_uppercase(), known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`kmsguard rule` lists them".to_owned(),
            },
        }
    }
}

impl From<NowError> for RequestError {
    fn from(error: NowError) -> Self {
        Self {
            code: "REQ001",
            message: error.to_string(),
            help: "write RFC 3339 with a zone, such as `2026-11-21T12:00:00Z`".to_owned(),
        }
    }
}
