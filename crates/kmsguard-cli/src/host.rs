//! What the command needs of the machine it runs on.

use kmsguard::api::{Alone, Workers};

/// A machine: files, streams, a terminal, a clock. Everything the command does outside of itself, it does here.
pub trait Host {
    /// Reads a whole file.
    ///
    /// # Errors
    ///
    /// A [`HostError`] in place of the operating system's own.
    fn read(&self, path: &str) -> Result<Vec<u8>, HostError>;
    /// Lists a folder, in any order. Links are [`EntryKind::Link`]: they are not followed.
    ///
    /// # Errors
    ///
    /// A [`HostError`] in place of the operating system's own.
    fn list(&self, path: &str) -> Result<Vec<Entry>, HostError>;
    /// What a path given by the user is. A link at its end is not followed, those before it are.
    ///
    /// # Errors
    ///
    /// A [`HostError`] in place of the operating system's own.
    fn kind(&self, path: &str) -> Result<EntryKind, HostError>;
    /// Reads standard input to its end.
    ///
    /// # Errors
    ///
    /// A [`HostError`] in place of the operating system's own.
    fn read_stdin(&self) -> Result<Vec<u8>, HostError>;
    /// Reads the next part of standard input, of any size but not all at once; an empty one is its end.
    ///
    /// # Errors
    ///
    /// A [`HostError`] in place of the operating system's own.
    fn read_stdin_part(&self) -> Result<Vec<u8>, HostError>;
    /// Writes a whole file, and makes the folders above it.
    ///
    /// # Errors
    ///
    /// A [`HostError`] in place of the operating system's own.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), HostError>;
    /// Writes a whole file as [`Host::write`] does, from parts. `parts` is called once, with what takes each of them; a machine that can
    /// keeps none of them in memory.
    ///
    /// # Errors
    ///
    /// A [`HostError`] in place of the operating system's own.
    fn write_parts(&self, path: &str, parts: &mut Parts<'_>) -> Result<(), HostError> {
        let mut bytes = Vec::new();
        parts(&mut |part| bytes.extend_from_slice(part));
        self.write(path, &bytes)
    }
    /// Writes to standard output.
    fn stdout(&self, bytes: &[u8]);
    /// Writes to standard error.
    fn stderr(&self, bytes: &[u8]);
    /// Whether a stream is a terminal.
    fn is_terminal(&self, stream: Stream) -> bool;
    /// The width of the terminal in columns.
    fn width(&self) -> Option<u16>;
    /// An environment variable.
    fn variable(&self, name: &str) -> Option<String>;
    /// The clock: seconds since 1970-01-01T00:00:00Z.
    fn unix_seconds(&self) -> i64;
    /// Reads whole files; the contents are in the order of the paths. `told` hears, on the thread of the caller, how many are read. A
    /// machine with threads reads several at once.
    fn read_all(&self, paths: &[String], told: &dyn Fn(usize)) -> Vec<Result<Vec<u8>, HostError>> {
        let read = |(done, path): (usize, &String)| {
            let content = self.read(path);
            told(done);
            content
        };
        (1..).zip(paths).map(read).collect()
    }
    /// Who reads records beside the caller.
    fn workers(&self) -> &dyn Workers {
        &Alone
    }
    /// Milliseconds since any moment.
    fn milliseconds(&self) -> u64 {
        u64::try_from(self.unix_seconds()).unwrap_or(0).saturating_mul(1_000)
    }
}

/// What writes a text a part at a time: it is called with what takes each part.
pub type Parts<'a> = dyn FnMut(&mut dyn FnMut(&[u8])) + 'a;

/// A standard stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Standard input.
    Stdin,
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name in the folder.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
}

/// What a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A link, whatever it leads to.
    Link,
    /// Anything else: a device, a pipe, a socket.
    Other,
}

/// Why a machine refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostError {
    /// No such file or folder.
    NotFound,
    /// Not allowed.
    NotPermitted,
    /// A folder where a file was wanted, or the other way round.
    NotAFile,
    /// The file changed while it was read.
    Changed,
    /// Any other reason.
    Other,
}
