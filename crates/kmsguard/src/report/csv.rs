//! Values separated by commas.

use super::plain;

/// A row, as RFC 4180 has it.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe: names come from exports, and anybody may choose one.
pub(crate) fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    // A table is looked at in a terminal too.
    let shown = plain(text);
    let text = if formula { format!("'{shown}") } else { shown };
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        assert_eq!(row(["a", "b,\"c\"", "=1+1", "-x", ""]), "a,\"b,\"\"c\"\"\",'=1+1,'-x,\r\n");
        assert_eq!(row(["@a,b", "\rx"]), "\"'@a,b\",'\\u{d}x\r\n");
    }

    #[test]
    fn nothing_in_a_cell_moves_a_terminal_or_makes_a_row() {
        assert_eq!(row(["a\u{1b}[31m\nb"]), "a\\u{1b}[31m\\u{a}b\r\n");
    }
}
