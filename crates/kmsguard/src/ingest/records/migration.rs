//! Pairs of keys for IBM's key migration tool (CRKM), and what it did with them.
//!
//! Source: Key Protect docs, *Migrating from HPCS to Key Protect Dedicated with the Key Migration Tool*, as of 2026-07-30. The input has no
//! heading: the source key's CRN, the target key's CRN. The `execution` file is "a copy of the input data" with the numbers of
//! associations on both keys and the status; its heading is not documented beyond `TargetCRK` and `KpStAssociationsCount`.

use crate::ingest::table::Row;

/// A pair of keys.
#[derive(Debug)]
pub(crate) struct PairRecord<'a> {
    /// The CRN of the key to migrate from.
    pub(crate) source: &'a str,
    /// The CRN of the key to migrate to.
    pub(crate) target: &'a str,
    /// How many resources the tool found registered on the source key.
    pub(crate) source_associations: Option<u32>,
    /// How many it found on the target key.
    pub(crate) target_associations: Option<u32>,
    /// What became of the operation, as the tool wrote it.
    pub(crate) status: Option<&'a str>,
}

/// The columns of an `execution` file.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Columns {
    source_associations: Option<usize>,
    target_associations: Option<usize>,
    status: Option<usize>,
}

impl Columns {
    /// The columns by their heading.
    pub(super) fn of(heading: &Row) -> Self {
        let mut columns = Self::default();
        for (number, cell) in heading.cells().enumerate() {
            let name: String = cell.chars().filter(char::is_ascii_alphanumeric).collect();
            let name = name.to_ascii_lowercase();
            let of_target = name.contains("kpst") || name.contains("target") || name.contains("dedicated");
            if name.contains("association") && of_target {
                columns.target_associations.get_or_insert(number);
            } else if name.contains("association") {
                columns.source_associations.get_or_insert(number);
            } else if name.contains("status") {
                columns.status.get_or_insert(number);
            }
        }
        columns
    }

    /// The pair of a row.
    pub(super) fn pair<'a>(self, row: &'a Row) -> Option<PairRecord<'a>> {
        let cell = |column: Option<usize>| column.and_then(|column| row.cell(column)).map(str::trim);
        let number = |column| cell(column).and_then(|cell| cell.parse().ok());
        Some(PairRecord {
            source: row.cell(0)?.trim(),
            target: row.cell(1)?.trim(),
            source_associations: number(self.source_associations),
            target_associations: number(self.target_associations),
            status: cell(self.status).filter(|status| !status.is_empty()),
        })
    }
}
