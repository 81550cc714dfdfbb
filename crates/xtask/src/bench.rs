//! Benchmarks, by name.

use crate::shell::{cargo, program, run as run_to_its_end};
use crate::steps::{Done, Failure, Step};
use crate::{account, browser, npm, python, rust, spark, steps, suite, wasm, web, workspace};

/// The benchmarks: a name and what it measures.
const BENCHMARKS: &[(&str, &str)] = &[
    ("load", "milliseconds until the npm package is ready, in fresh Node processes"),
    ("crn", "CRNs, beside splitting them, regular expressions, and checks by hand in Python and JavaScript"),
    ("size", "bytes of the WebAssembly file of CRNs alone"),
    ("core", "the core's own, with divan"),
    ("ingest", "reading, joining and auditing an account of a million registrations, beside values of the same JSON"),
    (
        "impact",
        "what an action breaks in an account of a hundred thousand and of a million registrations, beside reading it",
    ),
    (
        "python",
        "the Python package: its import, columns of CRNs beside re and pyarrow.compute, an audit beside the command",
    ),
    ("spark", "the Python package in Spark: an audit, events and columns of CRNs on one core and on two"),
    ("authz", "decisions a second, beside Cedar and cedarpy"),
    (
        "web",
        "bytes and milliseconds of the package, the page and the extension, beside Cedar's WebAssembly and the native command",
    ),
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
        ["crn"] => crn(),
        ["size"] => steps::run(vec![wasm::crn_steps()]),
        ["core"] => shown(program("cargo").args(["bench", "--package", "kmsguard", "--bench", "core"])),
        ["ingest"] => ingest(),
        ["impact"] => impact(),
        ["python"] => package(),
        ["spark"] => in_spark(),
        ["authz"] => authz(),
        ["web"] => in_browsers(),
        _ => Err(listed()),
    }
}

/// The crate, then the doors, each beside what its users would write.
fn crn() -> Result<(), String> {
    shown(program("cargo").args(["bench", "--package", "kmsguard", "--bench", "crn"]))?;
    let mut python = python::with_wheel().map_err(|failure| failure.output)?;
    let folder = workspace::root().join("bindings/python/tests");
    shown(python.current_dir(&folder).arg("bench_crns.py"))?;
    steps::run(vec![suite::npm_package()])?;
    let mut node = npm::node();
    node.current_dir(npm::folder().join("tests")).arg("bench/crns.js");
    shown(&mut node)
}

/// Made accounts, each in one file: a hundred thousand registrations, and a million.
fn accounts() -> Result<Vec<std::path::PathBuf>, String> {
    let folder = crate::workspace::target_folder("bench")?;
    let file = |size| {
        let file = folder.join(format!("account-{size}.json"));
        account::write_file(size, &file)?;
        Ok(file)
    };
    [100_000, 1_000_000].into_iter().map(file).collect()
}

fn impact() -> Result<(), String> {
    let files = accounts()?;
    shown(program("cargo").args(["bench", "--package", "kmsguard", "--bench", "impact", "--"]).args(&files))
}

/// The times, then the memory, which is counted in a run of its own because counting takes time.
fn ingest() -> Result<(), String> {
    let files = accounts()?;
    let bench = |name| {
        let mut command = program("cargo");
        command.args(["bench", "--package", "kmsguard", "--bench", name, "--"]).args(&files);
        command
    };
    let exports = workspace::target_folder("bench")?.join("account");
    workspace::emptied(&exports)?;
    account::write_folder(1_000_000, &exports)?;
    shown(bench("ingest").arg(&exports))?;
    shown(&mut bench("ingest_memory"))
}

/// The wheel as it is published, beside the command as it is.
fn package() -> Result<(), String> {
    let mut python = python::with_wheel().map_err(|failure| failure.output)?;
    shown(program("cargo").args(["build", "--release", "--quiet", "--package", "kmsguard-cli"]))?;
    let exports = workspace::target_folder("bench")?.join("account");
    workspace::emptied(&exports)?;
    account::write_folder(1_000_000, &exports)?;
    let command = workspace::target().join("release").join(format!("kmsguard{}", std::env::consts::EXE_SUFFIX));
    let folder = workspace::root().join("bindings/python/tests");
    // What an import costs is what it costs once its bytecode is there, as an installed package has it.
    python.env_remove("PYTHONDONTWRITEBYTECODE");
    shown(python.current_dir(&folder).arg("bench_package.py").arg(&command).arg(&exports))
}

/// The wheel as it is published, on one core and on two.
fn in_spark() -> Result<(), String> {
    python::with_wheel().map_err(|failure| failure.output)?;
    let mut python = spark::python_with_spark().map_err(|failure| failure.output)?;
    shown(python.current_dir(workspace::root().join("tests/spark")).arg("bench_audit.py"))
}

/// Our evaluator beside two peers, on the same policies and uses.
fn authz() -> Result<(), String> {
    let folder = workspace::target_folder("bench/authz")?;
    shown(rust::differential(&["run", "--release", "--quiet", "--bin", "bench-authz", "--"]).arg(&folder))?;
    match python::with_requirements("bench/cedarpy", "tests/differential/requirements.txt") {
        Ok(mut python) => shown(python.arg("tests/differential/bench_cedarpy.py").arg(&folder)),
        Err(failure) => {
            println!("cedarpy could not be had, so it was not measured:\n{}", failure.output);
            Ok(())
        }
    }
}

/// An account of ten megabytes has so many registrations.
const TEN_MEGABYTES: u64 = 14_000;

/// The package, the page and the extension as they are published, in Node and in a browser.
fn in_browsers() -> Result<(), String> {
    let peers = workspace::target_folder("bench/peers")?;
    let account = workspace::target_folder("bench/ten-megabytes")?;
    workspace::emptied(&account)?;
    account::write_folder(TEN_MEGABYTES, &account)?;
    let source = npm::source().join("tests/bench");
    let installed = peers.clone();
    let mut steps = suite::npm_package();
    steps.push(Step::build("web-demo", web::build));
    steps.push(Step::build("extension", web::build_extension));
    steps.push(Step::build("Cedar's WebAssembly", move || {
        npm::installed(&source, &installed)?;
        Ok(Done::default())
    }));
    steps.push(Step::build("native command", native));
    steps.push(Step::build("browser", || browser::CHROMIUM.find().map(|_| Done::default())));
    steps::run(vec![steps])?;
    let mut node = npm::node();
    node.env("KMSGUARD_PEERS", peers).env("KMSGUARD_ACCOUNT", account).env("KMSGUARD_NATIVE", native_command());
    node.env("KMSGUARD_PAGE", web::built()).env("KMSGUARD_EXTENSION", web::extension());
    shown(node.current_dir(npm::folder().join("tests")).arg("bench/web.js"))
}

fn native() -> Result<Done, Failure> {
    run_to_its_end(cargo().args(["build", "--release", "--quiet", "--package", "kmsguard-cli"]))?;
    Ok(Done::default())
}

fn native_command() -> std::path::PathBuf {
    workspace::target().join("release").join(format!("kmsguard{}", std::env::consts::EXE_SUFFIX))
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
