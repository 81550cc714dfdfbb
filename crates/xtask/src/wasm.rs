//! The three WebAssembly files and their glue, in `target/wasm/`.

use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::freshness::Stamp;
use crate::shell::{program, run};
use crate::steps::{Done, Failure, Step};
use crate::wasm_target::WasmTarget;
use crate::{npm, workspace};

/// One WebAssembly file: its name without extension, and the feature of `bindings/wasm` it is built with.
pub struct Module {
    /// `NAME.wasm` and `NAME-glue.js`.
    pub name: &'static str,
    feature: &'static str,
    /// Measured on an export of 14 MB in Node 20: level 3 made a file half as large again and read a fifth faster; `-O3` made
    /// one a hundredth larger than `-Oz` and read no faster. The file of CRNs alone is to be small above all.
    level: &'static str,
}

const OPTIMIZER: &str = "-Oz";

/// CRNs alone, the seam, the command.
pub const MODULES: [Module; 3] = [
    Module { name: "crn", feature: "crn", level: "z" },
    Module { name: "kmsguard", feature: "full", level: "z" },
    Module { name: "kmsguard-cli", feature: "cli", level: "z" },
];

/// Where the finished files are.
pub fn folder() -> PathBuf {
    workspace::target().join("wasm")
}

/// Builds the one of CRNs alone.
pub fn crn_steps() -> Vec<Step> {
    vec![Step::build("npm tools", npm::tools), Step::build("wasm: crn", || build(&MODULES[0]))]
}

/// Builds all three.
pub fn steps() -> Vec<Step> {
    let tools = Step::build("npm tools", npm::tools);
    let modules = MODULES.iter().map(|module| {
        let name = match module.name {
            "crn" => "wasm: crn",
            "kmsguard" => "wasm: kmsguard",
            _ => "wasm: kmsguard-cli",
        };
        Step::build(name, move || build(module))
    });
    std::iter::once(tools).chain(modules).collect()
}

fn build(module: &Module) -> Result<Done, Failure> {
    let finished = workspace::target_folder("wasm")?.join(format!("{}.wasm", module.name));
    let stamp = stamp(module)?;
    if finished.exists() && stamp.is_fresh() {
        return Ok(Done::noted(sizes(&finished)?));
    }
    let target = WasmTarget::find()?;
    let (mut command, built) = target.build();
    command.env("CARGO_PROFILE_WASM_OPT_LEVEL", module.level);
    run(command.args(["--package", "kmsguard-wasm", "--no-default-features", "--features", module.feature]))?;
    finish(module, &workspace::read(&built.join("kmsguard_wasm.wasm"))?, &finished)?;
    let manifests = ["", "crates/kmsguard", "crates/kmsguard-cli", "bindings/wasm"];
    let mut besides: Vec<PathBuf> =
        manifests.iter().map(|crate_| workspace::root().join(crate_).join("Cargo.toml")).collect();
    besides.push(workspace::root().join("Cargo.lock"));
    stamp.set(&built.join("kmsguard_wasm.d"), &besides)?;
    Ok(Done::noted(format!("{}; {}", sizes(&finished)?, target.name())))
}

/// Lets the finished files be built anew.
pub fn forget() -> Result<(), Failure> {
    Ok(workspace::emptied(&folder())?)
}

/// What a module was built from, with which compiler.
fn stamp(module: &Module) -> Result<Stamp, Failure> {
    let compiler = run(program("rustc").arg("-V"))?;
    let forced = std::env::var("KMSGUARD_WASM_TOOLCHAIN").unwrap_or_default();
    let settings = [&compiler, &forced, module.feature, module.level, OPTIMIZER].join(" ");
    Ok(Stamp::new(workspace::target_folder("wasm/stamps")?.join(module.name), settings))
}

/// Writes the glue, and the WebAssembly as small as `wasm-opt` makes it.
fn finish(module: &Module, raw: &[u8], finished: &Path) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::of(format!("{}: {error:#}", module.name));
    let mut output = Bindgen::new()
        .input_bytes(module.name, raw.to_vec())
        .web(true)
        .map_err(|error| failed(&error))?
        .typescript(false)
        .omit_default_module_path(true)
        .reset_state_function(true)
        .remove_producers_section(true)
        .generate_output()
        .map_err(|error| failed(&error))?;
    let glue = workspace::target_folder("wasm")?.join(format!("{}-glue.js", module.name));
    workspace::write(&glue, output.js())?;
    let bound = workspace::target_folder("wasm/bound")?.join(format!("{}.wasm", module.name));
    workspace::write(&bound, output.wasm_mut().emit_wasm())?;
    // No feature flags: it reads them from the file. All features at once would make a file that Node refuses.
    let mut optimize = program(npm::tool("wasm-opt"));
    optimize.arg(OPTIMIZER).arg(&bound).arg("-o").arg(finished);
    run(&mut optimize).map(|_| ())
}

/// Raw and gzipped, as a person reads it.
fn sizes(file: &Path) -> Result<String, Failure> {
    let raw = workspace::read(file)?.len();
    let script = "process.stdout.write(String(require('zlib').gzipSync(require('fs').readFileSync(process.argv[1]), {level: 9}).length))";
    let gzipped = run(program("node").args(["-e", script]).arg(file))?;
    Ok(format!("{raw} bytes, {} gzipped", gzipped.trim()))
}
