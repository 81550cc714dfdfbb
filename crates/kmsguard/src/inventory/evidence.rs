//! Where something was read: kept as a place, shown as input, JSON pointer, line and value.

use std::sync::Arc;

use serde::Serialize;
use serde_json::value::RawValue;

use super::lines::Lines;
use super::{Inventory, SharedText, Source};
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
    pub(crate) input: SharedText,
    pub(crate) pointer: String,
    pub(crate) line: u32,
    pub(crate) value: Scalar,
}

/// A value of an input, as an answer writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Scalar {
    /// No value, or one that is longer than a line: an object or a list.
    Null,
    /// A truth value.
    Bool(bool),
    /// An integer that every language reads as it is.
    Number(serde_json::Number),
    /// A text, and any other number.
    Text(SharedText),
}

impl Scalar {
    /// The text, where it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Number(_) => None,
        }
    }
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
        let whole = source.map(|source| &source.input.text);
        let text = whole.map(|text| text.as_str()).unwrap_or_default();
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
            input: source.map_or_else(|| "".into(), Source::name),
            pointer: self.pointer(witness),
            line,
            value: told.zip(whole).map_or(Scalar::Null, |(told, whole)| echo(told.get(), whole)),
        }
    }
}

impl Source {
    /// Its name, for an answer.
    fn name(&self) -> SharedText {
        self.name.get_or_init(|| self.input.name.as_str().into()).clone()
    }

    /// The line on which a byte stands, from 1.
    fn line(&self, offset: usize) -> u32 {
        let text = self.input.text.as_bytes();
        self.lines.get_or_init(|| Lines::of(text)).line(text, offset)
    }
}

/// A scalar of an input as an answer writes it: integers beyond 2^53 and fractions as texts; objects and lists not at all.
fn echo(json: &str, input: &Arc<String>) -> Scalar {
    // A text without an escape is its own value, and nearly all are such.
    if let Some(text) =
        json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|text| !text.contains('\\'))
    {
        let start =
            (text.as_ptr() as usize).checked_sub(input.as_ptr() as usize).and_then(|start| start.try_into().ok());
        return Scalar::Text(match (start, text.len().try_into()) {
            (Some(start), Ok(length)) => SharedText::slice(Arc::clone(input), start, length),
            _ => text.into(),
        });
    }
    match serde_json::from_str(json) {
        Ok(serde_json::Value::Number(number)) => match (number.as_u64(), number.as_i64()) {
            (Some(value), _) if value <= SAFE_INTEGER => Scalar::Number(number),
            (_, Some(value)) if value.unsigned_abs() <= SAFE_INTEGER => Scalar::Number(number),
            _ => Scalar::Text(json.into()),
        },
        Ok(serde_json::Value::String(text)) => Scalar::Text(text.into()),
        Ok(serde_json::Value::Bool(value)) => Scalar::Bool(value),
        _ => Scalar::Null,
    }
}
