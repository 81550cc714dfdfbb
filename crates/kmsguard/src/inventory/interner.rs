//! Every CRN, id and name once.

use std::hash::BuildHasher;
use std::num::NonZeroU32;
use std::sync::Arc;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use super::shared_text::SharedText;

/// A text of an [`Interner`]; equal texts have equal symbols.
///
/// It is never zero, so that one that may be absent takes no more room: rows have many of those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Symbol(NonZeroU32);

impl Symbol {
    fn of(number: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(number))
    }

    /// Its place among the symbols of its interner.
    pub(super) const fn row(self) -> usize {
        (self.0.get() - 1) as usize
    }
}

/// An export has a text that was not met before for so many bytes or more; many have fewer of them.
const BYTES_OF_A_TEXT: usize = 512;

/// Texts, each kept once: where it stands in an input that is kept anyway, else in a text of the interner's own.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    bases: Vec<Base>,
    /// The base to which texts of no input are written.
    own: Option<usize>,
    spans: Vec<Span>,
    /// Each with the half of its hash by which it is found, so that growing looks at no text.
    table: HashTable<(u32, u32)>,
    hasher: DefaultHashBuilder,
}

/// What texts are slices of.
#[derive(Debug)]
enum Base {
    /// The text of an input.
    Input(Arc<String>),
    /// What stands in no input as it is.
    Own(Arc<String>),
}

impl Base {
    fn text(&self) -> &str {
        match self {
            Self::Input(text) => text,
            Self::Own(text) => text,
        }
    }
}

/// Where a text stands. A base has fewer than 2^32 bytes.
#[derive(Debug, Clone, Copy)]
struct Span {
    base: u32,
    start: u32,
    length: u32,
}

impl Interner {
    /// Takes the text of an input, of which the texts that come next may be slices.
    pub(super) fn begin(&mut self, input: Arc<String>) {
        self.bases.push(Base::Input(input));
    }

    /// Makes room for the texts of an input of so many bytes, so that the table need not grow again and again.
    pub(super) fn expect(&mut self, bytes: usize) {
        let texts = bytes / BYTES_OF_A_TEXT;
        self.spans.reserve(texts);
        self.table.reserve(texts, |known| spread(known.0));
    }

    /// The symbol of a text.
    pub(crate) fn intern(&mut self, text: &str) -> Symbol {
        let hash = self.hash(text);
        let (bases, spans) = (&self.bases, &self.spans);
        let is_it = |known: &(u32, u32)| known.0 == hash && slice(bases, spans, known.1 as usize) == text;
        match self.table.entry(spread(hash), is_it, |known| spread(known.0)) {
            Entry::Occupied(known) => Symbol::of(known.get().1),
            Entry::Vacant(place) => {
                // Inputs are below 4 GiB each and a text takes four bytes of one at least; beyond that, texts share a symbol
                // with the last and are found out by the lists they stand in.
                let number = u32::try_from(self.spans.len()).unwrap_or(u32::MAX);
                place.insert((hash, number));
                let span = self.span_in_input(text).unwrap_or_else(|| self.written(text));
                self.spans.push(span);
                Symbol::of(number)
            }
        }
    }

    /// Where a text stands in the input that was taken last, if it is a slice of it.
    fn span_in_input(&self, text: &str) -> Option<Span> {
        let base = self.bases.iter().rposition(|base| matches!(base, Base::Input(_)))?;
        let input = self.bases.get(base)?.text();
        let start = (text.as_ptr() as usize).checked_sub(input.as_ptr() as usize)?;
        let length = text.len();
        (start.checked_add(length)? <= input.len() && length > 0).then_some(())?;
        Some(Span { base: number(base)?, start: number(start)?, length: number(length)? })
    }

    /// Writes a text to a base of the interner's own.
    fn written(&mut self, text: &str) -> Span {
        let has_room = |base: &Base| base.text().len() + text.len() < u32::MAX as usize;
        let own = match self.own.filter(|own| self.bases.get(*own).is_some_and(has_room)) {
            Some(own) => own,
            None => {
                self.bases.push(Base::Own(Arc::default()));
                self.bases.len() - 1
            }
        };
        self.own = Some(own);
        let Some(Base::Own(base)) = self.bases.get_mut(own) else { return Span { base: 0, start: 0, length: 0 } };
        let start = base.len();
        // Nobody else holds it while exports are read.
        Arc::make_mut(base).push_str(text);
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Span { base: number(own), start: number(start), length: number(text.len()) }
    }

