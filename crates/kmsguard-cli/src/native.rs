//! The host of an operating system.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use kmsguard::api::Workers;

use super::host::{Entry, EntryKind, Host, HostError, Parts, Stream};
use super::threads::Threads;

/// So much of standard input is read at once.
const PART: u64 = 65_536;

/// Files, standard streams, terminal and clock of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct NativeHost;

impl From<io::Error> for HostError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::NotPermitted,
            io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => Self::NotAFile,
            _ => Self::Other,
        }
    }
}

fn kind(of: fs::FileType) -> EntryKind {
    if of.is_file() {
        EntryKind::File
    } else if of.is_dir() {
        EntryKind::Folder
    } else if of.is_symlink() {
        EntryKind::Link
    } else {
        EntryKind::Other
    }
}

/// Reads a file, if it is the same file before and after: of the same length, and written last at the same moment.
fn read_unchanged(path: &str) -> Result<Vec<u8>, HostError> {
    let mut file = fs::File::open(path)?;
    let before = file.metadata()?;
    let mut bytes = Vec::new();
    // The length is a hint only: what the file has is read to its end.
    bytes.try_reserve(usize::try_from(before.len()).unwrap_or(0)).map_err(|_| HostError::Other)?;
    file.read_to_end(&mut bytes)?;
    if !before.is_file() {
        return Ok(bytes);
    }
    let after = file.metadata()?;
    let is_same = before.modified().ok() == after.modified().ok()
        && before.len() == after.len()
        && u64::try_from(bytes.len()) == Ok(after.len());
    if is_same { Ok(bytes) } else { Err(HostError::Changed) }
}

impl Host for NativeHost {
    fn read(&self, path: &str) -> Result<Vec<u8>, HostError> {
        read_unchanged(path)
    }

    fn list(&self, path: &str) -> Result<Vec<Entry>, HostError> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            entries
                .push(Entry { name: entry.file_name().to_string_lossy().into_owned(), kind: kind(entry.file_type()?) });
        }
        Ok(entries)
    }

    fn kind(&self, path: &str) -> Result<EntryKind, HostError> {
        // A slash behind a link to a folder asks for the folder, as it does everywhere.
        Ok(kind(fs::symlink_metadata(path)?.file_type()))
    }

    fn read_stdin(&self) -> Result<Vec<u8>, HostError> {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn read_stdin_part(&self) -> Result<Vec<u8>, HostError> {
        let mut bytes = Vec::new();
        io::stdin().lock().take(PART).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), HostError> {
        if let Some(folder) = std::path::Path::new(path).parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(path, bytes)?)
    }

    fn write_parts(&self, path: &str, parts: &mut Parts<'_>) -> Result<(), HostError> {
        if let Some(folder) = std::path::Path::new(path).parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = fs::File::create(path)?;
        let mut written = Ok(());
        parts(&mut |part| {
            if written.is_ok() {
                written = file.write_all(part);
            }
        });
        Ok(written?)
    }

    fn stdout(&self, bytes: &[u8]) {
        // A reader that closed the pipe, as `head` does, has had enough: that is no fault of ours.
        let mut stream = io::stdout().lock();
        let _ = stream.write_all(bytes).and_then(|()| stream.flush());
    }

    fn stderr(&self, bytes: &[u8]) {
        let _ = io::stderr().lock().write_all(bytes);
    }

    fn is_terminal(&self, stream: Stream) -> bool {
        match stream {
            Stream::Stdin => io::stdin().is_terminal(),
            Stream::Stdout => io::stdout().is_terminal(),
            Stream::Stderr => io::stderr().is_terminal(),
        }
    }

    fn width(&self) -> Option<u16> {
        terminal_size::terminal_size().map(|(width, _)| width.0)
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn read_all(&self, paths: &[String], told: &dyn Fn(usize)) -> Vec<Result<Vec<u8>, HostError>> {
        let read: Vec<OnceLock<Result<Vec<u8>, HostError>>> = paths.iter().map(|_| OnceLock::new()).collect();
        let one = |number: usize| {
            if let (Some(path), Some(place)) = (paths.get(number), read.get(number)) {
                place.get_or_init(|| self.read(path));
            }
        };
        Threads.each(paths.len(), &one, told);
        read.into_iter().map(|place| place.into_inner().unwrap_or(Err(HostError::Other))).collect()
    }

    fn workers(&self) -> &dyn Workers {
        &Threads
    }

    fn milliseconds(&self) -> u64 {
        static START: OnceLock<Instant> = OnceLock::new();
        u64::try_from(START.get_or_init(Instant::now).elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn unix_seconds(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    }
}
