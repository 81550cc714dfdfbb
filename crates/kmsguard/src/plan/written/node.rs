//! A body as it was written: a tree whose every part knows where it stands in the text.

use serde_json::Number;

use crate::crn::Span;

use super::super::json::Json;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// From its first byte to its last, in the text of the body.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) held: Held,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Held {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Object(Vec<Member>),
    /// Something whose value the text does not tell: a placeholder, a variable, an expression; as it is written.
    Unread(String),
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Where its name stands.
    pub(crate) name_span: Span,
    pub(crate) value: Node,
}

impl Node {
    /// The members of an object; none for anything else.
    pub(crate) fn members(&self) -> &[Member] {
        match &self.held {
            Held::Object(members) => members,
            _ => &[],
        }
    }

    /// A member of an object.
    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().find(|member| member.name == name)
    }

    /// The value at a path of members.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, name| node.member(name).map(|member| &member.value))
    }

    /// The value that a JSON pointer leads to.
    pub(crate) fn at_pointer(&self, pointer: &str) -> Option<&Self> {
        steps(pointer).try_fold(self, |node, step| match &node.held {
            Held::List(items) => step.parse::<usize>().ok().and_then(|index| items.get(index)),
            _ => node.member(&step).map(|member| &member.value),
        })
    }

    /// Where the value that a JSON pointer leads to stands, or the nearest place above it.
    pub(crate) fn place(&self, pointer: &str) -> Span {
        let mut node = self;
        for step in steps(pointer) {
            let below = match &node.held {
                Held::List(items) => step.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => node.member(&step).map(|member| &member.value),
            };
            match below {
                Some(below) => node = below,
                None => break,
            }
        }
        node.span
    }

    /// A text.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.held {
            Held::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value as JSON; what cannot be read stands as a text.
    pub(crate) fn json(&self) -> Json {
        match &self.held {
            Held::Null => Json::Null,
            Held::Bool(value) => Json::Bool(*value),
            Held::Number(number) => Json::Number(number.clone()),
            Held::Text(text) | Held::Unread(text) => Json::Text(text.clone()),
            Held::List(items) => Json::List(items.iter().map(Self::json).collect()),
            Held::Object(members) => {
                let mut object = Json::object([]);
                for member in members {
                    object.put(&member.name, member.value.json());
                }
                object
            }
        }
    }
}

/// The steps of a JSON pointer.
fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}
