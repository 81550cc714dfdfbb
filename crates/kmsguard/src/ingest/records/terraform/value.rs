//! Walks through JSON values of which nothing is known but that keys may be named in them.

use serde_json::value::RawValue;

use crate::crn::{Kind, parse};
use crate::ingest::cursor::too_deep;
use crate::ingest::document::{Members, members};

/// A key that is named in a value.
pub(super) struct NamedKey<'a> {
    /// The JSON pointer to the text below the value.
    pub(super) pointer: String,
    /// The text that names it.
    pub(super) text: &'a RawValue,
    /// The CRN of the key.
    pub(super) crn: String,
    /// Whether the text is the CRN, not a document in which it stands.
    pub(super) alone: bool,
}

/// The keys that are named by their CRNs in a value, in documents inside texts too: `parameters_json` is one.
pub(super) fn keys(value: &RawValue) -> Vec<NamedKey<'_>> {
    let mut found = Vec::new();
    walk(value, String::new(), &mut |pointer, text| {
        let Ok(written) = serde_json::from_str::<String>(text.get()) else { return };
        if is_key(&written) {
            found.push(NamedKey { pointer: pointer.to_owned(), text, crn: written, alone: true });
        } else if let Some(inner) = document(&written) {
            walk(inner, String::new(), &mut |_, inner| {
                if let Ok(crn) = serde_json::from_str::<String>(inner.get())
                    && is_key(&crn)
                {
                    found.push(NamedKey { pointer: pointer.to_owned(), text, crn, alone: false });
                }
            });
        }
    });
    found
}

/// The document that a text is, if it is one that is nested no deeper than is read.
pub(super) fn document(text: &str) -> Option<&RawValue> {
    let is_object = text.trim_start().starts_with('{');
    serde_json::from_str(text).ok().filter(|_| is_object && too_deep(text.as_bytes()).is_none())
}

fn is_key(text: &str) -> bool {
    text.starts_with("crn:") && parse(text).is_ok_and(|crn| crn.kind() == Kind::KmsKey)
}

/// Calls for every text of a value.
pub(super) fn walk<'a>(value: &'a RawValue, pointer: String, each: &mut dyn FnMut(&str, &'a RawValue)) {
    match value.get().as_bytes().first() {
        Some(b'"') => each(&pointer, value),
        Some(b'{') => {
            for (name, inner) in members(value).unwrap_or_default().0 {
                let name = name.replace('~', "~0").replace('/', "~1");
                walk(inner, format!("{pointer}/{name}"), each);
            }
        }
        Some(b'[') => {
            let list: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
            for (row, inner) in list.into_iter().enumerate() {
                walk(inner, format!("{pointer}/{row}"), each);
            }
        }
        _ => {}
    }
}

/// Whether a value that mirrors another says `true` at a pointer of it, or above.
pub(super) fn marks(mirror: Option<&RawValue>, pointer: &str) -> bool {
    let Some(mut mirror) = mirror else { return false };
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let next = match mirror.get().as_bytes().first() {
            Some(b'{') => members(mirror).and_then(|object| object.get(&step)),
            Some(b'[') => {
                let list: Vec<&RawValue> = serde_json::from_str(mirror.get()).unwrap_or_default();
                step.parse::<usize>().ok().and_then(|row| list.get(row).copied())
            }
            _ => None,
        };
        match next {
            Some(next) => mirror = next,
            None => break,
        }
    }
    mirror.get() == "true"
}

/// Whether anything in a value is `true`.
pub(super) fn has_true(value: &RawValue) -> bool {
    match value.get().as_bytes().first() {
        Some(b't') => true,
        Some(b'{') => members(value).unwrap_or_default().0.iter().any(|(_, inner)| has_true(inner)),
        Some(b'[') => {
            let list: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
            list.into_iter().any(has_true)
        }
        _ => false,
    }
}

/// The CRN of a resource, by its attributes: `crn`, or an `id` that is one.
pub(super) fn crn_of(values: &Members<'_>) -> Option<String> {
    let crn = |name: &str| values.read::<String>(name).filter(|text| parse(text).is_ok());
    crn("crn").or_else(|| crn("id")).or_else(|| crn("resource_crn"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "crn:v1:bluemix:public:kms:eu-de:a/0123456789abcdef0123456789abcdef:7a1d1c1e-0b1f-4c55-9d0e-5f1f0c6b2a10:key:00000001-aaaa-4bbb-8ccc-dddddddddddd";

    fn found(text: &str) -> Vec<(String, bool)> {
        let raw = RawValue::from_string(text.to_owned()).expect("JSON");
        keys(&raw).into_iter().map(|key| (key.pointer, key.alone)).collect()
    }

    #[test]
    fn keys_are_found_at_any_depth_and_in_documents_inside_texts() {
        let inner = serde_json::json!({"dataservices": {"encryption": {"disk": KEY}}}).to_string();
        let value = serde_json::json!({"a/b": [{"key": KEY}], "parameters_json": inner, "name": "crn:v1:x"});
        assert_eq!(
            found(&value.to_string()),
            [("/a~1b/0/key".to_owned(), true), ("/parameters_json".to_owned(), false)]
        );
    }

    #[test]
    fn a_text_that_is_nested_without_end_is_no_document() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(found(&serde_json::json!({ "parameters_json": deep }).to_string()), []);
    }

    #[test]
    fn a_mirror_marks_a_value_or_all_that_is_below_it() {
        let mirror = RawValue::from_string(r#"{"a":true,"b":[false,{"c":true}],"d":{}}"#.to_owned()).expect("JSON");
        let marked =
            ["/a", "/a/x", "/b/1/c", "/b/0", "/b/1/x", "/d", "/e"].map(|pointer| marks(Some(&mirror), pointer));
        assert_eq!(marked, [true, true, true, false, false, false, false]);
    }
}
