//! `kmsguard snapshot`.

use kmsguard::api::{InventoryRequest, Now, RequestError, SnapshotRequest, to_json};

use super::arguments::SnapshotArguments;
use super::audit::problems;
use super::inputs::read_inventory;
use super::output::{Output, unwritten};
use super::terminal::{Escapes, Terminal};

pub(crate) fn run(
    arguments: &SnapshotArguments,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    let inventory = read_inventory(&arguments.paths, output.quiet, terminal);
    let read = inventory.inventory(&InventoryRequest { now, keep_going: arguments.keep_going });
    problems(&read.problems, output, terminal);
    let snapshot = inventory.snapshot(&SnapshotRequest { redact: arguments.redact });
    let json = to_json(&snapshot);
    match &arguments.out {
        None => terminal.write_for_use(&json, Escapes::OfJson),
        Some(path) => {
            terminal.host().write(path, json.as_bytes()).map_err(|error| unwritten(path, error))?;
        }
    }
    if !output.quiet {
        for note in &snapshot.notes {
            terminal.note(note, None);
        }
    }
    Ok(read.outcome.exit_code())
}
