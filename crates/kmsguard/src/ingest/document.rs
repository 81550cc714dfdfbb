//! One JSON value of a file, read one level deep: the members of an object and the records of a list stay text.

use std::borrow::Cow;
use std::fmt;

use hashbrown::HashSet;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// The members of an object, in the order in which they are written.
#[derive(Debug, Default)]
pub(crate) struct Members<'a>(pub(crate) Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    /// The first member of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(member, _)| member == name).map(|(_, value)| *value)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A member read as a type, if it is there and is one.
    pub(crate) fn read<T: Deserialize<'a>>(&self, name: &str) -> Option<T> {
        self.get(name).and_then(|value| serde_json::from_str(value.get()).ok())
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_ref())
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(Text(name)) = map.next_key()? {
                    members.push((name, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}

/// The members of a value, if it is an object.
pub(crate) fn members(value: &RawValue) -> Option<Members<'_>> {
    serde_json::from_str(value.get()).ok()
}

/// The value at a path of members, such as `parameters/kms_key_crn`, in the object with which a text begins. What stands behind
/// it is not looked at.
pub(crate) fn member_of<'a>(text: &'a str, path: &str) -> Option<&'a RawValue> {
    let mut found = None;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    // Once the value is found the walk is broken off, so how it ends says nothing.
    let _ = serde::de::DeserializeSeed::deserialize(MemberOf { path, found: &mut found }, &mut deserializer);
    found
}

struct MemberOf<'p, 'f, 'a> {
    path: &'p str,
    found: &'f mut Option<&'a RawValue>,
}

impl<'de> serde::de::DeserializeSeed<'de> for MemberOf<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for MemberOf<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (wanted, rest) = self.path.split_once('/').map_or((self.path, None), |(first, rest)| (first, Some(rest)));
        while let Some(Text(name)) = map.next_key()? {
            if name != wanted {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            match rest {
                Some(path) => map.next_value_seed(MemberOf { path, found: self.found })?,
                None => *self.found = Some(map.next_value()?),
            }
            return Ok(());
        }
        Ok(())
    }
}

/// A text that is kept may have so many bytes: CRNs have 300 at most, names and descriptions a few hundred.
const LONGEST_TEXT: usize = 64 * 1024;

fn checked<E: Error>(text: &str) -> Result<&str, E> {
    if text.len() <= LONGEST_TEXT {
        Ok(text)
    } else {
        Err(E::custom(format_args!("a text has more than {LONGEST_TEXT} bytes")))
    }
}

/// The name of a member that stands twice in an object somewhere in a value, if one does.
///
/// A value that is no JSON, or is nested too deep to be looked through, has none that could be read either.
pub(crate) fn repeated(value: &RawValue) -> Option<String> {
    let mut found = None;
    let mut deserializer = serde_json::Deserializer::from_str(value.get());
    // What cannot be walked through ends the walk: nothing is read from it.
    let _ = serde::de::DeserializeSeed::deserialize(Repeats(&mut found), &mut deserializer);
    found
}

/// Walks through a value, and stops at a member that stands twice in its object.
struct Repeats<'f>(&'f mut Option<String>);

impl<'de> serde::de::DeserializeSeed<'de> for Repeats<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Repeats<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut names: HashSet<Cow<'de, str>> = HashSet::new();
        while let Some(Text(name)) = map.next_key()? {
            if names.contains(&name) {
                *self.0 = Some(name.into_owned());
                return Err(Error::custom("a member stands twice"));
            }
            names.insert(name);
            map.next_value_seed(Repeats(self.0))?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Repeats(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A text that borrows where it can. (`Option<Cow<str>>` allocates always, even with serde's `borrow`.)
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text<'a>(pub(crate) Cow<'a, str>);

impl Text<'_> {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                checked(text).map(|text| Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                checked(text).map(|text| Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(TextVisitor)
    }
}
