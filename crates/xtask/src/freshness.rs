//! Whether something must be built again.
//!
//! The three WebAssembly files are one crate with other features, and cargo leaves them all under one name, so it would
//! link each of them anew in every run. A stamp says from which files one was built, and what was in them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::workspace;

/// What something was built from.
pub struct Stamp {
    file: PathBuf,
    settings: String,
}

impl Stamp {
    /// A stamp kept in a file; other settings make another product of the same sources.
    pub fn new(file: PathBuf, settings: String) -> Self {
        Self { file, settings }
    }

    /// Whether the sources are what they were when the stamp was set.
    pub fn is_fresh(&self) -> bool {
        let kept = std::fs::read_to_string(&self.file).unwrap_or_default();
        let Some((digest, sources)) = kept.split_once('\n') else { return false };
        self.digest(sources.lines().map(Path::new)).as_deref() == Some(digest)
    }

    /// Sets the stamp for the sources that cargo wrote down, and these besides.
    pub fn set(&self, dependencies: &Path, besides: &[PathBuf]) -> Result<(), String> {
        let written = String::from_utf8_lossy(&workspace::read(dependencies)?).into_owned();
        let mut sources = besides.to_vec();
        sources.extend(paths(&written));
        let digest = self.digest(sources.iter().map(PathBuf::as_path)).ok_or("a source cannot be read")?;
        let lines: Vec<String> = sources.iter().map(|source| source.display().to_string()).collect();
        workspace::write(&self.file, format!("{digest}\n{}", lines.join("\n")))
    }

    fn digest<'a>(&self, sources: impl Iterator<Item = &'a Path>) -> Option<String> {
        let mut hasher = DefaultHasher::new();
        self.settings.hash(&mut hasher);
        for source in sources {
            source.hash(&mut hasher);
            std::fs::read(source).ok()?.hash(&mut hasher);
        }
        Some(format!("{:016x}", hasher.finish()))
    }
}

/// The paths of a file of dependencies: `PRODUCT: SOURCE SOURCE`, where a space in a name stands behind a backslash.
fn paths(written: &str) -> Vec<PathBuf> {
    let line = written.lines().next().unwrap_or_default();
    let sources = line.split_once(": ").map_or("", |(_, sources)| sources).replace("\\ ", "\0");
    sources.split(' ').filter(|path| !path.is_empty()).map(|path| PathBuf::from(path.replace('\0', " "))).collect()
}

#[cfg(test)]
mod tests {
    use super::paths;
    use std::path::PathBuf;

    #[test]
    fn the_sources_that_cargo_wrote_down() {
        let expected: Vec<PathBuf> = ["/a/lib.rs", "/a b/c.rs"].map(PathBuf::from).to_vec();
        assert_eq!(paths("/target/x.wasm: /a/lib.rs /a\\ b/c.rs\n"), expected);
        assert_eq!(paths(""), Vec::<PathBuf>::new());
    }
}
