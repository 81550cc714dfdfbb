//! Cargo for `wasm32-unknown-unknown`, with what the machine has.
//!
//! An installed target is used as it is; else rustup is asked for it; else the distribution's compiler is taken, for
//! which the standard library is built once. `KMSGUARD_WASM_TOOLCHAIN=rustup|debian` forces a way.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::shell::{cargo, program, run, run_for};
use crate::steps::Failure;
use crate::workspace;

const TARGET: &str = "wasm32-unknown-unknown";
const SOURCE: &str = "/usr/lib/rustlib/src/rust/library";
const COMPILER: &str = "/usr/bin/rustc";

/// A way to compile for WebAssembly.
pub struct WasmTarget {
    /// Set where the distribution's compiler is used.
    debian: Option<Debian>,
}

struct Debian {
    sysroot: PathBuf,
    linker: PathBuf,
}

impl WasmTarget {
    /// Finds a way, installing what is missing.
    pub fn find() -> Result<Self, Failure> {
        let forced = std::env::var("KMSGUARD_WASM_TOOLCHAIN").unwrap_or_default();
        match forced.as_str() {
            "rustup" => rustup().map(|()| Self { debian: None }),
            "debian" => debian().map(|debian| Self { debian: Some(debian) }),
            "" if rustup().is_ok() => Ok(Self { debian: None }),
            "" => debian().map(|debian| Self { debian: Some(debian) }),
            other => Err(Failure::of(format!("KMSGUARD_WASM_TOOLCHAIN is `rustup` or `debian`, not `{other}`"))),
        }
    }

    /// Which compiler it is, in a word.
    pub fn name(&self) -> &'static str {
        if self.debian.is_some() { "distribution's compiler" } else { "installed target" }
    }

    /// `cargo build` with the profile `wasm`, and the folder where it leaves its files.
    pub fn build(&self) -> (Command, PathBuf) {
        let mut command = cargo();
        command.args(["build", "--profile", "wasm", "--target", TARGET]);
        let Some(debian) = &self.debian else {
            return (command, workspace::target().join(TARGET).join("wasm"));
        };
        // Apart from the other compiler's files, or each run would build everything again.
        let folder = workspace::target().join("debian-wasm");
        let flags = format!("--sysroot {} -Clinker-flavor=wasm-ld", debian.sysroot.display());
        command
            .env("RUSTC", COMPILER)
            .env_remove("RUSTUP_TOOLCHAIN")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &debian.linker)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
            .env("CARGO_TARGET_DIR", &folder);
        (command, folder.join(TARGET).join("wasm"))
    }
}

/// The target of the active toolchain, fetched if it is not there.
fn rustup() -> Result<(), Failure> {
    if is_installed() {
        return Ok(());
    }
    // The server may not be reachable, and then it does not say so.
    run_for(program("rustup").args(["target", "add", TARGET]), Duration::from_secs(180))?;
    if is_installed() { Ok(()) } else { Err(Failure::of(format!("the toolchain has no {TARGET}"))) }
}

fn is_installed() -> bool {
    let printed = run(program("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    printed.is_ok_and(|folder| holds_core(Path::new(folder.trim())))
}

fn holds_core(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    let mut names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.any(|name| name.starts_with("libcore-") && name.ends_with(".rlib"))
}

/// The distribution's compiler, with a standard library built from the distribution's source.
fn debian() -> Result<Debian, Failure> {
    if !(Path::new(COMPILER).exists() && Path::new(SOURCE).exists()) {
        run(program("apt-get").args(["update", "-qq"]))?;
        run(program("apt-get").args(["install", "-y", "--no-install-recommends", "rustc-web", "rust-web-src"]))?;
    }
    let version = run(program(COMPILER).arg("-V"))?;
    let version = version.split_whitespace().nth(1).unwrap_or("unknown").to_owned();
    let host = run(program("rustc").arg("-vV"))?;
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default().to_owned();
    let linker = linker(&host)?;
    let sysroot = workspace::target().join(format!("wasm-sysroot-{version}"));
    let library = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    if !holds_core(&library) {
        build_library(&sysroot, &library, &host)?;
    }
    Ok(Debian { sysroot, linker })
}

/// The linker that comes with the active toolchain, or the distribution's.
fn linker(host: &str) -> Result<PathBuf, Failure> {
    let sysroot = run(program("rustc").args(["--print", "sysroot"]))?;
    let own = Path::new(sysroot.trim()).join("lib/rustlib").join(host).join("bin/rust-lld");
    let distributions = PathBuf::from("/usr/bin/wasm-ld-22");
    if own.exists() {
        return Ok(own);
    }
    if !distributions.exists() {
        run(program("apt-get").args(["install", "-y", "--no-install-recommends", "lld-22"]))?;
    }
    Ok(distributions)
}

/// Builds the standard library into a sysroot, so that the project itself is built without unstable options.
fn build_library(sysroot: &Path, library: &Path, host: &str) -> Result<(), Failure> {
    let project = workspace::target().join("wasm-sysroot-build");
    workspace::emptied(&project)?;
    workspace::emptied(&project.join("src"))?;
    workspace::write(&project.join("src/lib.rs"), "#![no_std]\n")?;
    let manifest = "[package]\nname = \"sysroot\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n\
                    [profile.release]\npanic = \"abort\"\n\n[workspace]\n";
    workspace::write(&project.join("Cargo.toml"), manifest)?;
    let mut command = cargo();
    command
        .current_dir(&project)
        .args(["build", "--release", "--target", TARGET, "-Z", "build-std=std,panic_abort"])
        .env("RUSTC", COMPILER)
        .env_remove("RUSTUP_TOOLCHAIN")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", project.join("target"));
    run(&mut command)?;
    workspace::emptied(library)?;
    let built = project.join("target").join(TARGET).join("release/deps");
    let entries = std::fs::read_dir(&built).map_err(|error| Failure::of(format!("{}: {error}", built.display())))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("lib")
            && !name.starts_with("libsysroot")
            && (name.ends_with(".rlib") || name.ends_with(".rmeta"))
        {
            workspace::copy(&entry.path(), &library.join(name))?;
        }
    }
    // The compiler looks for its host's files, such as those of macros, in the same sysroot.
    let hosts = sysroot.join("lib/rustlib").join(host);
    if !hosts.exists() {
        std::os::unix::fs::symlink(Path::new("/usr/lib/rustlib").join(host), &hosts)
            .map_err(|error| Failure::of(format!("{}: {error}", hosts.display())))?;
    }
    // What is left behind there hurts nobody.
    let _ = std::fs::remove_dir_all(&project);
    Ok(())
}
