//! The Python door: the wheel is built, installed into environments below `target/python`, and tested there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::counts::Count;
use crate::shell::{cargo, program, run};
use crate::steps::{Done, Failure, Step};
use crate::workspace::{emptied, root, target, target_folder};

/// What stands in `bindings/python`.
const SOURCE: &str = "bindings/python";

/// The tools that build and test the wheel, with their exact versions.
const TOOLS: &str = "bindings/python/requirements-dev.txt";

/// The data tools that its columns are tried with.
const DATA_TOOLS: &str = "bindings/python/requirements-data.txt";

/// What runs the notebook of the examples.
const NOTEBOOK_TOOLS: &str = "bindings/python/requirements-notebook.txt";

/// What the wheel that is published needs beside them.
const DIST_TOOLS: &str = "bindings/python/requirements-dist.txt";

/// A project that uses the installed wheel.
const PROJECT: &str = "tests/packaging/python-wheel";

/// The moment that the files in the wheel bear, so that the same source makes the same wheel: the first one that a ZIP can
/// tell, 1980-01-01.
const EPOCH: &str = "315532800";

/// The steps of `cargo xtask test` that build the wheel and test it; `all` adds what needs many packages of others.
pub fn steps(all: bool) -> Vec<Step> {
    let mut steps = vec![
        Step::build("python wheel", || build_here().map(|wheel| Done::noted(size(&wheel)))),
        Step::check("python tests", tests),
        Step::check("python types", types),
        Step::check("python package", package),
        Step::check("python with IBM's SDKs", crate::clients::of_the_package),
    ];
    if all {
        steps.push(Step::check("python notebook", notebook));
    }
    steps
}

/// Builds the wheel for `cargo xtask dist` and says where it is.
///
/// On Linux it is linked against a C library old enough for every distribution that is still served.
pub fn wheel() -> Result<Option<PathBuf>, String> {
    let published = || {
        let tools = environment_of("python/dist-tools", &[TOOLS, DIST_TOOLS], None)?;
        let folder = target_folder("python/dist")?;
        let options: &[&str] =
            if cfg!(target_os = "linux") { &["--zig", "--compatibility", "manylinux2014"] } else { &[] };
        let wheel = build(&tools, &folder, options)?;
        check(&tools, &wheel)?;
        Ok(wheel)
    };
    published().map(Some).map_err(|failure: Failure| failure.output)
}

/// The wheel for this machine, alone in its folder.
fn build_here() -> Result<PathBuf, Failure> {
    build(&tools()?, &target_folder("python/wheel")?, &[])
}

fn build(tools: &Path, folder: &Path, options: &[&str]) -> Result<PathBuf, Failure> {
    emptied(folder)?;
    let mut command = program(script(tools, "maturin"));
    command.args(["build", "--release", "--locked"]).args(options).arg("--interpreter").arg(interpreter(tools));
    command.arg("--out").arg(folder).current_dir(root().join(SOURCE));
    command.env("SOURCE_DATE_EPOCH", EPOCH);
    // maturin asks the environment that is active for Zig.
    command.env("VIRTUAL_ENV", tools).env("PATH", path_with(tools)?);
    run(&mut command)?;
    wheel_in(folder)
}

/// The search path, with the programs of an environment first.
fn path_with(environment: &Path) -> Result<std::ffi::OsString, Failure> {
    let first = interpreter(environment).parent().map(Path::to_path_buf);
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(first.into_iter().chain(std::env::split_paths(&rest)))
        .map_err(|error| Failure::of(error.to_string()))
}

fn the_wheel() -> Result<PathBuf, Failure> {
    wheel_in(&target_folder("python/wheel")?)
}

/// The wheel in a folder.
pub fn wheel_in(folder: &Path) -> Result<PathBuf, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::of(error.to_string()))?;
    let mut files = entries.filter_map(Result::ok).map(|entry| entry.path());
    let wheel = files.find(|path| path.extension().is_some_and(|extension| extension == "whl"));
    wheel.ok_or_else(|| Failure::of(format!("there is no wheel in {}", folder.display())))
}

