//! Writing for people: colour where it is wanted, and no character that moves a terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
pub(crate) use kmsguard::api::{plain, plain_json};

use super::host::{Host, Stream};
use super::output::Sheet;

/// The streams of a host, with what is known of their looks.
pub(crate) struct Terminal<'a> {
    host: &'a dyn Host,
    colourless: bool,
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// An error, or a severe finding.
    Bad,
    /// A warning.
    Doubtful,
    /// All is well.
    Good,
    /// A heading.
    Strong,
    /// Of less weight.
    Faint,
}

impl Look {
    fn style(self) -> Style {
        match self {
            Self::Bad => Style::new().fg_color(Some(AnsiColor::Red.into())).bold(),
            Self::Doubtful => Style::new().fg_color(Some(AnsiColor::Yellow.into())).bold(),
            Self::Good => Style::new().fg_color(Some(AnsiColor::Green.into())).bold(),
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
        }
    }
}

impl<'a> Terminal<'a> {
    pub(crate) fn new(host: &'a dyn Host) -> Self {
        // https://no-color.org: set and not empty.
        Self { host, colourless: host.variable("NO_COLOR").is_some_and(|value| !value.is_empty()) }
    }

    pub(crate) fn host(&self) -> &'a dyn Host {
        self.host
    }

    pub(crate) fn colour(&self, stream: Stream) -> bool {
        !self.colourless && self.host.is_terminal(stream)
    }

    /// What a stream is to be written on.
    pub(crate) fn sheet(&self, stream: Stream) -> Sheet {
        let width = if self.host.is_terminal(stream) { self.host.width() } else { None };
        Sheet { colour: self.colour(stream), width: width.map(usize::from) }
    }

    pub(crate) fn write(&self, stream: Stream, text: &str) {
        match stream {
            Stream::Stderr => self.host.stderr(text.as_bytes()),
            Stream::Stdout | Stream::Stdin => self.host.stdout(text.as_bytes()),
        }
    }

    /// An error on standard error.
    pub(crate) fn error(&self, code: &str, message: &str, help: Option<&str>) {
        self.say(Look::Bad, &format!("error[{code}]"), message, help);
    }

    /// A warning on standard error.
    pub(crate) fn warning(&self, code: &str, message: &str, help: Option<&str>) {
        self.say(Look::Doubtful, &format!("warning[{code}]"), message, help);
    }

    /// Something worth knowing, on standard error.
    pub(crate) fn note(&self, message: &str, help: Option<&str>) {
        self.say(Look::Strong, "note", message, help);
    }

    fn say(&self, look: Look, what: &str, message: &str, help: Option<&str>) {
        let colour = self.colour(Stream::Stderr);
        let mut text = format!("{}: {}\n", paint(colour, look, what), plain(message));
        if let Some(help) = help {
            let _ = writeln!(text, "  {} {}", paint(colour, Look::Faint, "help:"), plain(help));
        }
        self.host.stderr(text.as_bytes());
    }
}

/// A text in its look, or as it is.
pub(crate) fn paint(colour: bool, look: Look, text: &str) -> String {
    if colour { format!("{0}{text}{0:#}", look.style()) } else { text.to_owned() }
}
