//! The npm package: its tools, its assembly in `target/npm/`, and its tests.
//!
//! Node looks for packages in the folders above a file, so everything that needs the tools is put below `target/npm/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::counts::Count;
use crate::shell::{program, run};
use crate::steps::{Done, Failure, Step};
use crate::{browser, wasm, workspace};

/// The sources of the package.
pub fn source() -> PathBuf {
    workspace::root().join("bindings/wasm/npm")
}

/// Where the tools, the package and its tests are put.
pub fn folder() -> PathBuf {
    workspace::target().join("npm")
}

/// A program of the tools.
pub fn tool(name: &str) -> PathBuf {
    folder().join("node_modules/.bin").join(name)
}

/// The packed package.
pub fn tarball() -> PathBuf {
    folder().join(format!("kmsguard-{}.tgz", workspace::VERSION))
}

/// Installs what the lock file names, if that is not what is there.
pub fn tools() -> Result<Done, Failure> {
    installed(&source(), &workspace::target_folder("npm")?)?;
    Ok(Done::default())
}

/// Installs what the lock file of a folder names into another, if that is not what is there.
pub fn installed(source: &Path, folder: &Path) -> Result<(), Failure> {
    let (lock, installed) = (source.join("package-lock.json"), folder.join("node_modules/.installed.json"));
    let wanted = workspace::read(&lock)?;
    if std::fs::read(&installed).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    for name in ["package.json", "package-lock.json", ".npmrc"] {
        workspace::copy(&source.join(name), &folder.join(name))?;
    }
    // No package needs its install script: the programs come ready in the packages.
    run(program("npm").current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    workspace::write(&installed, wanted)?;
    Ok(())
}

/// Assembles, packs and tests the package; `all` adds a second browser.
pub fn steps(all: bool) -> Vec<Step> {
    let mut steps = vec![
        Step::build("npm package", package),
        Step::check("Node tests", || tests("node")),
        Step::check("packaging tests", || browser::CHROMIUM.find().and_then(|_| tests("packaging"))),
        Step::check("browser tests", || browser::CHROMIUM.find().and_then(|_| tests("browser"))),
    ];
    if all {
        steps.push(Step::check("firefox tests", || browser::FIREFOX.find().and_then(|_| tests("firefox"))));
    }
    steps
}

/// Assembles and packs the package, and installs it where the tests find it.
pub fn package() -> Result<Done, Failure> {
    let assembled = folder().join("package");
    workspace::emptied(&assembled)?;
    let mut assemble = node();
    assemble.arg(source().join("build/assemble.js")).arg(&assembled);
    assemble.env("KMSGUARD_VERSION", workspace::VERSION).env("KMSGUARD_GLUE", wasm::folder());
    run(&mut assemble)?;
    let services = serde_json::to_string(&kmsguard::api::services()).map_err(|error| Failure::of(error.to_string()))?;
    workspace::write(&assembled.join("services.json"), services + "\n")?;
    let packed = run(program("npm").current_dir(folder()).args(["pack", "./package", "--silent"]))?;
    install()?;
    let bytes = workspace::read(&tarball())?.len();
    Ok(Done::noted(format!("{}, {bytes} bytes", packed.trim())))
}

/// Copies the tests and the host projects below the tools, and installs the tarball beside them.
fn install() -> Result<(), Failure> {
    let hosts = folder().join("tests");
    workspace::emptied(&hosts)?;
    workspace::copy_folder(&source().join("tests"), &hosts, &["node_modules"])?;
    workspace::copy_folder(&workspace::root().join("tests/packaging"), &hosts.join("packaging"), &["node_modules"])?;
    let mut install = program("npm");
    install.current_dir(&hosts).args([
        "install",
        "--offline",
        "--no-save",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
    ]);
    run(install.arg(tarball()))?;
    Ok(())
}

fn tests(name: &str) -> Result<Done, Failure> {
    let hosts = folder().join("tests");
    let folder = hosts.join(name);
    let mut files = Vec::new();
    let entries = std::fs::read_dir(&folder).map_err(|error| Failure::of(format!("{}: {error}", folder.display())))?;
    files.extend(
        entries.flatten().map(|entry| entry.path()).filter(|path| path.to_string_lossy().ends_with(".test.js")),
    );
    files.sort();
    let mut command = node();
    command.current_dir(&hosts).args(["--test", "--test-reporter=spec"]).args(files);
    match run(&mut command) {
        Ok(output) => Ok(Done::counted(Count::of_node(&output))),
        Err(failure) => Err(Failure { count: Some(Count::of_node(&failure.output)), ..failure }),
    }
}

/// Node, told where the repository and its target folder are.
pub fn node() -> Command {
    let mut command = program("node");
    command.env("KMSGUARD_ROOT", workspace::root()).env("KMSGUARD_TARGET", workspace::target());
    command.env("KMSGUARD_TARBALL", tarball()).env("NO_COLOR", "1");
    command
}
