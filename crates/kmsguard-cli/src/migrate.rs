//! `kmsguard migrate`.

use std::fmt::Write;

use kmsguard::api::{Answer, ExportKind, MigrateAnswer, MigrateFormat, MigrateRequest, Now, Outcome, RequestError};

use super::arguments::MigrateArguments;
use super::audit::problems;
use super::inputs::read_inventory;
use super::migrate_text::text;
use super::output::{Output, unwritten};
use super::request_file;
use super::terminal::Terminal;

pub(crate) fn run(
    arguments: &MigrateArguments,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    // What is wrong with the earlier answer is told before a long reading.
    let since = match arguments.since.as_deref() {
        Some(path) => Some(earlier(path, terminal)?),
        None => None,
    };
    let paths: Vec<String> = arguments.paths.iter().chain(&arguments.pairs).cloned().collect();
    let inventory = read_inventory(&paths, output.quiet, terminal);
    let request = MigrateRequest { keep_going: arguments.keep_going, since, ..MigrateRequest::at(now) };
    let answer = inventory.migrate(&request)?;
    if let Some(path) = arguments.pairs.as_deref() {
        are_pairs(path, &answer)?;
    }
    problems(&answer.problems, output, terminal);
    let write = |format, sink: &mut dyn Write| answer.write(format, sink);
    output.write_report(&|sheet| text(&answer, sheet), MigrateFormat::ALL, &write, terminal)?;
    if let Some(path) = arguments.write_pairs.as_deref() {
        let mut pairs = String::new();
        // A text takes everything.
        let _ = answer.write(MigrateFormat::Pairs, &mut pairs);
        terminal.host().write(path, pairs.as_bytes()).map_err(|error| unwritten(path, error))?;
    }
    Ok(answer.outcome().exit_code())
}

/// An earlier answer. What is no JSON is none.
fn earlier(path: &str, terminal: &Terminal<'_>) -> Result<serde_json::Value, RequestError> {
    let bytes = request_file::read(path, terminal)?;
    Ok(serde_json::from_slice(&bytes).unwrap_or_default())
}

/// Refuses a file of another kind in place of pairs. One that cannot be read at all is told of as every input is.
fn are_pairs(path: &str, answer: &MigrateAnswer) -> Result<(), RequestError> {
    let read = answer.inputs.iter().find(|input| input.name == path);
    match read.map(|input| input.kind) {
        Some(ExportKind::MigrationPairs) | None => Ok(()),
        Some(_) if answer.outcome == Outcome::Incomplete => Ok(()),
        Some(kind) => Err(RequestError {
            code: "REQ017",
            message: format!("`{path}` is no table of pairs, but `{kind}`"),
            help: "a row is the CRN of the key to move from, a comma, and the CRN of the key to move to".to_owned(),
        }),
    }
}
