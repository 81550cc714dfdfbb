//! Columns of CRNs: parsed into their segments, or checked.

use arrow_array::{Array, ArrayRef, BooleanArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::{BooleanBufferBuilder, NullBuffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use kmsguard::api::{self, Require};
use pyo3::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::column::{each, texts_of};
use super::table::{Table, refused};
use crate::error::request;

/// So many texts are one piece of work, and one batch of the answer.
const BATCH: usize = 16_384;

/// The segments of each text of a column, null where it does not parse.
#[pyfunction]
pub(crate) fn arrow_parse(python: Python<'_>, column: &Bound<'_, PyAny>, threads: usize) -> PyResult<Table> {
    table(python, column, threads, segments_schema(), &segments)
}

/// Whether each text of a column is right, and what it is.
#[pyfunction]
pub(crate) fn arrow_check(
    python: Python<'_>,
    column: &Bound<'_, PyAny>,
    require: &str,
    threads: usize,
) -> PyResult<Table> {
    let require: Require = request(&serde_json::Value::from(require).to_string())?;
    table(python, column, threads, verdicts_schema(), &|texts, schema| verdicts(texts, require, schema))
}

/// What is made of a piece of a column.
type Work<'a> = dyn Fn(&dyn Array, &SchemaRef) -> Result<RecordBatch, ArrowError> + Sync + 'a;

/// Takes a column and makes a table of it, piece by piece, without the interpreter's lock.
fn table(
    python: Python<'_>,
    column: &Bound<'_, PyAny>,
    threads: usize,
    schema: SchemaRef,
    work: &Work<'_>,
) -> PyResult<Table> {
    let column = texts_of(column)?;
    let batches = python.detach(|| worked(&column, threads, &schema, work));
    batches.map(|batches| Table::new(schema, batches)).map_err(refused)
}

fn worked(
    column: &[ArrayRef],
    threads: usize,
    schema: &SchemaRef,
    work: &Work<'_>,
) -> Result<Vec<RecordBatch>, ArrowError> {
    let pieces: Vec<ArrayRef> = column.iter().flat_map(pieces).collect();
    let next = AtomicUsize::new(0);
    let take_turns = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = pieces.get(place) else { return done };
            done.push((place, work(piece.as_ref(), schema)));
        }
    };
    let mut done = thread::scope(|scope| {
        let count = threads.min(pieces.len());
        // A machine that gives no thread leaves the work to the caller.
        let helpers: Vec<_> =
            (1..count).filter_map(|_| thread::Builder::new().spawn_scoped(scope, take_turns).ok()).collect();
        let mut done = take_turns();
        for helper in helpers {
            match helper.join() {
                Ok(theirs) => done.extend(theirs),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, batch)| batch).collect()
}

/// A part of a column, cut into pieces of work.
fn pieces(part: &ArrayRef) -> impl Iterator<Item = ArrayRef> + '_ {
    (0..part.len()).step_by(BATCH).map(|start| part.slice(start, BATCH.min(part.len() - start)))
}

/// The texts of a column while it is filled; where there is no value, an empty one.
struct Texts {
    text: Vec<u8>,
    ends: Vec<i32>,
}

impl Texts {
    fn new(count: usize, bytes: usize) -> Self {
        let mut ends = Vec::with_capacity(count + 1);
        ends.push(0);
        Self { text: Vec::with_capacity(count * bytes), ends }
    }

    fn push(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
        // A piece is cut so that its texts stay far below two gigabytes; were they not, the array would refuse the numbers.
        self.ends.push(i32::try_from(self.text.len()).unwrap_or(-1));
    }

    fn finish(self, nulls: Option<NullBuffer>) -> Result<ArrayRef, ArrowError> {
        if self.ends.contains(&-1) {
            return Err(ArrowError::OffsetOverflowError(self.text.len()));
        }
        let ends = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        Ok(Arc::new(StringArray::try_new(ends, self.text.into(), nulls)?))
    }
}

const SEGMENTS: [&str; 9] =
    ["version", "cname", "ctype", "service_name", "location", "scope", "service_instance", "resource_type", "resource"];

fn scope_fields() -> Fields {
    ["type", "id"].into_iter().map(|name| Field::new(name, DataType::Utf8, true)).collect()
}

fn segments_schema() -> SchemaRef {
    let field = |name: &str| {
        let kind = if name == "scope" { DataType::Struct(scope_fields()) } else { DataType::Utf8 };
        Field::new(name, kind, true)
    };
    Arc::new(Schema::new(SEGMENTS.map(field).to_vec()))
}

fn segments(texts: &dyn Array, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let count = texts.len();
    let [mut version, mut cname, mut ctype, mut service_name, mut location] =
        [2, 8, 8, 12, 10].map(|bytes| Texts::new(count, bytes));
    let [mut scope_type, mut scope_id, mut service_instance, mut resource_type, mut resource] =
        [8, 32, 36, 8, 36].map(|bytes| Texts::new(count, bytes));
    let (mut valid, mut scoped) = (NullBufferBuilder::new(count), NullBufferBuilder::new(count));
    each(texts, |text| {
        let crn = text.and_then(api::crn_segments);
        valid.append(crn.is_some());
        let scope = crn.and_then(|crn| crn.scope);
        scoped.append(scope.is_some());
        version.push(crn.map_or("", |crn| crn.version));
        cname.push(crn.map_or("", |crn| crn.cname));
        ctype.push(crn.map_or("", |crn| crn.ctype));
        service_name.push(crn.map_or("", |crn| crn.service_name));
        location.push(crn.map_or("", |crn| crn.location));
        scope_type.push(scope.map_or("", |scope| scope.kind.name()));
        scope_id.push(scope.map_or("", |scope| scope.id));
        service_instance.push(crn.map_or("", |crn| crn.service_instance));
        resource_type.push(crn.map_or("", |crn| crn.resource_type));
        resource.push(crn.map_or("", |crn| crn.resource));
    });
    let (valid, scoped) = (valid.finish(), scoped.finish());
    let scope = StructArray::try_new(
        scope_fields(),
        vec![scope_type.finish(scoped.clone())?, scope_id.finish(scoped.clone())?],
        scoped,
    )?;
    let of_crn = |texts: Texts| texts.finish(valid.clone());
    let columns = vec![
        of_crn(version)?,
        of_crn(cname)?,
        of_crn(ctype)?,
        of_crn(service_name)?,
        of_crn(location)?,
        Arc::new(scope),
        of_crn(service_instance)?,
        of_crn(resource_type)?,
        of_crn(resource)?,
    ];
    RecordBatch::try_new(schema.clone(), columns)
}

fn verdicts_schema() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("kind", DataType::Utf8, true),
        Field::new("ok", DataType::Boolean, true),
        Field::new("code", DataType::Utf8, true),
        Field::new("fixed", DataType::Utf8, true),
    ]))
}

