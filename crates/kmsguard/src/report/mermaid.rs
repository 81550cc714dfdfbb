//! Texts in Mermaid graphs.

/// A text inside a node.
pub(crate) fn label(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => shown.push_str("#quot;"),
            '#' => shown.push_str("#35;"),
            // Two of them and a brace begin a directive, wherever they stand.
            '%' => shown.push_str("#37;"),
            '<' => shown.push_str("#lt;"),
            '>' => shown.push_str("#gt;"),
            '&' => shown.push_str("#amp;"),
            // Two of them begin a code span in the labels of newer versions.
            '`' => shown.push_str("#96;"),
            letter if letter.is_control() => shown.push(' '),
            letter => shown.push(letter),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn a_name_is_no_markup() {
        assert_eq!(label("%%{init: {}}%%"), "#37;#37;{init: {}}#37;#37;");
        assert_eq!(label("a\"]; click#<b>`x`"), "a#quot;]; click#35;#lt;b#gt;#96;x#96;");
    }
}
