//! The JSON Schemas, each with a page that tells its fields.

use maud::{Markup, html};
use serde_json::Value;

use super::Page;
use crate::r#gen::SCHEMAS;
use crate::workspace;

/// A schema: its name, its file in the site, and its text.
pub(super) struct Schema {
    name: String,
    pub(super) path: String,
    pub(super) text: String,
}

/// All schemas, in the order of their names.
pub(super) fn all() -> Result<Vec<Schema>, String> {
    let folder = workspace::root().join(SCHEMAS);
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut schemas = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(name) = file.strip_suffix(".schema.json") {
            let text = String::from_utf8_lossy(&workspace::read(&path)?).into_owned();
            schemas.push(Schema { name: name.to_owned(), path: format!("schemas/{file}"), text });
        }
    }
    schemas.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(schemas)
}

pub(super) fn pages(schemas: &[Schema]) -> Vec<Page> {
    let mut pages = vec![index(schemas)];
    pages.extend(schemas.iter().map(page));
    pages
}

fn index(schemas: &[Schema]) -> Page {
    let body = html! {
        h1 { "Schemas" }
        p { "What goes in and what comes out, as JSON Schema. " code { "kmsguard schema NAME" } " prints the same. Fields are added, and none is renamed or dropped without a new " code { "schema_version" } "." }
        ul { @for schema in schemas { li { a href={ (schema.name) ".html" } { (schema.name) } } } }
    };
    Page { path: "schemas/index.html".to_owned(), title: "Schemas".to_owned(), body }
}

fn page(schema: &Schema) -> Page {
    let read: Value = serde_json::from_str(&schema.text).unwrap_or_default();
    let named = read["$defs"].as_object().into_iter().flatten();
    let body = html! {
        h1 { (schema.name) }
        p { a href={ (schema.name) ".schema.json" } { "The schema itself" } }
        (fields(&read))
        @for (name, shape) in named { h2 id=(name) { (name) } (fields(shape)) }
    };
    Page { path: format!("schemas/{}.html", schema.name), title: schema.name.clone(), body }
}

/// What a shape is for, and its fields or members.
fn fields(shape: &Value) -> Markup {
    let required =
        |name: &str| shape["required"].as_array().is_some_and(|names| names.iter().any(|known| known == name));
    html! {
        @if let Some(text) = shape["description"].as_str() { p { (text) } }
        @if let Some(fields) = shape["properties"].as_object() {
            table {
                thead { tr { th { "Field" } th { "Type" } th { "What it is" } } }
                tbody { @for (name, field) in fields { tr {
                    td { code { (name) } @if !required(name) { " " span.faint { "optional" } } }
                    td { (kind(field)) }
                    td { (field["description"].as_str().unwrap_or_default()) }
                } } }
            }
        }
        @if let Some(members) = shape["oneOf"].as_array().or(shape["anyOf"].as_array()) {
            ul { @for member in members { li { (kind(member)) " " (member["description"].as_str().unwrap_or_default()) } } }
        }
        @if let Some(members) = shape["enum"].as_array() {
            p { @for (index, member) in members.iter().enumerate() { @if index > 0 { ", " } code { (member.as_str().unwrap_or_default()) } } }
        }
    }
}

/// The type of a field, in a few words.
fn kind(field: &Value) -> Markup {
    if let Some(name) = field["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
        return html! { a href={ "#" (name) } { (name) } };
    }
    if let Some(value) = field["const"].as_str() {
        return html! { code { (value) } };
    }
    if let Some(several) = field["anyOf"].as_array().or(field["oneOf"].as_array()) {
        return html! { @for (index, one) in several.iter().enumerate() { @if index > 0 { " or " } (kind(one)) } };
    }
    match &field["type"] {
        Value::String(name) if name == "array" => html! { "list of " (kind(&field["items"])) },
        Value::String(name) => html! { (name) },
        Value::Array(names) => {
            html! { @for (index, name) in names.iter().enumerate() { @if index > 0 { " or " } (name.as_str().unwrap_or_default()) } }
        }
        _ => html! { "any" },
    }
}
