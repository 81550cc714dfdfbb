//! The moment for which a question is answered. The core has no clock: whoever asks says when.

use core::fmt::{self, Write as _};
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is no RFC 3339 moment with a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NowError(pub(crate) String);

impl core::error::Error for NowError {}

/// Characters that could move a terminal are escaped; the tables of all that cannot be seen are too large for the smallest file.
impl fmt::Display for NowError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("`")?;
        for character in self.0.chars() {
            if character.is_control() {
                character.escape_unicode().try_for_each(|character| formatter.write_char(character))?;
            } else {
                formatter.write_char(character)?;
            }
        }
        formatter.write_str("` is not a moment")
    }
}

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

/// As [`jiff::Timestamp`] writes whole seconds, without its printer of everything: the smallest file of kmsguard writes one moment.
impl fmt::Display for Now {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_second();
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Years begin in March here, so that a leap day is the last of its year; an era has 400 of them.
        let shifted = days + 719_468;
        let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year + i64::from(month <= 2);
        if year < 0 {
            formatter.write_str("-00")?;
        }
        let parts = [
            (year.abs(), 1_000, '-'),
            (month, 10, '-'),
            (day, 10, 'T'),
            (second / 3_600, 10, ':'),
            (second / 60 % 60, 10, ':'),
            (second % 60, 10, 'Z'),
        ];
        for (number, first, end) in parts {
            let mut place = first;
            while place > 0 {
                formatter.write_char(char::from(b'0' + (number / place % 10) as u8))?;
                place /= 10;
            }
            formatter.write_char(end)?;
        }
        Ok(())
    }
}

impl Serialize for Now {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
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

#[cfg(test)]
mod tests {
    use super::Now;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_moment_is_written_as_jiff_writes_it(seconds in -377_705_023_201_i64..=253_402_207_200) {
            let now = Now::from_unix_seconds(seconds).expect("a moment");
            prop_assert_eq!(now.to_string(), now.timestamp().to_string());
        }

        #[test]
        fn a_moment_near_the_turn_of_a_day_as_well(day in -800_000_i64..800_000, second in -2_i64..3) {
            let now = Now::from_unix_seconds(day * 86_400 + second).expect("a moment");
            prop_assert_eq!(now.to_string(), now.timestamp().to_string());
        }
    }
}
