//! The example account: exports as a real account makes them, made by this program.
//!
//! Accounts, instances, keys and names are invented. The shapes are those of the API and of the `ibmcloud` command.

mod build;
mod example;

use serde_json::Value;

/// A file of an account: its name in the folder, and its content.
pub type File = (&'static str, String);

/// The account that shows what can be wrong: see the page `README.md` in it.
#[must_use]
pub fn example() -> Vec<File> {
    let mut files = written(example::files());
    files.push(("README.md", include_str!("example.md").to_owned()));
    files
}

fn written(files: Vec<(&'static str, Value)>) -> Vec<File> {
    // Values in memory are always written.
    files
        .into_iter()
        .map(|(name, value)| (name, serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"))
        .collect()
}
