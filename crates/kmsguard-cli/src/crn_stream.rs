//! `kmsguard crn` on streams: one report after the other, in constant memory.

use kmsguard::api::{CrnReport, Outcome, PositionEncoding, RequestError, TextPlace, crn_report, found_crns};

use super::arguments::CrnArguments;
use super::terminal::{Escapes, Terminal};

/// Of a longer line the beginning is read.
const LONGEST_LINE: usize = 65_536;

/// So much is written at once.
const FULL: usize = 65_536;

/// How a report is written.
type Render<'a> = &'a mut dyn FnMut(&CrnReport) -> String;

/// Writes the right CRNs, or the reports.
pub(crate) fn run(arguments: &CrnArguments, terminal: &Terminal<'_>, render: Render<'_>) -> Result<u8, RequestError> {
    let mut reports = Reports { arguments, terminal, render, lines: String::new(), is_any: false, is_bad: false };
    let mut is_incomplete = false;
    for (index, text) in arguments.texts.iter().enumerate() {
        let start = TextPlace::start_of(u32::try_from(index).unwrap_or(u32::MAX));
        match (text.as_str(), arguments.extract) {
            ("-", true) => blocks(terminal, start, &mut |piece, place| reports.found(piece, place))?,
            ("-", false) => is_incomplete |= !lines(terminal, &mut |line| reports.write(&reports.report(line)))?,
            (text, true) => reports.found(text, start),
            (text, false) => reports.write(&reports.report(text)),
        }
    }
    reports.flush();
    let outcome = match (is_incomplete, reports.is_bad, reports.is_any) {
        (true, ..) => Outcome::Incomplete,
        (false, true, _) => Outcome::Bad,
        (false, false, true) => Outcome::Fine,
        (false, false, false) => Outcome::Empty,
    };
    Ok(outcome.exit_code())
}

struct Reports<'a> {
    arguments: &'a CrnArguments,
    terminal: &'a Terminal<'a>,
    render: Render<'a>,
    lines: String,
    is_any: bool,
    is_bad: bool,
}

impl Reports<'_> {
    fn report(&self, text: &str) -> CrnReport {
        crn_report(text, self.arguments.require.into(), PositionEncoding::Utf8)
    }

    fn found(&mut self, piece: &str, start: TextPlace) {
        for report in found_crns(piece, start, self.arguments.require.into(), PositionEncoding::Utf8) {
            self.write(&report);
        }
    }

    fn write(&mut self, report: &CrnReport) {
        self.is_any = true;
        self.is_bad |= !report.ok;
        if self.arguments.fix {
            self.fix(report);
        } else {
            self.lines.push_str(&(self.render)(report));
        }
        if self.lines.len() >= FULL {
            self.flush();
        }
    }

    /// The right CRN; one that cannot be put right is named on standard error.
    fn fix(&mut self, report: &CrnReport) {
        let right = report.fixed.as_ref().or(Some(&report.input).filter(|_| report.ok));
        if let Some(right) = right {
            self.lines.push_str(right);
            self.lines.push('\n');
            return;
        }
        for problem in &report.problems {
            let message = format!("{}: `{}`", problem.message, report.input);
            self.terminal.error(problem.code, &message, problem.help.as_deref());
        }
    }

    fn flush(&mut self) {
        self.terminal.write_for_use(&self.lines, Escapes::ColoursStay);
        self.lines.clear();
    }
}

fn unreadable(message: String) -> RequestError {
    RequestError { code: "REQ004", message, help: "give one CRN a line, in UTF-8".to_owned() }
}

fn part(terminal: &Terminal<'_>) -> Result<Vec<u8>, RequestError> {
    terminal.host().read_stdin_part().map_err(|_| unreadable("standard input cannot be read".to_owned()))
}

/// Reads standard input line by line; says whether all of it could be read.
fn lines(terminal: &Terminal<'_>, each: &mut dyn FnMut(&str)) -> Result<bool, RequestError> {
    let mut reader = Lines { number: 1, line: Vec::new(), is_cut: false, is_complete: true };
    loop {
        let part = part(terminal)?;
        let mut pieces = part.split(|byte| *byte == b'\n');
        reader.extend(pieces.next().unwrap_or_default());
        for piece in pieces {
            reader.end(terminal, each);
            reader.extend(piece);
        }
        if part.is_empty() {
            reader.end(terminal, each);
            return Ok(reader.is_complete);
        }
    }
}

struct Lines {
    number: u64,
    line: Vec<u8>,
    is_cut: bool,
    is_complete: bool,
}

impl Lines {
    fn extend(&mut self, piece: &[u8]) {
        let room = LONGEST_LINE - self.line.len();
        self.is_cut |= piece.len() > room;
        self.line.extend(piece.iter().take(room));
    }

    fn end(&mut self, terminal: &Terminal<'_>, each: &mut dyn FnMut(&str)) {
        let line = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
        let text = match core::str::from_utf8(line) {
            Ok(text) => Some(text),
            // A character that was cut in two.
            Err(error) if self.is_cut && error.error_len().is_none() => {
                line.get(..error.valid_up_to()).and_then(|line| core::str::from_utf8(line).ok())
            }
            Err(_) => None,
        };
        match text {
            Some(text) if text.trim().is_empty() => {}
            Some(text) => each(text),
            None => {
                self.is_complete = false;
                let error = unreadable(format!("line {} of standard input is not UTF-8", self.number));
                terminal.error(error.code, &error.message, Some(&error.help));
            }
        }
        if self.is_cut {
            let message = format!("line {} of standard input is longer than {LONGEST_LINE} bytes", self.number);
            terminal.warning(
                "CRN029",
                &message,
                Some("the rest of it is passed over; `--extract` reads texts that are no lists"),
            );
        }
        self.line.clear();
        (self.is_cut, self.number) = (false, self.number + 1);
    }
}

/// Reads standard input in blocks that end between two words, each with its place.
fn blocks(
    terminal: &Terminal<'_>,
    mut place: TextPlace,
    each: &mut dyn FnMut(&str, TextPlace),
) -> Result<(), RequestError> {
    let mut block: Vec<u8> = Vec::new();
    loop {
        let part = part(terminal)?;
        block.extend_from_slice(&part);
        let is_last = part.is_empty();
        if block.len() < FULL && !is_last {
            continue;
        }
        // No CRN reaches over the end of a line; where there is none, a blank will do, and at the worst any place.
        let between = |is_end: fn(&u8) -> bool| block.iter().rposition(is_end).map(|last| last + 1);
        let end = match is_last {
            true => block.len(),
            false => between(|byte| *byte == b'\n')
                .or_else(|| between(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b',' | b'<')))
                .unwrap_or(block.len()),
        };
        let rest = block.split_off(end);
        for chunk in block.utf8_chunks() {
            each(chunk.valid(), place);
            place = place.after(chunk.valid(), PositionEncoding::Utf8);
            // What is no text is a byte of nothing each.
            place = chunk.invalid().iter().fold(place, |place, _| place.after("?", PositionEncoding::Utf8));
        }
        block = rest;
        if is_last {
            return Ok(());
        }
    }
}
