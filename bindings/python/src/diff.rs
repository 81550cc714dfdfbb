//! The difference between two audits.

use kmsguard::api;
use pyo3::prelude::*;

use crate::error::{raise, request};

/// The answer to a `diff-request`, as JSON text.
#[pyfunction]
pub(crate) fn diff_json(python: Python<'_>, request_json: &str) -> PyResult<String> {
    let request: api::DiffRequest = request(request_json)?;
    python.detach(|| api::diff(&request).map(|answer| api::to_json(&answer))).map_err(raise)
}
