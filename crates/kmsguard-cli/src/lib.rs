//! The command of kmsguard, as a library: [`run`] takes arguments and a [`Host`] and gives an exit code.
//!
//! All input and output goes through the host, so the same command runs natively, in Python and in Node, byte for byte.

mod arguments;
mod audit;
mod audit_text;
mod authz;
mod baseline;
mod collect;
mod configuration;
mod crn;
mod crn_stream;
pub mod demo;
mod demonstrate;
mod diff;
mod host;
mod impact;
mod impact_order;
mod impact_untangle;
mod inputs;
mod inventory;
mod manual;
mod migrate;
mod migrate_text;
#[cfg(feature = "native")]
mod native;
mod output;
mod plan;
mod policy;
mod progress;
mod request_file;
mod rule;
mod schema;
mod snapshot;
mod statistics;
mod terminal;
#[cfg(feature = "native")]
mod threads;
mod tighten;
mod written;

pub use arguments::command;
pub use host::{Entry, EntryKind, Host, HostError, Parts, Stream};
pub use inputs::read_paths;
#[cfg(feature = "native")]
pub use native::NativeHost;
pub use rule::{code_page, page as rule_page};
#[cfg(feature = "native")]
pub use threads::Threads;

use clap::error::ErrorKind;
use kmsguard::api::{Now, Outcome, RequestError};

use arguments::{Arguments, Verb};
use terminal::{Escapes, Terminal, calm, plain};

/// Runs the command.
///
/// `arguments` are without the program's name. The exit code is the outcome's: 0 fine, 1 bad, 2 usage or unreadable input,
/// 3 nothing to read, 4 undecided.
#[must_use]
pub fn run(arguments: &[String], host: &dyn Host) -> u8 {
    let terminal = Terminal::new(host);
    let command = arguments::command().term_width(host.width().map_or(100, usize::from));
    let words = std::iter::once("kmsguard").chain(arguments.iter().map(String::as_str));
    let parsed = command
        .try_get_matches_from(words)
        .and_then(|matches| <Arguments as clap::FromArgMatches>::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, arguments, &terminal),
    };
    match dispatch(arguments, &terminal) {
        Ok(code) => code,
        Err(error) => {
            terminal.error(error.code, &error.message, Some(&error.help));
            Outcome::Incomplete.exit_code()
        }
    }
}

/// `given`: the arguments, which the error repeats as they are.
fn usage(error: &clap::Error, given: &[String], terminal: &Terminal<'_>) -> u8 {
    let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let stream = if asked { Stream::Stdout } else { Stream::Stderr };
    let text = error.render();
    let text = if terminal.colour(stream) { text.ansi().to_string() } else { text.to_string() };
    let text = given.iter().map(|argument| (argument, plain(argument))).fold(text, |text, (argument, shown)| {
        if *argument == shown { text } else { text.replace(argument.as_str(), &shown) }
    });
    terminal.write(stream, &calm(&text, Escapes::ColoursStay));
    if asked { 0 } else { Outcome::Incomplete.exit_code() }
}

fn dispatch(arguments: Arguments, terminal: &Terminal<'_>) -> Result<u8, RequestError> {
    let now = match arguments.common.now.as_deref() {
        Some(text) => text.parse::<Now>()?,
        None => Now::from_unix_seconds(terminal.host().unix_seconds())?,
    };
    let Arguments { verb, common } = arguments;
    let output = output::Output::of(&common)?;
    match verb {
        Verb::Crn(arguments) => crn::run(&arguments, now, &output, terminal),
        Verb::Plan(arguments) => plan::run(&arguments, now, &output, terminal),
        Verb::Policy(arguments) => policy::run(&arguments, now, &output, terminal),
        Verb::Audit(arguments) => audit::run(&arguments, &common, now, &output, terminal),
        Verb::Baseline(arguments) => baseline::run(&arguments, &common, now, &output, terminal),
        Verb::Authz(arguments) => authz::run(&arguments, now, &output, terminal),
        Verb::Diff(arguments) => diff::run(&arguments, &common, now, &output, terminal),
        Verb::Collect(arguments) => collect::run(&arguments, terminal),
        Verb::Inventory(arguments) => inventory::run(&arguments, now, &output, terminal),
        Verb::Impact(arguments) => impact::run(&arguments, now, &output, terminal),
        Verb::Migrate(arguments) => migrate::run(&arguments, now, &output, terminal),
        Verb::Snapshot(arguments) => snapshot::run(&arguments, now, &output, terminal),
        Verb::Demo(arguments) => demonstrate::run(&arguments, now, &output, terminal),
        Verb::Man(arguments) => manual::run(&arguments, terminal),
        Verb::Rule(arguments) => rule::run(&arguments, terminal),
        Verb::Schema { name } => schema::run(name.as_deref(), terminal),
        Verb::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut arguments::command(), "kmsguard", &mut script);
            terminal.host().stdout(&script);
            Ok(0)
        }
    }
}

/// The parser of the arguments is checked by clap itself.
#[cfg(test)]
#[test]
fn the_arguments_are_consistent() {
    arguments::command().debug_assert();
    use clap::Parser;
    let _ = Arguments::try_parse_from(["kmsguard", "crn", "-"]).expect("a lone dash is standard input");
}
