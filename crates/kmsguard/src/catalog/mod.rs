//! The facts about IBM Cloud, as tables: each row with its source and the date on which it was read.

pub mod authorizations;
pub mod dates;
pub mod effects;
pub mod endpoints;
pub mod exports;
pub mod key_life;
pub mod migration;
pub mod names;
pub mod needs;
pub mod read_back;
pub mod regions;
pub mod roles;
pub mod services;
mod source;

pub use source::Source;
