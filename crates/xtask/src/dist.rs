//! Artefacts, in `target/dist/`.

use std::path::{Path, PathBuf};

use crate::shell::{cargo, program, run};
use crate::steps::{self, Done, Failure, Step};
use crate::{licences, npm, python, sbom, site, suite, wasm, web, workspace};

/// Builds everything that is published, and writes its checksums.
pub fn run_all() -> Result<(), String> {
    workspace::emptied(&folder())?;
    let mut all = vec![Step::build("binary", binary)];
    all.extend(suite::npm_package());
    all.push(Step::build("npm tarball", || keep(&npm::tarball())));
    all.push(Step::build("npm tarball, built again", tarball_again));
    all.push(Step::build("wheel", || match python::wheel()? {
        Some(wheel) => keep(&wheel),
        None => Ok(Done::noted("skipped: no wheel is built yet")),
    }));
    all.push(Step::build("wheel, built again", wheel_again));
    all.push(Step::build("crates", crates));
    all.push(Step::build("web-demo", web_demo));
    all.push(Step::build("documentation", documentation));
    all.push(Step::build("extension", extension));
    all.push(Step::build("bill of materials", || sbom::write(&folder().join("kmsguard.cdx.json"))));
    all.push(Step::build("licences", || licences::write(&folder().join("LICENCES.txt"))));
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

/// The binary; on Linux linked whole, so that it runs on every distribution.
fn binary() -> Result<Done, Failure> {
    let name = format!("kmsguard{}", std::env::consts::EXE_SUFFIX);
    let mut build = cargo();
    build.args(["build", "--release", "--locked", "--package", "kmsguard-cli"]);
    if !cfg!(target_os = "linux") {
        run(&mut build)?;
        return keep(&workspace::target().join("release").join(name));
    }
    // With a target named, build scripts and macros are not linked so: they are loaded by the compiler.
    let host = host()?;
    run(build.args(["--target", &host]).env("RUSTFLAGS", "-C target-feature=+crt-static"))?;
    let built = workspace::target().join(&host).join("release").join(name);
    let needed = run(program("readelf").args(["--wide", "--dynamic"]).arg(&built))?;
    if needed.contains("(NEEDED)") {
        return Err(Failure::of(format!("{} still needs libraries:\n{needed}", built.display())));
    }
    keep(&built)
}

/// The platform of this machine, as the compiler calls it.
fn host() -> Result<String, Failure> {
    let told = run(program("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::of("rustc -vV names no host"))
}

/// Builds the tarball from the beginning once more: the same sources are the same bytes.
fn tarball_again() -> Result<Done, Failure> {
    let first = workspace::read(&npm::tarball())?;
    ours_forgotten("wasm", &["--target", "wasm32-unknown-unknown"])?;
    wasm::forget()?;
    for step in wasm::steps() {
        step.now()?;
    }
    npm::package()?;
    same(&first, &workspace::read(&npm::tarball())?, "the tarball")
}

/// Builds the wheel once more.
fn wheel_again() -> Result<Done, Failure> {
    let Some(first) = python::wheel_in(&folder()).ok() else {
        return Ok(Done::noted("skipped: no wheel is built yet"));
    };
    let bytes = workspace::read(&first)?;
    ours_forgotten("release", &[])?;
    ours_forgotten("release", &["--target", &host()?])?;
    match python::wheel()? {
        Some(second) => same(&bytes, &workspace::read(&second)?, "the wheel"),
        None => Ok(Done::noted("skipped: no wheel is built yet")),
    }
}

/// Lets cargo forget what it built of ours.
fn ours_forgotten(profile: &str, words: &[&str]) -> Result<(), Failure> {
    let mut clean = cargo();
    clean.args(["clean", "--quiet", "--profile", profile]).args(words);
    for name in sbom::PUBLISHED {
        clean.args(["--package", name]);
    }
    run(&mut clean).map(|_| ())
}

fn same(first: &[u8], second: &[u8], what: &str) -> Result<Done, Failure> {
    if first == second {
        return Ok(Done::noted(format!("{what} is the same, byte for byte")));
    }
    Err(Failure::of(format!("{what} differs when it is built again: {} and {} bytes", first.len(), second.len())))
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
    let docs = folder().join("web-demo/docs");
    workspace::copy_folder(&site::folder(), &docs, &[])?;
    // The crate's own pages, as docs.rs would show them.
    run(cargo().args(["doc", "--no-deps", "--quiet", "--package", "kmsguard", "--package", "kmsguard-cli", "--lib"]))?;
    workspace::copy_folder(&workspace::target().join("doc"), &docs.join("rustdoc"), &[])?;
    python::document(&docs.join("pydoc"))?;
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
