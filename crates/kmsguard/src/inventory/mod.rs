//! Everything the exports say, joined: which keys there are, what uses them, and what is not known.
//!
//! Built once from the inputs, asked many times. Tables hold symbols of one interner and places in the inputs; pointers,
//! lines and values are computed only when an answer shows them.

mod build;
mod deployment;
mod evidence;
mod interner;
mod tables;

pub(crate) use deployment::{Belongs, region};
pub(crate) use evidence::Witness;
pub(crate) use interner::Symbol;
pub(crate) use tables::{Key, KeyIndex, Registrations, Use};

use crate::ingest::{Fault, FileReport, Input};

/// The exports, read and joined.
///
/// ```
/// use kmsguard::api::{AuditRequest, Input, Inventory, Outcome};
///
/// let inventory = Inventory::read(vec![Input::named("empty.json", "[]")]);
/// let answer = inventory.audit(&AuditRequest { now: "2026-11-21T12:00:00Z".parse()?, keep_going: false });
/// assert_eq!(answer.outcome, Outcome::Empty);
/// # Ok::<(), kmsguard::api::RequestError>(())
/// ```
#[derive(Debug)]
pub struct Inventory {
    pub(crate) interner: interner::Interner,
    pub(crate) sources: Vec<Source>,
    pub(crate) keys: Vec<Key>,
    pub(crate) uses: Vec<Use>,
}

/// An input with what was found in it.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) input: Input,
    pub(crate) report: FileReport,
    /// The account all its records are of, if it is one.
    pub(crate) account: Option<Symbol>,
    /// The KMS instance all its records are of, if it is one.
    pub(crate) instance: Option<Symbol>,
    /// What was found wrong after reading, when the inputs were joined.
    pub(crate) late_faults: Vec<Fault>,
}

impl Inventory {
    /// Reads the inputs and joins what they say. Never fails: what could not be read is in the answers.
    #[must_use]
    pub fn read(inputs: Vec<Input>) -> Self {
        build::build(inputs)
    }

    /// The text of a symbol.
    pub(crate) fn text(&self, symbol: Symbol) -> &str {
        self.interner.text(symbol)
    }

    /// A key by its index.
    pub(crate) fn key(&self, index: KeyIndex) -> Option<&Key> {
        self.keys.get(index.0 as usize)
    }

    /// The uses of a key.
    pub(crate) fn uses_of(&self, key: KeyIndex) -> impl Iterator<Item = &Use> {
        let start = self.uses.partition_point(|found| found.key < Some(key));
        self.uses.iter().skip(start).take_while(move |found| found.key == Some(key))
    }
}
