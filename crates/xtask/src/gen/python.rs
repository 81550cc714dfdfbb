//! The types of the Python package: answers are frozen classes over the parsed JSON, requests are typed dictionaries, choices
//! are literals.

use super::NOTICE;
use super::model::{Body, Field, Shape, Type};
use super::roots::Direction;

/// The words that cannot name an attribute.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// The helpers of `_record.py` that generated code may call.
const HELPERS: &[&str] =
    &["Answer", "Record", "as_mapping", "as_plain", "as_record", "as_rows", "as_tagged", "as_tuple"];

/// The lists of `_rows.py` that generated code may name.
const LISTS: &[&str] = &["Rows"];

/// What some records can do beside their fields: classes of `_sdk.py`.
const ABILITIES: &[(&str, &str)] = &[("PolicyReport", "InForms"), ("V1Policy", "V1Body"), ("V2Policy", "V2Body")];

/// What generated code may take from `typing`.
const TYPING: &[&str] = &["Any", "Literal", "Mapping", "Sequence", "TypedDict", "Union"];

/// The text of `_types.py`.
pub fn write(types: &[Type]) -> Result<String, String> {
    let body = body(types)?;
    let used = |names: &[&'static str]| {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let names: Vec<&str> = names
            .iter()
            .copied()
            .filter(|name| body.split(|letter| !is_word(letter)).any(|word| word == *name))
            .collect();
        names.join(", ")
    };
    let names: Vec<String> = types.iter().map(|of| format!("    {:?},\n", of.name)).collect();
    Ok(format!(
        "# {NOTICE}\n# mypy: disable-error-code=\"no-any-return\"\n\
         \"\"\"The types of requests and answers.\"\"\"\n\n\
         from __future__ import annotations\n\n\
         from typing import {}\n\n\
         from ._record import {}\n\
         from ._rows import {}\n{}\n\
         __all__ = [\n{}]\n{body}",
        used(TYPING),
        used(HELPERS),
        used(LISTS),
        abilities(types),
        names.concat()
    ))
}

/// The import of the classes that say what some of these records can do.
fn abilities(types: &[Type]) -> String {
    let is_there = |name: &str| types.iter().any(|of| of.name == name);
    let able: Vec<&str> = ABILITIES.iter().filter(|(name, _)| is_there(name)).map(|(_, able)| *able).collect();
    if able.is_empty() { String::new() } else { format!("from ._sdk import {}\n", able.join(", ")) }
}

/// Literals and aliases are values when the module runs: they come before the classes, whose annotations are texts.
fn body(types: &[Type]) -> Result<String, String> {
    let mut text = String::new();
    for of in types {
        match &of.body {
            Body::Choice(members) => {
                text.push_str(&format!("\n{} = Literal[\n", of.name));
                for member in members {
                    let about = one_line(&member.about);
                    let about = if about.is_empty() { about } else { format!("  # {about}") };
                    text.push_str(&format!("    {:?},{about}\n", member.value));
                }
                text.push_str("]\n");
                docstring(&mut text, "", &of.about);
            }
            Body::Alias(shape) => {
                text.push_str(&format!("\n{} = {}\n", of.name, alias(shape, of.direction)));
                docstring(&mut text, "", &of.about);
            }
            Body::Record(_) => {}
        }
    }
    let writer = Writer { types };
    for of in types {
        if let Body::Record(fields) = &of.body {
            text.push_str("\n\n");
            match of.direction {
                Direction::Answer => writer.class(&mut text, of, fields)?,
                Direction::Request => dictionary(&mut text, of, fields),
            }
        }
    }
    Ok(text)
}

struct Writer<'a> {
    types: &'a [Type],
}

