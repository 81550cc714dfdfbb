//! Tables of comma- or tab-separated values: their rows, and where each stands.
//!
//! Cells may be quoted as RFC 4180 has it, and rows end in either kind of line end. A row is known by its number, counted from 0
//! without the heading, and by the byte at which it begins, so a cell has a place as a member of a JSON record has one: the JSON
//! pointer to a cell is `/ROW/COLUMN`, as if the table were a list of objects.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// A row may have so many cells; exports that are read have twenty at most.
pub(crate) const MOST_CELLS: usize = 256;

/// A cell may have so many bytes. What is longer is no cell but a quotation mark that nobody closed.
pub(crate) const LONGEST_CELL: usize = 64 * 1024;

/// What separates the cells of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Separator {
    /// A comma.
    Comma,
    /// A tabulator.
    Tab,
}

impl Separator {
    /// The separator as a text.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Tab => "\t",
        }
    }

    const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Tab => b'\t',
        }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// The byte at which it begins, in the text that was given.
    pub(crate) offset: usize,
    cells: String,
    ends: Vec<usize>,
}

impl Row {
    /// How many cells it has.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cell of a column, from 0, without its quotation marks.
    pub(crate) fn cell(&self, column: usize) -> Option<&str> {
        let start = column.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.cells.get(start..*self.ends.get(column)?)
    }

    /// All cells.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|column| self.cell(column))
    }
}

/// Why a row is none. Nothing behind it is read: where it ends cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowTooLarge {
    /// The byte at which it begins.
    pub(crate) offset: usize,
}

/// The rows of a table, one after the other. Empty lines are no rows.
pub(crate) fn rows(text: &str, separator: Separator) -> Rows<'_> {
    Rows { text, at: 0, reader: ReaderBuilder::new().delimiter(separator.byte()).build(), done: false }
}

/// The rows of a table; see [`rows`].
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    text: &'a str,
    at: usize,
    reader: Reader,
    done: bool,
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, RowTooLarge>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let bytes = self.text.as_bytes();
        let ends_line = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let rest = bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| ends_line(byte)).count();
        let offset = self.at;
        let (mut cells, mut ends) = (vec![0; 256], vec![0; 16]);
        let (mut written, mut cells_written) = (0, 0);
        loop {
            let rest = bytes.get(self.at..).unwrap_or_default();
            let space = cells.get_mut(written..).unwrap_or_default();
            let end_space = ends.get_mut(cells_written..).unwrap_or_default();
            let (result, read, put, put_ends) = self.reader.read_record(rest, space, end_space);
            self.at += read;
            written += put;
            cells_written += put_ends;
            match result {
                // What remains is read: an empty input tells the reader that there is no more.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if cells.len() < LONGEST_CELL * 4 => cells.resize(cells.len() * 4, 0),
                ReadRecordResult::OutputEndsFull if ends.len() < MOST_CELLS => ends.resize(ends.len() * 4, 0),
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    self.done = true;
                    return Some(Err(RowTooLarge { offset }));
                }
                ReadRecordResult::Record => {
                    cells.truncate(written);
                    ends.truncate(cells_written);
                    let starts = std::iter::once(0).chain(ends.iter().copied());
                    let too_long = starts.zip(&ends).any(|(start, end)| end - start > LONGEST_CELL);
                    // Taking quotation marks away splits no character, so the cells are text as the table was.
                    return Some(match String::from_utf8(cells) {
                        Ok(cells) if !too_long => Ok(Row { offset, cells, ends }),
                        _ => {
                            self.done = true;
                            Err(RowTooLarge { offset })
                        }
                    });
                }
                ReadRecordResult::End => {
                    self.done = true;
                    return None;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, separator: Separator) -> Vec<(usize, Vec<String>)> {
        let row = |row: Row| (row.offset, row.cells().map(str::to_owned).collect());
        rows(text, separator).map(|found| row(found.expect("a row"))).collect()
    }

    #[test]
    fn rows_have_their_cells_and_the_byte_at_which_they_begin() {
        let expected = [(0, vec!["a", "b"]), (5, vec!["1", "x, \"y\"\r\nz"]), (22, vec!["é", ""])];
        let expected = expected.map(|(offset, cells)| (offset, cells.into_iter().map(str::to_owned).collect()));
        assert_eq!(read("a,b\r\n1,\"x, \"\"y\"\"\r\nz\"\n\n\u{e9},", Separator::Comma), expected);
    }

    #[test]
    fn a_tab_separates_where_it_is_asked_for() {
        assert_eq!(read("a,1\tb\n", Separator::Tab), [(0, vec!["a,1".to_owned(), "b".to_owned()])]);
    }

    #[test]
    fn rows_with_many_or_long_cells_are_whole() {
        let cells: Vec<String> = (0..100).map(|number| format!("{number}{}", "é".repeat(number))).collect();
        assert_eq!(read(&cells.join(","), Separator::Comma), [(0, cells)]);
    }

    #[test]
    fn a_quotation_mark_that_nobody_closed_ends_the_reading_and_nothing_grows_without_bound() {
        let text = format!("a,b\n\"{}", "x,".repeat(LONGEST_CELL));
        let read: Vec<_> = rows(&text, Separator::Comma).collect();
        assert_eq!(read.last(), Some(&Err(RowTooLarge { offset: 4 })));
        let wide = ",".repeat(5 * MOST_CELLS);
        assert_eq!(rows(&wide, Separator::Comma).collect::<Vec<_>>(), [Err(RowTooLarge { offset: 0 })]);
    }
}
