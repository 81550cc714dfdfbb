//! A column of texts, taken from another library through Arrow's C data interface.
#![expect(unsafe_code, reason = "Arrow's C data interface hands over pointers; this is the one place that takes them")]

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array, ArrayRef, make_array};
use arrow_schema::{ArrowError, DataType};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use std::ffi::CStr;
use std::ptr::NonNull;

use super::table::refused;

/// The parts of a column of texts, in their order.
pub(super) fn texts_of(column: &Bound<'_, PyAny>) -> PyResult<Vec<ArrayRef>> {
    let parts = if column.hasattr("__arrow_c_array__")? {
        vec![one(column)?]
    } else if column.hasattr("__arrow_c_stream__")? {
        many(column)?
    } else {
        let name = column.get_type().name()?;
        return Err(PyTypeError::new_err(format!("`{name}` is no column of Arrow; `kmsguard.crns` takes lists")));
    };
    for part in &parts {
        if !is_text(part.data_type()) {
            let kind = part.data_type();
            return Err(PyTypeError::new_err(format!("a column of texts is wanted, not of `{kind}`; name one column")));
        }
        // A text that is not UTF-8 would be one that Rust must never see.
        part.to_data().validate_full().map_err(refused)?;
    }
    Ok(parts)
}

fn is_text(kind: &DataType) -> bool {
    let is_plain =
        |kind: &DataType| matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null);
    match kind {
        DataType::Dictionary(_, values) => is_plain(values),
        kind => is_plain(kind),
    }
}

/// Calls `take` with each text of a column, or with none where it is null.
pub(super) fn each<'a>(texts: &'a dyn Array, mut take: impl FnMut(Option<&'a str>)) {
    let Some(texts) = texts.as_any_dictionary_opt() else { return each_plain(texts, take) };
    let mut values = Vec::with_capacity(texts.values().len());
    each_plain(texts.values().as_ref(), |value| values.push(value));
    for (place, key) in texts.normalized_keys().into_iter().enumerate() {
        take(values.get(key).copied().flatten().filter(|_| texts.is_valid(place)));
    }
}

fn each_plain<'a>(texts: &'a dyn Array, mut take: impl FnMut(Option<&'a str>)) {
    match texts.data_type() {
        DataType::Utf8 => texts.as_string::<i32>().iter().for_each(take),
        DataType::LargeUtf8 => texts.as_string::<i64>().iter().for_each(take),
        DataType::Utf8View => texts.as_string_view().iter().for_each(take),
        _ => (0..texts.len()).for_each(|_| take(None)),
    }
}

/// An array: two capsules, of its type and of its values.
fn one(column: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) =
        column.call_method0("__arrow_c_array__")?.cast_into::<PyTuple>()?.extract()?;
    let schema = pointer(&schema, c"arrow_schema")?.cast::<FFI_ArrowSchema>();
    let array = pointer(&array, c"arrow_array")?.cast::<FFI_ArrowArray>();
    // SAFETY: capsules of these names hold these structures, says the interface, until they are taken out; both capsules are still
    // there. What is left in them is marked as released, so that nothing is freed twice.
    let data = unsafe {
        let schema = FFI_ArrowSchema::from_raw(schema.as_ptr());
        from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), &schema)
    };
    data.map(make_array).map_err(refused)
}

/// A stream of arrays of one type.
fn many(column: &Bound<'_, PyAny>) -> PyResult<Vec<ArrayRef>> {
    let capsule = column.call_method0("__arrow_c_stream__")?;
    let stream = pointer(&capsule, c"arrow_array_stream")?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: as above.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream.as_ptr()) };
    let arrays: Result<Vec<ArrayRef>, ArrowError> = ArrayStreamReader::try_new(stream).and_then(Iterator::collect);
    arrays.map_err(refused)
}

fn pointer(capsule: &Bound<'_, PyAny>, name: &'static CStr) -> PyResult<NonNull<std::ffi::c_void>> {
    capsule.cast::<PyCapsule>()?.pointer_checked(Some(name))
}
