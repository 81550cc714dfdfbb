//! CRNs. Arguments are plain, so that this part by itself holds no reader of objects.

use kmsguard::api::{self, CrnRequest, Now};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{option, thrown};

/// What each text is, as JSON. `joined` holds the texts one after the other, `lengths` their lengths in UTF-16 units.
#[wasm_bindgen]
pub fn crn(
    joined: &str,
    lengths: &[u32],
    require: &str,
    encoding: &str,
    extract: bool,
    unix_seconds: f64,
) -> Result<String, JsValue> {
    let request = CrnRequest {
        texts: split(joined, lengths).map(str::to_owned).collect(),
        require: named(require)?,
        encoding: named(encoding)?,
        extract,
        now: Now::from_unix_seconds(unix_seconds as i64).map_err(|error| thrown(&error.into()))?,
    };
    Ok(api::crn_to_json(&api::crn(&request)))
}

/// Whether a text is the CRN of a key.
#[wasm_bindgen(js_name = isKeyCrn)]
pub fn is_key_crn(text: &str) -> bool {
    api::is_key_crn(text)
}

/// The kind of each text and the number of its first problem's code; both as small numbers, kinds first. The texts are in
/// UTF-8: bytes cross much faster than a string, of which the glue looks at every unit.
#[wasm_bindgen]
pub fn crns(joined: &[u8], lengths: &[u32]) -> Vec<u16> {
    let joined = core::str::from_utf8(joined).unwrap_or_default();
    let column = api::crns(split(joined, lengths));
    let mut numbers = Vec::with_capacity(2 * lengths.len());
    numbers.extend(column.kinds.iter().map(|kind| *kind as u16));
    numbers.extend(column.codes.iter().map(|code| code.map_or(0, number)));
    numbers
}

/// The number in a code such as `CRN002`.
fn number(code: &str) -> u16 {
    code.bytes().filter(u8::is_ascii_digit).fold(0, |number, digit| number * 10 + u16::from(digit - b'0'))
}

/// The texts that were joined to cross in one piece, each followed by one separating unit.
fn split<'a>(joined: &'a str, lengths: &'a [u32]) -> impl Iterator<Item = &'a str> {
    // As many bytes as units: all of it is ASCII.
    let is_ascii = lengths.iter().sum::<u32>() as usize + lengths.len() == joined.len() + 1;
    let mut rest = joined;
    lengths.iter().map(move |length| {
        let end = if is_ascii { *length as usize } else { bytes(rest, *length) };
        let (text, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = after.get(1..).unwrap_or_default();
        text
    })
}

/// How many bytes hold that many UTF-16 units.
fn bytes(text: &str, units: u32) -> usize {
    let wanted = units as usize;
    let mut units = 0;
    let ends = text.char_indices().find(|(_, letter)| {
        let found = units >= wanted;
        units += letter.len_utf16();
        found
    });
    ends.map_or(text.len(), |(end, _)| end)
}

/// A value of a closed list, by its name.
fn named<'de, T: Deserialize<'de>>(name: &'de str) -> Result<T, JsValue> {
    let reader: StrDeserializer<'de, Error> = name.into_deserializer();
    T::deserialize(reader).map_err(|error| option(&error))
}
