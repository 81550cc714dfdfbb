//! The facts about IBM Cloud, as tables: each row with its source and the date on which it was read.

pub mod dates;
pub mod effects;
pub mod encryption;
pub mod needs;
pub mod regions;
mod source;

pub use source::Source;
