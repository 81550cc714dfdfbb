//! The example accounts, written out for people, tests and the page.

use kmsguard_cli::demo;

use super::File;

/// The files of both accounts.
pub(super) fn files() -> Vec<File> {
    let account = |name: &'static str, files: Vec<demo::File>| {
        files.into_iter().map(move |(file, text)| File { path: format!("tests/accounts/{name}/{file}"), text })
    };
    account("example", demo::example()).chain(account("clean", demo::clean())).collect()
}
