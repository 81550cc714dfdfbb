//! The licences of everything that is shipped: each must be one that `deny.toml` allows, and all are listed beside the artefacts.

use std::path::Path;

use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

use crate::steps::{Done, Failure};
use crate::{sbom, workspace};

/// What somebody else made and is shipped: its name with version, and its licence.
struct Shipped {
    name: String,
    licence: String,
}

/// Writes the list.
///
/// # Errors
///
/// Names everything whose licence is not allowed or not known.
pub fn write(file: &Path) -> Result<Done, Failure> {
    let shipped = shipped()?;
    let allowed = allowed()?;
    let wrong: Vec<String> = shipped
        .iter()
        .filter(|one| !is_allowed(&one.licence, &allowed))
        .map(|one| format!("{}: `{}` is not allowed by deny.toml", one.name, one.licence))
        .collect();
    if !wrong.is_empty() {
        return Err(Failure::of(wrong.join("\n")));
    }
    let mut text =
        "What others made and kmsguard ships, by licence. kmsguard itself is under Apache-2.0.\n\n".to_owned();
    for one in &shipped {
        text.push_str(&format!("{}  {}\n", one.name, one.licence));
    }
    workspace::write(file, text)?;
    Ok(Done::noted(format!("{} packages", shipped.len())))
}

/// The step of `cargo xtask test`: the list is written below the target folder.
pub fn check() -> Result<Done, Failure> {
    write(&workspace::target_folder("xtask")?.join("LICENCES.txt"))
}

/// Crates that are compiled in, and packages of npm that are bundled into the page.
fn shipped() -> Result<Vec<Shipped>, Failure> {
    let mut shipped: Vec<Shipped> = sbom::crates()?
        .into_iter()
        .map(|(name, version, licence)| Shipped { name: format!("crate {name} {version}"), licence })
        .filter(|one| !one.name.starts_with("crate kmsguard"))
        .collect();
    let lock = workspace::read(&workspace::root().join("web-demo/package-lock.json"))?;
    let lock: Value =
        serde_json::from_slice(&lock).map_err(|error| Failure::of(format!("package-lock.json: {error}")))?;
    for (path, package) in lock["packages"].as_object().into_iter().flatten() {
        let Some((_, name)) = path.rsplit_once("node_modules/") else { continue };
        if package["dev"].as_bool() == Some(true) || package["optional"].as_bool() == Some(true) {
            continue;
        }
        let field = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
        shipped.push(Shipped { name: format!("npm {name} {}", field("version")), licence: field("license") });
    }
    shipped.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(shipped)
}

/// The licences that `deny.toml` allows.
fn allowed() -> Result<Vec<String>, Failure> {
    let text = String::from_utf8_lossy(&workspace::read(&workspace::root().join("deny.toml"))?).into_owned();
    let list = text.lines().find_map(|line| line.strip_prefix("allow = ["));
    let list = list.ok_or_else(|| Failure::of("deny.toml: no line begins `allow = [`"))?;
    Ok(list.split('"').skip(1).step_by(2).map(str::to_owned).collect())
}

fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let is_on_list = |needed: &LicenseReq| allowed.iter().any(|one| *one == needed.to_string());
    // Older crates write `MIT/Apache-2.0`.
    Expression::parse_mode(expression, ParseMode::LAX).is_ok_and(|expression| expression.evaluate(is_on_list))
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn an_expression_is_allowed_where_the_list_satisfies_it() {
        let allowed = ["MIT".to_owned(), "Apache-2.0 WITH LLVM-exception".to_owned()];
        assert!(is_allowed("MIT OR GPL-3.0-only", &allowed));
        assert!(is_allowed("(MIT OR Zlib) AND Apache-2.0 WITH LLVM-exception", &allowed));
        assert!(is_allowed("Unlicense/MIT", &allowed));
        assert!(!is_allowed("MIT AND GPL-3.0-only", &allowed));
        assert!(!is_allowed("", &allowed) && !is_allowed("Apache-2.0", &allowed));
    }
}
