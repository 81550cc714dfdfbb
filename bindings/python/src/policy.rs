//! Policies.

use kmsguard::api;
use pyo3::prelude::*;

use crate::error::request;

/// The answer to a `policy-request`, as JSON text.
#[pyfunction]
pub(crate) fn policy_json(python: Python<'_>, request_json: &str) -> PyResult<String> {
    let request: api::PolicyRequest = request(request_json)?;
    Ok(python.detach(|| api::to_json(&api::policy(&request))))
}
