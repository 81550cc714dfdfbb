//! The documentation as a site of plain files: the chapters, and a page for each rule, code, service, command and schema, all from
//! the sources that the program itself speaks from.

mod chapters;
mod commands;
mod javascript;
mod layout;
mod links;
mod markdown;
mod rules;
mod schemas;
mod services;

use std::path::PathBuf;

use maud::Markup;

use crate::steps::{Done, Failure};
use crate::workspace;

/// A page: where it lies in the site, what it is called, and what stands on it.
struct Page {
    /// Its path from the root of the site, such as `rules/share001.html`.
    path: String,
    title: String,
    body: Markup,
}

/// Where the site is built.
pub fn folder() -> PathBuf {
    workspace::target().join("site")
}

/// Builds the site.
///
/// # Errors
///
/// Lists every link of a page that leads nowhere in the site.
pub fn build() -> Result<Done, Failure> {
    let mut pages = chapters::pages()?;
    pages.extend(rules::pages());
    pages.extend(services::pages());
    pages.extend(commands::pages());
    pages.push(javascript::page()?);
    let schemas = schemas::all()?;
    pages.extend(schemas::pages(&schemas));
    let mut files: Vec<(String, String)> =
        pages.iter().map(|page| (page.path.clone(), layout::page(page).into_string())).collect();
    files.extend(schemas.into_iter().map(|schema| (schema.path, schema.text)));
    files.push(("style.css".to_owned(), layout::STYLE.to_owned()));
    let picture = workspace::read(&workspace::root().join("web-demo/docs/example.svg"))?;
    files.push(("example.svg".to_owned(), String::from_utf8_lossy(&picture).into_owned()));
    let broken = links::broken(&files);
    if !broken.is_empty() {
        return Err(Failure::of(broken.join("\n")));
    }
    workspace::emptied(&folder())?;
    for (path, text) in &files {
        let file = folder().join(path);
        let above = file.parent().unwrap_or(&file);
        std::fs::create_dir_all(above).map_err(|error| Failure::of(format!("{}: {error}", above.display())))?;
        workspace::write(&file, text)?;
    }
    Ok(Done::noted(format!("{} pages", pages.len())))
}
