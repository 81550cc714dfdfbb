//! Plans against real clients: IBM's SDKs, curl, shells and an independent parser of Terraform's language, all on this machine.

use std::process::Command;

use crate::counts::Count;
use crate::shell::{cargo, program, run};
use crate::steps::{Done, Failure, Step};
use crate::{npm, python, workspace};

/// What stands in the repository.
const SOURCE: &str = "tests/clients";

/// The tests there that need the wheel.
const OF_THE_PACKAGE: &str = "package";

/// The steps of `cargo xtask test`; the vectors' own test has written the answers down by then.
pub fn steps() -> Vec<Step> {
    if !cfg!(unix) {
        return Vec::new();
    }
    vec![Step::check("clients in Python, curl and shells", in_python), Step::check("clients in Node", in_node)]
}

fn in_python() -> Result<Done, Failure> {
    run(cargo().args(["build", "--quiet", "--package", "kmsguard-cli"]))?;
    let source = workspace::root().join(SOURCE);
    let mut pytest = environment(false)?;
    pytest.args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "--rootdir"]).arg(&source).arg(&source);
    // Those need the wheel, which is built later.
    pytest.arg("--ignore").arg(source.join(OF_THE_PACKAGE));
    let native = workspace::target().join("debug").join(format!("kmsguard{}", std::env::consts::EXE_SUFFIX));
    counted(told(&mut pytest).env("KMSGUARD_NATIVE", native).current_dir(&source), Count::of_words)
}

/// IBM's SDKs beside the Python package: what they give is read, and what it writes they send. Needs the wheel.
pub fn of_the_package() -> Result<Done, Failure> {
    let source = workspace::root().join(SOURCE);
    let tests = source.join(OF_THE_PACKAGE);
    let mut pytest = environment(true)?;
    // They use the server beside them, and none of the plans that the other tests there begin with.
    pytest.args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "--confcutdir"]).arg(&tests);
    pytest
        .arg("--override-ini")
        .arg(format!("pythonpath={}", source.display()))
        .arg("--rootdir")
        .arg(&tests)
        .arg(&tests);
    let native = workspace::target().join("debug").join(format!("kmsguard{}", std::env::consts::EXE_SUFFIX));
    counted(told(&mut pytest).env("KMSGUARD_NATIVE", native).current_dir(&source), Count::of_words)
}

/// The Python of the environment with the clients; with the wheel in it if wished.
fn environment(with_wheel: bool) -> Result<Command, Failure> {
    let requirements = format!("{SOURCE}/requirements.txt");
    let constraints = format!("{SOURCE}/build-constraints.txt");
    python::with_built_requirements("clients/python", &requirements, &constraints, with_wheel)
}

fn in_node() -> Result<Done, Failure> {
    let source = workspace::root().join(SOURCE);
    let folder = workspace::target_folder("clients/node")?;
    npm::installed(&source, &folder)?;
    let mut node = program("node");
    node.args(["--test", "--test-reporter=spec"]).arg(source.join("sdk.test.js"));
    counted(told(&mut node).env("KMSGUARD_CLIENTS", folder).env("NO_COLOR", "1"), Count::of_node)
}

/// A test, told where the repository and its target folder are.
fn told(command: &mut Command) -> &mut Command {
    command.env("KMSGUARD_ROOT", workspace::root()).env("KMSGUARD_TARGET", workspace::target())
}

fn counted(command: &mut Command, count: fn(&str) -> Count) -> Result<Done, Failure> {
    match run(command) {
        Ok(output) => match count(&output) {
            Count { passed: 0, .. } => Err(Failure::of(format!("no test ran\n{output}"))),
            counted => Ok(Done::counted(counted)),
        },
        Err(failure) => Err(Failure { count: Some(count(&failure.output)), ..failure }),
    }
}
