//! What was found, as text for people and for other programs.
//!
//! Pure functions. A report of an answer is written from a view of it, so that this layer needs nothing of the doors; one that may
//! hold very many findings reads them one at a time and writes to a sink.

pub(crate) mod audit;
pub(crate) mod csv;
pub(crate) mod graph;
pub(crate) mod markdown;
pub(crate) mod mermaid;
pub(crate) mod page;
mod plain;
pub(crate) mod timeline;
mod words;

pub use plain::{plain, plain_json};
pub(crate) use words::count;
