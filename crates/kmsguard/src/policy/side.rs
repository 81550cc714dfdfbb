//! Reads subjects and resources: objects with attributes, in the words of either version.

use super::document::{Node, Object};
use super::fault::{PolicyFault, PolicyFaultKind as Kind, SideName};
use super::model::{Attribute, Operator, Side, Value, Version};
use super::place::Place;

/// How one version of the API writes a side.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) version: Version,
    pub(super) side: SideName,
}

impl Shape {
    /// The member that names an attribute, and the one that would in the other version.
    const fn names(self) -> (&'static str, &'static str) {
        match self.version {
            Version::V1 => ("name", "key"),
            Version::V2 => ("key", "name"),
        }
    }

    fn operator(self, text: Option<&str>) -> Operator {
        match (self.version, text) {
            // Version 1 may leave the operator out; Terraform writes an empty one.
            (_, Some("stringEquals")) | (Version::V1, None | Some("")) => Operator::StringEquals,
            (_, Some("stringMatch")) => Operator::StringMatch,
            (Version::V2, Some("stringEqualsAnyOf")) => Operator::StringEqualsAnyOf,
            (Version::V2, Some("stringMatchAnyOf")) => Operator::StringMatchAnyOf,
            (Version::V2, Some("stringExists")) => Operator::StringExists,
            (_, other) => Operator::Unknown(other.unwrap_or_default().to_owned()),
        }
    }
}

/// Reads one side. Whatever cannot be read makes the side unreadable, so that nobody takes the rest for the whole.
pub(super) fn read_side(node: &Node<'_>, shape: Shape, place: Place<'_>, problems: &mut Vec<PolicyFault>) -> Side {
    let before = problems.len();
    let mut side = Side::default();
    match node {
        Node::Object(object) => read_object(object, shape, place, &mut side, problems),
        // A bare list of attributes, without the object around it.
        Node::List(_) => problems.push(PolicyFault::new(Kind::WrapperMissing(shape.side), place.pointer())),
        _ => problems.push(wrong(shape.side.name(), "an object", place)),
    }
    side.unreadable = problems.iter().skip(before).any(|fault| !matches!(fault.kind, Kind::UnknownOperator { .. }));
    side
}

fn read_object(object: &Object<'_>, shape: Shape, place: Place<'_>, side: &mut Side, problems: &mut Vec<PolicyFault>) {
    if let Some(member) = object.repeated() {
        problems.push(PolicyFault::new(Kind::Repeated { member: member.to_owned() }, place.pointer()));
    }
    for (member, value) in object.members() {
        match member {
            "attributes" => {}
            "tags" => side.tags |= !matches!(value, Node::Null) && value.list().is_none_or(|list| !list.is_empty()),
            _ if object.has("attributes") && *value != Node::Null => {
                let kind = Kind::UnknownMember { side: shape.side, member: member.to_owned() };
                problems.push(PolicyFault::new(kind, place.pointer()));
            }
            _ => {}
        }
    }
    let list_place = place.member("attributes");
    match object.get("attributes") {
        None => problems.push(PolicyFault::new(Kind::WrapperMissing(shape.side), place.pointer())),
        Some(Node::List(list)) => {
            if list.is_empty() {
                problems.push(PolicyFault::new(Kind::NoAttributes(shape.side), list_place.pointer()));
            }
            for (index, attribute) in list.iter().enumerate() {
                if let Some(attribute) = read_attribute(attribute, shape, list_place.item(index), problems) {
                    side.attributes.push(attribute);
                }
            }
        }
        Some(_) => problems.push(wrong("attributes", "a list", list_place)),
    }
}

fn read_attribute(
    node: &Node<'_>,
    shape: Shape,
    place: Place<'_>,
    problems: &mut Vec<PolicyFault>,
) -> Option<Attribute> {
    let Some(object) = node.object() else {
        problems.push(wrong("attribute", "an object", place));
        return None;
    };
    if let Some(member) = object.repeated() {
        problems.push(PolicyFault::new(Kind::Repeated { member: member.to_owned() }, place.pointer()));
    }
    let (name_member, other_member) = shape.names();
    let name = match (object.text(name_member), object.text(other_member)) {
        (Some(name), _) if !name.is_empty() => name,
        (None, Some(name)) if !name.is_empty() => {
            problems.push(PolicyFault::new(Kind::MixedVersions { member: other_member.to_owned() }, place.pointer()));
            name
        }
        _ => {
            problems.push(PolicyFault::new(Kind::AttributeNameMissing(shape.side), place.pointer()));
            return None;
        }
    };
    let operator = match object.get("operator") {
        None => shape.operator(None),
        Some(Node::Text(text)) => shape.operator(Some(text)),
        Some(_) => {
            problems.push(wrong("operator", "a text", place));
            return None;
        }
    };
    let value = read_value(object.get("value"), name, &operator).map_err(|kind| {
        problems.push(PolicyFault::new(kind, place.pointer()));
    });
    if let Operator::Unknown(text) = &operator {
        let kind = Kind::UnknownOperator { attribute: name.to_owned(), operator: text.clone() };
        problems.push(PolicyFault::new(kind, place.pointer()));
    }
    Some(Attribute { name: name.to_owned(), operator, value: value.ok()? })
}

fn read_value(node: Option<&Node<'_>>, name: &str, operator: &Operator) -> Result<Value, Kind> {
    let no_text = || Kind::AttributeValue { attribute: name.to_owned() };
    let value = match node {
        Some(Node::Text(text)) => Value::Texts(vec![text.as_ref().to_owned()]),
        Some(Node::Bool(value)) => Value::Bool(*value),
        Some(Node::List(list)) => {
            let texts = list.iter().map(|item| item.text().map(str::to_owned)).collect::<Option<Vec<_>>>();
            Value::Texts(texts.ok_or_else(no_text)?)
        }
        _ => return Err(no_text()),
    };
    let is_list = matches!(node, Some(Node::List(_)));
    match (operator, &value) {
        // Terraform and IBM's own pages write the two as texts.
        (Operator::StringExists, Value::Texts(texts)) if !is_list => match texts.first().map(String::as_str) {
            Some("true") => Ok(Value::Bool(true)),
            Some("false") => Ok(Value::Bool(false)),
            _ => Err(Kind::OperatorValue { attribute: name.to_owned(), operator: operator.name().to_owned() }),
        },
        (Operator::StringExists, Value::Bool(_)) | (Operator::Unknown(_), _) => Ok(value),
        (_, Value::Texts(texts)) if is_list == operator.takes_list() && !texts.is_empty() => Ok(value),
        _ => Err(Kind::OperatorValue { attribute: name.to_owned(), operator: operator.name().to_owned() }),
    }
}

pub(super) fn wrong(member: &str, expected: &'static str, place: Place<'_>) -> PolicyFault {
    PolicyFault::new(Kind::WrongType { member: member.to_owned(), expected }, place.pointer())
}
