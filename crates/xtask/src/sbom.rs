//! What the published artefacts are made of, as a CycloneDX bill of materials.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use crate::shell::{cargo, run};
use crate::steps::{Done, Failure};
use crate::workspace;

/// The crates that are published, in one form or another.
pub const PUBLISHED: [&str; 4] = ["kmsguard", "kmsguard-cli", "kmsguard-python", "kmsguard-wasm"];

/// Writes the bill: every crate that is compiled into an artefact, for any platform. It holds no moment, so that the same
/// sources have the same bill.
pub fn write(file: &Path) -> Result<Done, Failure> {
    let metadata = metadata()?;
    let lock = String::from_utf8_lossy(&workspace::read(&workspace::root().join("Cargo.lock"))?).into_owned();
    let components = components(&metadata, &checksums(&lock));
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "kmsguard", "version": workspace::VERSION}},
        "components": components,
    });
    workspace::write(file, format!("{bill:#}\n"))?;
    Ok(Done::noted(format!("{} crates", components.len())))
}

/// Every crate that is compiled into an artefact: its name, its version, its licence.
pub fn crates() -> Result<Vec<(String, String, String)>, Failure> {
    let metadata = metadata()?;
    let compiled = compiled(&metadata);
    let packages = list(&metadata, "packages").iter().filter(|package| compiled.contains(text(package, "id")));
    let field = |package: &Value, name: &str| text(package, name).to_owned();
    Ok(packages.map(|package| (field(package, "name"), field(package, "version"), field(package, "license"))).collect())
}

fn metadata() -> Result<Value, Failure> {
    let printed = run(cargo().args(["metadata", "--format-version", "1", "--locked", "--offline", "--quiet"]))?;
    serde_json::from_str(&printed).map_err(|error| Failure::of(error.to_string()))
}

fn components(metadata: &Value, checksums: &BTreeMap<(String, String), String>) -> Vec<Value> {
    let compiled = compiled(metadata);
    let packages = list(metadata, "packages").iter().filter(|package| compiled.contains(text(package, "id")));
    let mut components: Vec<Value> = packages.map(|package| component(package, checksums)).collect();
    components.sort_by_key(|component| text(component, "purl").to_owned());
    components
}

fn component(package: &Value, checksums: &BTreeMap<(String, String), String>) -> Value {
    let (name, version) = (text(package, "name"), text(package, "version"));
    let mut component = json!({
        "type": "library",
        "name": name,
        "version": version,
        "purl": format!("pkg:cargo/{name}@{version}"),
    });
    if let Some(license) = package["license"].as_str() {
        component["licenses"] = json!([{"expression": license}]);
    }
    if let Some(checksum) = checksums.get(&(name.to_owned(), version.to_owned())) {
        component["hashes"] = json!([{"alg": "SHA-256", "content": checksum}]);
    }
    component
}

/// The ids of all packages that the published ones need to run: none that only tests or build scripts need.
fn compiled(metadata: &Value) -> BTreeSet<String> {
    let (nodes, packages) = (list(&metadata["resolve"], "nodes"), list(metadata, "packages"));
    let published = |package: &&Value| PUBLISHED.contains(&text(package, "name")) && package["source"].is_null();
    let mut open: Vec<&str> = packages.iter().filter(published).map(|package| text(package, "id")).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !found.insert(id.to_owned()) {
            continue;
        }
        // What a procedural macro needs runs while others are compiled, and is in no artefact.
        if is_macro(packages.iter().find(|package| text(package, "id") == id)) {
            continue;
        }
        let node = nodes.iter().find(|node| text(node, "id") == id);
        let needed = node.into_iter().flat_map(|node| list(node, "deps")).filter(|needed| {
            // The kind of a dependency that is neither for tests nor for building is null.
            list(needed, "dep_kinds").iter().any(|kind| kind["kind"].is_null())
        });
        open.extend(needed.map(|needed| text(needed, "pkg")));
    }
    found
}

/// Whether a package is a procedural macro.
fn is_macro(package: Option<&Value>) -> bool {
    let targets = package.into_iter().flat_map(|package| list(package, "targets"));
    targets.flat_map(|target| list(target, "kind")).any(|kind| kind.as_str() == Some("proc-macro"))
}

/// The checksums of a lock file, by name and version.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let packages = lock.split("[[package]]").skip(1);
    let read = |package: &str| {
        let field = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))?;
            Some(line.trim_matches('"').to_owned())
        };
        Some(((field("name")?, field("version")?), field("checksum")?))
    };
    packages.filter_map(read).collect()
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{checksums, components};
    use serde_json::{Value, json};

    #[test]
    fn what_is_compiled_in_and_nothing_else() {
        let package = |name: &str, source: Value| json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT", "source": source});
        let needs = |name: &str, kind: Value| json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        let metadata = json!({
            "packages": [
                package("kmsguard", Value::Null),
                package("serde", json!("registry")),
                package("proptest", json!("registry")),
                package("syn", json!("registry")),
                {"id": "derive", "name": "derive", "version": "1.0.0", "targets": [{"kind": ["proc-macro"]}]},
            ],
            "resolve": {"nodes": [
                {"id": "kmsguard", "deps": [needs("serde", Value::Null), needs("proptest", json!("dev"))]},
                {"id": "serde", "deps": [needs("derive", Value::Null)]},
                {"id": "derive", "deps": [needs("syn", Value::Null)]},
            ]},
        });
        let lock = "[[package]]\nname = \"serde\"\nversion = \"1.0.0\"\nchecksum = \"ab\"\n";
        let components = components(&metadata, &checksums(lock));
        let names: Vec<&str> = components.iter().filter_map(|component| component["purl"].as_str()).collect();
        assert_eq!(names, ["pkg:cargo/derive@1.0.0", "pkg:cargo/kmsguard@1.0.0", "pkg:cargo/serde@1.0.0"]);
        assert_eq!(components[2]["hashes"][0]["content"], "ab");
        assert!(components[1].get("hashes").is_none());
    }
}
