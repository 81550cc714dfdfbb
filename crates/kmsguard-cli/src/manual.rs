//! `kmsguard man`: the pages of the manual, from the same descriptions as the help.

use clap_mangen::Man;
use kmsguard::api::RequestError;

use super::arguments::{self, ManArguments};
use super::output::unwritten;
use super::terminal::Terminal;

pub(crate) fn run(arguments: &ManArguments, terminal: &Terminal<'_>) -> Result<u8, RequestError> {
    let Some(folder) = &arguments.dir else {
        terminal.host().stdout(&page(arguments::command()));
        return Ok(0);
    };
    let folder = folder.strip_suffix('/').unwrap_or(folder);
    for (name, page) in pages() {
        let path = format!("{folder}/{name}");
        terminal.host().write(&path, &page).map_err(|error| unwritten(&path, error))?;
    }
    Ok(0)
}

/// The page of the command, and one for each verb: the name of the file and the text.
fn pages() -> Vec<(String, Vec<u8>)> {
    let mut command = arguments::command();
    // What holds for every verb stands on every page.
    command.build();
    let verb = |verb: &clap::Command| {
        let name = format!("kmsguard-{}", verb.get_name());
        (format!("{name}.1"), page(verb.clone()))
    };
    let mut pages = vec![("kmsguard.1".to_owned(), page(arguments::command()))];
    pages.extend(command.get_subcommands().map(verb));
    pages
}

/// A page in letters of ASCII: whatever else there is stands by its number, for not every reader of such pages takes UTF-8.
fn page(command: clap::Command) -> Vec<u8> {
    let mut page = Vec::new();
    // A page in memory takes everything that is written to it.
    let _ = Man::new(command).render(&mut page);
    // Alternatives stand without a blank between them: `\:` is where such a line may be broken.
    let text = String::from_utf8_lossy(&page).replace("\\fR|\\fB", "\\fR|\\:\\fB");
    let plain = text.chars().fold(String::with_capacity(page.len()), |mut plain, letter| {
        if letter.is_ascii() {
            plain.push(letter);
        } else {
            plain.push_str(&format!("\\[u{:04X}]", u32::from(letter)));
        }
        plain
    });
    plain.into_bytes()
}
