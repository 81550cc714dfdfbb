//! How a request that is none reaches Python: as `kmsguard.KmsguardError`, with a code and a help.

use kmsguard::api::RequestError;
use pyo3::import_exception;
use pyo3::prelude::*;
use serde::de::DeserializeOwned;

import_exception!(kmsguard._errors, KmsguardError);

/// The request in a JSON text.
pub(crate) fn request<T: DeserializeOwned>(json: &str) -> PyResult<T> {
    serde_json::from_str(json).map_err(|error| KmsguardError::new_err(("REQ001", error.to_string())))
}

/// The error as Python raises it.
pub(crate) fn raise(error: RequestError) -> PyErr {
    KmsguardError::new_err((error.code, error.message, error.help))
}
