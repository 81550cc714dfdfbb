//! `cargo xtask`: what continuous integration does is what a developer runs.

mod account;
mod bench;
mod browser;
mod clients;
mod counts;
mod dist;
mod freshness;
mod r#gen;
mod layers;
mod licences;
mod npm;
mod python;
mod rust;
mod sbom;
mod shell;
mod site;
mod spark;
mod steps;
mod suite;
mod wasm;
mod wasm_target;
mod web;
mod workflows;
mod workspace;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test [--all]    all tests of all doors; --all adds Firefox and Spark
cargo xtask ci              test, formatting, lints, generated files, layers, licences
cargo xtask web             builds the page and the extension, and tests them in a browser
cargo xtask dist            artefacts into target/dist/
cargo xtask docs            the documentation as a site, into target/site/
cargo xtask gen [--check]   writes the generated files, or says which are out of date
cargo xtask gen-account --size N [--out FOLDER | --one-file FILE]
                            the exports of an account with N registrations, one record of a hundred at fault
cargo xtask bench NAME      one benchmark; without NAME it lists them";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = match words.as_slice() {
        ["test"] => suite::test(false),
        ["test", "--all"] => suite::test(true),
        ["ci"] => suite::ci(),
        ["web"] => suite::web(),
        ["dist"] => dist::run_all(),
        ["docs"] => suite::docs(),
        ["gen"] => r#gen::run(false),
        ["gen", "--check"] => r#gen::run(true),
        ["gen-account", rest @ ..] => account::run(rest),
        ["bench", rest @ ..] => bench::run(rest),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => {
            eprintln!("no such task: `{}`\n\n{HELP}", words.join(" "));
            return ExitCode::from(2);
        }
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
