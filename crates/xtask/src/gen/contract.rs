//! What users rely on, a line each: fields of requests and answers with their types, rules and codes. Lines are added; one that goes, or
//! becomes another, breaks a promise and fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kmsguard::api::{RULES, codes};

use super::model::{Body, Shape, Type};
use super::roots::Direction;
use super::{File, NOTICE};

const FILE: &str = "tests/contract/promised.txt";

/// The list with what is new. A line that no longer holds stays in it, and is told by [`broken`].
pub(super) fn file(root: &Path, types: &[Type]) -> File {
    let mut lines = promised(root);
    lines.extend(held(types));
    let mut text = format!("# {NOTICE}\n");
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    File { path: FILE.to_owned(), text }
}

/// The promises that no longer hold.
pub(super) fn broken(root: &Path, types: &[Type]) -> Vec<String> {
    let held = held(types);
    promised(root).into_iter().filter(|line| !held.contains(line)).collect()
}

fn promised(root: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(root.join(FILE)).unwrap_or_default();
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

/// Every promise that the program keeps today.
fn held(types: &[Type]) -> BTreeSet<String> {
    let mut lines: BTreeSet<String> = types.iter().flat_map(of_type).collect();
    lines.extend(RULES.iter().map(|rule| format!("rule {} {}", rule.id, rule.name)));
    lines.extend(codes().map(|code| format!("code {}", code.code)));
    lines
}

fn of_type(type_: &Type) -> Vec<String> {
    let name = &type_.name;
    match &type_.body {
        // What is asked may become optional, and what is answered may become certain; not the other way round.
        Body::Record(fields) => fields
            .iter()
            .flat_map(|field| {
                let mut lines = alternatives(&format!("field {name}.{}", field.name), &field.shape);
                match type_.direction {
                    Direction::Answer if field.required => lines.push(format!("always {name}.{}", field.name)),
                    Direction::Request if !field.required => lines.push(format!("optional {name}.{}", field.name)),
                    _ => {}
                }
                lines
            })
            .collect(),
        Body::Choice(members) => members.iter().map(|member| format!("member {name}: {}", member.value)).collect(),
        Body::Alias(alias) => alternatives(&format!("alias {name}"), alias),
    }
}

/// A line for each shape that a value may have: one more breaks nothing.
fn alternatives(what: &str, value: &Shape) -> Vec<String> {
    let several = if let Shape::Union(several) = value { several.as_slice() } else { std::slice::from_ref(value) };
    several.iter().map(|one| format!("{what}: {}", shape(one))).collect()
}

fn shape(shape: &Shape) -> String {
    let several = |shapes: &[Shape], between: &str| {
        let shapes: Vec<String> = shapes.iter().map(self::shape).collect();
        shapes.join(between)
    };
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Integer => "integer".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Anything => "any".to_owned(),
        Shape::Literal(text) => format!("`{text}`"),
        Shape::List(of) => format!("list of ({})", self::shape(of)),
        Shape::Tuple(of) => format!("({})", several(of, ", ")),
        Shape::Map(of) => format!("names to ({})", self::shape(of)),
        Shape::Named(name) => name.clone(),
        Shape::Union(of) => several(of, " | "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::r#gen::model::Field;

    fn record(direction: Direction, required: bool, shape: Shape) -> Type {
        let field = Field { name: "b".to_owned(), about: String::new(), required, shape };
        let body = Body::Record(vec![field]);
        Type { name: "A".to_owned(), about: String::new(), direction, is_root: true, body }
    }

    #[test]
    fn a_field_that_goes_is_retyped_or_no_longer_certain_breaks_a_promise() {
        let before = held(&[record(Direction::Answer, true, Shape::Text)]);
        let after = |types: &[Type]| before.difference(&held(types)).cloned().collect::<Vec<_>>();
        assert_eq!(after(&[]), ["always A.b", "field A.b: text"]);
        assert_eq!(after(&[record(Direction::Answer, true, Shape::Integer)]), ["field A.b: text"]);
        assert_eq!(after(&[record(Direction::Answer, false, Shape::Text)]), ["always A.b"]);
        assert!(after(&[record(Direction::Answer, true, Shape::Text)]).is_empty());
    }

    #[test]
    fn what_may_be_left_out_of_a_request_may_stay_out() {
        let before = held(&[record(Direction::Request, false, Shape::Text)]);
        let after = held(&[record(Direction::Request, true, Shape::Text)]);
        assert_eq!(before.difference(&after).collect::<Vec<_>>(), ["optional A.b"]);
        assert!(after.is_subset(&before), "what need not be given any more breaks nothing");
    }
}
