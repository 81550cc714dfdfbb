//! A place in the text of an input that moves forward, value by value.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::fault::FaultKind;

/// Values are read down to this many levels. Real exports need six; plans of Terraform forty.
pub(crate) const DEEPEST: usize = 128;

/// The end of a record that is no JSON is looked for in so many bytes.
const LONGEST_BROKEN: usize = 1 << 20;

/// A place in a text, before a value or between two.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// A place whose line is known, so that many faults of a large input do not each look for it from the beginning.
    known: Known,
}

/// A byte, its line, and the byte at which that line begins.
#[derive(Debug, Clone, Copy)]
struct Known {
    at: usize,
    line: usize,
    start: usize,
}

/// A value as read, or why it was not; either way the cursor stands behind it, or the text is broken here.
pub(super) type Taken<T> = Result<T, NotTaken>;

/// Why a value was not taken.
#[derive(Debug)]
pub(super) enum NotTaken {
    /// It is JSON, but not of that type. The cursor stands behind it.
    Type(String),
    /// It is nested too deep. The cursor stands behind it.
    Deep(FaultKind),
    /// It is not JSON. The cursor stands where it was.
    Broken(FaultKind),
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at, known: Known::first(text) }
    }

    /// The byte at which it stands.
    pub(super) const fn offset(&self) -> usize {
        self.at
    }

    /// What lies behind it.
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The text from a byte to here.
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Passes over white space, and shows the byte behind it.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = bytes.get(self.at).copied();
            if !matches!(byte, Some(b' ' | b'\n' | b'\r' | b'\t')) {
                return byte;
            }
            self.at += 1;
        }
    }

    /// Passes over a byte, if it is the next behind white space.
    pub(super) fn pass(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Moves to a value that was taken from the same text.
    pub(super) fn move_to(&mut self, value: &RawValue) {
        self.at = (value.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
    }

    /// Passes over the rest of the line.
    pub(super) fn pass_line(&mut self) {
        self.at += self.rest().find('\n').map_or(self.rest().len(), |end| end + 1);
    }

    /// The next value, and its text.
    pub(super) fn take<T: Deserialize<'a>>(&mut self) -> Taken<(T, &'a str)> {
        match self.parsed() {
            Ok((value, length)) => {
                let text = self.rest().get(..length).unwrap_or_default();
                let start = self.at;
                self.at += length;
                match too_deep(text.as_bytes()) {
                    Some(offset) => Err(NotTaken::Deep(FaultKind::TooDeep { line: self.line_of(start + offset) })),
                    None => Ok((value, text)),
                }
            }
            Err(error) if error.is_data() => {
                // The parser stopped in the middle of the value. What it stopped for may hide that the value is no JSON at all.
                match self.parsed::<&RawValue>() {
                    Ok((_, length)) => self.at += length,
                    Err(error) => return Err(self.broken(&error)),
                }
                // serde_json ends its texts with a place inside the value, which would mislead beside the place in the file.
                let why = error.to_string();
                Err(NotTaken::Type(why.split(" at line ").next().unwrap_or(&why).to_owned()))
            }
            Err(error) => Err(self.broken(&error)),
        }
    }

    fn parsed<T: Deserialize<'a>>(&self) -> Result<(T, usize), serde_json::Error> {
        let mut values = serde_json::Deserializer::from_str(self.rest()).into_iter::<T>();
        match values.next() {
            Some(value) => value.map(|value| (value, values.byte_offset())),
            None => Err(serde::de::Error::custom("nothing")),
        }
    }

    fn broken(&mut self, error: &serde_json::Error) -> NotTaken {
        // The error counts lines and columns from the cursor on.
        let line = self.line() + error.line().saturating_sub(1);
        let before = if error.line() <= 1 { self.at - self.start_of_line() } else { 0 };
        if !error.is_eof() {
            return NotTaken::Broken(FaultKind::Malformed { line, column: before + error.column() });
        }
        NotTaken::Broken(match too_deep(self.rest().as_bytes()) {
            Some(offset) => FaultKind::TooDeep { line: self.line_of(self.at + offset) },
            None => self.cut(),
        })
    }

    /// That the text ends here, in the middle of a value.
    fn cut(&mut self) -> FaultKind {
        FaultKind::Cut { line: self.line_of(self.text.trim_end().len()) }
    }

    /// That the text does not go on as JSON from here.
    pub(super) fn malformed(&mut self) -> FaultKind {
        match self.peek() {
            None => self.cut(),
            Some(_) => FaultKind::Malformed { line: self.line_of(self.at), column: self.at - self.start_of_line() + 1 },
        }
    }

    /// Passes over a value that is not JSON, by its brackets and texts alone; false where they do not match soon.
    pub(super) fn pass_broken(&mut self) -> bool {
        let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
        for (offset, byte) in self.rest().bytes().enumerate().take(LONGEST_BROKEN) {
            match (in_text, byte) {
                (true, _) if escaped => escaped = false,
                (true, b'\\') => escaped = true,
                (_, b'"') => in_text = !in_text,
                (false, b'{' | b'[') => depth += 1,
                (false, b'}' | b']') => match depth {
                    0 => return false,
                    1 => {
                        self.at += offset + 1;
                        return true;
                    }
                    _ => depth -= 1,
                },
                _ => {}
            }
        }
        false
    }

    /// The line on which it stands.
    pub(super) fn line(&mut self) -> usize {
        self.line_of(self.at)
    }

    fn line_of(&mut self, offset: usize) -> usize {
        let from = if self.known.at <= offset { self.known } else { Known::first(self.text) };
        let between = self.text.as_bytes().get(from.at..offset).unwrap_or_default();
        let line = from.line + between.iter().filter(|byte| **byte == b'\n').count();
        let start = between.iter().rposition(|byte| *byte == b'\n').map_or(from.start, |end| from.at + end + 1);
        self.known = Known { at: offset, line, start };
        line
    }

    /// The byte at which the line begins on which it stands.
    fn start_of_line(&mut self) -> usize {
        self.line_of(self.at);
        self.known.start
    }
}

impl Known {
    /// The first line, which a mark of the encoding is no part of.
    fn first(text: &str) -> Self {
        Self { at: 0, line: 1, start: text.len() - text.trim_start_matches('\u{feff}').len() }
    }
}

/// The byte at which a text is nested too deep, if it is. Brackets in texts do not count.
pub(super) fn too_deep(bytes: &[u8]) -> Option<usize> {
    // With the sixth bit set, both opening brackets are `{`. Few values have so many that they can be too deep at all.
    let opening = bytes.iter().filter(|byte| **byte | 0x20 == b'{').count();
    if opening <= DEEPEST {
        return None;
    }
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (offset, byte) in bytes.iter().enumerate() {
        match (in_text, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_text = !in_text,
            (false, b'{' | b'[') => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(offset);
                }
            }
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
