//! The types of the npm package.

use super::NOTICE;
use super::model::{Body, Shape, Type};

/// The text of `types.d.ts`.
pub fn write(types: &[Type]) -> String {
    let mut text = format!("// {NOTICE}\n");
    for of in types {
        text.push('\n');
        comment(&mut text, "", &of.about);
        let name = &of.name;
        match &of.body {
            Body::Record(fields) => {
                text.push_str(&format!("export interface {name} {{\n"));
                for field in fields {
                    comment(&mut text, "  ", &field.about);
                    let optional = if field.required { "" } else { "?" };
                    let key = key(&field.name);
                    text.push_str(&format!("  readonly {key}{optional}: {};\n", expression(&field.shape)));
                }
                text.push_str("}\n");
            }
            Body::Choice(members) => {
                text.push_str(&format!("export type {name} ="));
                for member in members {
                    text.push('\n');
                    comment(&mut text, "  ", &member.about);
                    text.push_str(&format!("  | {:?}", member.value));
                }
                text.push_str(";\n");
            }
            Body::Alias(shape) => text.push_str(&format!("export type {name} = {};\n", expression(shape))),
        }
    }
    text
}

fn comment(text: &mut String, indent: &str, about: &str) {
    let about = about.replace("*/", "*\\/");
    let lines: Vec<&str> = about.lines().collect();
    match lines.as_slice() {
        [] => {}
        [line] => text.push_str(&format!("{indent}/** {line} */\n")),
        lines => {
            text.push_str(&format!("{indent}/**\n"));
            for line in lines {
                text.push_str(format!("{indent} * {line}").trim_end());
                text.push('\n');
            }
            text.push_str(&format!("{indent} */\n"));
        }
    }
}

fn key(name: &str) -> String {
    let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if plain && !name.starts_with(|letter: char| letter.is_ascii_digit()) {
        name.to_owned()
    } else {
        format!("{name:?}")
    }
}

fn expression(shape: &Shape) -> String {
    let list = |shapes: &[Shape], with: &str| shapes.iter().map(expression).collect::<Vec<_>>().join(with);
    match shape {
        Shape::Text => "string".to_owned(),
        Shape::Integer | Shape::Number => "number".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Anything => "unknown".to_owned(),
        Shape::Literal(text) => format!("{text:?}"),
        Shape::List(inner) => match **inner {
            Shape::Union(_) => format!("readonly ({})[]", expression(inner)),
            Shape::List(_) | Shape::Tuple(_) => format!("readonly ({})[]", expression(inner)),
            _ => format!("readonly {}[]", expression(inner)),
        },
        Shape::Tuple(shapes) => format!("readonly [{}]", list(shapes, ", ")),
        Shape::Map(inner) => format!("Readonly<Record<string, {}>>", expression(inner)),
        Shape::Named(name) => name.clone(),
        Shape::Union(shapes) => list(shapes, " | "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        let pair = Shape::Tuple(vec![Shape::Integer, Shape::Integer]);
        assert_eq!(expression(&Shape::List(Box::new(pair))), "readonly (readonly [number, number])[]");
        let either = Shape::Union(vec![Shape::Named("Problem".to_owned()), Shape::Null]);
        assert_eq!(expression(&either), "Problem | null");
        assert_eq!(expression(&Shape::List(Box::new(either))), "readonly (Problem | null)[]");
        assert_eq!(expression(&Shape::Map(Box::new(Shape::Anything))), "Readonly<Record<string, unknown>>");
        assert_eq!(key("x-y"), "\"x-y\"");
    }
}