impl Writer<'_> {
    fn class(&self, text: &mut String, of: &Type, fields: &[Field]) -> Result<(), String> {
        let base = if of.is_root { "Answer" } else { "Record" };
        let able = ABILITIES.iter().filter(|(name, _)| *name == of.name).map(|(_, able)| format!("{able}, "));
        text.push_str(&format!("class {}({}{base}):\n", of.name, able.collect::<String>()));
        docstring(text, "    ", &of.about);
        let names: Vec<String> =
            fields.iter().map(|field| format!("        {:?},\n", attribute(&field.name))).collect();
        text.push_str(&format!("\n    __slots__ = ()\n    _fields = (\n{}    )\n", names.concat()));
        for field in fields {
            let converter =
                self.converter(&field.shape).map_err(|error| format!("{}.{}: {error}", of.name, field.name))?;
            let shape =
                if field.required { field.shape.clone() } else { Shape::union([field.shape.clone(), Shape::Null]) };
            text.push_str(&format!(
                "\n    @property\n    def {}(self) -> {}:\n",
                attribute(&field.name),
                self.annotation(&shape)?
            ));
            docstring(text, "        ", &field.about);
            let body = match (converter, field.required) {
                (Some(converter), _) if converter == "as_plain" => {
                    format!("as_plain(self._data.get({:?}))", field.name)
                }
                (Some(converter), _) => format!("self._get({:?}, {converter})", field.name),
                (None, true) => format!("self._data[{:?}]", field.name),
                (None, false) => format!("self._data.get({:?})", field.name),
            };
            text.push_str(&format!("        return {body}\n"));
        }
        Ok(())
    }

    /// What makes the value of an attribute from its JSON; none where they are the same.
    fn converter(&self, shape: &Shape) -> Result<Option<String>, String> {
        let some = |text: String| Ok(Some(text));
        match shape {
            Shape::Anything => some("as_plain".to_owned()),
            Shape::List(inner) => match (self.record(inner)?, self.converter(inner)?) {
                (Some(record), _) => some(format!("as_rows({record})")),
                (None, None) if self.is_text(inner)? => some("as_rows(str)".to_owned()),
                _ => Err("a list of neither records nor texts has no columns yet".to_owned()),
            },
            // Any JSON is the caller's own copy, ready to be sent or changed.
            Shape::Map(inner) if **inner == Shape::Anything => some("as_plain".to_owned()),
            Shape::Map(inner) => {
                some(format!("as_mapping({})", self.converter(inner)?.unwrap_or_else(|| "as_plain".to_owned())))
            }
            Shape::Tuple(shapes) => {
                let converters: Result<Vec<Option<String>>, String> =
                    shapes.iter().map(|shape| self.converter(shape)).collect();
                match converters?.as_slice() {
                    all if all.iter().all(Option::is_none) => some("tuple".to_owned()),
                    all => {
                        let all: Vec<&str> = all.iter().map(|one| one.as_deref().unwrap_or("as_plain")).collect();
                        some(format!("as_tuple({})", all.join(", ")))
                    }
                }
            }
            Shape::Named(name) => match &self.find(name)?.body {
                Body::Record(_) => some(format!("{name}._of")),
                Body::Choice(_) => Ok(None),
                Body::Alias(shape) => self.converter(shape),
            },
            Shape::Union(shapes) => self.union(shapes),
            _ => Ok(None),
        }
    }

    /// The record that a shape names.
    fn record<'a>(&self, shape: &'a Shape) -> Result<Option<&'a str>, String> {
        let Shape::Named(name) = shape else { return Ok(None) };
        Ok(matches!(self.find(name)?.body, Body::Record(_)).then_some(name.as_str()))
    }

    /// Whether every value of a shape is a text.
    fn is_text(&self, shape: &Shape) -> Result<bool, String> {
        match shape {
            Shape::Text | Shape::Literal(_) => Ok(true),
            Shape::Named(name) => match &self.find(name)?.body {
                Body::Choice(_) => Ok(true),
                Body::Alias(shape) => self.is_text(shape),
                Body::Record(_) => Ok(false),
            },
            Shape::Union(shapes) => shapes.iter().try_fold(true, |all, shape| Ok(all && self.is_text(shape)?)),
            _ => Ok(false),
        }
    }

    /// The annotation of an answer's field: a list is one that has columns.
    fn annotation(&self, shape: &Shape) -> Result<String, String> {
        Ok(match shape {
            Shape::List(inner) => format!("Rows[{}]", expression(inner, Direction::Answer)),
            Shape::Union(shapes) => {
                let shapes: Result<Vec<String>, String> = shapes.iter().map(|shape| self.annotation(shape)).collect();
                shapes?.join(" | ")
            }
            other => expression(other, Direction::Answer),
        })
    }

    /// Of a union: null is seen to by whoever calls; records are told apart by a tag, all else by what JSON gives.
    fn union(&self, shapes: &[Shape]) -> Result<Option<String>, String> {
        let mut converters = Vec::new();
        let mut records = Vec::new();
        for shape in shapes {
            if let Shape::Named(name) = shape
                && let Body::Record(fields) = &self.find(name)?.body
            {
                records.push((name, fields));
            } else if let Some(converter) = self.converter(shape)? {
                converters.push(converter);
            }
        }
        match (records.as_slice(), converters.as_slice()) {
            ([], []) => Ok(None),
            ([], [only]) if shapes.iter().filter(|shape| **shape != Shape::Null).count() == 1 => Ok(Some(only.clone())),
            ([], _) => Ok(Some("as_plain".to_owned())),
            ([(name, _)], []) if shapes.iter().all(|shape| matches!(shape, Shape::Named(_) | Shape::Null)) => {
                Ok(Some(format!("{name}._of")))
            }
            ([(name, _)], []) => Ok(Some(format!("as_record({name})"))),
            (records, []) => {
                let names: Vec<&str> = records.iter().map(|(name, _)| name.as_str()).collect();
                let tag = tag(records).ok_or_else(|| format!("no tag tells {} apart", names.join(", ")))?;
                let cases: Vec<String> = records
                    .iter()
                    .flat_map(|(name, fields)| {
                        literals(fields, tag).into_iter().map(move |text| format!("{text:?}: {name}"))
                    })
                    .collect();
                Ok(Some(format!("as_tagged({tag:?}, {{{}}})", cases.join(", "))))
            }
            _ => Err("a union of lists and records".to_owned()),
        }
    }

    fn find(&self, name: &str) -> Result<&Type, String> {
        self.types.iter().find(|of| of.name == name).ok_or_else(|| format!("no type is named `{name}`"))
    }
}

