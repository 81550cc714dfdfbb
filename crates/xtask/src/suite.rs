//! What `test` and `ci` are made of.

use crate::steps::{Done, Failure, Step};
use crate::{r#gen, layers, npm, python, rust, steps, wasm, web};

fn tests(all: bool) -> Vec<Step> {
    let mut steps = rust::tests();
    steps.extend(wasm::steps());
    steps.extend(npm::steps(all));
    steps.extend(python::steps());
    steps.extend(web::steps());
    steps
}

/// All tests of all doors.
pub fn test(all: bool) -> Result<(), String> {
    steps::run(tests(all))
}

/// All tests, then everything else that must hold before a change lands.
pub fn ci() -> Result<(), String> {
    let mut steps = tests(false);
    steps.extend(rust::lints());
    steps.push(Step::check("generated files", || r#gen::run(true).map(|()| Done::default()).map_err(Failure::of)));
    steps.push(Step::check("layers", || layers::check().map(|()| Done::default()).map_err(Failure::of)));
    steps::run(steps)
}

/// What it takes to have the npm package packed.
pub fn npm_package() -> Vec<Step> {
    let mut steps = wasm::steps();
    steps.push(Step::build("npm package", npm::package));
    steps
}

/// The page alone, with the npm package that it is built on.
pub fn web() -> Result<(), String> {
    let mut steps = npm_package();
    steps.extend(web::steps());
    steps::run(steps)
}
