//! The types of the npm package, entry by entry, as editors show them.

use maud::html;

use super::Page;
use crate::workspace;

/// Each file of types: the entry that it is of.
const FILES: &[(&str, &str)] = &[
    ("index.d.ts", "kmsguard"),
    ("crn.d.ts", "kmsguard/crn"),
    ("node.d.ts", "kmsguard/node"),
    ("slim.d.ts", "kmsguard/slim"),
    ("cli.d.ts", "kmsguard/cli"),
    ("types.d.ts", "requests and answers"),
];

pub(super) fn page() -> Result<Page, String> {
    let folder = workspace::root().join("bindings/wasm/npm");
    let mut files = Vec::new();
    for (file, entry) in FILES {
        let text = String::from_utf8_lossy(&workspace::read(&folder.join(file))?).into_owned();
        files.push((file, entry, text));
    }
    let body = html! {
        h1 { "JavaScript types" }
        p { "What each entry of the npm package gives, with its comments. Requests and answers are the same in every language." }
        ul { @for (file, entry, _) in &files { li { a href={ "#" (file) } { code { (entry) } } } } }
        @for (file, entry, text) in &files {
            h2 id=(file) { code { (entry) } }
            pre { code { (text) } }
        }
    };
    Ok(Page { path: "javascript/index.html".to_owned(), title: "JavaScript types".to_owned(), body })
}
