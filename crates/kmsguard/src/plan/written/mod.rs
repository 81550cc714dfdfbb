//! Bodies that were written by hand: read whatever their faults, with every place known, so that they can be judged and mended.

mod node;
mod place;
mod reader;
mod syntax;
mod wrap;

pub(crate) use node::{Held, Member, Node};
pub use place::Position;
pub(crate) use reader::Notation;
pub use syntax::Syntax;
pub(crate) use wrap::{Around, Wrapped};

use crate::crn::Span;

/// A body read from a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// What it stands in.
    pub(crate) wrapped: Wrapped,
    /// The body; its spans are of the body alone.
    pub(crate) root: Node,
    /// What is wrong with the text; the spans are of the whole text.
    pub(crate) faults: Vec<(Span, Syntax)>,
}

impl Written {
    /// Where a part of the body stands in the whole text.
    pub(crate) fn span(&self, inner: Span) -> Span {
        let start = self.wrapped.origin(inner.start);
        let end = if inner.end > inner.start { self.wrapped.origin(inner.end - 1) + 1 } else { start };
        Span { start, end: end.max(start) }
    }
}

/// Reads the body of a text; none where it holds none.
pub(crate) fn read(text: &str) -> Option<Written> {
    let wrapped = wrap::find(text)?;
    let (root, inner) = reader::read(&wrapped.body, wrapped.notation);
    let mut written = Written { wrapped, root, faults: Vec::new() };
    let mut faults = written.wrapped.faults.clone();
    faults.extend(inner.into_iter().map(|(span, fault)| (written.span(span), fault)));
    written.faults = faults;
    Some(written)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
