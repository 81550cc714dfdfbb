//! The JSON Schemas, and the table by which the command prints them.

use serde_json::{Map, Value};

use super::roots::{Direction, ROOTS};
use super::{File, NOTICE};

/// Where they are written: in the command's crate, which includes them.
pub const FOLDER: &str = "crates/kmsguard-cli/schemas";

/// The schema of one root.
pub struct RootSchema {
    /// The root's name.
    pub name: &'static str,
    /// Which way it crosses the seam.
    pub direction: Direction,
    /// The schema, tidied.
    pub schema: Value,
}

/// The schema of every root.
pub fn all() -> Vec<RootSchema> {
    let root = |root: &super::roots::Root| {
        let mut schema = Value::from((root.schema)());
        tidy(&mut schema, root.direction);
        RootSchema { name: root.name, direction: root.direction, schema }
    };
    let mut schemas: Vec<RootSchema> = ROOTS.iter().map(root).collect();
    schemas.sort_by_key(|schema| schema.name);
    schemas
}

/// A file for each schema, and the table of them.
pub fn files(schemas: &[RootSchema]) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    let mut table = format!(
        "// {NOTICE}\n\n/// Name and text of every JSON Schema, in the order of the names.\n\
         pub(crate) const SCHEMAS: &[(&str, &str)] = &[\n"
    );
    for RootSchema { name, schema, .. } in schemas {
        let mut schema = schema.clone();
        if let Some(object) = schema.as_object_mut() {
            object.insert("$comment".to_owned(), NOTICE.into());
        }
        let mut text = serde_json::to_string_pretty(&schema).map_err(|error| format!("{name}: {error}"))?;
        text.push('\n');
        files.push(File { path: format!("{FOLDER}/{name}.schema.json"), text });
        table.push_str(&format!("    (\"{name}\", include_str!(\"{name}.schema.json\")),\n"));
    }
    table.push_str("];\n");
    files.push(File { path: format!("{FOLDER}/table.rs"), text: table });
    Ok(files)
}

/// Says what JSON Schema's readers know, and what the answers really write.
fn tidy(schema: &mut Value, direction: Direction) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(|item| tidy(item, direction)),
        Value::Object(object) => {
            // `uint32` and its like are no formats of JSON Schema; `minimum` says what matters.
            let of_number = |format: &Value| format.as_str().is_some_and(|text| text.contains("int"));
            if object.get("format").is_some_and(of_number) {
                object.remove("format");
            }
            if let Some(Value::String(text)) = object.get_mut("description") {
                *text = without_links(text);
            }
            if direction == Direction::Answer {
                absent_is_not_null(object);
            }
            // A field may be named as a keyword is: go through the values of `properties`, not through the object itself.
            for (key, value) in object.iter_mut() {
                match (key.as_str(), value) {
                    ("properties" | "$defs", Value::Object(named)) => {
                        named.values_mut().for_each(|value| tidy(value, direction));
                    }
                    ("default" | "const" | "enum" | "examples", _) => {}
                    (_, value) => tidy(value, direction),
                }
            }
        }
        _ => {}
    }
}

/// An answer leaves an optional field out: it never writes null there.
fn absent_is_not_null(object: &mut Map<String, Value>) {
    let required: Vec<Value> = object.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (name, property) in properties {
        if let Value::Object(property) = property
            && !required.iter().any(|required| required == name)
        {
            without_null(property);
        }
    }
}

fn without_null(property: &mut Map<String, Value>) {
    property.remove("default");
    if let Some(Value::Array(types)) = property.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            property.insert("type".to_owned(), only);
        }
    }
    let Some(Value::Array(alternatives)) = property.get_mut("anyOf") else { return };
    alternatives.retain(|alternative| alternative.get("type").is_none_or(|name| name != "null"));
    if let [Value::Object(only)] = alternatives.as_slice() {
        let only = only.clone();
        property.remove("anyOf");
        for (key, value) in only {
            property.entry(key).or_insert(value);
        }
    }
}

/// Rust's documentation links are only text elsewhere: ``[`Outcome`]`` is `Outcome`.
fn without_links(text: &str) -> String {
    text.replace("[`", "`").replace("`]", "`")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_optional_field_of_an_answer_is_never_null() {
        let mut schema = json!({
            "type": "object",
            "properties": {
                "text": {"type": ["string", "null"]},
                "part": {"description": "x", "anyOf": [{"$ref": "#/$defs/Part"}, {"type": "null"}]},
                "kept": {"type": ["string", "null"]},
            },
            "required": ["kept"],
        });
        tidy(&mut schema, Direction::Answer);
        let expected = json!({
            "text": {"type": "string"},
            "part": {"description": "x", "$ref": "#/$defs/Part"},
            "kept": {"type": ["string", "null"]},
        });
        assert_eq!(schema["properties"], expected);
    }

    #[test]
    fn a_request_may_say_null() {
        let schema = json!({"type": "object", "properties": {"text": {"type": ["string", "null"]}}});
        let mut tidied = schema.clone();
        tidy(&mut tidied, Direction::Request);
        assert_eq!(tidied, schema);
    }

    #[test]
    fn every_root_has_a_name_of_its_own() {
        let schemas = all();
        assert_eq!(schemas.len(), ROOTS.len());
        assert!(schemas.is_sorted_by(|first, second| first.name < second.name));
    }
}
