//! Benchmarks, by name.

use crate::shell::program;
use crate::{npm, steps, suite};

/// The benchmarks: a name and what it measures.
const BENCHMARKS: &[(&str, &str)] = &[
    ("load", "milliseconds until the npm package is ready, in fresh Node processes"),
    ("core", "the core's own, with divan"),
];

/// Runs one benchmark, or lists them.
pub fn run(words: &[&str]) -> Result<(), String> {
    match words {
        ["load"] => {
            steps::run(vec![suite::npm_package()])?;
            let mut node = npm::node();
            node.current_dir(npm::folder().join("tests")).arg("bench/load.js");
            shown(&mut node)
        }
        ["core"] => shown(program("cargo").args(["bench", "--package", "kmsguard"])),
        _ => Err(listed()),
    }
}

fn listed() -> String {
    let lines = BENCHMARKS.iter().map(|(name, what)| format!("cargo xtask bench {name}    {what}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Runs a command that prints for a person to read.
fn shown(command: &mut std::process::Command) -> Result<(), String> {
    let status = command.status().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("the benchmark ended with {status}")) }
}
