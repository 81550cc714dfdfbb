//! JSON of an answer about CRNs, written with little code.
//!
//! The bytes are those of [`to_json`](super::to_json). A third of the WebAssembly file of CRNs would otherwise be a writer of
//! JSON that can do everything; this one does texts, truth values, small numbers, lists and structs, which is what a report is
//! made of.

use core::fmt;

use serde::ser::{Error, Impossible, Serialize, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};

use super::CrnAnswer;

/// The answer as [`to_json`](super::to_json) gives it, byte for byte.
#[must_use]
pub fn crn_to_json(answer: &CrnAnswer) -> String {
    let mut json = String::new();
    // A report holds only what can be written.
    let _ = answer.serialize(Writer(&mut json));
    json.push('\n');
    json
}

/// Something that a report does not hold.
#[derive(Debug)]
struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl core::error::Error for Unwritable {}

impl Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Writer<'a>(&'a mut String);

/// A list or a struct that was begun: what closes it, and whether something stands in it.
struct Begun<'a> {
    json: &'a mut String,
    close: char,
    is_first: bool,
}

impl<'a> Writer<'a> {
    fn begin(self, open: char, close: char) -> Begun<'a> {
        self.0.push(open);
        Begun { json: self.0, close, is_first: true }
    }
}

impl Begun<'_> {
    fn next(&mut self) -> Writer<'_> {
        if !core::mem::take(&mut self.is_first) {
            self.json.push(',');
        }
        Writer(self.json)
    }

    fn close(self) {
        self.json.push(self.close);
    }
}

fn text(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        let escape = match character {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\0'..='\u{1f}' => {
                json.push_str("\\u00");
                let code = u32::from(character);
                json.extend([code >> 4, code & 15].map(|digit| char::from_digit(digit, 16).unwrap_or('0')));
                continue;
            }
            _ => {
                json.push(character);
                continue;
            }
        };
        json.extend(['\\', escape]);
    }
    json.push('"');
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Begun<'a>;
    type SerializeTuple = Begun<'a>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Impossible<(), Unwritable>;
    type SerializeStruct = Begun<'a>;
    type SerializeStructVariant = Impossible<(), Unwritable>;

    fn serialize_bool(self, value: bool) -> Result<(), Unwritable> {
        self.0.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_u32(self, mut value: u32) -> Result<(), Unwritable> {
        let mut digits = [0_u8; 10];
        let mut places = digits.iter_mut().rev();
        let mut count = 0;
        while value > 0 || count == 0 {
            if let Some(place) = places.next() {
                *place = b'0' + (value % 10) as u8;
            }
            value /= 10;
            count += 1;
        }
        self.0.extend(digits.iter().skip(10 - count).map(|digit| char::from(*digit)));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Unwritable> {
        text(self.0, value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Unwritable> {
        self.0.push_str("null");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unwritable> {
        self.serialize_str(variant)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Begun<'a>, Unwritable> {
        Ok(self.begin('[', ']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Begun<'a>, Unwritable> {
        Ok(self.begin('[', ']'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Begun<'a>, Unwritable> {
        Ok(self.begin('{', '}'))
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        self.serialize_str(&value.to_string())
    }

    fn serialize_i8(self, _: i8) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_i16(self, _: i16) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_i32(self, _: i32) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_i64(self, _: i64) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_u8(self, _: u8) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_u16(self, _: u16) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_u64(self, _: u64) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_f32(self, _: f32) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_f64(self, _: f64) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_char(self, _: char) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_unit(self) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Impossible<(), Unwritable>, Unwritable> {
        Err(Unwritable)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Unwritable>, Unwritable> {
        Err(Unwritable)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Impossible<(), Unwritable>, Unwritable> {
        Err(Unwritable)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Unwritable>, Unwritable> {
        Err(Unwritable)
    }
}

impl SerializeSeq for Begun<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self.next())
    }

    fn end(self) -> Result<(), Unwritable> {
        self.close();
        Ok(())
    }
}

impl SerializeTuple for Begun<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self.next())
    }

    fn end(self) -> Result<(), Unwritable> {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Begun<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unwritable> {
        let json = self.next().0;
        text(json, key);
        json.push(':');
        value.serialize(Writer(json))
    }

    fn end(self) -> Result<(), Unwritable> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::crn_to_json;
    use crate::api::{CrnRequest, PositionEncoding, Require, crn, to_json};

    proptest! {
        #[test]
        fn the_bytes_are_those_of_the_other_writer(
            texts in proptest::collection::vec(prop_oneof![any::<String>(), "crn:v1:[a-z:/\"\\\\\\x00-\\x20é]{0,40}"], 0..4),
            extract: bool,
            seconds in 0_i64..9_999_999_999,
        ) {
            let now = crate::api::Now::from_unix_seconds(seconds).expect("a moment");
            let answer = crn(&CrnRequest { texts, require: Require::Key, encoding: PositionEncoding::Utf16, extract, now });
            prop_assert_eq!(crn_to_json(&answer), to_json(&answer));
        }
    }
}
