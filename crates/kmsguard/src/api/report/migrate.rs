//! How ready keys are to move, as text: comma-separated values, Markdown, a page, and the pairs that the migration tool takes.

mod csv;
mod html;
mod markdown;
mod pairs;

use core::fmt::{self, Write};

use super::MigrateFormat;
use crate::api::{MigrateAnswer, to_json};

impl MigrateAnswer {
    /// Writes the answer in a format.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn write(&self, format: MigrateFormat, sink: &mut dyn Write) -> fmt::Result {
        match format {
            MigrateFormat::Json => super::put(&to_json(self), sink),
            MigrateFormat::Csv => csv::csv(self, sink),
            MigrateFormat::Markdown => super::put(&markdown::markdown(self), sink),
            MigrateFormat::Html => super::put(&html::html(self), sink),
            MigrateFormat::Pairs => pairs::pairs(self, sink),
        }
    }
}
