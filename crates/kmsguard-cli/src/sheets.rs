//! Cells of tables for other programs: values separated by commas, and Markdown.

use std::fmt::Write;

/// A page ends before so many characters: GitHub takes 65,536 in a comment.
pub(crate) const LONGEST_PAGE: usize = 60_000;

/// A row of comma-separated values, as RFC 4180 has it.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe: names come from exports, and anybody may choose one.
pub(crate) fn csv_row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(csv_cell).collect();
    format!("{}\r\n", cells.join(","))
}

fn csv_cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// A text inside a Markdown table or list: nothing in it is markup, and it stays on its line.
pub(crate) fn markdown_cell(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' => {
                shown.push('\\');
                shown.push(letter);
            }
            letter if letter.is_control() || letter.is_whitespace() => shown.push(' '),
            letter => shown.push(letter),
        }
    }
    shown
}

/// A text inside a node of a Mermaid graph.
pub(crate) fn mermaid_label(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => shown.push_str("#quot;"),
            '#' => shown.push_str("#35;"),
            '<' => shown.push_str("#lt;"),
            '>' => shown.push_str("#gt;"),
            '&' => shown.push_str("#amp;"),
            letter if letter.is_control() => shown.push(' '),
            letter => shown.push(letter),
        }
    }
    shown
}

/// Puts as many rows on the page as fit, and says how many do not.
pub(crate) fn table(text: &mut String, heading: &str, rows: &[String], what: &str) {
    if rows.is_empty() {
        return;
    }
    // Room for the sentence that says what was left out, for this table and for the next.
    const ROOM: usize = 1000;
    text.push_str(heading);
    let mut length = text.chars().count();
    for (number, row) in rows.iter().enumerate() {
        length += row.chars().count();
        if length > LONGEST_PAGE - ROOM {
            let _ = writeln!(text, "\n{} more {what} are left out: the page would be too long.", rows.len() - number);
            return;
        }
        text.push_str(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        assert_eq!(csv_row(["a", "b,\"c\"", "=1+1", "-x", ""]), "a,\"b,\"\"c\"\"\",'=1+1,'-x,\r\n");
    }

    #[test]
    fn a_name_is_no_markup() {
        assert_eq!(markdown_cell("a|b\n<script>`x`"), "a\\|b \\<script\\>\\`x\\`");
        assert_eq!(mermaid_label("a\"]; click#<b>"), "a#quot;]; click#35;#lt;b#gt;");
    }
}
