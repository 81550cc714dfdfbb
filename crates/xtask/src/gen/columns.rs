//! The shapes of the records of answers, as the Python package makes columns of them: `records.rs` of its compiled module.

use super::NOTICE;
use super::model::{Body, Shape, Type};
use super::roots::Direction;

/// The text of `records.rs`.
pub fn write(types: &[Type]) -> Result<String, String> {
    let writer = Writer { types };
    let records: Vec<&Type> = types.iter().filter(|of| writer.is_row(of)).collect();
    let mut text = format!(
        "// {NOTICE}\n//! The records of answers, by name.\n\nuse super::shape::{{Record, Shape}};\n\n\
         /// All of them, by name.\npub(super) static RECORDS: &[&Record] = &[\n"
    );
    for of in &records {
        text.push_str(&format!("    &{},\n", constant(&of.name)));
    }
    text.push_str("];\n");
    for of in &records {
        writer.no_record_in_itself(&of.name, &mut Vec::new())?;
        let Body::Record(fields) = &of.body else { continue };
        text.push_str(&format!(
            "\nstatic {}: Record = Record {{\n    name: {:?},\n    fields: &[\n",
            constant(&of.name),
            of.name
        ));
        for field in fields {
            let shape = writer.shape(&field.shape).map_err(|error| format!("{}.{}: {error}", of.name, field.name))?;
            text.push_str(&format!("        ({:?}, {shape}),\n", field.name));
        }
        text.push_str("    ],\n};\n");
    }
    Ok(text)
}

struct Writer<'a> {
    types: &'a [Type],
}

impl Writer<'_> {
    /// Whether lists of it may stand in an answer.
    fn is_row(&self, of: &Type) -> bool {
        matches!(of.body, Body::Record(_)) && of.direction == Direction::Answer && !of.is_root
    }

    fn find(&self, name: &str) -> Result<&Type, String> {
        self.types.iter().find(|of| of.name == name).ok_or_else(|| format!("no type is named `{name}`"))
    }

    /// A shape as the compiled module writes it down.
    fn shape(&self, shape: &Shape) -> Result<String, String> {
        Ok(match shape {
            Shape::Text | Shape::Literal(_) => "Shape::Text".to_owned(),
            Shape::Integer => "Shape::Integer".to_owned(),
            Shape::Boolean => "Shape::Boolean".to_owned(),
            Shape::Number => return Err("answers hold no fractions".to_owned()),
            Shape::Null | Shape::Anything => "Shape::Json".to_owned(),
            Shape::Map(inner) if **inner == Shape::Anything => "Shape::Json".to_owned(),
            Shape::Map(inner) => format!("Shape::Map(&{})", self.shape(inner)?),
            Shape::List(inner) => format!("Shape::List(&{})", self.shape(inner)?),
            Shape::Tuple(shapes) => match shapes.as_slice() {
                [first, rest @ ..] if rest.iter().all(|other| other == first) => {
                    format!("Shape::List(&{})", self.shape(first)?)
                }
                _ => "Shape::Json".to_owned(),
            },
            Shape::Named(name) => match &self.find(name)?.body {
                Body::Record(_) => format!("Shape::Record(&{})", constant(name)),
                Body::Choice(_) => "Shape::Text".to_owned(),
                Body::Alias(shape) => self.shape(shape)?,
            },
            Shape::Union(shapes) => {
                let present = shapes.iter().filter(|shape| **shape != Shape::Null);
                let mut kinds: Vec<String> = present.map(|shape| self.shape(shape)).collect::<Result<_, _>>()?;
                kinds.dedup();
                match kinds.as_slice() {
                    [only] => only.clone(),
                    // A column has one type: what may be of several is kept as JSON says it.
                    _ => "Shape::Json".to_owned(),
                }
            }
        })
    }

    /// A record that holds itself would be a type without an end.
    fn no_record_in_itself(&self, name: &str, path: &mut Vec<String>) -> Result<(), String> {
        if path.iter().any(|seen| seen == name) {
            return Err(format!("`{name}` holds itself: {}", path.join(" > ")));
        }
        path.push(name.to_owned());
        let mut held = Vec::new();
        match &self.find(name)?.body {
            Body::Record(fields) => fields.iter().for_each(|field| names(&field.shape, &mut held)),
            Body::Alias(shape) => names(shape, &mut held),
            Body::Choice(_) => {}
        }
        for name in held {
            self.no_record_in_itself(name, path)?;
        }
        path.pop();
        Ok(())
    }
}

/// The named types in a shape.
fn names<'a>(shape: &'a Shape, found: &mut Vec<&'a str>) {
    match shape {
        Shape::Named(name) => found.push(name),
        Shape::List(inner) | Shape::Map(inner) => names(inner, found),
        Shape::Tuple(shapes) | Shape::Union(shapes) => shapes.iter().for_each(|shape| names(shape, found)),
        _ => {}
    }
}

/// `KeyUse` as `KEY_USE`.
fn constant(name: &str) -> String {
    let mut text = String::new();
    for (place, letter) in name.char_indices() {
        if place > 0 && letter.is_uppercase() {
            text.push('_');
        }
        text.extend(letter.to_uppercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::r#gen::model::Field;

    fn record(name: &str, fields: &[(&str, Shape)]) -> Type {
        let field = |(name, shape): &(&str, Shape)| Field {
            name: (*name).to_owned(),
            about: String::new(),
            required: true,
            shape: shape.clone(),
        };
        let body = Body::Record(fields.iter().map(field).collect());
        Type { name: name.to_owned(), about: String::new(), direction: Direction::Answer, is_root: false, body }
    }

    #[test]
    fn shapes_become_columns() {
        let named = |name: &str| Shape::Named(name.to_owned());
        let maybe = |shape: Shape| Shape::Union(vec![shape, Shape::Null]);
        let use_ = record(
            "KeyUse",
            &[
                ("service", maybe(Shape::Text)),
                ("witnesses", Shape::List(Box::new(named("UseWitness")))),
                ("span", Shape::Tuple(vec![Shape::Integer, Shape::Integer])),
                ("value", Shape::Union(vec![Shape::Text, Shape::Boolean])),
                ("labels", Shape::Map(Box::new(Shape::Integer))),
                ("body", Shape::Map(Box::new(Shape::Anything))),
            ],
        );
        let text = write(&[use_, record("UseWitness", &[("line", Shape::Integer)])]).unwrap();
        for line in [
            "&KEY_USE,",
            r#"("service", Shape::Text),"#,
            r#"("witnesses", Shape::List(&Shape::Record(&USE_WITNESS))),"#,
            r#"("span", Shape::List(&Shape::Integer)),"#,
            r#"("value", Shape::Json),"#,
            r#"("labels", Shape::Map(&Shape::Integer)),"#,
            r#"("body", Shape::Json),"#,
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
    }

    #[test]
    fn a_record_that_holds_itself_is_refused() {
        let inner = Shape::List(Box::new(Shape::Named("Tree".to_owned())));
        let error = write(&[record("Tree", &[("branches", inner)])]).unwrap_err();
        assert!(error.contains("`Tree` holds itself"), "{error}");
    }
}