/// The tests of the package, against the installed wheel.
fn tests() -> Result<Done, Failure> {
    let tools = tools()?;
    install(&tools, &tools)?;
    // The tests hold the command of the package against the native one, which must not be older.
    run(cargo().args(["build", "--quiet", "--package", "kmsguard-cli"]))?;
    let native = target().join("debug").join(format!("kmsguard{}", std::env::consts::EXE_SUFFIX));
    let source = root().join(SOURCE);
    let mut pytest = python(&tools);
    pytest
        .args(["-m", "pytest", "--quiet", "--config-file"])
        .arg(source.join("pyproject.toml"))
        .arg(source.join("tests"));
    pytest.env("KMSGUARD_NATIVE", native);
    // Not the folder of the package's sources: what is installed is what is tested.
    let output = run(pytest.current_dir(&source));
    counted(output)
}

/// The notebook of the examples, run by Jupyter's own kernel.
fn notebook() -> Result<Done, Failure> {
    let folder = environment_of("python/notebook", &[NOTEBOOK_TOOLS], None)?;
    install(&tools()?, &folder)?;
    counted(run(python(&folder).arg("notebook.py").current_dir(root().join(SOURCE).join("tests"))))
}

/// Whether the package, its tests and a project that uses it agree with its types.
fn types() -> Result<Done, Failure> {
    let tools = tools()?;
    install(&tools, &tools)?;
    let mypy = || {
        let mut command = python(&tools);
        command.args(["-m", "mypy", "--strict", "--python-version", "3.10", "--cache-dir"]);
        command.arg(tools.join("mypy-cache"));
        command
    };
    run(mypy().arg("python").current_dir(root().join(SOURCE)))?;
    run(mypy().args(["tests", "examples"]).current_dir(root().join(SOURCE)))?;
    let project = root().join(PROJECT);
    run(mypy().arg("use.py").current_dir(&project))?;
    run(python(&tools).arg("check_stubs.py").current_dir(&project))?;
    pyright(&tools, &project)
}

/// A second checker, in Node: of a project that uses the package, and whether everything in the package has a type.
fn pyright(tools: &Path, project: &Path) -> Result<Done, Failure> {
    let folder = target_folder("python/pyright")?;
    crate::npm::installed(project, &folder)?;
    let checked = |words: &[&str]| {
        let mut node = program("node");
        node.arg(folder.join("node_modules/pyright/index.js")).args(words).current_dir(project);
        // It asks the first Python on the path where the packages are.
        node.env("VIRTUAL_ENV", tools).env("PATH", path_with(tools)?);
        run(&mut node)
    };
    checked(&["use.py"])?;
    let told = checked(&["--verifytypes", "kmsguard", "--ignoreexternal"])?;
    let whole = ["Type completeness score: 100%", "Functions without docstring: 0", "Classes without docstring: 0"];
    match whole.iter().find(|line| !told.contains(*line)) {
        None => Ok(Done::noted("mypy, stubtest, pyright")),
        Some(line) => Err(Failure::of(format!("pyright does not say `{line}`:\n{told}"))),
    }
}

/// A bare environment with nothing but the wheel, as a user has it.
fn package() -> Result<Done, Failure> {
    let tools = tools()?;
    let bare = target_folder("python/bare")?;
    emptied(&bare)?;
    environment(&interpreter(&tools), &bare, &["--without-pip"])?;
    install(&tools, &bare)?;
    check(&tools, &the_wheel()?)?;
    run(python(&bare).arg("use.py").current_dir(root().join(PROJECT)))?;
    Ok(Done::noted(size(&the_wheel()?)))
}

/// Whether everything that belongs into a wheel is there, and nothing else.
fn check(tools: &Path, wheel: &Path) -> Result<(), Failure> {
    run(python(tools).arg("check_wheel.py").arg(wheel).current_dir(root().join(PROJECT))).map(|_| ())
}

fn counted(output: Result<String, Failure>) -> Result<Done, Failure> {
    let output =
        output.map_err(|failure| Failure { count: Some(Count::of_words(&failure.output)), output: failure.output })?;
    let count = Count::of_words(&output);
    if count.passed == 0 {
        return Err(Failure::of(format!("no test ran\n{output}")));
    }
    Ok(Done::counted(count))
}

/// The environment of the tools.
fn tools() -> Result<PathBuf, Failure> {
    environment_of("python/tools", &[TOOLS, DATA_TOOLS], None)
}

