//! `kmsguard crn -` answers as it reads: what was given is answered before much more is asked for, and memory does not grow
//! with it. A binary of its own, so that nothing else allocates meanwhile.

use std::cell::{Cell, RefCell};

use kmsguard_cli::{Entry, EntryKind, Host, HostError, Stream};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const KEY: &str = "crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:\
                   44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320";

/// So much comes at once.
const PART: usize = 65_536;

/// So many lines may have been given and not answered: those of one part, and those whose answers are not yet worth writing.
const HELD: usize = 2 * PART / KEY.len() + 2;

/// Standard input that is made as it is read, and standard output that is counted as it is written.
#[derive(Default)]
struct Spring {
    lines: usize,
    /// In each answer once.
    mark: &'static str,
    given: Cell<usize>,
    answered: Cell<usize>,
    most_held: Cell<usize>,
    /// What was written last, where a mark may have begun.
    end: RefCell<Vec<u8>>,
}

impl Spring {
    fn new(lines: usize, mark: &'static str) -> Self {
        Self { lines, mark, ..Self::default() }
    }

    /// Every tenth line is wrong, and can be put right.
    fn line(number: usize) -> String {
        let line = if number.is_multiple_of(10) { KEY.replace(":a/", ":") } else { KEY.to_owned() };
        line + "\n"
    }
}

impl Host for Spring {
    fn read_stdin_part(&self) -> Result<Vec<u8>, HostError> {
        self.most_held.set(self.most_held.get().max(self.given.get() - self.answered.get()));
        let mut part = Vec::with_capacity(PART);
        while self.given.get() < self.lines && part.len() + KEY.len() < PART {
            part.extend_from_slice(Self::line(self.given.get()).as_bytes());
            self.given.set(self.given.get() + 1);
        }
        Ok(part)
    }

    fn stdout(&self, bytes: &[u8]) {
        let mut seen = self.end.take();
        seen.extend_from_slice(bytes);
        let marks = seen.windows(self.mark.len()).filter(|window| *window == self.mark.as_bytes()).count();
        self.answered.set(self.answered.get() + marks);
        // Less than a mark, so that none is counted twice.
        self.end.replace(seen.split_off(seen.len() - (self.mark.len() - 1).min(seen.len())));
    }

    fn stderr(&self, bytes: &[u8]) {
        panic!("{}", String::from_utf8_lossy(bytes));
    }

    fn read_stdin(&self) -> Result<Vec<u8>, HostError> {
        panic!("standard input is read at once");
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, HostError> {
        panic!("{path} is read");
    }

    fn list(&self, path: &str) -> Result<Vec<Entry>, HostError> {
        panic!("{path} is listed");
    }

    fn kind(&self, path: &str) -> Result<EntryKind, HostError> {
        panic!("{path} is looked at");
    }

    fn write(&self, path: &str, _: &[u8]) -> Result<(), HostError> {
        panic!("{path} is written");
    }

    fn is_terminal(&self, _: Stream) -> bool {
        false
    }

    fn width(&self) -> Option<u16> {
        None
    }

    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn unix_seconds(&self) -> i64 {
        0
    }
}

/// The highest that memory rose while so many lines were answered.
fn rise(arguments: &[&str], mark: &'static str, lines: usize) -> usize {
    let arguments: Vec<String> = ["crn"].iter().chain(arguments).map(|word| (*word).to_owned()).collect();
    let host = Spring::new(lines, mark);
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    // Some lines are wrong.
    assert_eq!(kmsguard_cli::run(&arguments, &host), 1, "{arguments:?}");
    let rise = ALLOCATOR.peak_usage() - before;
    assert_eq!((host.given.get(), host.answered.get()), (lines, lines), "{arguments:?}");
    assert!(host.most_held.get() <= HELD, "{arguments:?}: {} lines waited for an answer", host.most_held.get());
    rise
}

fn main() {
    let streams: [(&[&str], &str); 5] = [
        (&["-"], "  kms-key  "),
        (&["--output-format", "jsonl", "-"], "{\"input\":"),
        (&["--output-format", "jsonl", "--require", "key", "-"], "{\"input\":"),
        (&["--fix", "-"], "\n"),
        (&["--extract", "--output-format", "jsonl", "-"], "{\"input\":"),
    ];
    for (arguments, mark) in streams {
        let (few, many) = (rise(arguments, mark, 3 * HELD), rise(arguments, mark, 30 * HELD));
        assert!(many <= few + PART, "{arguments:?}: {few} bytes for few lines, {many} for ten times as many");
    }
}
