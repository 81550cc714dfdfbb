//! Writing for people: colour where it is wanted, and no character that moves a terminal.

use std::borrow::Cow;
use std::fmt::{self, Write};

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

    /// Writes a text on standard output that is to be used as it is. On a terminal nothing of it moves that.
    pub(crate) fn write_for_use(&self, text: &str, escapes: Escapes) {
        match self.host.is_terminal(Stream::Stdout) {
            true => self.write(Stream::Stdout, &calm(text, escapes)),
            false => self.write(Stream::Stdout, text),
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

/// How what would move a terminal is shown on one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escapes {
    /// By escapes of JSON, which say the same.
    OfJson,
    /// By escapes that people read.
    OfText,
    /// By those too, but for the colours that a text for people has.
    ColoursStay,
}

/// What is written on a terminal, whatever made it: texts of inputs are made plain where they are put in, and what was missed there
/// does not get past this.
pub(crate) struct Calm<'a> {
    pub(crate) sink: &'a mut dyn fmt::Write,
    pub(crate) escapes: Escapes,
}

impl fmt::Write for Calm<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.sink.write_str(&calm(text, self.escapes))
    }
}

/// A text as it is written on a terminal. The ends of its lines stay.
pub(crate) fn calm(text: &str, escapes: Escapes) -> Cow<'_, str> {
    if escapes == Escapes::OfJson {
        return Cow::Owned(plain_json(text));
    }
    let lines = text.split_inclusive('\n').map(|line| {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let (line, end) =
            line.strip_suffix('\r').filter(|_| !end.is_empty()).map_or((line, end), |line| (line, "\r\n"));
        let line = match escapes {
            Escapes::ColoursStay => colours_stay(line),
            Escapes::OfJson | Escapes::OfText => plain(line),
        };
        line + end
    });
    Cow::Owned(lines.collect())
}

/// A line in which colours stay as they are.
fn colours_stay(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        shown.push_str(&plain(before));
        let digits = |letter: char| letter.is_ascii_digit() || letter == ';';
        let end = after.trim_start_matches(digits);
        let look = after.strip_suffix(end).unwrap_or_default();
        match end.strip_prefix('m') {
            Some(end) => {
                shown.extend(["\u{1b}[", look, "m"]);
                rest = end;
            }
            None => {
                shown.push_str(&plain("\u{1b}["));
                rest = after;
            }
        }
    }
    shown.push_str(&plain(rest));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_colours_and_lines_gets_to_a_terminal() {
        let red = "\u{1b}[1m\u{1b}[31mbad\u{1b}[0m";
        assert_eq!(calm(red, Escapes::ColoursStay), red);
        assert_eq!(calm(red, Escapes::OfText), "\\u{1b}[1m\\u{1b}[31mbad\\u{1b}[0m");
        assert_eq!(
            calm("a\u{1b}[2Jb\u{1b}[12;3Hc\u{1b}]0;t\u{7}", Escapes::ColoursStay),
            "a\\u{1b}[2Jb\\u{1b}[12;3Hc\\u{1b}]0;t\\u{7}"
        );
        assert_eq!(calm("a\rb\r\nc\u{202e}\u{9b}\n", Escapes::ColoursStay), "a\\u{d}b\r\nc\\u{202e}\\u{9b}\n");
        assert_eq!(calm("\"a\u{202e}\"\n", Escapes::OfJson), "\"a\\u202e\"\n");
    }
}
