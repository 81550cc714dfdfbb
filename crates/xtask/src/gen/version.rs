//! The version of the workspace, in the manifests of the other languages.

use std::fs;
use std::path::Path;

use super::File;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Each manifest that says a version: its path, and how the line of the version begins.
const MANIFESTS: &[(&str, &str)] =
    &[("bindings/python/pyproject.toml", "version = \""), ("bindings/wasm/npm/package.json", "  \"version\": \"")];

/// The manifests, with the version of the workspace.
pub fn files(root: &Path) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    for (path, start) in MANIFESTS {
        let Ok(text) = fs::read_to_string(root.join(path)) else { continue };
        let text = with_version(&text, start, VERSION).ok_or_else(|| format!("{path}: no line begins `{start}`"))?;
        files.push(File { path: (*path).to_owned(), text });
    }
    Ok(files)
}

/// The text with the version in its first line that begins so.
fn with_version(text: &str, start: &str, version: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(start))?;
    let (_, end) = line.strip_prefix(start)?.split_once('"')?;
    Some(text.replacen(line, &format!("{start}{version}\"{end}"), 1))
}

#[cfg(test)]
mod tests {
    use super::with_version;

    #[test]
    fn only_the_version_changes() {
        let text = "{\n  \"name\": \"x\",\n  \"version\": \"0.0.1\",\n  \"type\": \"module\"\n}\n";
        let expected = text.replace("0.0.1", "1.2.3");
        assert_eq!(with_version(text, "  \"version\": \"", "1.2.3"), Some(expected));
        assert_eq!(with_version(text, "version = \"", "1.2.3"), None);
    }
}
