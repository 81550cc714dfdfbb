//! A text that is being put right, in which every byte knows where in the source it came from.

use super::model::Span;

/// A text and, for each of its bytes, the place in the source that it stands for.
#[derive(Debug, Clone, Default)]
pub(super) struct Traced {
    text: String,
    places: Vec<Span>,
}

impl Traced {
    /// The source itself.
    pub(super) fn of(source: &str) -> Self {
        Self { text: source.to_owned(), places: (0..source.len()).map(|at| Span::new(at, at + 1)).collect() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Writes a character for a place of the source.
    pub(super) fn push(&mut self, character: char, place: Span) {
        self.text.push(character);
        if character.len_utf8() == place.end.saturating_sub(place.start) {
            self.places.extend((place.start..place.end).map(|at| Span::new(at, at + 1)));
        } else {
            self.places.resize(self.text.len(), place);
        }
    }

    /// Where in the source a piece stands; an empty one stands between its neighbours.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let before = start.checked_sub(1).and_then(|last| self.places.get(last)).map_or(0, |place| place.end);
        let first = self.places.get(start).map_or(before, |place| place.start);
        if start >= end {
            return Span::new(first, first);
        }
        let last = self.places.get(end - 1).map_or(first, |place| place.end);
        Span::new(first, last.max(first))
    }

    /// Keeps a piece.
    pub(super) fn keep(&mut self, start: usize, end: usize) {
        self.text = self.text.get(start..end).unwrap_or_default().to_owned();
        self.places = self.places.get(start..end).unwrap_or_default().to_vec();
    }

    /// Puts a word before the whole.
    pub(super) fn prepend(&mut self, word: &str) {
        let first = self.span(0, 0);
        self.text.insert_str(0, word);
        self.places.splice(0..0, core::iter::repeat_n(first, word.len()));
    }

    /// The same with every percent-encoded ASCII character decoded, once.
    pub(super) fn decoded(&self) -> Self {
        let mut decoded = Self::default();
        let mut rest = self.text.as_str();
        let mut at = 0;
        while let Some(character) = rest.chars().next() {
            let byte = rest.strip_prefix('%').and_then(|rest| {
                let digits = rest.get(..2)?;
                digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16).ok())?
            });
            let (character, length) = match byte.filter(u8::is_ascii) {
                Some(byte) => (char::from(byte), 3),
                None => (character, character.len_utf8()),
            };
            decoded.push(character, self.span(at, at + length));
            at += length;
            rest = rest.get(length..).unwrap_or_default();
        }
        decoded
    }
}

/// Where a short piece begins in a text. For texts of this length the search of the standard library is no faster, and larger.
pub(super) fn find(text: &str, piece: &str) -> Option<usize> {
    text.as_bytes().windows(piece.len()).position(|window| window == piece.as_bytes())
}

pub(super) fn has(text: &str, piece: &str) -> bool {
    find(text, piece).is_some()
}

#[cfg(test)]
mod tests {
    use super::Traced;
    use crate::crn::Span;

    #[test]
    fn places_outlive_what_is_done_to_the_text() {
        let mut traced = Traced::of("é a%2Fb").decoded();
        assert_eq!(traced.text(), "é a/b");
        assert_eq!(traced.span(4, 5), Span::new(4, 7));
        assert_eq!(traced.span(0, 2), Span::new(0, 2));
        traced.keep(3, 6);
        traced.prepend("x:");
        assert_eq!((traced.text(), traced.span(2, 5)), ("x:a/b", Span::new(3, 8)));
        assert_eq!(traced.span(0, 1), Span::new(3, 3));
        assert_eq!(traced.span(5, 5), Span::new(8, 8));
    }

    #[test]
    fn what_is_no_code_stays() {
        assert_eq!(Traced::of("%zz%2%C3%+1%25").decoded().text(), "%zz%2%C3%+1%");
    }
}
