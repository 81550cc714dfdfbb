//! Paths to inputs: files by name, folders with everything in them, `-` for standard input.

use kmsguard::api::{Input, Unread};

use super::host::{EntryKind, Host, HostError};

impl From<HostError> for Unread {
    fn from(error: HostError) -> Self {
        match error {
            HostError::NotFound => Self::NotFound,
            HostError::NotPermitted => Self::NotPermitted,
            HostError::NotAFile => Self::NotAFile,
            HostError::Other => Self::Failed,
        }
    }
}

/// Reads files and folders. What cannot be read becomes an input that says so.
pub fn read_paths(host: &dyn Host, paths: &[String]) -> Vec<Input> {
    let mut inputs = Vec::new();
    for path in paths {
        let name = path.replace('\\', if cfg!(windows) { "/" } else { "\\" });
        if path == "-" {
            inputs.push(
                host.read_stdin()
                    .map_or_else(|error| Input::unread("-", error.into()), |bytes| Input::named("-", bytes)),
            );
            continue;
        }
        match host.kind(path) {
            Ok(EntryKind::Folder) => folder(host, path, &name, &mut inputs),
            Ok(EntryKind::File) => inputs.push(match host.read(path) {
                Ok(bytes) => Input::named(name, bytes),
                Err(error) => Input::unread(name, error.into()),
            }),
            Ok(EntryKind::Other) => inputs.push(Input::unread(name, Unread::NotAFile)),
            Err(error) => inputs.push(Input::unread(name, error.into())),
        }
    }
    inputs
}

/// All regular files below a folder; links are not followed.
fn folder(host: &dyn Host, path: &str, name: &str, inputs: &mut Vec<Input>) {
    let before = inputs.len();
    let mut open = vec![name.strip_suffix('/').unwrap_or(name).to_owned()];
    while let Some(folder) = open.pop() {
        // The root of a system is named by nothing once its slash is taken.
        let entries = host.list(if folder.is_empty() { "/" } else { &folder });
        let Ok(entries) = entries.map_err(|error| inputs.push(Input::unread(folder.clone(), error.into()))) else {
            continue;
        };
        for entry in entries {
            let path = format!("{folder}/{}", entry.name);
            match entry.kind {
                EntryKind::Folder => open.push(path),
                EntryKind::File => inputs.push(match host.read(&path) {
                    Ok(bytes) => Input::found(path, bytes),
                    Err(error) => Input::unread(path, error.into()),
                }),
                EntryKind::Other => {}
            }
        }
    }
    if inputs.len() == before {
        inputs.push(Input::unread(path, Unread::EmptyFolder));
    }
}
