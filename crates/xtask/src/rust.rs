//! Tests and lints of the Rust code.

use crate::counts::Count;
use crate::shell::{cargo, is_there, program, run};
use crate::steps::{Done, Failure, Step};
use crate::workspace;

/// Runs a command whose closing lines count tests.
pub fn counted(command: &mut std::process::Command) -> Result<Done, Failure> {
    match run(command) {
        Ok(output) => Ok(Done::counted(Count::of_words(&output))),
        Err(failure) => Err(Failure { count: Some(Count::of_words(&failure.output)), ..failure }),
    }
}

/// What tests of the script of `kmsguard collect` run: `jq` as the script itself does, `shellcheck` to look at it.
fn programs_of_scripts() -> Result<Done, Failure> {
    if !cfg!(unix) {
        return Ok(Done::noted("skipped: no tests of scripts here"));
    }
    let missing: Vec<&str> = ["jq", "shellcheck"].into_iter().filter(|name| !is_there(name, "--version")).collect();
    if !missing.is_empty() {
        run(program("apt-get").args(["update", "-qq"]))?;
        run(program("apt-get").args(["install", "-y", "--no-install-recommends"]).args(&missing))?;
    }
    Ok(Done::default())
}

/// The seed of random tests, so that two runs on one tree agree. `all` leaves it to chance, as `cargo test` by itself does.
const SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "20270320");

/// Tests and documentation tests of the default members.
pub fn tests(all: bool) -> Vec<Step> {
    let programs = Step::check("programs of scripts", programs_of_scripts);
    let tests = Step::check("Rust tests", move || {
        let mut command = cargo();
        if !all && std::env::var_os(SEED.0).is_none() {
            command.env(SEED.0, SEED.1);
        }
        if is_there("cargo-nextest", "--version") {
            counted(command.args(["nextest", "run", "--no-fail-fast", "--no-tests=pass", "--color=never"]))
        } else {
            counted(command.args(["test", "--no-fail-fast", "--lib", "--bins", "--tests", "--color=never"]))
        }
    });
    let doctests = Step::check("Rust documentation tests", || {
        counted(cargo().args(["test", "--doc", "--no-fail-fast", "--color=never"]))
    });
    vec![
        programs,
        tests,
        doctests,
        Step::check("agreement with Cedar", || counted(&mut differential(&["test", "--tests", "--color=never"]))),
    ]
}

/// Cargo in the workspace of what is held against Cedar: it has a lock file and a folder of its own.
pub fn differential(words: &[&str]) -> std::process::Command {
    let mut command = cargo();
    command.args(words).current_dir(workspace::root().join("tests/differential"));
    command.env("CARGO_TARGET_DIR", workspace::target().join("differential"));
    command
}

/// Formatting, lints, licences.
pub fn lints() -> Vec<Step> {
    let plain = |name, words: &'static [&'static str]| {
        Step::check(name, move || run(cargo().args(words)).map(|_| Done::default()))
    };
    let deny = Step::check("cargo deny", || {
        if !is_there("cargo-deny", "--version") {
            return Ok(Done::noted("skipped: cargo-deny is not installed"));
        }
        run(cargo().args(["deny", "--offline", "check", "licenses", "bans", "sources"])).map(|_| Done::default())
    });
    vec![
        plain("formatting", &["fmt", "--all", "--check"]),
        Step::check("lints of the agreement with Cedar", || {
            run(differential(&["fmt", "--check"]).arg("--all"))?;
            run(&mut differential(&["clippy", "--all-targets", "--quiet", "--", "-D", "warnings"]))
                .map(|_| Done::default())
        }),
        plain("lints", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]),
        // The features of this door make three files; the workspace's run sees only one of them.
        plain(
            "lints of the wasm door",
            &["clippy", "--package", "kmsguard-wasm", "--all-features", "--quiet", "--", "-D", "warnings"],
        ),
        deny,
    ]
}
