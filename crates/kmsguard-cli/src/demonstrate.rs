//! `kmsguard demo`.

use kmsguard::api::{AuditRequest, Input, Inventory, Now, RequestError};

use super::arguments::DemoArguments;
use super::host::Stream;
use super::output::Output;
use super::terminal::{Terminal, plain};
use super::{audit, demo, inventory};

pub(crate) fn run(
    arguments: &DemoArguments,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    let files = demo::example();
    if let Some(folder) = &arguments.write {
        return write(folder.strip_suffix('/').unwrap_or(folder), files, terminal);
    }
    let inputs = files.into_iter().map(|(name, text)| Input::found(format!("example/{name}"), text));
    let exports = Inventory::read(inputs.collect());
    if output.is_text() {
        terminal.write(Stream::Stdout, &inventory::keys_text(&exports, now, terminal.colour(Stream::Stdout)));
        terminal.write(Stream::Stdout, "\n");
    }
    audit::show(&exports, &AuditRequest::at(now), output, terminal)?;
    Ok(0)
}

fn write(folder: &str, files: Vec<demo::File>, terminal: &Terminal<'_>) -> Result<u8, RequestError> {
    for (name, text) in files {
        let path = format!("{folder}/{name}");
        terminal.host().write(&path, text.as_bytes()).map_err(|_| RequestError {
            code: "REQ003",
            message: format!("`{path}` cannot be written"),
            help: "check the folder and who may write there".to_owned(),
        })?;
        terminal.write(Stream::Stdout, &format!("{}\n", plain(&path)));
    }
    Ok(0)
}
