//! A host whose files, streams and clock are in memory.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use kmsguard_cli::{Entry, EntryKind, Host, HostError, Stream};

/// Files by their whole path, what was written, and a clock that stands.
#[derive(Debug, Default)]
pub struct MemoryHost {
    /// The files.
    pub files: RefCell<BTreeMap<String, Vec<u8>>>,
    /// Standard input.
    pub stdin: Vec<u8>,
    /// How much of it was read in parts.
    pub stdin_read: Cell<usize>,
    /// What was written to standard output.
    pub stdout: RefCell<Vec<u8>>,
    /// What was written to standard error.
    pub stderr: RefCell<Vec<u8>>,
    /// Whether every stream is a terminal.
    pub terminal: bool,
    /// The clock.
    pub unix_seconds: i64,
    /// How many milliseconds go by each time that the other clock is looked at.
    pub step: u64,
    /// What that clock shows.
    pub milliseconds: Cell<u64>,
}

impl MemoryHost {
    /// A host with files.
    pub fn with_files(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        Self { files: RefCell::new(files), ..Self::default() }
    }

    /// Runs the command: its exit code, standard output, standard error.
    pub fn run(&self, arguments: &[&str]) -> (u8, String, String) {
        let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
        let code = kmsguard_cli::run(&arguments, self);
        let text = |bytes: &RefCell<Vec<u8>>| String::from_utf8(bytes.take()).expect("the command writes UTF-8");
        (code, text(&self.stdout), text(&self.stderr))
    }
}

impl Host for MemoryHost {
    fn read(&self, path: &str) -> Result<Vec<u8>, HostError> {
        self.files.borrow().get(path).cloned().ok_or(HostError::NotFound)
    }

    fn list(&self, path: &str) -> Result<Vec<Entry>, HostError> {
        let prefix = format!("{path}/");
        let mut entries: Vec<Entry> = Vec::new();
        for rest in self.files.borrow().keys().filter_map(|name| name.strip_prefix(&prefix)) {
            let (name, kind) =
                rest.split_once('/').map_or((rest, EntryKind::File), |(folder, _)| (folder, EntryKind::Folder));
            let entry = Entry { name: name.to_owned(), kind };
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    fn kind(&self, path: &str) -> Result<EntryKind, HostError> {
        let path = path.strip_suffix('/').unwrap_or(path);
        let files = self.files.borrow();
        if files.contains_key(path) {
            Ok(EntryKind::File)
        } else if files.keys().any(|name| name.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))) {
            Ok(EntryKind::Folder)
        } else {
            Err(HostError::NotFound)
        }
    }

    fn read_stdin(&self) -> Result<Vec<u8>, HostError> {
        Ok(self.stdin.clone())
    }

    /// In parts so small that everything falls between two of them.
    fn read_stdin_part(&self) -> Result<Vec<u8>, HostError> {
        let start = self.stdin_read.get();
        let part: Vec<u8> = self.stdin.iter().skip(start).take(self.stdin.len() / 7 + 1).copied().collect();
        self.stdin_read.set(start + part.len());
        Ok(part)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), HostError> {
        self.files.borrow_mut().insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn stdout(&self, bytes: &[u8]) {
        self.stdout.borrow_mut().extend_from_slice(bytes);
    }

    fn stderr(&self, bytes: &[u8]) {
        self.stderr.borrow_mut().extend_from_slice(bytes);
    }

    fn is_terminal(&self, _: Stream) -> bool {
        self.terminal
    }

    fn width(&self) -> Option<u16> {
        self.terminal.then_some(100)
    }

    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn milliseconds(&self) -> u64 {
        self.milliseconds.replace(self.milliseconds.get() + self.step)
    }

    fn unix_seconds(&self) -> i64 {
        self.unix_seconds
    }
}