fn verdicts(texts: &dyn Array, require: Require, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let count = texts.len();
    let (mut kinds, mut codes, mut fixed) = (Texts::new(count, 8), Texts::new(count, 0), Texts::new(count, 0));
    let mut right = BooleanBufferBuilder::new(count);
    let [mut given, mut coded, mut mended] = [(); 3].map(|()| NullBufferBuilder::new(count));
    each(texts, |text| {
        let verdict = text.map(|text| api::crn_verdict(text, require));
        let verdict = verdict.as_ref();
        given.append(verdict.is_some());
        right.append(verdict.is_some_and(|verdict| verdict.ok));
        kinds.push(verdict.map_or("", |verdict| verdict.kind.name()));
        let code = verdict.and_then(|verdict| verdict.code);
        coded.append(code.is_some());
        codes.push(code.unwrap_or_default());
        let mending = verdict.and_then(|verdict| verdict.fixed.as_deref());
        mended.append(mending.is_some());
        fixed.push(mending.unwrap_or_default());
    });
    let given = given.finish();
    let columns: Vec<ArrayRef> = vec![
        kinds.finish(given.clone())?,
        Arc::new(BooleanArray::new(right.finish(), given)),
        codes.finish(coded.finish())?,
        fixed.finish(mended.finish())?,
    ];
    RecordBatch::try_new(schema.clone(), columns)
}
