//! The page and the browser extension: their tools, their builds in `target/web/`, and their tests in browsers.

use std::path::{Path, PathBuf};

use crate::counts::Count;
use crate::shell::{program, run};
use crate::steps::{Done, Failure, Step};
use crate::{account, browser, npm, workspace};

fn source() -> PathBuf {
    workspace::root().join("web-demo")
}

fn folder() -> PathBuf {
    workspace::target().join("web")
}

/// The finished page.
pub fn built() -> PathBuf {
    folder().join("dist")
}

/// The finished extension.
pub fn extension() -> PathBuf {
    folder().join("extension-dist")
}

/// Builds the page and the extension with the packed npm package, and opens them in a browser; `all` adds a second browser for the
/// extension.
pub fn steps(all: bool) -> Vec<Step> {
    let mut steps = vec![
        Step::build("web-demo", build),
        Step::build("extension", build_extension),
        Step::check("web-demo and extension in a browser", || browser::CHROMIUM.find().and_then(|_| tests("e2e"))),
    ];
    if all {
        steps.push(Step::check("extension in firefox", || browser::FIREFOX.find().and_then(|_| tests("e2e/firefox"))));
    }
    steps
}

/// Installs what the lock file names, checks the types, and builds the page.
pub fn build() -> Result<Done, Failure> {
    let folder = workspace::target_folder("web")?;
    install(&folder)?;
    for name in ["build", "src", "extension"] {
        workspace::emptied(&folder.join(name))?;
        workspace::copy_folder(&source().join(name), &folder.join(name), &[])?;
    }
    for name in ["index.html", "tsconfig.json", "vite.config.js"] {
        workspace::copy(&source().join(name), &folder.join(name))?;
    }
    for script in ["check", "build"] {
        let mut build = program("npm");
        build.current_dir(&folder).args(["run", "--silent", script]);
        run(build.env("KMSGUARD_ROOT", workspace::root()).env("NO_COLOR", "1"))?;
    }
    Ok(Done::noted(format!("{} bytes", size(&built())?)))
}

/// Builds the extension, with the page in it.
pub fn build_extension() -> Result<Done, Failure> {
    let mut build = npm::node();
    build.current_dir(folder()).arg("build/extension.js").arg(extension());
    run(build.env("KMSGUARD_VERSION", workspace::VERSION))?;
    Ok(Done::noted(format!("{} bytes", size(&extension())?)))
}

/// The tools by the lock file, and the packed package as npm would put it there.
fn install(folder: &Path) -> Result<(), Failure> {
    let (lock, installed) = (source().join("package-lock.json"), folder.join("node_modules/.installed.json"));
    let wanted = workspace::read(&lock)?;
    if std::fs::read(&installed).ok().is_none_or(|there| there != wanted) {
        for name in ["package.json", "package-lock.json", ".npmrc"] {
            workspace::copy(&source().join(name), &folder.join(name))?;
        }
        // No package needs its install script: the programs come ready in the packages.
        run(program("npm").current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
        workspace::write(&installed, wanted)?;
    }
    // The lock file does not name it: its checksum is another with every build.
    let package = folder.join("node_modules/kmsguard");
    workspace::emptied(&package)?;
    let mut unpack = program("tar");
    unpack.arg("-xzf").arg(npm::tarball()).arg("--strip-components=1").arg("-C").arg(&package);
    run(&mut unpack)?;
    Ok(())
}

/// The tests of one folder.
fn tests(name: &str) -> Result<Done, Failure> {
    let copied = folder().join("e2e");
    workspace::emptied(&copied)?;
    workspace::copy_folder(&workspace::root().join("tests/e2e"), &copied, &[])?;
    let tests = folder().join(name);
    let mut files = Vec::new();
    let entries = std::fs::read_dir(&tests).map_err(|error| Failure::of(format!("{}: {error}", tests.display())))?;
    files.extend(
        entries.flatten().map(|entry| entry.path()).filter(|path| path.to_string_lossy().ends_with(".test.js")),
    );
    files.sort();
    let mut command = npm::node();
    command.current_dir(folder()).args(["--test", "--test-reporter=spec"]).args(files);
    command
        .env("KMSGUARD_PAGE", built())
        .env("KMSGUARD_EXTENSION", extension())
        .env("KMSGUARD_LARGE_ACCOUNT", large_account()?);
    match run(&mut command) {
        Ok(output) => Ok(Done::counted(Count::of_node(&output))),
        Err(failure) => Err(Failure { count: Some(Count::of_node(&failure.output)), ..failure }),
    }
}

/// The exports of an account of a hundred thousand registrations.
fn large_account() -> Result<PathBuf, Failure> {
    let exports = workspace::target_folder("web/large-account")?;
    workspace::emptied(&exports)?;
    account::write_folder(100_000, &exports)?;
    Ok(exports)
}

/// How many bytes a folder holds.
fn size(folder: &Path) -> Result<u64, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        bytes += if path.is_dir() { size(&path)? } else { path.metadata().map_err(failed)?.len() };
    }
    Ok(bytes)
}
