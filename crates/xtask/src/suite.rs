//! What `test` and `ci` are made of.

use crate::steps::{Done, Failure, Step};
use crate::{clients, r#gen, layers, licences, npm, python, rust, site, spark, steps, wasm, web, workflows};

/// All tests of all doors: a group for each language.
fn tests(all: bool) -> Vec<Vec<Step>> {
    let mut javascript = wasm::steps();
    javascript.extend(npm::steps(all));
    javascript.extend(web::steps(all));
    let mut python = python::steps(all);
    python.extend(spark::steps(all));
    python.extend(workflows::steps());
    let documentation = vec![Step::check("documentation", site::build), Step::check("licences", licences::check)];
    vec![rust::tests(all), clients::steps(), documentation, javascript, python]
}

/// All tests of all doors.
pub fn test(all: bool) -> Result<(), String> {
    steps::run(tests(all))
}

/// All tests, then everything else that must hold before a change lands.
pub fn ci() -> Result<(), String> {
    let check = |name, check: fn() -> Result<(), String>| {
        Step::check(name, move || check().map(|()| Done::default()).map_err(Failure::of))
    };
    let mut groups = tests(false);
    groups.push(rust::lints());
    groups.push(vec![check("generated files", || r#gen::run(true)), check("layers", layers::check)]);
    steps::run(groups)
}

/// The documentation as a site.
pub fn docs() -> Result<(), String> {
    steps::run(vec![vec![Step::build("documentation", site::build)]])
}

/// What it takes to have the npm package packed.
pub fn npm_package() -> Vec<Step> {
    let mut steps = wasm::steps();
    steps.push(Step::build("npm package", npm::package));
    steps
}

/// The page and the extension alone, with the npm package that it is built on.
pub fn web() -> Result<(), String> {
    let mut steps = npm_package();
    steps.extend(web::steps(false));
    steps::run(vec![steps])
}
