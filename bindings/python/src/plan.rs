//! Plans.

use kmsguard::api;
use pyo3::prelude::*;

use crate::error::request;

/// The answer to a `plan-request`, as JSON text.
#[pyfunction]
pub(crate) fn plan_json(python: Python<'_>, request_json: &str) -> PyResult<String> {
    let request: api::PlanRequest = request(request_json)?;
    Ok(python.detach(|| api::to_json(&api::plan(&request))))
}
