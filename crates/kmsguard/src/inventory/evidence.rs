//! Where something was read: kept as a place, shown as input, JSON pointer, line and value.

use serde_json::value::RawValue;

use super::Inventory;
use crate::ingest::{Place, members, pointer_of};

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
        let several =
            self.sources.get(witness.place.input as usize).is_some_and(|source| source.report.several_documents);
        let mut pointer = pointer_of(witness.place, several);
        if !witness.member.is_empty() {
            pointer.push('/');
            pointer.push_str(witness.member);
        }
        pointer
    }

    /// A witness with its line and the value that stands there.
    pub(crate) fn show(&self, witness: Witness) -> Shown {
        let source = self.sources.get(witness.place.input as usize);
        let text = source.and_then(|source| std::str::from_utf8(&source.input.bytes).ok()).unwrap_or_default();
        let record = text.get(witness.place.offset as usize..).unwrap_or_default();
        let value = serde_json::Deserializer::from_str(record).into_iter::<&RawValue>().next().and_then(Result::ok);
        let mut path = witness.member.split('/').filter(|member| !member.is_empty());
        let descend = |value| path.try_fold(value, |value: &RawValue, member| members(value)?.get(member));
        let member = if witness.member.is_empty() { None } else { value.and_then(descend) };
        let shown = member.or(value).map_or("", RawValue::get);
        let offset = if shown.is_empty() { 0 } else { shown.as_ptr() as usize - text.as_ptr() as usize };
        let line = 1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
        Shown {
            input: source.map(|source| source.input.name.clone()).unwrap_or_default(),
            pointer: self.pointer(witness),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            value: echo(member.map_or("null", RawValue::get)),
        }
    }
}

/// A scalar of an input as an answer writes it: integers beyond 2^53 and fractions as texts; objects and lists not at all.
fn echo(json: &str) -> serde_json::Value {
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
