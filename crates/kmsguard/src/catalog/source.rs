//! Where a fact was read, and when.

use serde::Serialize;

/// A page that states a fact, and the day on which it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The page's title.
    pub title: &'static str,
    /// Its address.
    pub url: &'static str,
    /// The day of the text that was read, `YYYY-MM-DD`; where a text bears none, the day on which it was read.
    pub as_of: &'static str,
}
