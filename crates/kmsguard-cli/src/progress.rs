//! One line on the terminal that says how far reading is: only there, only past a second, and gone when it is done.

use std::cell::Cell;

use super::host::Stream;
use super::terminal::Terminal;

/// What takes less says nothing: one second.
const PATIENCE: u64 = 1_000;

/// The line is written again after a tenth of a second at the earliest.
const PAUSE: u64 = 100;

/// The line.
pub(crate) struct ProgressLine<'a> {
    terminal: &'a Terminal<'a>,
    wanted: bool,
    since: u64,
    written_at: Cell<u64>,
    /// How many columns of it are to be seen.
    width: Cell<usize>,
}

impl<'a> ProgressLine<'a> {
    /// A line that begins to wait.
    pub(crate) fn new(terminal: &'a Terminal<'a>, quiet: bool) -> Self {
        let wanted = !quiet && terminal.host().is_terminal(Stream::Stderr);
        let since = if wanted { terminal.host().milliseconds() } else { 0 };
        Self { terminal, wanted, since, written_at: Cell::new(0), width: Cell::new(0) }
    }

    /// Says what is being done, how much of it is and of how much.
    pub(crate) fn say(&self, what: &str, done: usize, of: usize) {
        if !self.wanted {
            return;
        }
        let now = self.terminal.host().milliseconds();
        if now.saturating_sub(self.since) < PATIENCE || now.saturating_sub(self.written_at.get()) < PAUSE {
            return;
        }
        self.written_at.set(now);
        let text = format!("{what}: {done} of {of}");
        let (columns, before) = (text.chars().count(), self.width.replace(text.chars().count()));
        self.terminal.write(Stream::Stderr, &format!("\r{text}{}", " ".repeat(before.saturating_sub(columns))));
    }

    /// Takes the line away.
    pub(crate) fn clear(&self) {
        let width = self.width.replace(0);
        if width > 0 {
            self.terminal.write(Stream::Stderr, &format!("\r{}\r", " ".repeat(width)));
        }
    }
}
