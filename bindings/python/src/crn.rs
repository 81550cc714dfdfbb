//! CRNs: one request at a time, or many texts in columns.

use kmsguard::api;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyList};

use crate::error::request;

/// What each text of a `crn-request` is: the answer as JSON text.
#[pyfunction]
pub(crate) fn crn_json(python: Python<'_>, request_json: &str) -> PyResult<String> {
    let request: api::CrnRequest = request(request_json)?;
    Ok(python.detach(|| api::to_json(&api::crn(&request))))
}

/// So many texts are taken at once: they are still in the cache of the processor when they are let go.
const AT_ONCE: usize = 512;

/// For each text the number of its kind, one byte each, and the code of its first problem.
#[pyfunction]
pub(crate) fn crns<'py>(
    python: Python<'py>,
    texts: &Bound<'py, PyList>,
) -> PyResult<(Bound<'py, PyBytes>, Vec<Option<&'static str>>)> {
    let (mut kinds, mut codes) = (Vec::with_capacity(texts.len()), Vec::with_capacity(texts.len()));
    let mut rest = texts.iter();
    loop {
        let some = rest.by_ref().take(AT_ONCE).map(|text| text.extract::<PyBackedStr>());
        let some: Vec<PyBackedStr> = some.collect::<PyResult<_>>()?;
        if some.is_empty() {
            return Ok((PyBytes::new(python, &kinds), codes));
        }
        let column = python.detach(|| api::crns(some.iter().map(|text| &**text)));
        kinds.extend(column.kinds.iter().map(|kind| *kind as u8));
        codes.extend(column.codes);
    }
}

/// Whether a text is the CRN of a key.
#[pyfunction]
pub(crate) fn is_key_crn(text: &str) -> bool {
    api::is_key_crn(text)
}
