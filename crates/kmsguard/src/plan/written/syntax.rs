//! What can be wrong with the text of a body, before anything is said of what it means.

use crate::crn::Severity;

/// What is wrong with the text of a body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Syntax {
    /// There is no body in the text.
    NoBody,
    /// A brace, a bracket or a quote that is never closed.
    Unclosed {
        /// What opens there.
        opens: &'static str,
        /// What would close it.
        closes: &'static str,
    },
    /// A closing brace or bracket that nothing opened.
    TooMany {
        /// Which.
        closes: char,
    },
    /// A brace where a bracket should close, or the other way round.
    Mismatched {
        /// What stands there.
        found: char,
        /// What should.
        wants: char,
    },
    /// A comma before a closing brace, or two of them.
    TrailingComma,
    /// A comma that is missing.
    MissingComma,
    /// A colon that is missing, or written as something else.
    MissingColon,
    /// A comment, of which JSON has none.
    Comment,
    /// A quote that is missing.
    MissingQuote,
    /// Quotes that are not JSON's.
    WrongQuotes,
    /// Members without the braces around them.
    MissingBraces,
    /// A member that stands twice.
    Twice {
        /// Its name.
        name: String,
    },
    /// A backslash that escapes a blank, which makes the body another word.
    StrayBackslash,
    /// The shell's quote around the body is never closed.
    UnclosedShellQuote,
    /// Something that is no value.
    NotAValue {
        /// As written.
        text: String,
    },
    /// Something behind the end of the body.
    Behind,
    /// An escape that JSON does not have.
    Escape,
    /// Nested too deep to be looked into.
    TooDeep,
}

impl Syntax {
    /// The code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoBody => "PLAN030",
            Self::Unclosed { .. } | Self::TooMany { .. } | Self::Mismatched { .. } | Self::MissingBraces => "PLAN031",
            Self::TrailingComma | Self::MissingComma | Self::MissingColon => "PLAN032",
            Self::Comment => "PLAN033",
            Self::MissingQuote | Self::WrongQuotes | Self::Escape => "PLAN034",
            Self::Twice { .. } => "PLAN035",
            Self::StrayBackslash | Self::UnclosedShellQuote => "PLAN036",
            Self::NotAValue { .. } | Self::Behind | Self::TooDeep => "PLAN037",
        }
    }

    /// How bad it is: whatever is wrong with the text is refused by whoever reads it.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NoBody => "there is no body in the text".to_owned(),
            Self::Unclosed { opens, .. } => format!("this {opens} is never closed"),
            Self::TooMany { closes } => format!("`{closes}` closes what was never opened"),
            Self::Mismatched { found, wants } => format!("expected `{wants}`, found `{found}`"),
            Self::TrailingComma => "a comma with nothing after it".to_owned(),
            Self::MissingComma => "a comma is missing".to_owned(),
            Self::MissingColon => "a colon is missing between the name and its value".to_owned(),
            Self::Comment => "JSON has no comments".to_owned(),
            Self::MissingQuote => "a quote is missing".to_owned(),
            Self::WrongQuotes => "these are not the quotes of JSON".to_owned(),
            Self::MissingBraces => "the members stand without the braces around them".to_owned(),
            Self::Twice { name } => format!("`{}` stands twice", name.escape_debug()),
            Self::StrayBackslash => {
                "a backslash stands before a blank, so the shell takes the blank for a word".to_owned()
            }
            Self::UnclosedShellQuote => "the shell's quote before the body is never closed".to_owned(),
            Self::NotAValue { text } => format!("`{}` is no value", text.escape_debug()),
            Self::Behind => "something stands behind the end of the body".to_owned(),
            Self::Escape => "JSON has no such escape".to_owned(),
            Self::TooDeep => "the body is nested too deep".to_owned(),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NoBody => {
                "give a body as JSON, the command that sends it, or the Terraform that holds `parameters_json`"
                    .to_owned()
            }
            Self::Unclosed { closes, .. } => format!("put `{closes}` where it ends"),
            Self::TooMany { .. } | Self::TrailingComma | Self::Comment | Self::Behind => "leave it out".to_owned(),
            Self::Mismatched { wants, .. } => format!("write `{wants}`"),
            Self::MissingComma => "put a comma before the next member".to_owned(),
            Self::MissingColon => "write `\"name\": value`".to_owned(),
            Self::MissingQuote | Self::WrongQuotes => "put `\"` on both sides".to_owned(),
            Self::MissingBraces => "put `{` before and `}` after".to_owned(),
            Self::Twice { .. } => "keep the one that is meant; which of them is heeded cannot be said".to_owned(),
            Self::StrayBackslash => "leave the backslash out, or put it at the very end of the line".to_owned(),
            Self::UnclosedShellQuote => "put the same quote behind the last brace".to_owned(),
            Self::NotAValue { .. } => {
                "write a text in quotes, a number, `true`, `false`, a list or an object".to_owned()
            }
            Self::Escape => {
                "JSON knows `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and `\\u` with four digits"
                    .to_owned()
            }
            Self::TooDeep => "no body of a request is nested more than 64 levels deep".to_owned(),
        }
    }
}
