//! Where something was read: kept as a place, shown as input, JSON pointer, line and value.

use serde_json::value::RawValue;

use super::lines::Lines;
use super::{Inventory, Source};
use crate::ingest::{Place, member_of, pointer_of};

/// A member of a record of an input, as the end of a JSON pointer without its first slash; the record itself where it is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Witness {
    pub(crate) place: Place,
    pub(crate) member: &'static str,
}

/// A witness as answers show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) input: String,
    pub(crate) pointer: String,
    pub(crate) line: u32,
    pub(crate) value: serde_json::Value,
}

/// Integers beyond this are shown as texts: JavaScript would round them.
const SAFE_INTEGER: u64 = 1 << 53;

impl Inventory {
    /// The JSON pointer to a witness.
    pub(crate) fn pointer(&self, witness: Witness) -> String {
        let source = self.sources.get(witness.place.input as usize);
        let mut pointer = source.map(|source| pointer_of(witness.place, &source.report)).unwrap_or_default();
        if !witness.member.is_empty() {
            pointer.push('/');
            pointer.push_str(witness.member);
        }
        pointer
    }

    /// A witness with its line and the value that stands there.
    pub(crate) fn show(&self, witness: Witness) -> Shown {
        let source = self.sources.get(witness.place.input as usize);
        let text = source.map(|source| source.input.text.as_str()).unwrap_or_default();
        // Only the record is looked at, up to the member: answers have thousands of witnesses of one large input.
        let record = text.get(witness.place.offset as usize..).unwrap_or_default();
        let member = Some(witness.member).filter(|path| !path.is_empty()).and_then(|path| member_of(record, path));
        let offset = member
            .map_or(witness.place.offset as usize, |value| value.get().as_ptr() as usize - text.as_ptr() as usize);
        // A place inside a report or a plan is the value itself, where that is a text.
        let text = || serde_json::Deserializer::from_str(record).into_iter::<&RawValue>().next().and_then(Result::ok);
        let told = member.or_else(|| text().filter(|_| witness.place.is_nested()));
        let line = source.map_or(1, |source| source.line(offset));
        Shown {
            input: source.map(|source| source.input.name.clone()).unwrap_or_default(),
            pointer: self.pointer(witness),
            line,
            value: echo(told.map_or("null", RawValue::get)),
        }
    }
}

impl Source {
    /// The line on which a byte stands, from 1.
    fn line(&self, offset: usize) -> u32 {
        let text = self.input.text.as_bytes();
        self.lines.get_or_init(|| Lines::of(text)).line(text, offset)
    }
}

/// A scalar of an input as an answer writes it: integers beyond 2^53 and fractions as texts; objects and lists not at all.
fn echo(json: &str) -> serde_json::Value {
    // A text without an escape is its own value, and nearly all are such.
    if let Some(text) =
        json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|text| !text.contains('\\'))
    {
        return text.into();
    }
    match serde_json::from_str(json) {
        Ok(serde_json::Value::Number(number)) => match (number.as_u64(), number.as_i64()) {
            (Some(value), _) if value <= SAFE_INTEGER => number.into(),
            (_, Some(value)) if value.unsigned_abs() <= SAFE_INTEGER => number.into(),
            _ => json.into(),
        },
        Ok(value @ (serde_json::Value::String(_) | serde_json::Value::Bool(_))) => value,
        _ => serde_json::Value::Null,
    }
}
