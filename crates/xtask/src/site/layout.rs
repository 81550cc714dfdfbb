//! What every page of the site has around it.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Page;
use super::chapters::CHAPTERS;

pub(super) const STYLE: &str = include_str!("style.css");

/// The lists of pages that are made from the program.
const LISTS: &[(&str, &str)] = &[
    ("rules/index.html", "Rules"),
    ("codes/index.html", "Codes"),
    ("services/index.html", "Services"),
    ("commands/index.html", "Commands"),
    ("schemas/index.html", "Schemas"),
    ("javascript/index.html", "JavaScript types"),
];

/// A whole page. It loads its own style and nothing else, and works from a folder on disk.
pub(super) fn page(page: &Page) -> Markup {
    let up = "../".repeat(page.path.matches('/').count());
    let link = |path: &str, title: &str| {
        let current = (path == page.path).then_some("page");
        html! { li { a href={ (up) (path) } aria-current=[current] { (title) } } }
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'";
                title { (page.title) " · kmsguard" }
                link rel="stylesheet" href={ (up) "style.css" };
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                nav aria-label="Documentation" {
                    p { a.home href={ (up) "index.html" } { "kmsguard" } }
                    ul { @for chapter in CHAPTERS { (link(chapter.path, chapter.title)) } }
                    p { "Reference" }
                    ul { @for (path, title) in LISTS { (link(path, title)) } }
                }
                main #content { (page.body) }
            }
        }
    }
}

/// Text in Markdown, as it stands in a page.
pub(super) fn markdown(html: String) -> Markup {
    PreEscaped(html)
}
