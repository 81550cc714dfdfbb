//! How a request that is none reaches Python: as `kmsguard.KmsguardError`, with a code and a help.

use kmsguard::api::{Now, RequestError};
use pyo3::import_exception;
use pyo3::prelude::*;
use serde::de::DeserializeOwned;

import_exception!(kmsguard._errors, KmsguardError);

/// The request in a JSON text.
pub(crate) fn request<T: DeserializeOwned>(json: &str) -> PyResult<T> {
    serde_json::from_str(json).map_err(|error| {
        raise(RequestError {
            code: "REQ007",
            message: reason(&error),
            help: "the types of the package, and `kmsguard schema`, say what there is".to_owned(),
        })
    })
}

/// What serde says, without the place in a JSON text that the caller never saw.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

/// A moment as answers write it.
#[pyfunction]
pub(crate) fn now_text(text: &str) -> PyResult<String> {
    let now: Now = text.parse().map_err(|error| raise(RequestError::from(error)))?;
    Ok(now.to_string())
}

/// The error as Python raises it.
pub(crate) fn raise(error: RequestError) -> PyErr {
    KmsguardError::new_err((error.code, error.message, error.help))
}
