//! Where things are.

use std::path::{Path, PathBuf};

/// The version of everything that is published.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The top folder of the repository.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// The folder of everything that is built or fetched.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// A folder below [`target`], made if it is not there.
pub fn target_folder(name: &str) -> Result<PathBuf, String> {
    let folder = target().join(name);
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// An empty folder at this path, whatever was there before.
pub fn emptied(folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(failed)?;
    }
    std::fs::create_dir_all(folder).map_err(failed)
}

/// Copies a folder with all that is in it, but for folders of these names.
pub fn copy_folder(from: &Path, to: &Path, except: &[&str]) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("copying {}: {error}", from.display());
    std::fs::create_dir_all(to).map_err(failed)?;
    for entry in std::fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (source, name) = (entry.path(), entry.file_name());
        if except.iter().any(|skipped| name == *skipped) {
            continue;
        }
        if source.is_dir() {
            copy_folder(&source, &to.join(name), except)?;
        } else {
            std::fs::copy(&source, to.join(name)).map_err(failed)?;
        }
    }
    Ok(())
}

/// Reads a file, or says which could not be read.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file, or says which could not be written.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// Copies a file, or says which could not be copied.
pub fn copy(from: &Path, to: &Path) -> Result<(), String> {
    std::fs::copy(from, to).map(|_| ()).map_err(|error| format!("copying {}: {error}", from.display()))
}
