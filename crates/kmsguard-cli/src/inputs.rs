//! Paths to inputs: files by name, folders with everything in them, `-` for standard input.

use kmsguard::api::{Input, Inventory, Progress, Stage, Unread};

use super::host::{EntryKind, Host, HostError};
use super::progress::ProgressLine;
use super::terminal::Terminal;

impl From<HostError> for Unread {
    fn from(error: HostError) -> Self {
        match error {
            HostError::NotFound => Self::NotFound,
            HostError::NotPermitted => Self::NotPermitted,
            HostError::NotAFile => Self::NotAFile,
            HostError::Changed => Self::Changed,
            HostError::Other => Self::Failed,
        }
    }
}

/// Something that was named or found.
enum Found {
    /// A file whose bytes are still to be read.
    File { path: String, name: String, named: bool },
    /// An input as it is.
    Input(Input),
}

/// Reads files and folders. What cannot be read becomes an input that says so.
pub fn read_paths(host: &dyn Host, paths: &[String]) -> Vec<Input> {
    read_told(host, paths, &|_, _| ())
}

/// Reads and joins the inputs of a command. Past a second a line on the terminal says how far it is.
pub(crate) fn read_inventory(paths: &[String], quiet: bool, terminal: &Terminal<'_>) -> Inventory {
    let line = ProgressLine::new(terminal, quiet);
    let inputs = read_told(terminal.host(), paths, &|done, of| line.say("reading files", done, of));
    let told = |Progress { stage, done, of }: Progress| match stage {
        Stage::Opening => line.say("opening files", done, of),
        Stage::Reading => line.say("reading records of files", done, of),
        Stage::Joining => line.say("joining what was read", of, of),
    };
    let inventory = Inventory::read_by(inputs, terminal.host().workers(), &told);
    line.clear();
    inventory
}

fn read_told(host: &dyn Host, paths: &[String], told: &dyn Fn(usize, usize)) -> Vec<Input> {
    let mut found = Vec::new();
    for path in paths {
        let name = path.replace('\\', if cfg!(windows) { "/" } else { "\\" });
        if path == "-" {
            let input = host
                .read_stdin()
                .map_or_else(|error| Input::unread("-", error.into()), |bytes| Input::named("-", bytes));
            found.push(Found::Input(input));
            continue;
        }
        match host.kind(path) {
            Ok(EntryKind::Folder) => folder(host, path, &name, &mut found),
            Ok(EntryKind::File) => found.push(Found::File { path: path.clone(), name, named: true }),
            Ok(EntryKind::Link) => found.push(Found::Input(Input::unread(name, Unread::Link))),
            Ok(EntryKind::Other) => found.push(Found::Input(Input::unread(name, Unread::NotAFile))),
            Err(error) => found.push(Found::Input(Input::unread(name, error.into()))),
        }
    }
    let files: Vec<String> = found.iter().filter_map(Found::path).map(str::to_owned).collect();
    let of = files.len();
    let mut contents = host.read_all(&files, &|done| told(done, of)).into_iter();
    let read = |found| match found {
        Found::Input(input) => input,
        // A host gives an answer for every path.
        Found::File { name, named, .. } => match contents.next().unwrap_or(Err(HostError::Other)) {
            Ok(bytes) if named => Input::named(name, bytes),
            Ok(bytes) => Input::found(name, bytes),
            Err(error) => Input::unread(name, error.into()),
        },
    };
    found.into_iter().map(read).collect()
}

impl Found {
    fn path(&self) -> Option<&str> {
        match self {
            Self::File { path, .. } => Some(path),
            Self::Input(_) => None,
        }
    }
}

/// All regular files below a folder; links are not followed.
fn folder(host: &dyn Host, path: &str, name: &str, found: &mut Vec<Found>) {
    let before = found.len();
    let mut open = vec![name.strip_suffix('/').unwrap_or(name).to_owned()];
    while let Some(folder) = open.pop() {
        // The root of a system is named by nothing once its slash is taken.
        let entries = match host.list(if folder.is_empty() { "/" } else { &folder }) {
            Ok(entries) => entries,
            Err(error) => {
                found.push(Found::Input(Input::unread(folder, error.into())));
                continue;
            }
        };
        for entry in entries {
            let path = format!("{folder}/{}", entry.name);
            match entry.kind {
                EntryKind::Folder => open.push(path),
                EntryKind::File => found.push(Found::File { name: path.clone(), path, named: false }),
                EntryKind::Link | EntryKind::Other => {
                    found.push(Found::Input(Input::unread(path, Unread::PassedOver)));
                }
            }
        }
    }
    if found.len() == before {
        found.push(Found::Input(Input::unread(path, Unread::EmptyFolder)));
    }
}
