//! What a column holds: the shapes of fields, and the types of Arrow that they become.

use arrow_schema::{DataType, Field, FieldRef, Fields};
use std::sync::Arc;

/// The shape of a value in an answer.
#[derive(Debug)]
pub(super) enum Shape {
    /// A text, or one of some texts.
    Text,
    /// A whole number.
    Integer,
    /// True or false.
    Boolean,
    /// Whatever else JSON can say: a column of its texts.
    Json,
    /// Any number of one shape.
    List(&'static Shape),
    /// Names, each with one shape.
    Map(&'static Shape),
    /// An object of named fields.
    Record(&'static Record),
}

/// An object of named fields, as answers hold lists of.
#[derive(Debug)]
pub(super) struct Record {
    /// Its name in Python.
    pub(super) name: &'static str,
    /// Its fields, in the order of the answer.
    pub(super) fields: &'static [(&'static str, Shape)],
}

impl Shape {
    /// The type of a column of such values.
    pub(super) fn data_type(&self) -> DataType {
        match self {
            Self::Text | Self::Json => DataType::Utf8,
            Self::Integer => DataType::Int64,
            Self::Boolean => DataType::Boolean,
            Self::List(inner) => DataType::List(item(inner)),
            Self::Map(inner) => DataType::Map(entries(inner), false),
            Self::Record(record) => DataType::Struct(record.fields()),
        }
    }
}

impl Record {
    /// The columns of a table of such objects. Each may be null: what an older export leaves out is absent, never an error.
    pub(super) fn fields(&self) -> Fields {
        self.fields.iter().map(|(name, shape)| Field::new(*name, shape.data_type(), true)).collect()
    }
}

/// The field of the elements of a list.
pub(super) fn item(inner: &Shape) -> FieldRef {
    Arc::new(Field::new("item", inner.data_type(), true))
}

/// The two fields of the entries of a map.
pub(super) fn entry_fields(inner: &Shape) -> Fields {
    [Field::new("key", DataType::Utf8, false), Field::new("value", inner.data_type(), true)].into_iter().collect()
}

/// The field of the entries of a map.
pub(super) fn entries(inner: &Shape) -> FieldRef {
    Arc::new(Field::new("entries", DataType::Struct(entry_fields(inner)), false))
}
