//! The cells of a table, each rewritten by itself: quotation marks of the table stand around and inside the JSON of a cell.

use std::borrow::Cow;

use crate::ingest::{Sheet, rows, sheet};

/// What stands for a row that cannot be read as one. It is no record of any table either.
const NO_ROW: &str = "-";

/// A cell: its row from 0, the heading included, its column, and its text without quotation marks.
pub(super) struct Cell<'a> {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) text: &'a str,
}

/// A text with the cells rewritten, if it is a table that is read. Rows of which no cell changes stay byte for byte; from a row on
/// that has no end nothing is kept.
pub(super) fn rewritten(text: &str, rewrite: impl Fn(&Sheet, &Cell<'_>) -> Option<String>) -> Option<String> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let sheet = sheet(body)?;
    let all: Vec<_> = rows(body, sheet.separator).collect();
    let start = |row: &Result<_, _>| match row {
        Ok(crate::ingest::Row { offset, .. }) | Err(crate::ingest::RowTooLarge { offset }) => *offset,
    };
    let starts: Vec<usize> = all.iter().map(start).chain([body.len()]).collect();
    let mut out = text.get(..text.len() - body.len()).unwrap_or_default().to_owned();
    out.push_str(body.get(..starts.first().copied().unwrap_or_default()).unwrap_or_default());
    for (row, (read, ends)) in all.iter().zip(starts.windows(2)).enumerate() {
        let Ok(cells) = read else {
            out.push_str(NO_ROW);
            break;
        };
        let &[from, to] = ends else { continue };
        let whole = body.get(from..to).unwrap_or_default();
        let mut changed = false;
        let cells: Vec<Cow<'_, str>> = cells
            .cells()
            .enumerate()
            .map(|(column, text)| match rewrite(&sheet, &Cell { row, column, text }) {
                Some(new) if new != text => {
                    changed = true;
                    Cow::Owned(new)
                }
                _ => Cow::Borrowed(text),
            })
            .collect();
        if changed {
            let quoted: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
            out.push_str(&quoted.join(sheet.separator.text()));
            out.push_str(whole.get(whole.trim_end_matches(['\r', '\n']).len()..).unwrap_or_default());
        } else {
            out.push_str(whole);
        }
    }
    Some(out)
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\t', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_rewritten_and_other_rows_stay() {
        let text = "\u{feff}when\ttext\r\n1\t\"{\"\"a\"\": \"\"b\"\"}\"\r\n\r\n2\t{}\r\n3\t\"never closed";
        let new = rewritten(text, |_, cell| (cell.text.contains('b')).then(|| cell.text.replace('b', "c")));
        assert_eq!(
            new.as_deref(),
            Some("\u{feff}when\ttext\r\n1\t\"{\"\"a\"\": \"\"c\"\"}\"\r\n\r\n2\t{}\r\n3\t\"never closed")
        );
        assert_eq!(rewritten("no table", |_, _| None), None);
    }

    #[test]
    fn nothing_is_kept_of_a_row_without_an_end() {
        let text = format!("when\ttext\n\"{}", "secret\t".repeat(40_000));
        assert_eq!(rewritten(&text, |_, _| None).as_deref(), Some("when\ttext\n-"));
    }
}
