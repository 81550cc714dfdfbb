//! The example account, written out for people, tests and the page.

use kmsguard_cli::demo;

use super::File;

/// The files of the account. The one in which nothing is wrong is data of the tests.
pub(super) fn files() -> Vec<File> {
    let file = |(file, text): demo::File| File { path: format!("tests/accounts/example/{file}"), text };
    demo::example().into_iter().map(file).collect()
}
