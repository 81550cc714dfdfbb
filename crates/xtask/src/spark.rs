//! The Python package in Spark, on this machine: what `cargo xtask test --all` tries.

use crate::counts::Count;
use crate::shell::{is_there, run};
use crate::steps::{Done, Failure, Step};
use crate::{python, workspace};

/// What stands in the repository.
const SOURCE: &str = "tests/spark";

/// Spark and what it needs, with their exact versions.
const TOOLS: &str = "tests/spark/requirements.txt";

/// The steps, for the wheel that was built before them; only with all tests, as Spark is 400 MB to download.
pub fn steps(all: bool) -> Vec<Step> {
    if !all {
        return Vec::new();
    }
    vec![Step::check("spark tests", tests), Step::check("spark types", types)]
}

/// The Python of an environment with Spark and the wheel.
pub fn python_with_spark() -> Result<std::process::Command, Failure> {
    if !is_there("java", "-version") {
        return Err(Failure::of("Spark needs Java 17 or newer: apt-get install openjdk-17-jre-headless"));
    }
    python::with_requirements_and_wheel("spark/python", TOOLS)
}

fn tests() -> Result<Done, Failure> {
    let source = workspace::root().join(SOURCE);
    let mut pytest = python_with_spark()?;
    pytest.args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "--rootdir"]).arg(&source).arg(&source);
    match run(pytest.current_dir(&source)) {
        Ok(output) => match Count::of_words(&output) {
            Count { passed: 0, .. } => Err(Failure::of(format!("no test ran\n{output}"))),
            count => Ok(Done::counted(count)),
        },
        Err(failure) => Err(Failure { count: Some(Count::of_words(&failure.output)), ..failure }),
    }
}

/// The module with the types of Spark: elsewhere they are not installed, and any type is as good as another.
fn types() -> Result<Done, Failure> {
    for (folder, checked) in [("bindings/python", "python/kmsguard/spark.py"), (SOURCE, ".")] {
        let mut mypy = python_with_spark()?;
        mypy.args(["-m", "mypy", "--strict", "--python-version", "3.10", "--cache-dir"]);
        mypy.arg(workspace::target_folder("spark/mypy-cache")?).arg(checked);
        run(mypy.current_dir(workspace::root().join(folder)))?;
    }
    Ok(Done::default())
}
