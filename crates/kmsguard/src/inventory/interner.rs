//! Every CRN, id and name once.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// A text of an [`Interner`]; equal texts have equal symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Symbol(u32);

/// Texts, each kept once.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    arena: String,
    ends: Vec<usize>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Symbol {
    /// Its place among the texts of its interner.
    pub(super) const fn row(self) -> usize {
        self.0 as usize
    }
}

impl Interner {
    /// The symbol of a text.
    pub(crate) fn intern(&mut self, text: &str) -> Symbol {
        let hash = self.hasher.hash_one(text);
        let (arena, ends, hasher) = (&self.arena, &self.ends, &self.hasher);
        let entry = self.table.entry(
            hash,
            |known| slice(arena, ends, *known) == text,
            |known| hasher.hash_one(slice(arena, ends, *known)),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(known) => Symbol(*known.get()),
            hashbrown::hash_table::Entry::Vacant(place) => {
                // Inputs are below 4 GiB each and a text takes four bytes of one at least; beyond that, texts share a symbol
                // with the last and are found out by the lists they stand in.
                let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
                place.insert(number);
                self.arena.push_str(text);
                self.ends.push(self.arena.len());
                Symbol(number)
            }
        }
    }

    /// The symbol of a text that is known already.
    pub(crate) fn find(&self, text: &str) -> Option<Symbol> {
        let hash = self.hasher.hash_one(text);
        self.table.find(hash, |known| slice(&self.arena, &self.ends, *known) == text).map(|known| Symbol(*known))
    }

    /// All texts, in the order of their symbols.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        (0_u32..).take(self.ends.len()).map(|number| slice(&self.arena, &self.ends, number))
    }

    /// The text of a symbol.
    pub(crate) fn text(&self, symbol: Symbol) -> &str {
        slice(&self.arena, &self.ends, symbol.0)
    }
}

fn slice<'a>(arena: &'a str, ends: &[usize], number: u32) -> &'a str {
    let number = number as usize;
    let start = number.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(number).and_then(|end| arena.get(start..*end)).unwrap_or_default()
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
}
