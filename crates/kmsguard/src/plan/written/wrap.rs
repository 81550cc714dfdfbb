//! Where in a text the body stands: the text may be the body itself, the command that sends it, or the Terraform that holds it.

use core::ops::Range;

use crate::crn::Span;

use super::reader::Notation;
use super::syntax::Syntax;

/// What stands around a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Around {
    /// Nothing: the text is the body.
    Nothing,
    /// A command of a shell that sends it to a REST API.
    Curl,
    /// A command of `ibmcloud` with its parameters.
    Cli,
    /// `parameters_json` of Terraform.
    Terraform,
}

/// How the body is quoted in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    /// Not at all.
    None,
    /// Between the single quotes of a shell.
    Single,
    /// Between double quotes, with a backslash before each of its own.
    Double,
}

/// A body cut out of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrapped {
    pub(crate) around: Around,
    pub(crate) notation: Notation,
    quoting: Quoting,
    /// Where it stands in the text.
    pub(crate) range: Range<usize>,
    /// The body without the quoting of what is around it.
    pub(crate) body: String,
    /// For each byte of the body where it stands in the text, where quoting made that another place.
    origin: Vec<usize>,
    /// What is wrong with what is around it.
    pub(crate) faults: Vec<(Span, Syntax)>,
}

impl Wrapped {
    /// Where a byte of the body stands in the text.
    pub(crate) fn origin(&self, at: usize) -> usize {
        match self.quoting {
            Quoting::None => self.range.start + at,
            _ => self.origin.get(at).copied().unwrap_or(self.range.end),
        }
    }

    /// A part of the body as it must be quoted in the text.
    pub(crate) fn quoted(&self, part: &str) -> String {
        match self.quoting {
            Quoting::None => part.to_owned(),
            Quoting::Single => part.replace('\'', r"'\''"),
            Quoting::Double => {
                let extra: &[char] =
                    if self.around == Around::Terraform { &['"', '\\'] } else { &['"', '\\', '$', '`'] };
                part.chars().fold(String::with_capacity(part.len()), |mut out, character| {
                    if extra.contains(&character) {
                        out.push('\\');
                    }
                    out.push(character);
                    out
                })
            }
        }
    }
}

/// Finds the body of a text.
pub(super) fn find(text: &str) -> Option<Wrapped> {
    let start = text.len()
        - text.trim_start_matches(|character: char| character.is_whitespace() || character == '\u{feff}').len();
    let rest = text.get(start..).unwrap_or_default();
    let plain = || Wrapped {
        around: Around::Nothing,
        notation: Notation::Json,
        quoting: Quoting::None,
        range: 0..text.len(),
        body: text.to_owned(),
        origin: Vec::new(),
        faults: Vec::new(),
    };
    if rest.is_empty() {
        return None;
    }
    if rest.starts_with(['{', '[']) {
        return Some(plain());
    }
    if let Some(found) = terraform(text) {
        return Some(found);
    }
    if let Some(found) = command(text) {
        return Some(found);
    }
    // Members without their braces, as pages show them.
    let is_member = rest.starts_with('"') && rest.contains(':');
    is_member.then(plain)
}

/// The value of `parameters_json`.
fn terraform(text: &str) -> Option<Wrapped> {
    let name = "parameters_json";
    let at = text.match_indices(name).find_map(|(at, _)| {
        let behind = at + name.len();
        let rest = text.get(behind..)?;
        let value = rest.trim_start().strip_prefix('=').filter(|value| !value.starts_with('='))?;
        Some(text.len() - value.trim_start_matches([' ', '\t']).len())
    })?;
    let rest = text.get(at..)?;
    if let Some(inner) = rest.strip_prefix("jsonencode").map(str::trim_start).and_then(|inner| inner.strip_prefix('('))
    {
        let start = text.len() - inner.trim_start().len();
        let end = closing(text, start);
        return Some(cut(text, start..end, Around::Terraform, Notation::Hcl, Quoting::None));
    }
    if let Some(marker) = rest.strip_prefix("<<") {
        let marker = marker.strip_prefix('-').unwrap_or(marker);
        let (word, lines) = marker.split_once('\n')?;
        let start = text.len() - lines.len();
        let end = lines
            .split_inclusive('\n')
            .scan(start, |at, line| {
                let begins = *at;
                *at += line.len();
                Some((begins, line))
            })
            .find(|(_, line)| line.trim() == word.trim())
            .map_or(text.len(), |(begins, _)| begins);
        return Some(cut(text, start..end, Around::Terraform, Notation::Json, Quoting::None));
    }
    let inner = rest.strip_prefix('"')?;
    let start = text.len() - inner.len();
    let end = unescaped(text, start, '"').unwrap_or(text.len());
    Some(cut(text, start..end, Around::Terraform, Notation::Json, Quoting::Double))
}

