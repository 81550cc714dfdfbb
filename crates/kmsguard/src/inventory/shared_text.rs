//! A text that an answer and the inventory have together.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A text that may be a slice of a longer one which others hold too: a large answer names each CRN many times, and most of them stand in
/// an input that is kept anyway. It is used like a `&str`, and serialized like one.
#[derive(Clone)]
pub struct SharedText {
    of: Arc<String>,
    start: u32,
    length: u32,
}

impl SharedText {
    /// A slice of a text; empty where it is none.
    pub(super) const fn slice(of: Arc<String>, start: u32, length: u32) -> Self {
        Self { of, start, length }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let start = self.start as usize;
        self.of.get(start..start + self.length as usize).unwrap_or_default()
    }
}

impl Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for SharedText {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for SharedText {
    fn borrow(&self) -> &str {
        self
    }
}

/// What is longer than 4 GiB is cut at that length, or is empty where that is no boundary.
impl From<String> for SharedText {
    fn from(text: String) -> Self {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self { of: Arc::new(text), start: 0, length }
    }
}

impl From<&str> for SharedText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl fmt::Display for SharedText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self)
    }
}

impl fmt::Debug for SharedText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl PartialEq for SharedText {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for SharedText {}

impl PartialOrd for SharedText {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SharedText {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other)
    }
}

impl Serialize for SharedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_is_compared_shown_and_written_as_the_text_that_it_is() {
        let whole = Arc::new("one\ntwo".to_owned());
        let slice = SharedText::slice(Arc::clone(&whole), 4, 3);
        assert_eq!(slice, SharedText::from("two"));
        assert!(slice > SharedText::slice(Arc::clone(&whole), 0, 3));
        assert_eq!(format!("{slice} {slice:?} {slice:>5}"), "two \"two\"   two");
        assert_eq!(serde_json::to_string(&slice).expect("a text"), "\"two\"");
        assert_eq!(SharedText::slice(whole, 5, 3).as_str(), "", "there are no three bytes");
    }
}
