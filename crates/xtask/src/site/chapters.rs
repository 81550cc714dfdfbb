//! The chapters that people write.

use super::Page;
use super::layout::markdown;
use super::markdown::{title, to_html};
use crate::workspace;

/// A chapter: where its text is, where its page lies, and what the table of contents calls it.
pub(super) struct Chapter {
    source: &'static str,
    pub(super) path: &'static str,
    pub(super) title: &'static str,
}

const fn chapter(source: &'static str, path: &'static str, title: &'static str) -> Chapter {
    Chapter { source, path, title }
}

/// All chapters, in the order in which they are read.
pub(super) const CHAPTERS: &[Chapter] = &[
    chapter("README.md", "index.html", "What it is"),
    chapter("web-demo/docs/install.md", "install.html", "Install"),
    chapter("web-demo/docs/collect.md", "collect.html", "Collect exports"),
    chapter("web-demo/docs/inventory.md", "inventory.html", "Inventory"),
    chapter("web-demo/docs/audit.md", "audit.html", "Audit"),
    chapter("web-demo/docs/impact.md", "impact.html", "Impact"),
    chapter("web-demo/docs/plan.md", "plan.html", "Plan"),
    chapter("web-demo/docs/authorizations.md", "authorizations.html", "Authorizations"),
    chapter("web-demo/docs/migrate.md", "migrate.html", "Migrate"),
    chapter("web-demo/docs/crns.md", "crns.html", "CRNs"),
    chapter("web-demo/docs/python.md", "python.html", "Python"),
    chapter("web-demo/docs/spark.md", "spark.html", "Spark"),
    chapter("web-demo/docs/javascript.md", "javascript.html", "JavaScript"),
    chapter("web-demo/docs/rust.md", "rust.html", "Rust"),
    chapter("web-demo/docs/how-it-decides.md", "how-it-decides.html", "How it decides"),
    chapter("web-demo/docs/what-it-cannot-know.md", "what-it-cannot-know.html", "What it cannot know"),
    chapter("SECURITY.md", "security.html", "Security"),
    chapter("crates/ARCHITECTURE.md", "architecture.html", "Architecture"),
    chapter("CHANGELOG.md", "changes.html", "Changes"),
];

pub(super) fn pages() -> Result<Vec<Page>, String> {
    CHAPTERS
        .iter()
        .map(|chapter| {
            let text = String::from_utf8_lossy(&workspace::read(&workspace::root().join(chapter.source))?).into_owned();
            let body = markdown(to_html(&shown(&text), |link| target(chapter, link)));
            Ok(Page { path: chapter.path.to_owned(), title: title(&text).to_owned(), body })
        })
        .collect()
}

/// A link of a chapter, as it leads in the site.
fn target(chapter: &Chapter, link: &str) -> String {
    if link.contains("://") || link.starts_with('#') {
        return link.to_owned();
    }
    let folder = chapter.source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let source = if folder.is_empty() { link.to_owned() } else { format!("{folder}/{link}") };
    let known = CHAPTERS.iter().find(|chapter| chapter.source == source);
    let generated = source.strip_prefix("web-demo/docs/").unwrap_or(&source).replace(".md", ".html");
    known.map_or(generated, |chapter| chapter.path.to_owned())
}

/// The text as readers see it: lines of examples in Rust that only a compiler needs are hidden.
fn shown(text: &str) -> String {
    let mut in_rust = false;
    let mut shown = String::with_capacity(text.len());
    for line in text.lines() {
        if line.starts_with("```") {
            in_rust = line == "```rust";
        }
        if !(in_rust && line.starts_with("# ")) {
            shown.push_str(line);
            shown.push('\n');
        }
    }
    shown
}
