//! The parts of a JSON text, one after the other, each with its bytes. What is not JSON is passed over: a text that stops being
//! JSON is walked through to its end.

use core::ops::Range;

/// A part of a JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// `{` or `[`.
    Open { object: bool },
    /// `}` or `]`.
    Close,
    /// The name of a member: what stands between the quotes.
    Name(Range<usize>),
    /// A text: what stands between the quotes.
    Text(Range<usize>),
    /// A number, `true`, `false` or `null`.
    Scalar(Range<usize>),
}

/// Walks through a text.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0 }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// The byte behind the text that begins at `start`, at its closing quote or the end.
    fn end_of_text(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'"' => return at,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        self.bytes.len()
    }

    fn is_name(&self, end: usize) -> bool {
        let rest = self.bytes.get(end + 1..).unwrap_or_default();
        rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let start = self.at;
            let byte = self.byte(start)?;
            self.at += 1;
            match byte {
                b'{' | b'[' => return Some(Token::Open { object: byte == b'{' }),
                b'}' | b']' => return Some(Token::Close),
                b'"' => {
                    let end = self.end_of_text(self.at);
                    let range = self.at..end;
                    self.at = end + 1;
                    return Some(if self.is_name(end) { Token::Name(range) } else { Token::Text(range) });
                }
                b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                    let rest = self.bytes.get(start..).unwrap_or_default();
                    let more = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
                    let length = rest.iter().take_while(|byte| more(byte)).count();
                    self.at = start + length;
                    return Some(Token::Scalar(start..self.at));
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let word = |range: Range<usize>| text.get(range).unwrap_or("?").to_owned();
        Tokens::of(text)
            .map(|token| match token {
                Token::Open { object } => if object { "{" } else { "[" }.to_owned(),
                Token::Close => "}".to_owned(),
                Token::Name(range) => word(range) + ":",
                Token::Text(range) => format!("\"{}", word(range)),
                Token::Scalar(range) => word(range),
            })
            .collect()
    }

    #[test]
    fn the_parts_of_a_text() {
        assert_eq!(
            words(r#"{"a" : ["b\"c", -1.5e+3,true], "d":{}}"#),
            ["{", "a:", "[", r#""b\"c"#, "-1.5e+3", "true", "}", "d:", "{", "}", "}"]
        );
    }

    #[test]
    fn what_is_cut_or_no_json_is_walked_through() {
        assert_eq!(words(r#"{"a": "b\"#), ["{", "a:", r#""b\"#]);
        assert_eq!(words("]] 7 ;; \"é"), ["}", "}", "7", "\"é"]);
    }
}
