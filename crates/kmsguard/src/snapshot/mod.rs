//! Exports packed into one file: what answers need of them, without secrets, and on demand under pseudonyms.

mod cells;
mod mask;
mod names;
mod pseudonym;
mod redact;
mod tokens;

use mask::{Mask, masked};

use crate::ingest::{ExportKind, FaultKind, SNAPSHOT_FORMAT, Snapshot, SnapshotFault, SnapshotInput, looks_like_json};
use crate::inventory::{Inventory, Source};

/// What stands for the text of a file that is no export.
const NO_EXPORT: &str = "-";

/// Packs the exports of an inventory.
pub(crate) fn snapshot(inventory: &Inventory, redacted: bool) -> Snapshot {
    let mut inputs: Vec<SnapshotInput> = inventory.sources.iter().flat_map(packed).collect();
    let mut notes = vec![
        "key material, passwords and tokens were written over; files that are no exports are not in it".to_owned(),
    ];
    if redacted {
        notes.push(
            "names of accounts, users and resources stand under pseudonyms; pseudonyms are no anonymity: whoever guesses a name \
             can check it, and ids of resources, dates, numbers and the addresses of Terraform are as they were"
                .to_owned(),
        );
        let kinds: Vec<ExportKind> =
            inventory.sources.iter().flat_map(|source| vec![source.report.kind; times(source)]).collect();
        notes.extend(redact::redact(&mut inputs, &kinds));
    }
    Snapshot { snapshot: SNAPSHOT_FORMAT.to_owned(), redacted, notes, inputs }
}

/// An input as it is packed, and once more for each time that its name was given again.
fn packed(source: &Source) -> Vec<SnapshotInput> {
    let input = &source.input;
    let text = match source.report.kind {
        ExportKind::Other if !input.text.trim().is_empty() => NO_EXPORT.to_owned(),
        ExportKind::Unknown => masked(&input.text, Mask::Values),
        ExportKind::ActivityEvents | ExportKind::MigrationPairs
            if !looks_like_json(input.text.trim_start_matches('\u{feff}').as_bytes()) =>
        {
            without_secrets(&input.text)
        }
        _ => masked(&input.text, Mask::Secrets),
    };
    let first = SnapshotInput {
        name: input.name.clone(),
        named: input.named,
        text,
        fault: input.fault.as_ref().map(SnapshotFault::of),
        binary: input.is_binary,
    };
    let again = SnapshotInput { text: String::new(), fault: None, binary: false, ..first.clone() };
    core::iter::once(first).chain(core::iter::repeat_n(again, times(source) - 1)).collect()
}

/// How often a name was given: an input stands in a snapshot so many times.
fn times(source: &Source) -> usize {
    1 + source.late_faults.iter().filter(|fault| fault.kind == FaultKind::NameTwice).count()
}

/// A text without secrets; those of a table stand in its cells.
fn without_secrets(text: &str) -> String {
    let of_cell = |_: &crate::ingest::Sheet, cell: &cells::Cell<'_>| Some(masked(cell.text, Mask::Secrets));
    cells::rewritten(text, of_cell).unwrap_or_else(|| masked(text, Mask::Secrets))
}