/// The end of the value that begins with a bracket: behind the bracket that closes it, or the end of the text.
fn closing(text: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, character) in text.get(start..).unwrap_or_default().char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            // A quote that is never closed ends with its line, here as in the reader.
            '"' | '\n' if quoted => quoted = false,
            '"' => quoted = true,
            '{' | '[' | '(' if !quoted => depth += 1,
            '}' | ']' | ')' if !quoted => {
                if depth == 0 {
                    return start + at;
                }
                depth -= 1;
                if depth == 0 {
                    return start + at + character.len_utf8();
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// The next such quote that has no backslash before it.
fn unescaped(text: &str, start: usize, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in text.get(start..)?.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            character if character == quote => return Some(start + at),
            _ => {}
        }
    }
    None
}

/// The options by which a command takes a body, and whose they are.
const OPTIONS: &[(&str, Around)] = &[
    ("-d", Around::Curl),
    ("--data", Around::Curl),
    ("--data-raw", Around::Curl),
    ("--data-binary", Around::Curl),
    ("--json", Around::Curl),
    ("-p", Around::Cli),
    ("--parameters", Around::Cli),
    ("-c", Around::Cli),
];

/// The body of a command.
fn command(text: &str) -> Option<Wrapped> {
    let (option_end, around) = option(text)?;
    let mut faults = Vec::new();
    let mut at = option_end;
    let mut rest = text.get(at..)?;
    loop {
        let next = rest.trim_start().strip_prefix('=').unwrap_or(rest.trim_start());
        at = text.len() - next.len();
        match next.strip_prefix('\\') {
            Some(behind) => {
                if !behind.starts_with(['\n', '\r']) {
                    faults.push((Span { start: at, end: at + 1 }, Syntax::StrayBackslash));
                }
                rest = behind;
            }
            None => {
                rest = next;
                break;
            }
        }
    }
    let (quote, quoting) = match rest.chars().next()? {
        '\'' => (Some('\''), Quoting::Single),
        '"' => (Some('"'), Quoting::Double),
        '{' | '[' => (None, Quoting::None),
        _ => return None,
    };
    let start = at + usize::from(quote.is_some());
    let closed = match quote {
        Some('\'') => single_end(text, start),
        Some(quote) => unescaped(text, start, quote),
        None => Some(closing(text, start)),
    };
    if closed.is_none() {
        faults.push((Span { start: at, end: start }, Syntax::UnclosedShellQuote));
    }
    let mut wrapped = cut(text, start..closed.unwrap_or(text.len()), around, Notation::Json, quoting);
    wrapped.faults = faults;
    // A pipe or a second command inside of quotes is no body.
    wrapped.body.trim_start().starts_with(['{', '[', '"']).then_some(wrapped)
}

/// The end of a word in single quotes; `'\''` stands for one quote inside of it.
fn single_end(text: &str, start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        let rest = text.get(at..)?;
        let quote = at + rest.find('\'')?;
        if text.get(quote..)?.starts_with(r"'\''") {
            at = quote + 4;
        } else {
            return Some(quote);
        }
    }
}

/// The first option that a body follows: where it ends, and whose it is.
fn option(text: &str) -> Option<(usize, Around)> {
    let mut from = 0;
    text.split_inclusive(char::is_whitespace).find_map(|word| {
        let start = from;
        from += word.len();
        let bare = word.trim_end();
        let (name, end) = match bare.split_once('=') {
            Some((name, _)) => (name, start + name.len()),
            None => (bare, start + bare.len()),
        };
        let (_, around) = OPTIONS.iter().find(|(option, _)| *option == name)?;
        let value = text.get(end..)?.trim_start().trim_start_matches(['=', '\\', '\r', '\n', ' ', '\t']);
        value.trim_start_matches(['\'', '"']).trim_start().starts_with(['{', '[', '"']).then_some((end, *around))
    })
}

fn cut(text: &str, range: Range<usize>, around: Around, notation: Notation, quoting: Quoting) -> Wrapped {
    let written = text.get(range.clone()).unwrap_or_default();
    let (mut body, mut origin) = (String::with_capacity(written.len()), Vec::new());
    if quoting == Quoting::None {
        body.push_str(written);
    } else {
        let mut characters = written.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let skipped = match (quoting, character) {
                (Quoting::Single, '\'') => {
                    // The other three characters of `'\''`.
                    characters.next();
                    characters.next();
                    characters.next();
                    '\''
                }
                (Quoting::Double, '\\') if matches!(characters.peek(), Some((_, '"' | '\\' | '$' | '`' | '\n'))) => {
                    characters.next().map_or(character, |(_, next)| next)
                }
                _ => character,
            };
            origin.extend(core::iter::repeat_n(range.start + at, skipped.len_utf8()));
            body.push(skipped);
        }
    }
    Wrapped { around, notation, quoting, range, body, origin, faults: Vec::new() }
}
