//! Exports: read and joined once, asked often.

use kmsguard::api::{self, Input};
use kmsguard_cli::{NativeHost, Threads};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use serde::Serialize;
use std::ffi::OsString;

use crate::error::{raise, request};

/// Exports, read and joined.
#[pyclass(frozen, module = "kmsguard._kmsguard")]
pub(crate) struct Inventory(api::Inventory);

#[pymethods]
impl Inventory {
    /// From names with their bytes; `named` tells an input that was asked for from one that was found in a folder.
    #[new]
    fn new(python: Python<'_>, inputs: Vec<(String, PyBackedBytes, bool)>) -> Self {
        python.detach(|| {
            let inputs = inputs.into_iter().map(|(name, bytes, named)| {
                let bytes = bytes.to_vec();
                if named { Input::named(name, bytes) } else { Input::found(name, bytes) }
            });
            Self(api::Inventory::read_by(inputs.collect(), &Threads, &|_| ()))
        })
    }

    /// From files and folders, found and named as the command does.
    #[staticmethod]
    fn read_paths(python: Python<'_>, paths: Vec<OsString>) -> Self {
        python.detach(|| {
            let paths: Vec<String> = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
            Self(api::Inventory::read_by(kmsguard_cli::read_paths(&NativeHost, &paths), &Threads, &|_| ()))
        })
    }

    /// The answer to a `plan-request` beside these exports, as JSON text.
    fn plan_json(&self, python: Python<'_>, request_json: &str) -> PyResult<String> {
        let request: api::PlanRequest = request(request_json)?;
        Ok(python.detach(|| api::to_json(&self.0.plan(&request))))
    }

    /// The answer to an `audit-request`, as JSON text.
    fn audit_json(&self, python: Python<'_>, request_json: &str) -> PyResult<String> {
        let request: api::AuditRequest = request(request_json)?;
        let answer = python.detach(|| self.0.audit(&request).map(|answer| api::to_json(&answer)));
        answer.map_err(raise)
    }

    /// The answer to a `baseline-request`, as JSON text.
    fn baseline_json(&self, python: Python<'_>, request_json: &str) -> PyResult<String> {
        let request: api::BaselineRequest = request(request_json)?;
        let answer = python.detach(|| self.0.baseline(&request).map(|answer| api::to_json(&answer)));
        answer.map_err(raise)
    }

    /// The answer to an `authz-request`, as JSON text.
    fn authz_json(&self, python: Python<'_>, request_json: &str) -> PyResult<String> {
        let request: api::AuthzRequest = request(request_json)?;
        let answer = python.detach(|| self.0.authz(&request).map(|answer| api::to_json(&answer)));
        answer.map_err(raise)
    }

    /// The answer to a `tighten-request`, as JSON text.
    fn tighten_json(&self, python: Python<'_>, request_json: &str) -> PyResult<String> {
        let request: api::TightenRequest = request(request_json)?;
        Ok(python.detach(|| api::to_json(&self.0.tighten(&request))))
    }

    /// The answer to an `impact-request`, as JSON text.
    fn impact_json(&self, python: Python<'_>, request_json: &str) -> PyResult<String> {
        let request: api::ImpactRequest = request(request_json)?;
        let answer = python.detach(|| self.0.impact(&request).map(|answer| api::to_json(&answer)));
        answer.map_err(raise)
    }

    /// The answer to a `migrate-request`, as JSON text.
    fn migrate_json(&self, python: Python<'_>, request_json: &str) -> PyResult<String> {
        let request: api::MigrateRequest = request(request_json)?;
        let answer = python.detach(|| self.0.migrate(&request).map(|answer| api::to_json(&answer)));
        answer.map_err(raise)
    }

    /// The answer to an `inventory-request`, as JSON text.
    fn inventory_json(&self, python: Python<'_>, request_json: &str) -> PyResult<String> {
        let request: api::InventoryRequest = request(request_json)?;
        Ok(python.detach(|| api::to_json(&self.0.inventory(&request))))
    }

    /// The answer to a `snapshot-request`, as JSON text.
    fn snapshot_json(&self, python: Python<'_>, request_json: &str) -> PyResult<String> {
        let request: api::SnapshotRequest = request(request_json)?;
        Ok(python.detach(|| api::to_json(&self.0.snapshot(&request))))
    }

    /// An answer as the text that a `report-request` asks for.
    fn report(&self, python: Python<'_>, request_json: &str) -> PyResult<String> {
        let request: api::ReportRequest = request(request_json)?;
        python.detach(|| self.0.report(&request)).map_err(raise)
    }

    /// The keys, as the text of a JSON list; so are the other tables.
    fn keys_json(&self, python: Python<'_>) -> String {
        python.detach(|| table(&self.0.keys()))
    }

    fn deployments_json(&self, python: Python<'_>) -> String {
        python.detach(|| table(&self.0.deployments()))
    }

    fn uses_json(&self, python: Python<'_>) -> String {
        python.detach(|| table(&self.0.uses()))
    }

    fn authorizations_json(&self, python: Python<'_>) -> String {
        python.detach(|| table(&self.0.authorizations()))
    }

    fn gaps_json(&self, python: Python<'_>) -> String {
        python.detach(|| table(&self.0.gaps()))
    }
}

/// Rows hold texts, numbers and lists: writing them to memory cannot fail.
fn table<T: Serialize>(rows: &[T]) -> String {
    serde_json::to_string(rows).unwrap_or_default()
}
