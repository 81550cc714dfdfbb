//! Lists of answers as tables: JSON is read straight into columns.

use arrow_array::builder::{BooleanBuilder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, MapArray, RecordBatch, RecordBatchOptions, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer};
use arrow_schema::{ArrowError, Field, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::sync::Arc;

use super::records::RECORDS;
use super::shape::{Record, Shape, entries, entry_fields, item};
use super::table::{Table, refused, schema_capsule};

/// So many rows make a batch: few enough that no column of it grows beyond what 32 bits count.
const BATCH: usize = 8_192;

/// The rows of a JSON list as a table. `row` names the type of a row; a list of single values is a table of one column, `value`.
#[pyfunction]
pub(crate) fn arrow_rows(python: Python<'_>, row: &str, json: &str) -> PyResult<Table> {
    let row = Row::named(row)?;
    let schema = row.schema();
    let batches = python.detach(|| {
        let mut batches = Vec::new();
        let mut reader = serde_json::Deserializer::from_str(json);
        Rows { row, schema: &schema, batches: &mut batches }.deserialize(&mut reader).map(|()| batches)
    });
    batches.map(|batches| Table::new(schema, batches)).map_err(refused)
}

/// The names and types of the columns of such a table.
#[pyfunction]
pub(crate) fn arrow_rows_schema<'py>(python: Python<'py>, row: &str) -> PyResult<Bound<'py, PyCapsule>> {
    schema_capsule(python, &Row::named(row)?.schema())
}

/// What a row is.
#[derive(Clone, Copy)]
enum Row {
    Record(&'static Record),
    Value(&'static Shape),
}

impl Row {
    fn named(name: &str) -> PyResult<Self> {
        let value = match name {
            "str" => Some(&Shape::Text),
            "int" => Some(&Shape::Integer),
            "bool" => Some(&Shape::Boolean),
            "json" => Some(&Shape::Json),
            _ => None,
        };
        let record = || RECORDS.iter().copied().find(|record| record.name == name).map(Self::Record);
        value.map(Self::Value).or_else(record).ok_or_else(|| refused(format!("no table has rows of `{name}`")))
    }

    fn schema(self) -> SchemaRef {
        Arc::new(match self {
            Self::Record(record) => Schema::new(record.fields()),
            Self::Value(shape) => Schema::new(vec![Field::new("value", shape.data_type(), true)]),
        })
    }

    fn column(self) -> Column {
        match self {
            Self::Record(record) => Column::of_record(record),
            Self::Value(shape) => Column::of(shape),
        }
    }
}

/// A JSON list, read batch by batch.
struct Rows<'a> {
    row: Row,
    schema: &'a SchemaRef,
    batches: &'a mut Vec<RecordBatch>,
}

impl Rows<'_> {
    fn keep(&mut self, column: &mut Column, count: usize) -> Result<(), ArrowError> {
        let columns = match (self.row, std::mem::replace(column, self.row.column())) {
            (Row::Record(_), Column::Record { fields, .. }) => {
                let columns: Result<Vec<ArrayRef>, ArrowError> = fields.into_iter().map(Column::finish).collect();
                columns?
            }
            (_, column) => vec![column.finish()?],
        };
        let options = RecordBatchOptions::new().with_row_count(Some(count));
        self.batches.push(RecordBatch::try_new_with_options(self.schema.clone(), columns, &options)?);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut rows: A) -> Result<(), A::Error> {
        let (mut column, mut count) = (self.row.column(), 0);
        while rows.next_element_seed(&mut column)?.is_some() {
            count += 1;
            if count == BATCH {
                self.keep(&mut column, count).map_err(Error::custom)?;
                count = 0;
            }
        }
        if count > 0 {
            self.keep(&mut column, count).map_err(Error::custom)?;
        }
        Ok(())
    }
}

/// A column while it is filled.
enum Column {
    Text(StringBuilder),
    Json(StringBuilder),
    Integer(Int64Builder),
    Boolean(BooleanBuilder),
    List {
        shape: &'static Shape,
        lengths: Vec<usize>,
        valid: NullBufferBuilder,
        items: Box<Column>,
    },
    Map {
        shape: &'static Shape,
        lengths: Vec<usize>,
        valid: NullBufferBuilder,
        names: StringBuilder,
        values: Box<Column>,
    },
    Record {
        record: &'static Record,
        rows: usize,
        valid: NullBufferBuilder,
        fields: Vec<Column>,
    },
}

impl Column {
    fn of(shape: &'static Shape) -> Self {
        match shape {
            Shape::Text => Self::Text(StringBuilder::new()),
            Shape::Json => Self::Json(StringBuilder::new()),
            Shape::Integer => Self::Integer(Int64Builder::new()),
            Shape::Boolean => Self::Boolean(BooleanBuilder::new()),
            Shape::List(shape) => Self::List {
                shape,
                lengths: Vec::new(),
                valid: NullBufferBuilder::new(0),
                items: Box::new(Self::of(shape)),
            },
            Shape::Map(shape) => Self::Map {
                shape,
                lengths: Vec::new(),
                valid: NullBufferBuilder::new(0),
                names: StringBuilder::new(),
                values: Box::new(Self::of(shape)),
            },
            Shape::Record(record) => Self::of_record(record),
        }
    }