    /// The symbols here of all texts of another, in the order of its symbols. What stands in an input stays there.
    pub(super) fn absorb(&mut self, other: &Self) -> Vec<Symbol> {
        let mut symbols = Vec::with_capacity(other.spans.len());
        let mut input = None;
        for (number, span) in other.spans.iter().enumerate() {
            if let Some(Base::Input(text)) = other.bases.get(span.base as usize)
                && input != Some(span.base)
            {
                self.begin(Arc::clone(text));
                input = Some(span.base);
            }
            symbols.push(self.intern(slice(&other.bases, &other.spans, number)));
        }
        symbols
    }

    /// The symbol of a text that is known already.
    pub(crate) fn find(&self, text: &str) -> Option<Symbol> {
        let hash = self.hash(text);
        let is_it = |known: &(u32, u32)| known.0 == hash && slice(&self.bases, &self.spans, known.1 as usize) == text;
        self.table.find(spread(hash), is_it).map(|known| Symbol::of(known.1))
    }

    /// The text of a symbol.
    pub(crate) fn text(&self, symbol: Symbol) -> &str {
        slice(&self.bases, &self.spans, symbol.row())
    }

    /// The text of a symbol, to be kept beyond the interner.
    pub(super) fn shared(&self, symbol: Symbol) -> SharedText {
        let shared = || {
            let span = self.spans.get(symbol.row())?;
            let (Base::Input(base) | Base::Own(base)) = self.bases.get(span.base as usize)?;
            Some(SharedText::slice(Arc::clone(base), span.start, span.length))
        };
        shared().unwrap_or_else(|| "".into())
    }

    /// Half of a hash: the table holds no more than 2^32 texts.
    fn hash(&self, text: &str) -> u32 {
        let hash = self.hasher.hash_one(text);
        // The halves of a good hash are as good as the whole.
        u32::try_from(hash >> 32).unwrap_or(0)
    }
}

/// A hash for the table, which looks at both ends of it, from half of one.
const fn spread(hash: u32) -> u64 {
    (hash as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn number(number: usize) -> Option<u32> {
    u32::try_from(number).ok()
}

fn slice<'a>(bases: &'a [Base], spans: &[Span], number: usize) -> &'a str {
    let slice = |span: &Span| {
        let start = span.start as usize;
        bases.get(span.base as usize)?.text().get(start..start + span.length as usize)
    };
    spans.get(number).and_then(slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_symbol_and_symbols_give_their_text_back() {
        let mut interner = Interner::default();
        let first = interner.intern("kms");
        let empty = interner.intern("");
        assert_eq!(interner.intern("kms"), first);
        assert_ne!(first, empty);
        assert_eq!((interner.text(first), interner.text(empty)), ("kms", ""));
        assert_eq!(interner.find("hs-crypto"), None);
    }

    fn part(text: &str, range: std::ops::Range<usize>) -> &str {
        text.get(range).expect("a part of it")
    }

    #[test]
    fn a_text_of_an_input_is_not_copied_and_one_of_another_is_the_same() {
        let (one, two) = (Arc::new("keys of kms".to_owned()), Arc::new("hs-crypto and kms".to_owned()));
        let mut first = Interner::default();
        first.begin(Arc::clone(&one));
        let kms = first.intern(part(&one, 8..11));
        let made = first.intern("made");
        assert_eq!(first.text(kms).as_ptr(), part(&one, 8..11).as_ptr());
        let mut second = Interner::default();
        second.begin(Arc::clone(&two));
        let names = [second.intern("made"), second.intern(part(&two, 14..17)), second.intern(part(&two, 0..9))];
        let symbols = first.absorb(&second);
        let of = |symbol: Symbol| symbols[symbol.row()];
        assert_eq!([of(names[0]), of(names[1])], [made, kms]);
        assert_eq!(first.text(of(names[2])).as_ptr(), two.as_ptr());
        assert_eq!((first.find("kms"), first.text(made)), (Some(kms), "made"));
    }
}
