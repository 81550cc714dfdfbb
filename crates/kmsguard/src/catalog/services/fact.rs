//! One fact, with the page that states it and the page that contradicts it.

use crate::catalog::Source;

/// One fact, as answers cite it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Its name, such as `event-streams-gen2.delegation`.
    pub id: &'static str,
    /// What it says, in one sentence.
    pub text: &'static str,
    /// Where it was read.
    pub source: Source,
    /// Another page that says otherwise.
    pub against: Option<Against>,
}

/// What another page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Against {
    /// What it says, in one sentence.
    pub text: &'static str,
    /// Where it was read.
    pub source: Source,
}

impl Fact {
    /// A fact that no page contradicts.
    #[must_use]
    pub const fn new(id: &'static str, text: &'static str, source: Source) -> Self {
        Self { id, text, source, against: None }
    }

    /// The same, and what another page says.
    #[must_use]
    pub const fn but(self, text: &'static str, source: Source) -> Self {
        Self { against: Some(Against { text, source }), ..self }
    }
}
