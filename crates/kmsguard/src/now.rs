//! The moment for which a question is answered. The core has no clock: whoever asks says when.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is no RFC 3339 moment with a zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not a moment", .0.escape_debug())]
pub struct NowError(pub(crate) String);

/// A moment, in whole seconds, written as RFC 3339 in UTC.
///
/// ```
/// let now: kmsguard::api::Now = "2026-11-21T12:00:00+02:00".parse()?;
/// assert_eq!(now.to_string(), "2026-11-21T10:00:00Z");
/// # Ok::<(), kmsguard::api::NowError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Now(jiff::Timestamp);

impl Now {
    /// The moment that many seconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    ///
    /// [`NowError`] if that lies outside the years -9999 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Result<Self, NowError> {
        jiff::Timestamp::from_second(seconds).map(Self).map_err(|_| NowError(seconds.to_string()))
    }

    /// The moment itself.
    #[must_use]
    pub const fn timestamp(self) -> jiff::Timestamp {
        self.0
    }
}

impl FromStr for Now {
    type Err = NowError;

    /// # Errors
    ///
    /// [`NowError`] if the text is no RFC 3339 moment with a zone.
    fn from_str(text: &str) -> Result<Self, NowError> {
        let moment: jiff::Timestamp = text.parse().map_err(|_| NowError(text.to_owned()))?;
        Self::from_unix_seconds(moment.as_second())
    }
}

impl fmt::Display for Now {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Serialize for Now {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Now {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Now {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Now".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date-time", "description": "RFC 3339, whole seconds, UTC"})
    }
}
