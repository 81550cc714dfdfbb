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
