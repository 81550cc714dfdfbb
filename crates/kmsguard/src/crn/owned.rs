//! A CRN that owns its text.

use core::borrow::Borrow;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::grammar::{ParseError, parse};
use super::model::Crn;

/// A Cloud Resource Name that owns its text. It compares, orders and hashes as its text does, and is a string in JSON.
///
/// ```
/// use kmsguard::crn::CrnBuf;
///
/// let role: CrnBuf = "crn:v1:bluemix:public:iam::::role:Viewer".parse()?;
/// assert_eq!(role.crn().resource, "Viewer");
/// assert_eq!(role.to_string(), role.as_str());
/// # Ok::<(), kmsguard::crn::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CrnBuf(Box<str>);

impl CrnBuf {
    /// Its text, as it was read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its parts, borrowed.
    #[must_use]
    pub fn crn(&self) -> Crn<'_> {
        // Only texts that parse are made into one.
        parse(&self.0).unwrap_or(Crn::EMPTY)
    }

    /// Its text, given away.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_string()
    }
}

impl FromStr for CrnBuf {
    type Err = ParseError;

    /// # Errors
    ///
    /// [`ParseError`], as [`parse`].
    fn from_str(text: &str) -> Result<Self, ParseError> {
        parse(text).map(|_| Self(text.into()))
    }
}

impl TryFrom<String> for CrnBuf {
    type Error = ParseError;

    /// # Errors
    ///
    /// [`ParseError`], as [`parse`].
    fn try_from(text: String) -> Result<Self, ParseError> {
        parse(&text)?;
        Ok(Self(text.into_boxed_str()))
    }
}

impl From<Crn<'_>> for CrnBuf {
    fn from(crn: Crn<'_>) -> Self {
        Self(crn.to_string().into_boxed_str())
    }
}

impl AsRef<str> for CrnBuf {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for CrnBuf {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CrnBuf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for CrnBuf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("CrnBuf").field(&self.0).finish()
    }
}

impl Serialize for CrnBuf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CrnBuf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.try_into().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use super::CrnBuf;
    use crate::crn::{Crn, parse};

    const ROLE: &str = "crn:v1:bluemix:public:iam::::role:Viewer";
    const SERVICE_ROLE: &str = "crn:v1:bluemix:public:iam::::serviceRole:Reader";

    fn owned(text: &str) -> CrnBuf {
        text.parse().expect("a CRN")
    }

    #[test]
    fn sets_find_it_by_its_text_and_keep_the_order_of_texts() {
        assert!(HashSet::from([owned(ROLE)]).contains(ROLE));
        let sorted = BTreeSet::from([owned(SERVICE_ROLE), owned(ROLE)]);
        assert!(sorted.contains(SERVICE_ROLE));
        assert_eq!(sorted.iter().map(CrnBuf::as_str).collect::<Vec<_>>(), [ROLE, SERVICE_ROLE]);
        // Borrowed ones are told apart and ordered by their segments.
        assert!(parse(ROLE).expect("a CRN") < parse(SERVICE_ROLE).expect("a CRN"));
        assert!(HashSet::from([parse(ROLE).expect("a CRN")]).contains(&owned(ROLE).crn()));
    }

    #[test]
    fn json_has_it_as_a_text() {
        let json = serde_json::to_string(&owned(ROLE)).expect("a text");
        assert_eq!(serde_json::from_str::<Crn<'_>>(&json).expect("a CRN"), owned(ROLE).crn());
        assert_eq!(serde_json::to_string(&owned(ROLE).crn()).expect("a text"), json);
        let escaped = json.replace(':', "\\u003a");
        assert_eq!(serde_json::from_str::<CrnBuf>(&escaped).expect("a CRN"), owned(ROLE));
        assert!(serde_json::from_str::<CrnBuf>("\"crn:v1\"").is_err());
    }
}