/// The field that is a literal in each of these records.
fn tag<'a>(records: &[(&String, &'a Vec<Field>)]) -> Option<&'a str> {
    let (_, first) = records.first()?;
    let in_all = |name: &str| records.iter().all(|(_, fields)| !literals(fields, name).is_empty());
    first.iter().map(|field| field.name.as_str()).find(|name| in_all(name))
}

/// The texts that a field of literals may have.
fn literals<'a>(fields: &'a [Field], name: &str) -> Vec<&'a str> {
    match fields.iter().find(|field| field.name == name).map(|field| &field.shape) {
        Some(Shape::Literal(text)) => vec![text],
        _ => Vec::new(),
    }
}

/// A request: `typing.NotRequired` is newer than the oldest Python that is served, so two classes say what may be left out.
fn dictionary(text: &mut String, of: &Type, fields: &[Field]) {
    let (required, optional): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| field.required);
    let mut base = "TypedDict".to_owned();
    if !required.is_empty() && !optional.is_empty() {
        base = format!("_{}Required", of.name);
        text.push_str(&format!("class {base}(TypedDict):\n"));
        docstring(text, "    ", &format!("What `{}` must have.", of.name));
        text.push('\n');
        entries(text, &required, of.direction);
        text.push_str("\n\n");
    }
    let total = if optional.is_empty() { "" } else { ", total=False" };
    text.push_str(&format!("class {}({base}{total}):\n", of.name));
    docstring(text, "    ", &of.about);
    text.push('\n');
    entries(text, if optional.is_empty() { &required } else { &optional }, of.direction);
}

fn entries(text: &mut String, fields: &[&Field], direction: Direction) {
    for field in fields {
        text.push_str(&format!("    {}: {}\n", field.name, expression(&field.shape, direction)));
        docstring(text, "    ", &field.about);
    }
}

/// The name of an attribute: the field's, with an underscore where Python has that word.
fn attribute(name: &str) -> String {
    let letters: String = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
    if KEYWORDS.contains(&letters.as_str()) { format!("{letters}_") } else { letters }
}

fn docstring(text: &mut String, indent: &str, about: &str) {
    let about = about.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let lines: Vec<&str> = about.lines().collect();
    match lines.as_slice() {
        [] => {}
        [line] => text.push_str(&format!("{indent}\"\"\"{line}{}\"\"\"\n", if line.ends_with('"') { " " } else { "" })),
        [first, rest @ ..] => {
            text.push_str(&format!("{indent}\"\"\"{first}\n"));
            for line in rest {
                text.push_str(format!("{indent}{line}").trim_end());
                text.push('\n');
            }
            text.push_str(&format!("{indent}\"\"\"\n"));
        }
    }
}

