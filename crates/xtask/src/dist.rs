//! Artefacts, in `target/dist/`.

use std::path::{Path, PathBuf};

use crate::shell::{cargo, program, run};
use crate::steps::{self, Done, Failure, Step};
use crate::{npm, python, sbom, site, suite, web, workspace};

/// Builds everything that is published, and writes its checksums.
pub fn run_all() -> Result<(), String> {
    workspace::emptied(&folder())?;
    let mut all = vec![Step::build("binary", binary)];
    all.extend(suite::npm_package());
    all.push(Step::build("npm tarball", || keep(&npm::tarball())));
    all.push(Step::build("wheel", || match python::wheel()? {
        Some(wheel) => keep(&wheel),
        None => Ok(Done::noted("skipped: no wheel is built yet")),
    }));
    all.push(Step::build("crates", crates));
    all.push(Step::build("web-demo", web_demo));
    all.push(Step::build("documentation", documentation));
    all.push(Step::build("extension", extension));
    all.push(Step::build("bill of materials", || sbom::write(&folder().join("kmsguard.cdx.json"))));
    all.push(Step::build("checksums", checksums));
    steps::run(vec![all])
}

fn folder() -> PathBuf {
    workspace::target().join("dist")
}

fn keep(file: &Path) -> Result<Done, Failure> {
    let name = file.file_name().unwrap_or_default();
    workspace::copy(file, &folder().join(name))?;
    Ok(Done::noted(name.to_string_lossy()))
}

fn binary() -> Result<Done, Failure> {
    run(cargo().args(["build", "--release", "--package", "kmsguard-cli"]))?;
    keep(&workspace::target().join("release").join(format!("kmsguard{}", std::env::consts::EXE_SUFFIX)))
}

/// The two crates as they would be published. They are not built again from the archive: the tests have done that.
fn crates() -> Result<Done, Failure> {
    let names = ["kmsguard", "kmsguard-cli"];
    let mut package = cargo();
    package.args(["package", "--allow-dirty", "--no-verify", "--quiet"]);
    run(package.args(names.iter().flat_map(|name| ["--package", name])))?;
    for name in names {
        keep(&workspace::target().join("package").join(format!("{name}-{}.crate", workspace::VERSION)))?;
    }
    Ok(Done::noted(names.join(", ")))
}

/// The page, built on the packed npm package.
fn web_demo() -> Result<Done, Failure> {
    let done = web::build()?;
    workspace::copy_folder(&web::built(), &folder().join("web-demo"), &[])?;
    Ok(done)
}

/// The documentation, beside the page.
fn documentation() -> Result<Done, Failure> {
    let done = site::build()?;
    workspace::copy_folder(&site::folder(), &folder().join("web-demo/docs"), &[])?;
    Ok(done)
}

/// The extension, with the page in it.
fn extension() -> Result<Done, Failure> {
    let done = web::build_extension()?;
    workspace::copy_folder(&web::extension(), &folder().join("extension"), &[])?;
    Ok(done)
}

fn checksums() -> Result<Done, Failure> {
    let script =
        "find . -type f ! -name SHA256SUMS -printf '%P\\n' | LC_ALL=C sort | xargs -d '\\n' sha256sum > SHA256SUMS";
    run(program("bash").current_dir(folder()).args(["-c", script]))?;
    Ok(Done::default())
}
