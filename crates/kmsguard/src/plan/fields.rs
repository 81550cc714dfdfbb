//! Reads the fields of a request, and says of every one that is none what was probably meant.

use serde_json::{Map, Value};

use super::fault::{Fault, FaultKind};

/// A field that a place of the request may have, and other words that people use for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) also: &'static [&'static str],
}

/// An object of the request.
pub(super) struct Fields<'a> {
    object: &'a Map<String, Value>,
    pointer: String,
}

impl<'a> Fields<'a> {
    /// Reads an object. Every member that is no field of this place is a fault.
    pub(super) fn new(
        object: &'a Map<String, Value>,
        pointer: &str,
        fields: &[Field],
        faults: &mut Vec<Fault>,
    ) -> Self {
        for name in object.keys().filter(|name| fields.iter().all(|field| field.name != name.as_str())) {
            faults.push(Fault {
                pointer: format!("{pointer}/{}", escape(name)),
                kind: FaultKind::UnknownField {
                    name: name.clone(),
                    nearest: nearest(
                        name,
                        fields.iter().flat_map(|field| {
                            core::iter::once((field.name, field.name))
                                .chain(field.also.iter().map(|word| (*word, field.name)))
                        }),
                    )
                    .map(str::to_owned),
                    known: fields.iter().map(|field| field.name).collect(),
                },
            });
        }
        Self { object, pointer: pointer.to_owned() }
    }

    pub(super) fn pointer(&self, name: &str) -> String {
        format!("{}/{name}", self.pointer)
    }

    /// A field's value; `null` is as if it were not there.
    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// A field that holds a text.
    pub(super) fn text(&self, name: &str, faults: &mut Vec<Fault>) -> Option<&'a str> {
        let value = self.get(name)?;
        let text = value.as_str().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.wrong(name, value, "a text", faults);
        }
        text
    }

    /// A field that holds `true` or `false`.
    pub(super) fn flag(&self, name: &str, faults: &mut Vec<Fault>) -> bool {
        let Some(value) = self.get(name) else { return false };
        value.as_bool().unwrap_or_else(|| {
            self.wrong(name, value, "`true` or `false`", faults);
            false
        })
    }

    /// A field that holds an object.
    pub(super) fn object(&self, name: &str, wants: &str, faults: &mut Vec<Fault>) -> Option<&'a Map<String, Value>> {
        let value = self.get(name)?;
        if value.as_object().is_none() {
            self.wrong(name, value, wants, faults);
        }
        value.as_object()
    }

    pub(super) fn missing(&self, name: &'static str, wants: &'static str, faults: &mut Vec<Fault>) {
        faults.push(Fault { pointer: self.pointer(name), kind: FaultKind::Missing { name, wants } });
    }

    pub(super) fn wrong(&self, name: &str, value: &Value, wants: &str, faults: &mut Vec<Fault>) {
        faults.push(wrong(self.pointer(name), value, wants));
    }
}

/// A value of the wrong kind.
pub(super) fn wrong(pointer: String, value: &Value, wants: &str) -> Fault {
    let found = match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) if text.trim().is_empty() => "an empty text".to_owned(),
        Value::String(text) => format!("the text `{text}`"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    Fault { pointer, kind: FaultKind::Value { found, wants: wants.to_owned() } }
}

/// A member's name inside a JSON pointer.
pub(super) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The word that was probably meant, of `(as people write it, as it is)`: at most two letters in five are wrong.
pub(super) fn nearest<'a>(text: &str, words: impl Iterator<Item = (&'a str, &'a str)>) -> Option<&'a str> {
    let fold = |text: &str| text.to_ascii_lowercase().replace(['-', ' ', '.'], "_");
    let folded = fold(text);
    let distance = |word: &str| {
        let word = fold(word);
        let wrong = strsim::damerau_levenshtein(&folded, &word);
        (wrong * 5 <= folded.chars().count().max(word.chars().count()) * 2).then_some(wrong)
    };
    words.filter_map(|(word, name)| Some((distance(word)?, name))).min_by_key(|(wrong, _)| *wrong).map(|(_, name)| name)
}