fn one_line(about: &str) -> String {
    about.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A type as an annotation: whoever asks may give any sequence, answers hold tuples.
fn expression(shape: &Shape, direction: Direction) -> String {
    let one = |shape: &Shape| expression(shape, direction);
    let list = |shapes: &[Shape], with: &str| shapes.iter().map(one).collect::<Vec<_>>().join(with);
    match shape {
        Shape::Text => "str".to_owned(),
        Shape::Integer => "int".to_owned(),
        Shape::Number => "float".to_owned(),
        Shape::Boolean => "bool".to_owned(),
        Shape::Null => "None".to_owned(),
        Shape::Anything => "Any".to_owned(),
        Shape::Literal(text) => format!("Literal[{text:?}]"),
        Shape::List(inner) => match direction {
            Direction::Answer => format!("tuple[{}, ...]", one(inner)),
            Direction::Request => format!("Sequence[{}]", one(inner)),
        },
        Shape::Tuple(shapes) => format!("tuple[{}]", list(shapes, ", ")),
        Shape::Map(inner) if direction == Direction::Answer && **inner == Shape::Anything => {
            "dict[str, Any]".to_owned()
        }
        Shape::Map(inner) => format!("Mapping[str, {}]", one(inner)),
        Shape::Named(name) => name.clone(),
        Shape::Union(shapes) => list(shapes, " | "),
    }
}

/// A type as a value: the oldest Python that is served has no `|` between texts.
fn alias(shape: &Shape, direction: Direction) -> String {
    match shape {
        Shape::Union(shapes) => {
            let shapes: Vec<String> = shapes.iter().map(|shape| alias(shape, direction)).collect();
            format!("Union[{}]", shapes.join(", "))
        }
        shape if shape.has_names() => format!("{:?}", expression(shape, direction)),
        shape => expression(shape, direction),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::r#gen::model::Member;

    fn field(name: &str, required: bool, shape: Shape) -> Field {
        Field { name: name.to_owned(), about: String::new(), required, shape }
    }

    fn record(name: &str, direction: Direction, fields: Vec<Field>) -> Type {
        Type { name: name.to_owned(), about: String::new(), direction, is_root: false, body: Body::Record(fields) }
    }

    #[test]
    fn a_union_of_records_is_told_by_its_tag() {
        let literal = |text: &str| Shape::Literal(text.to_owned());
        let named = |name: &str| Shape::Named(name.to_owned());
        let types = [
            record("Delete", Direction::Answer, vec![field("kind", true, literal("delete"))]),
            record("Rotate", Direction::Answer, vec![field("kind", true, literal("rotate"))]),
            record(
                "Set",
                Direction::Answer,
                vec![field("either", true, Shape::Union(vec![named("Delete"), named("Rotate")]))],
            ),
        ];
        let text = write(&types).unwrap();
        assert!(
            text.contains(r#"self._get("either", as_tagged("kind", {"delete": Delete, "rotate": Rotate}))"#),
            "{text}"
        );
    }

    #[test]
    fn a_request_says_what_may_be_left_out() {
        let fields = vec![field("texts", true, Shape::List(Box::new(Shape::Text))), field("now", false, Shape::Text)];
        let text = write(&[record("Ask", Direction::Request, fields)]).unwrap();
        assert!(
            text.contains(
                "class _AskRequired(TypedDict):\n    \"\"\"What `Ask` must have.\"\"\"\n\n    texts: Sequence[str]\n"
            ),
            "{text}"
        );
        assert!(text.contains("class Ask(_AskRequired, total=False):\n\n    now: str\n"), "{text}");
    }

    #[test]
    fn any_json_is_the_callers_own() {
        let map = Shape::Map(Box::new(Shape::Anything));
        let fields = vec![field("body", false, map), field("value", true, Shape::Anything)];
        let text = write(&[record("Call", Direction::Answer, fields)]).unwrap();
        assert!(text.contains("def body(self) -> dict[str, Any] | None:\n        return as_plain("), "{text}");
        assert!(text.contains("def value(self) -> Any:\n        return as_plain("), "{text}");
    }

    #[test]
    fn a_keyword_gets_an_underscore() {
        let text = write(&[record("Edge", Direction::Answer, vec![field("from", true, Shape::Text)])]).unwrap();
        assert!(text.contains("def from_(self) -> str:\n        return self._data[\"from\"]"), "{text}");
    }

    #[test]
    fn a_choice_is_a_literal() {
        let member = Member { value: "fine".to_owned(), about: "Nothing\nis wrong.".to_owned() };
        let body = Body::Choice(vec![member]);
        let of = Type {
            name: "Outcome".to_owned(),
            about: String::new(),
            direction: Direction::Answer,
            is_root: false,
            body,
        };
        let text = write(&[of]).unwrap();
        assert!(text.ends_with("Outcome = Literal[\n    \"fine\",  # Nothing is wrong.\n]\n"), "{text}");
    }
}
