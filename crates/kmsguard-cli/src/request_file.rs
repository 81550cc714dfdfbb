//! A file that holds what is asked, as opposed to an export.

use kmsguard::api::RequestError;

use super::host::HostError;
use super::terminal::Terminal;

/// The name of a file in messages.
pub(crate) fn name(path: &str) -> &str {
    if path == "-" { "standard input" } else { path }
}

/// The bytes of a file or of standard input, without a byte order mark.
pub(crate) fn read(path: &str, terminal: &Terminal<'_>) -> Result<Vec<u8>, RequestError> {
    let host = terminal.host();
    let bytes = if path == "-" { host.read_stdin() } else { host.read(path) };
    let mut bytes = bytes.map_err(|error| {
        let (code, message, help) = match error {
            HostError::NotFound => ("IN013", "there is no such file", "check the path"),
            HostError::NotPermitted => ("IN014", "may not be read", "check who may read it"),
            HostError::NotAFile => ("IN015", "is not a file", "give a file that holds the request"),
            HostError::Changed => {
                ("IN025", "changed while it was read", "wait until nothing writes to it, and try again")
            }
            HostError::Other => ("IN017", "cannot be read", "check the disk"),
        };
        RequestError { code, message: format!("`{}`: {message}", name(path)), help: help.to_owned() }
    })?;
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    Ok(bytes)
}
