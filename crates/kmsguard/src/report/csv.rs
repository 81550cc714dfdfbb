//! Values separated by commas.

/// A row, as RFC 4180 has it.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe: names come from exports, and anybody may choose one.
pub(crate) fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        assert_eq!(row(["a", "b,\"c\"", "=1+1", "-x", ""]), "a,\"b,\"\"c\"\"\",'=1+1,'-x,\r\n");
        assert_eq!(row(["@a,b", "\rx"]), "\"'@a,b\",\"'\rx\"\r\n");
    }
}
