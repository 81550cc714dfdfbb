//! Types as every language has them: what the writers write.

use super::roots::Direction;

/// A named type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type {
    /// Its name, as in Rust.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Which way it crosses the seam.
    pub direction: Direction,
    /// Whether it is asked or answered as a whole.
    pub is_root: bool,
    /// What it is made of.
    pub body: Body,
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// An object of named fields.
    Record(Vec<Field>),
    /// One of some texts.
    Choice(Vec<Member>),
    /// Another name for a shape.
    Alias(Shape),
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in JSON.
    pub name: String,
    /// What it holds.
    pub about: String,
    /// Whether it is always there.
    pub required: bool,
    /// The shape of its value.
    pub shape: Shape,
}

/// A text of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The text.
    pub value: String,
    /// What it means.
    pub about: String,
}

/// The shape of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
    /// Nothing.
    Null,
    /// Any JSON value.
    Anything,
    /// This text.
    Literal(String),
    /// Any number of one shape.
    List(Box<Shape>),
    /// A fixed number of shapes.
    Tuple(Vec<Shape>),
    /// Any names, each with one shape.
    Map(Box<Shape>),
    /// A named type.
    Named(String),
    /// One of these.
    Union(Vec<Shape>),
}

impl Shape {
    /// One of these shapes: flat, without repetitions, null last.
    pub fn union(shapes: impl IntoIterator<Item = Self>) -> Self {
        let mut flat: Vec<Self> = Vec::new();
        for shape in shapes {
            let alternatives = if let Self::Union(inner) = shape { inner } else { vec![shape] };
            for alternative in alternatives {
                if !flat.contains(&alternative) {
                    flat.push(alternative);
                }
            }
        }
        flat.sort_by_key(|shape| *shape == Self::Null);
        match flat.as_slice() {
            [only] => only.clone(),
            _ => Self::Union(flat),
        }
    }

    /// Whether it is or holds a named type.
    pub fn has_names(&self) -> bool {
        match self {
            Self::Named(_) => true,
            Self::List(inner) | Self::Map(inner) => inner.has_names(),
            Self::Tuple(shapes) | Self::Union(shapes) => shapes.iter().any(Self::has_names),
            _ => false,
        }
    }

    /// Renames the named types in it.
    pub fn rename(&mut self, rename: &dyn Fn(&str) -> Option<String>) {
        match self {
            Self::Named(name) => {
                if let Some(other) = rename(name) {
                    *name = other;
                }
            }
            Self::List(inner) | Self::Map(inner) => inner.rename(rename),
            Self::Tuple(shapes) | Self::Union(shapes) => shapes.iter_mut().for_each(|shape| shape.rename(rename)),
            _ => {}
        }
    }
}

impl Type {
    /// Renames the named types in it.
    pub fn rename(&mut self, rename: &dyn Fn(&str) -> Option<String>) {
        match &mut self.body {
            Body::Record(fields) => fields.iter_mut().for_each(|field| field.shape.rename(rename)),
            Body::Choice(_) => {}
            Body::Alias(shape) => shape.rename(rename),
        }
    }
}
