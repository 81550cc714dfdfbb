//! CRNs: one request at a time, or many texts in columns.

use kmsguard::api;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyBytes;

use crate::error::request;

/// What each text of a `crn-request` is: the answer as JSON text.
#[pyfunction]
pub(crate) fn crn_json(python: Python<'_>, request_json: &str) -> PyResult<String> {
    let request: api::CrnRequest = request(request_json)?;
    Ok(python.detach(|| api::to_json(&api::crn(&request))))
}

/// For each text the number of its kind, one byte each, and the code of its first problem.
#[pyfunction]
pub(crate) fn crns(python: Python<'_>, texts: Vec<PyBackedStr>) -> (Bound<'_, PyBytes>, Vec<Option<&'static str>>) {
    let (kinds, codes) = python.detach(|| {
        let column = api::crns(texts.iter().map(|text| &**text));
        let kinds: Vec<u8> = column.kinds.iter().map(|kind| *kind as u8).collect();
        (kinds, column.codes)
    });
    (PyBytes::new(python, &kinds), codes)
}

/// Whether a text is the CRN of a key.
#[pyfunction]
pub(crate) fn is_key_crn(text: &str) -> bool {
    api::is_key_crn(text)
}
