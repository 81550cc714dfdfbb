//! Accepted findings: an entry names one rule and one resource, or a pattern of resources, and says why.

use jiff::civil::Date;

use super::glob;
use crate::crn::parse;
use crate::rules::RULES;

/// An accepted finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields, rename = "ConfigurationSuppression")
)]
pub struct Suppression {
    /// The id of the rule.
    pub rule: String,
    /// What the finding is about: the CRN of its key or of its only resource, the id of its only authorization, or a pattern that all of
    /// its resources or authorizations fit. In a pattern `*` stands for any characters but a colon, `**` for any characters.
    pub resource: String,
    /// Why it is accepted.
    pub reason: String,
    /// The last day on which it is, `YYYY-MM-DD`, in UTC.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("format" = "date")))]
    pub expires: Option<Date>,
    /// Whom to ask about it.
    pub owner: Option<String>,
    /// Its place among the entries, from 0.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub place: usize,
}

/// An entry that accepts nothing, because something is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// Its place among the entries, from 0.
    pub place: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The rule, where it names one.
    pub rule: Option<String>,
    /// The resource, where it names one.
    pub resource: Option<String>,
}

impl Suppression {
    /// Whether the resource is a pattern.
    pub(crate) fn is_pattern(&self) -> bool {
        glob::is_pattern(&self.resource)
    }

    /// Whether a name is the resource, or fits the pattern.
    pub(crate) fn names(&self, name: &str) -> bool {
        if self.is_pattern() { glob::matches(&self.resource, name) } else { self.resource == name }
    }
}

/// What is wrong with the words of an entry, and what to do about it.
pub(super) fn wrong_words(rule: &str, resource: &str) -> Option<(String, String)> {
    if !RULES.iter().any(|known| known.id == rule) {
        let help = match super::nearest(&rule.to_ascii_uppercase(), RULES.iter().map(|rule| rule.id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name one rule by its id; `kmsguard rule` lists them".to_owned(),
        };
        return Some((format!("`{}` is not the id of a rule", rule.escape_debug()), help));
    }
    let is_id = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if glob::is_pattern(resource) || parse(resource).is_ok() || is_id(resource) {
        return None;
    }
    Some((
        format!("`{}` is no CRN, no id of an authorization, and no pattern", resource.escape_debug()),
        "write the whole CRN, as findings show it, or a pattern with `*`".to_owned(),
    ))
}

/// A day as entries write it.
pub(super) fn day(text: &str) -> Option<Date> {
    let is_plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    text.parse().ok().filter(|_| is_plain)
}
