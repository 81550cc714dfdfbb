//! The command.

use kmsguard_cli::NativeHost;
use pyo3::prelude::*;
use std::ffi::OsString;

/// Runs the command as the native program does, on the streams of this process; gives its exit code.
#[pyfunction]
pub(crate) fn run(python: Python<'_>, arguments: Vec<OsString>) -> u8 {
    python.detach(|| {
        let arguments: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        kmsguard_cli::run(&arguments, &NativeHost)
    })
}
