//! What actions break, as text: Markdown, a page, a graph, a picture of what happens when.

mod chart;
mod html;
mod markdown;
mod mermaid;
mod untangled;
mod view;

use core::fmt::{self, Write};

use super::ImpactFormat;
use crate::api::{ImpactAnswer, to_json};
use crate::report::timeline;

impl ImpactAnswer {
    /// Writes the answer in a format.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn write(&self, format: ImpactFormat, sink: &mut dyn Write) -> fmt::Result {
        match format {
            ImpactFormat::Json => super::put(&to_json(self), sink),
            ImpactFormat::Markdown => super::put(&markdown::markdown(self), sink),
            ImpactFormat::Html => super::put(&html::html(self), sink),
            ImpactFormat::Mermaid => mermaid::mermaid(self, sink),
            ImpactFormat::Svg => {
                let chart = chart::order(self).unwrap_or_else(|| chart::chart(self));
                super::put(&timeline::svg(&chart), sink)
            }
        }
    }
}
