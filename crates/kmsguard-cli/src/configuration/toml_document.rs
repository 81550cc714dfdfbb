//! TOML as JSON, with the place of every key.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A document, and where its keys and values begin.
pub(crate) struct TomlDocument {
    pub(crate) value: Value,
    /// Line and column of each JSON pointer, both from 1.
    places: BTreeMap<String, (usize, usize)>,
}

/// Something that is not TOML.
pub(crate) struct TomlFault {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
}

impl TomlDocument {
    pub(crate) fn read(text: &str) -> Result<Self, Vec<TomlFault>> {
        let lines = Lines::of(text);
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            let fault = |error: &toml::de::Error| {
                let (line, column) = lines.place(error.span().map_or(0, |span| span.start));
                TomlFault { line, column, message: error.message().to_owned() }
            };
            let mut faults: Vec<TomlFault> = errors.iter().map(fault).collect();
            faults.sort_by_key(|fault| (fault.line, fault.column));
            return Err(faults);
        }
        let mut places = BTreeMap::new();
        let value = Value::Object(object(table.get_ref(), "", &lines, &mut places));
        Ok(Self { value, places })
    }

    /// Where a pointer stands; one that stands nowhere is of the nearest thing above it.
    pub(crate) fn place(&self, pointer: &str) -> (usize, usize) {
        let mut pointer = pointer;
        loop {
            if let Some(place) = self.places.get(pointer) {
                return *place;
            }
            match pointer.rsplit_once('/') {
                Some((above, _)) => pointer = above,
                None => return (1, 1),
            }
        }
    }
}

fn object(
    table: &DeTable<'_>,
    pointer: &str,
    lines: &Lines<'_>,
    places: &mut BTreeMap<String, (usize, usize)>,
) -> Map<String, Value> {
    let mut members = Map::new();
    for (key, item) in table.iter() {
        let name = key.get_ref();
        let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        places.insert(pointer.clone(), lines.place(key.span().start));
        members.insert(name.clone().into_owned(), value(item, &pointer, lines, places));
    }
    members
}

fn value(
    item: &Spanned<DeValue<'_>>,
    pointer: &str,
    lines: &Lines<'_>,
    places: &mut BTreeMap<String, (usize, usize)>,
) -> Value {
    match item.get_ref() {
        DeValue::String(text) => Value::String(text.clone().into_owned()),
        // A number that JSON cannot hold stays a text: no key takes one.
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::String(number.to_string()), Value::from),
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .ok()
            .and_then(Number::from_f64)
            .map_or_else(|| Value::String(number.to_string()), Value::Number),
        DeValue::Boolean(value) => Value::Bool(*value),
        // A day without a time is written as suppressions write theirs.
        DeValue::Datetime(moment) => Value::String(moment.to_string()),
        DeValue::Array(items) => {
            let mut list = Vec::new();
            for (place, item) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{place}");
                places.insert(pointer.clone(), lines.place(item.span().start));
                list.push(value(item, &pointer, lines, places));
            }
            Value::Array(list)
        }
        DeValue::Table(table) => Value::Object(object(table, pointer, lines, places)),
    }
}

/// Where the lines of a text begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// Line and column in characters, both from 1.
    fn place(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        (line, self.text.get(start..offset).map_or(1, |before| before.chars().count() + 1))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::TomlDocument;

    #[test]
    fn a_document_knows_where_its_keys_stand() {
        let text = "[windows]\nkey_expiry_days = 14\n\n[[suppressions]]\nrule = \"KEY007\"\nexpires = 2027-01-31\n";
        let document = TomlDocument::read(text).ok().expect("this is TOML");
        let expected = json!({
            "windows": {"key_expiry_days": 14},
            "suppressions": [{"rule": "KEY007", "expires": "2027-01-31"}],
        });
        assert_eq!(document.value, expected);
        assert_eq!(document.place("/windows/key_expiry_days"), (2, 1));
        assert_eq!(document.place("/suppressions/0/rule"), (5, 1));
        assert_eq!(document.place("/suppressions/0/owner"), document.place("/suppressions/0"));
        assert_eq!(document.place(""), (1, 1));
    }

    #[test]
    fn all_that_is_no_toml_is_told_with_its_place() {
        let faults = TomlDocument::read("a = \nb = 1\nc = [\n").err().expect("this is no TOML");
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines.first(), Some(&1), "the value is missing on the first line");
        assert!(lines.last() > Some(&2), "and the list is open on the third");
        assert!(faults.iter().all(|fault| !fault.message.is_empty()));
    }
}
