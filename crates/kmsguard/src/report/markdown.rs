//! Pages in Markdown, as GitHub shows it in comments and summaries.

use core::fmt::Write;

/// A page ends before so many characters: GitHub takes 65,536 in a comment.
pub(crate) const LONGEST_PAGE: usize = 60_000;

/// Room for the sentences that say what was left out.
const ROOM: usize = 1_000;

/// A text inside a table, a list or a paragraph: nothing in it is markup, it stays on its line, and it calls nobody.
///
/// What GitHub makes of a text after it has read the markup (a mention of a person, a reference to an issue, a picture for `:key:`) does
/// not heed a backslash; an empty comment parts it.
pub(crate) fn cell(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' => {
                shown.push('\\');
                shown.push(letter);
            }
            '#' => shown.push_str(if follows(&mut letters, char::is_ascii_digit) { "\\#<!-- -->" } else { "\\#" }),
            '@' => shown.push_str(if follows(&mut letters, char::is_ascii_alphanumeric) { "@<!-- -->" } else { "@" }),
            ':' if letters.peek() == Some(&'/') => shown.push_str("\\:"),
            ':' if names_a_picture(letters.clone()) => shown.push_str(":<!-- -->"),
            '.' if shown.ends_with("www") || shown.ends_with("WWW") => shown.push_str("\\."),
            '&' => shown.push_str("&amp;"),
            '$' => shown.push_str("&#36;"),
            letter if letter.is_control() || letter.is_whitespace() => shown.push(' '),
            letter => shown.push(letter),
        }
    }
    shown
}

fn follows(letters: &mut core::iter::Peekable<core::str::Chars<'_>>, is: fn(&char) -> bool) -> bool {
    letters.peek().is_some_and(is)
}

/// Whether a word and a colon follow.
fn names_a_picture(mut letters: core::iter::Peekable<core::str::Chars<'_>>) -> bool {
    let mut is_word = false;
    while follows(&mut letters, |letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '+' | '-')) {
        letters.next();
        is_word = true;
    }
    is_word && letters.peek() == Some(&':')
}

/// A text as code, outside of tables: GitHub makes nothing of what stands in it.
pub(crate) fn code(text: &str) -> String {
    let mut longest = 0_usize;
    for run in text.split(|letter| letter != '`') {
        longest = longest.max(run.len());
    }
    let fence = "`".repeat(longest + 1);
    let needs_room = |letter| matches!(letter, '`' | ' ');
    let room = if text.is_empty() || text.starts_with(needs_room) || text.ends_with(needs_room) { " " } else { "" };
    format!("{fence}{room}{text}{room}{fence}")
}

/// A text as code inside a table.
pub(crate) fn code_cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// A page that ends in time.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
    length: usize,
}

impl Page {
    pub(crate) fn new(heading: &str) -> Self {
        let mut page = Self { text: String::new(), length: 0 };
        page.push(heading);
        page
    }

    /// Puts a text on the page that belongs there in any case.
    pub(crate) fn push(&mut self, text: &str) {
        self.length += text.chars().count();
        self.text.push_str(text);
    }

    /// Puts a text on the page if there is room for it.
    pub(crate) fn push_if_it_fits(&mut self, text: &str) -> bool {
        let fits = self.length + text.chars().count() <= LONGEST_PAGE - ROOM;
        if fits {
            self.push(text);
        }
        fits
    }

    /// Puts as many rows on the page as fit, and says how many do not.
    pub(crate) fn table(&mut self, heading: &str, total: usize, rows: impl Iterator<Item = String>, what: &str) {
        // A table without a row is worse than none.
        let mut is_begun = false;
        for (number, row) in rows.enumerate() {
            let shown = if is_begun { row } else { format!("{heading}{row}") };
            if !self.push_if_it_fits(&shown) {
                self.left_out(total - number, what);
                return;
            }
            is_begun = true;
        }
    }

    /// Says what was left out.
    pub(crate) fn left_out(&mut self, number: usize, what: &str) {
        let mut sentence = String::new();
        let _ = writeln!(sentence, "\n{number} more {what} are left out: the page would be too long.");
        self.push(&sentence);
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_markup_and_calls_nobody() {
        assert_eq!(cell("a|b\n<script>`x`"), "a\\|b \\<script\\>\\`x\\`");
        assert_eq!(
            cell("@octocat see #12 & me@example.com"),
            "@<!-- -->octocat see \\#<!-- -->12 &amp; me@<!-- -->example.com"
        );
        assert_eq!(
            cell("https://evil.example www.evil.example $x$"),
            "https\\://evil.example www\\.evil.example &#36;x&#36;"
        );
    }

    #[test]
    fn a_crn_is_no_picture() {
        assert_eq!(cell("crn:v1:key:x"), "crn:<!-- -->v1:<!-- -->key:x");
        assert_eq!(code("a:key:@b"), "`a:key:@b`");
        assert_eq!(code("`` x`"), "``` `` x` ```");
        assert_eq!(code_cell("a|b"), "`a\\|b`");
    }

    #[test]
    fn a_page_ends_in_time_and_says_what_it_left_out() {
        let mut page = Page::new("# Page\n");
        page.table("| a |\n| --- |\n", 100_000, (0..100_000).map(|number| format!("| {number} |\n")), "rows");
        page.table("| b |\n| --- |\n", 3, (0..3).map(|_| "| x |\n".to_owned()), "others");
        let text = page.into_text();
        assert!(text.chars().count() < LONGEST_PAGE);
        assert!(text.ends_with("\n3 more others are left out: the page would be too long.\n"));
        assert!(text.contains("more rows are left out") && !text.contains("| b |"));
    }
}