/// An environment with what these lists name; it is made again when they change. `constraints` holds back what builds the packages
/// that are published as sources alone.
fn environment_of(folder: &str, lists: &[&str], constraints: Option<&str>) -> Result<PathBuf, Failure> {
    let folder = target_folder(folder)?;
    let mut wanted = String::new();
    for list in lists.iter().copied().chain(constraints) {
        let text = fs::read_to_string(root().join(list)).map_err(|error| Failure::of(format!("{list}: {error}")))?;
        wanted.push_str(&text);
    }
    let stamp = folder.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    emptied(&folder)?;
    environment(&host_python()?, &folder, &[])?;
    let mut command = python(&folder);
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    for list in lists {
        command.arg("--requirement").arg(root().join(list));
    }
    if let Some(constraints) = constraints {
        // The first is what older versions of pip read, the second what newer ones do.
        let path = root().join(constraints);
        command.env("PIP_CONSTRAINT", &path).env("PIP_BUILD_CONSTRAINT", &path);
    }
    run(&mut command)?;
    fs::write(&stamp, wanted).map_err(|error| Failure::of(error.to_string()))?;
    Ok(folder)
}

/// An interpreter that has the wheel of this machine, built as it is published.
pub fn with_wheel() -> Result<Command, Failure> {
    build_here()?;
    let tools = tools()?;
    install(&tools, &tools)?;
    Ok(python(&tools))
}

/// Writes the pages of the package, from its docstrings and types, into a folder.
pub fn document(folder: &Path) -> Result<(), Failure> {
    let tools = environment_of("python/documentation", &["tests/packaging/documentation/requirements.txt"], None)?;
    build_here()?;
    install(&tools, &tools)?;
    // What needs Spark cannot be imported here; its chapter says what it does.
    run(python(&tools).args(["-m", "pdoc", "--output-directory"]).arg(folder).args(["kmsguard", "!kmsguard.spark"]))
        .map(|_| ())
}

/// The Python of an environment below the target folder with what a list of requirements names.
pub fn with_requirements(folder: &str, requirements: &str) -> Result<Command, Failure> {
    environment_of(folder, &[requirements], None).map(|folder| python(&folder))
}

/// The same, where some of it must be built, with what is built by held to a list of constraints; on demand with the wheel of this
/// machine as it was last built.
pub fn with_built_requirements(
    folder: &str,
    requirements: &str,
    constraints: &str,
    with_wheel: bool,
) -> Result<Command, Failure> {
    let folder = environment_of(folder, &[requirements], Some(constraints))?;
    if with_wheel {
        install(&tools()?, &folder)?;
    }
    Ok(python(&folder))
}

/// The same with the wheel that was built for the tests.
pub fn with_requirements_and_wheel(folder: &str, requirements: &str) -> Result<Command, Failure> {
    let folder = environment_of(folder, &[requirements], None)?;
    install(&tools()?, &folder)?;
    Ok(python(&folder))
}

/// The Python of this machine.
fn host_python() -> Result<PathBuf, Failure> {
    let candidates = if cfg!(windows) { ["python", "py"] } else { ["python3", "python"] };
    let found = candidates.into_iter().find(|name| crate::shell::is_there(name, "--version"));
    found.map(PathBuf::from).ok_or_else(|| Failure::of("Python 3.10 or newer is needed, with its module `venv`"))
}

fn environment(python: &Path, folder: &Path, options: &[&str]) -> Result<(), Failure> {
    run(program(python).args(["-m", "venv"]).args(options).arg(folder)).map(|_| ())
}

/// Installs the wheel, and nothing else: it depends on nothing.
fn install(tools: &Path, into: &Path) -> Result<(), Failure> {
    let mut command = python(tools);
    command.args(["-m", "pip", "--disable-pip-version-check", "--python"]).arg(interpreter(into));
    command.args(["install", "--quiet", "--no-index", "--no-deps", "--force-reinstall"]).arg(the_wheel()?);
    run(&mut command).map(|_| ())
}

/// The Python of an environment, shut off from whatever else is installed on this machine.
fn python(environment: &Path) -> Command {
    let mut command = program(interpreter(environment));
    command.env_remove("PYTHONPATH").env_remove("PYTHONHOME").env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

fn interpreter(environment: &Path) -> PathBuf {
    script(environment, "python")
}

fn script(environment: &Path, name: &str) -> PathBuf {
    if cfg!(windows) {
        environment.join("Scripts").join(format!("{name}.exe"))
    } else {
        environment.join("bin").join(name)
    }
}

fn size(wheel: &Path) -> String {
    let bytes = fs::metadata(wheel).map_or(0, |metadata| metadata.len());
    let name = wheel.file_name().unwrap_or_default().to_string_lossy();
    format!("{name}, {} KB", bytes / 1_000)
}