    fn of_record(record: &'static Record) -> Self {
        let fields = record.fields.iter().map(|(_, shape)| Self::of(shape)).collect();
        Self::Record { record, rows: 0, valid: NullBufferBuilder::new(0), fields }
    }

    fn rows(&self) -> usize {
        use arrow_array::builder::ArrayBuilder;
        match self {
            Self::Text(values) | Self::Json(values) => values.len(),
            Self::Integer(values) => values.len(),
            Self::Boolean(values) => values.len(),
            Self::List { lengths, .. } | Self::Map { lengths, .. } => lengths.len(),
            Self::Record { rows, .. } => *rows,
        }
    }

    fn push_null(&mut self) {
        match self {
            Self::Text(values) | Self::Json(values) => values.append_null(),
            Self::Integer(values) => values.append_null(),
            Self::Boolean(values) => values.append_null(),
            Self::List { lengths, valid, .. } | Self::Map { lengths, valid, .. } => {
                lengths.push(0);
                valid.append_null();
            }
            Self::Record { rows, valid, fields, .. } => {
                *rows += 1;
                valid.append_null();
                fields.iter_mut().for_each(Self::push_null);
            }
        }
    }

    fn finish(self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Text(mut values) | Self::Json(mut values) => Arc::new(values.finish()),
            Self::Integer(mut values) => Arc::new(values.finish()),
            Self::Boolean(mut values) => Arc::new(values.finish()),
            Self::List { shape, lengths, mut valid, items } => {
                let ends = OffsetBuffer::from_lengths(lengths);
                Arc::new(ListArray::try_new(item(shape), ends, items.finish()?, valid.finish())?)
            }
            Self::Map { shape, lengths, mut valid, mut names, values } => {
                let both: Vec<ArrayRef> = vec![Arc::new(names.finish()), values.finish()?];
                let all = StructArray::try_new(entry_fields(shape), both, None)?;
                let ends = OffsetBuffer::from_lengths(lengths);
                Arc::new(MapArray::try_new(entries(shape), ends, all, valid.finish(), false)?)
            }
            Self::Record { record, rows, mut valid, fields } => {
                let columns: Result<Vec<ArrayRef>, ArrowError> = fields.into_iter().map(Self::finish).collect();
                Arc::new(StructArray::try_new_with_length(record.fields(), columns?, valid.finish(), rows)?)
            }
        })
    }
}

/// Reads one value to the end of the column.
impl<'de> DeserializeSeed<'de> for &mut Column {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        use serde::Deserialize;
        if let Column::Json(values) = self {
            values.append_option(Option::<Box<RawValue>>::deserialize(reader)?.as_deref().map(RawValue::get));
            return Ok(());
        }
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Column {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Column::Text(_) => "a text",
            Column::Json(_) => "any JSON",
            Column::Integer(_) => "a whole number",
            Column::Boolean(_) => "true or false",
            Column::List { .. } => "a list",
            Column::Map { .. } | Column::Record { .. } => "an object",
        })
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.push_null();
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        let Column::Boolean(values) = self else {
            return Err(E::invalid_type(serde::de::Unexpected::Bool(value), &self));
        };
        values.append_value(value);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        let Column::Integer(values) = self else {
            return Err(E::invalid_type(serde::de::Unexpected::Signed(value), &self));
        };
        values.append_value(value);
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        let signed =
            i64::try_from(value).map_err(|_| E::invalid_value(serde::de::Unexpected::Unsigned(value), &self))?;
        self.visit_i64(signed)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        let Column::Text(values) = self else { return Err(E::invalid_type(serde::de::Unexpected::Str(value), &self)) };
        values.append_value(value);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Column::List { lengths, valid, items, .. } = self else {
            return Err(A::Error::invalid_type(serde::de::Unexpected::Seq, &self));
        };
        let mut length = 0;
        while list.next_element_seed(&mut **items)?.is_some() {
            length += 1;
        }
        lengths.push(length);
        valid.append_non_null();
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        match self {
            Column::Record { record, rows, valid, fields } => {
                // Fields stand in the order of the schema, so the next one is nearly always where the last one ended.
                let mut next = 0;
                while let Some(name) = object.next_key::<std::borrow::Cow<'_, str>>()? {
                    let is_it = |place: &usize| record.fields.get(*place).is_some_and(|(field, _)| *field == name);
                    let place = (next..record.fields.len()).chain(0..next).find(is_it);
                    match place.and_then(|place| Some((place, fields.get_mut(place)?))) {
                        Some((place, field)) => {
                            object.next_value_seed(field)?;
                            next = place + 1;
                        }
                        None => drop(object.next_value::<serde::de::IgnoredAny>()?),
                    }
                }
                *rows += 1;
                valid.append_non_null();
                for field in fields.iter_mut().filter(|field| field.rows() < *rows) {
                    field.push_null();
                }
                Ok(())
            }
            Column::Map { lengths, valid, names, values, .. } => {
                let mut length = 0;
                while let Some(name) = object.next_key::<std::borrow::Cow<'_, str>>()? {
                    names.append_value(name);
                    object.next_value_seed(&mut **values)?;
                    length += 1;
                }
                lengths.push(length);
                valid.append_non_null();
                Ok(())
            }
            other => Err(A::Error::invalid_type(serde::de::Unexpected::Map, &other)),
        }
    }
}
