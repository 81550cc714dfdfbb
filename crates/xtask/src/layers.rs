//! The core's modules may only use those before them.

use std::path::{Path, PathBuf};

use crate::workspace;

/// A module, and the modules of the core it may use beside [`FOR_ALL`]. None may use one that stands below it.
const LAYERS: &[(&str, &[&str])] = &[
    ("now", &[]),
    ("order", &[]),
    ("catalog", &[]),
    ("crn", &[]),
    ("policy", &["crn"]),
    ("plan", &["crn", "policy"]),
    ("collect", &["plan"]),
    ("ingest", &["crn", "policy"]),
    ("inventory", &["crn", "policy", "ingest"]),
    ("snapshot", &["crn", "ingest", "inventory"]),
    ("authz", &["crn", "policy", "ingest", "inventory"]),
    // What the exports say of a plan: it asks both, and neither knows the other.
    ("preflight", &["crn", "policy", "plan", "ingest", "inventory", "authz"]),
    ("impact", &["crn", "policy", "ingest", "inventory", "authz"]),
    ("rules", &["crn", "policy", "ingest", "inventory", "authz", "impact"]),
    ("config", &["crn", "rules"]),
    ("migrate", &["crn", "policy", "ingest", "inventory", "authz"]),
    ("report", &["crn", "policy", "ingest", "inventory", "authz", "rules", "impact"]),
    (
        "api",
        &[
            "crn",
            "policy",
            "plan",
            "collect",
            "ingest",
            "inventory",
            "snapshot",
            "authz",
            "preflight",
            "rules",
            "config",
            "impact",
            "migrate",
            "report",
        ],
    ),
];

/// Facts, moments and order: everyone may ask for them, and they know nobody else.
const FOR_ALL: &[&str] = &["now", "order", "catalog"];

/// Whether every module of the core knows only those it may.
///
/// # Errors
///
/// Lists every line that reaches a module it may not use, and every module the table does not know.
pub fn check() -> Result<(), String> {
    let source = workspace::root().join("crates/kmsguard/src");
    let mut wrong = Vec::new();
    for file in rust_files(&source)? {
        let relative = file.strip_prefix(&source).unwrap_or(&file);
        let Some(module) = module_of(relative) else { continue };
        let text = String::from_utf8_lossy(&workspace::read(&file)?).into_owned();
        match LAYERS.iter().find(|(name, _)| *name == module) {
            Some((_, allowed)) => wrong.extend(
                faults(&module, allowed, &text)
                    .map(|(line, used)| format!("{}:{line}: `{module}` may not use `{used}`", file.display())),
            ),
            None => wrong.push(format!("{}: module `{module}` has no place in the table of layers", file.display())),
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// The module of the core that holds a file; none for `lib.rs`, which knows all.
fn module_of(relative: &Path) -> Option<String> {
    let first = relative.components().next()?.as_os_str().to_string_lossy().into_owned();
    let name = first.strip_suffix(".rs").unwrap_or(&first);
    (name != "lib").then(|| name.to_owned())
}

/// The lines, counted from one, that use a module which is not allowed.
fn faults<'a>(module: &'a str, allowed: &'a [&str], text: &'a str) -> impl Iterator<Item = (usize, String)> + 'a {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    lines.flat_map(move |(number, line)| {
        let used = line.split("crate::").skip(1).filter(|_| !line.contains("$crate::")).flat_map(names);
        let known = used.filter(|name| LAYERS.iter().any(|(layer, _)| layer == name));
        let wrong = known
            .filter(|name| name != module && !allowed.contains(&name.as_str()) && !FOR_ALL.contains(&name.as_str()));
        wrong.map(|name| (number + 1, name)).collect::<Vec<_>>()
    })
}

/// The modules named after `crate::`: one, or those of a list in braces.
fn names(after: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    match after.strip_prefix('{') {
        Some(list) => list.split(',').map(name).collect(),
        None => vec![name(after)],
    }
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::{LAYERS, check, faults, module_of};
    use std::path::Path;

    fn found(module: &str, text: &str) -> Vec<(usize, String)> {
        let (name, allowed) = LAYERS.iter().find(|(name, _)| *name == module).expect("a layer");
        faults(name, allowed, text).collect()
    }

    #[test]
    fn a_module_may_not_use_one_to_its_right() {
        assert_eq!(found("crn", "\nuse crate::api::Now;\n"), [(2, "api".to_owned())]);
        assert_eq!(found("crn", "use crate::{catalog::regions, rules};"), [(1, "rules".to_owned())]);
        assert_eq!(found("authz", "let x = crate::impact::order();"), [(1, "impact".to_owned())]);
        assert_eq!(found("rules", "use crate::inventory::Inventory; // crate::authz"), []);
        assert_eq!(found("catalog", "//! see crate::crn\nuse crate::now::Now;"), []);
        assert_eq!(found("catalog", "use crate::crn;"), [(1, "crn".to_owned())]);
    }

    #[test]
    fn the_core_keeps_to_its_layers() {
        assert_eq!(check(), Ok(()));
    }

    #[test]
    fn a_file_belongs_to_its_first_folder() {
        assert_eq!(module_of(Path::new("crn/grammar.rs")).as_deref(), Some("crn"));
        assert_eq!(module_of(Path::new("report.rs")).as_deref(), Some("report"));
        assert_eq!(module_of(Path::new("lib.rs")), None);
    }

    #[test]
    fn the_table_is_in_order() {
        for (place, (name, allowed)) in LAYERS.iter().enumerate() {
            let before: Vec<&str> = LAYERS.iter().take(place).map(|(name, _)| *name).collect();
            assert!(allowed.iter().all(|used| before.contains(used)), "{name}");
        }
    }
}
