//! Reads the text of a body and goes on after every fault, so that all of them can be said at once.
//!
//! `serde_json` ends at the first fault; of a body that was copied from a page that is seldom the only one.

use crate::crn::Span;
use crate::order::Arrange as _;

use super::node::{Held, Member, Node};
use super::syntax::Syntax;

/// In which language a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// JSON.
    Json,
    /// An object of Terraform's language.
    Hcl,
}

/// How deep a body may be nested.
const DEPTH: usize = 64;

/// Reads a body: its root, and what is wrong with its text, in order.
pub(super) fn read(text: &str, notation: Notation) -> (Node, Vec<(Span, Syntax)>) {
    let mut reader = Reader { text, at: 0, notation, faults: Vec::new() };
    reader.blanks();
    let root = if matches!(reader.peek(), Some('{' | '[')) {
        reader.value(0)
    } else {
        let start = reader.at;
        reader.fault(start, start, Syntax::MissingBraces);
        let members = reader.members(None, 0);
        Node { span: Span { start, end: reader.at }, held: Held::Object(members) }
    };
    reader.behind();
    let mut faults = reader.faults;
    if faults.iter().any(|(_, fault)| *fault == Syntax::TooDeep) {
        // Everything around it is unclosed then, which says nothing.
        faults.retain(|(_, fault)| *fault == Syntax::TooDeep);
    }
    faults.arrange_by(|one, other| (one.0.start, one.0.end, &one.1).cmp(&(other.0.start, other.0.end, &other.1)));
    faults.dedup();
    (root, faults)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    notation: Notation,
    faults: Vec<(Span, Syntax)>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn fault(&mut self, start: usize, end: usize, fault: Syntax) {
        self.faults.push((Span { start, end }, fault));
    }

    /// A fault in JSON of what Terraform's language allows.
    fn json_fault(&mut self, start: usize, end: usize, fault: Syntax) {
        if self.notation == Notation::Json {
            self.fault(start, end, fault);
        }
    }

    /// Goes to the end of the line and gives the end of what is written on it.
    fn line(&mut self) -> usize {
        let rest = self.rest();
        let line = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default();
        let end = self.at + line.trim_end().len();
        self.at += line.len();
        end
    }

    /// Passes over blanks and comments; says whether a line ended.
    fn blanks(&mut self) -> bool {
        let mut ended = false;
        while let Some(character) = self.peek() {
            let (start, rest) = (self.at, self.rest());
            if character.is_whitespace() || character == '\u{feff}' {
                ended |= character == '\n';
                self.next();
            } else if rest.starts_with("/*") {
                self.at += rest.find("*/").map_or(rest.len(), |length| length + 2);
                self.json_fault(start, self.at, Syntax::Comment);
            } else if character == '#' || rest.starts_with("//") || rest.starts_with("<--") {
                let end = self.line();
                self.json_fault(start, end, Syntax::Comment);
            } else {
                break;
            }
        }
        ended
    }

    fn value(&mut self, depth: usize) -> Node {
        let start = self.at;
        let held = match self.peek() {
            Some('{' | '[') if depth >= DEPTH => {
                self.fault(start, start + 1, Syntax::TooDeep);
                self.at = self.text.len();
                Held::Unread(String::new())
            }
            Some('{') => {
                self.next();
                Held::Object(self.members(Some(start), depth + 1))
            }
            Some('[') => {
                self.next();
                Held::List(self.items(start, depth + 1))
            }
            Some('"' | '\'' | '“' | '”' | '‘' | '’') => self.quoted(),
            _ => self.word(),
        };
        Node { span: Span { start, end: self.at }, held }
    }

    fn items(&mut self, open: usize, depth: usize) -> Vec<Node> {
        let mut items = Vec::new();
        loop {
            self.blanks();
            let at = self.at;
            match self.peek() {
                None => {
                    self.fault(open, open + 1, Syntax::Unclosed { opens: "bracket", closes: "]" });
                    return items;
                }
                Some(']') => {
                    self.next();
                    return items;
                }
                Some('}') => {
                    self.fault(at, at + 1, Syntax::Mismatched { found: '}', wants: ']' });
                    return items;
                }
                Some(',') => {
                    self.next();
                    self.fault(at, at + 1, Syntax::TrailingComma);
                }
                Some(_) => {
                    items.push(self.value(depth));
                    self.separator(']');
                }
            }
        }
    }

    /// The members of an object; `open` is where its brace stands, none where it has none.
    fn members(&mut self, open: Option<usize>, depth: usize) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        loop {
            self.blanks();
            let at = self.at;
            match self.peek() {
                None => {
                    if let Some(open) = open {
                        self.fault(open, open + 1, Syntax::Unclosed { opens: "brace", closes: "}" });
                    }
                    return members;
                }
                Some('}') if open.is_some() => {
                    self.next();
                    return members;
                }
                Some(closes @ ('}' | ']')) => {
                    self.next();
                    self.fault(at, at + 1, Syntax::TooMany { closes });
                }
                Some(',') => {
                    self.next();
                    self.fault(at, at + 1, Syntax::TrailingComma);
                }
                Some(_) => {
                    let Some(member) = self.member(depth) else { continue };
                    if members.iter().any(|other| other.name == member.name) {
                        let Span { start, end } = member.name_span;
                        self.fault(start, end, Syntax::Twice { name: member.name.clone() });
                    } else {
                        members.push(member);
                    }
                    self.separator('}');
                }
            }
        }
    }

    /// What stands between two members or items.
    fn separator(&mut self, closes: char) {
        let end = self.at;
        let line_ended = self.blanks();
        match self.peek() {
            Some(',') => {
                let comma = self.at;
                self.next();
                self.blanks();
                if self.peek() == Some(closes) {
                    self.json_fault(comma, comma + 1, Syntax::TrailingComma);
                }
            }
            None | Some('}' | ']') => {}
            Some(_) if line_ended => self.json_fault(end, end, Syntax::MissingComma),
            Some(_) => self.fault(end, end, Syntax::MissingComma),
        }
    }

    fn member(&mut self, depth: usize) -> Option<Member> {
        let start = self.at;
        let name = match self.peek() {
            Some('"' | '\'' | '“' | '”' | '‘' | '’') => match self.quoted() {
                Held::Text(name) | Held::Unread(name) => name,
                _ => String::new(),
            },
            _ => {
                let name = self.bare();
                if name.is_empty() {
                    let text: String = self.next().into_iter().collect();
                    self.fault(start, self.at, Syntax::NotAValue { text });
                    return None;
                }
                // `storage_gb"`: the quote before it was forgotten.
                if self.peek() == Some('"') {
                    self.next();
                    self.fault(start, self.at, Syntax::MissingQuote);
                } else {
                    self.json_fault(start, self.at, Syntax::MissingQuote);
                }
                name
            }
        };
        let name_span = Span { start, end: self.at };
        self.blanks();
        let at = self.at;
        match self.peek() {
            Some(':') => {
                self.next();
            }
            Some('=') => {
                self.next();
                self.at += usize::from(self.rest().starts_with('>'));
                self.json_fault(at, self.at, Syntax::MissingColon);
            }
            _ => self.fault(name_span.end, name_span.end, Syntax::MissingColon),
        }
        self.blanks();
        let value = match self.peek() {
            None | Some(',' | '}' | ']') => {
                self.fault(self.at, self.at, Syntax::NotAValue { text: String::new() });
                Node { span: Span { start: self.at, end: self.at }, held: Held::Unread(String::new()) }
            }
            Some(_) => self.value(depth),
        };
        Some(Member { name, name_span, value })
    }

    /// A name without quotes.
    fn bare(&mut self) -> String {
        let rest = self.rest();
        let is_part = |part: char| part.is_alphanumeric() || matches!(part, '_' | '-' | '$' | '.');
        let name = rest.get(..rest.find(|part| !is_part(part)).unwrap_or(rest.len())).unwrap_or_default();
        self.at += name.len();
        name.to_owned()
    }

    fn quoted(&mut self) -> Held {
        let start = self.at;
        let open = self.next().unwrap_or('"');
        let closes: &[char] = match open {
            '"' => &['"'],
            '\'' => &['\''],
            '“' | '”' => &['”', '“', '"'],
            _ => &['’', '‘', '\''],
        };
        let mut text = String::new();
        let mut template = false;
        let mut closed = false;
        while let Some(character) = self.peek() {
            let at = self.at;
            if character == '\n' {
                break;
            }
            self.next();
            if closes.contains(&character) {
                closed = true;
                break;
            }
            match character {
                '\\' => self.escape(at, &mut text),
                '$' | '%' if self.notation == Notation::Hcl && self.peek() == Some('{') => {
                    template = true;
                    text.push(character);
                }
                _ => text.push(character),
            }
        }
        if open != '"' {
            self.fault(start, self.at, Syntax::WrongQuotes);
        }
        if !closed {
            // What follows is read on as if the text ended with its line.
            self.fault(start, start + open.len_utf8(), Syntax::Unclosed { opens: "quote", closes: "\"" });
            let end = text.trim_end_matches([' ', '\t', '\r', ',', '}', ']']).len();
            self.at -= text.len() - end;
            text.truncate(end);
        }
        if template { Held::Unread(text) } else { Held::Text(text) }
    }

    fn escape(&mut self, at: usize, text: &mut String) {
        let plain = match self.next() {
            Some(same @ ('"' | '\\' | '/')) => same,
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('u') => {
                let unit = |text: &str| u32::from_str_radix(text.get(..4)?, 16).ok();
                let first = unit(self.rest());
                let Some(first) = first else {
                    self.fault(at, self.at, Syntax::Escape);
                    return;
                };
                self.at += 4;
                let second =
                    self.rest().strip_prefix("\\u").and_then(unit).filter(|low| (0xdc00..0xe000).contains(low));
                let code = match second {
                    Some(low) if (0xd800..0xdc00).contains(&first) => {
                        self.at += 6;
                        0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00)
                    }
                    _ => first,
                };
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            other => {
                self.fault(at, self.at, Syntax::Escape);
                text.extend(other.filter(|other| *other != '\n'));
                return;
            }
        };
        text.push(plain);
    }

    /// A number, `true`, `false`, `null`, or something that is none of them.
    fn word(&mut self) -> Held {
        let start = self.at;
        if let Some(literal) = self.literal() {
            return literal;
        }
        if self.peek() == Some('<') {
            // `<root key CRN>` stands for a value.
            let rest = self.rest();
            let line = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default();
            self.at += line.find('>').map_or(1, |length| length + 1);
        } else {
            self.pass_over();
        }
        let written = self.text.get(start..self.at).unwrap_or_default();
        let word = written.trim_end();
        self.at = start + word.len();
        if word.is_empty() {
            self.next();
        }
        let shown = self.text.get(start..self.at).unwrap_or_default().to_owned();
        let last = shown.strip_suffix('"').filter(|word| !word.is_empty());
        match last {
            // `"version: 1.0.0"` and the like: the quote before the value was forgotten.
            Some(word) => {
                self.fault(start, self.at, Syntax::MissingQuote);
                Held::Text(word.to_owned())
            }
            None => {
                self.json_fault(start, self.at, Syntax::NotAValue { text: shown.clone() });
                Held::Unread(shown)
            }
        }
    }

    /// A number, `true`, `false` or `null`, with the end of a value or the quote of the next name behind it.
    fn literal(&mut self) -> Option<Held> {
        let rest = self.rest();
        let is_part = |part: char| part.is_ascii_alphanumeric() || matches!(part, '+' | '-' | '.');
        let word = rest.get(..rest.find(|part| !is_part(part)).unwrap_or(rest.len()))?;
        let behind = rest.get(word.len()..)?.trim_start_matches([' ', '\t', '\r']);
        let ends = behind.is_empty() || behind.starts_with([',', '}', ']', ')', '\n', '"', '#', '/', '<']);
        let held = match word {
            "true" => Held::Bool(true),
            "false" => Held::Bool(false),
            "null" => Held::Null,
            _ => Held::Number(serde_json::from_str(word).ok()?),
        };
        self.at += if ends { word.len() } else { 0 };
        ends.then_some(held)
    }

    /// Passes over an expression: to a comma, a closing bracket or the end of the line outside of brackets.
    fn pass_over(&mut self) {
        let mut depth = 0_usize;
        while let Some(character) = self.peek() {
            match character {
                '\n' | ',' | '}' | ']' | ')' if depth == 0 => return,
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                '"' if self.notation == Notation::Hcl => {
                    self.quoted();
                    continue;
                }
                '#' => return,
                _ if self.rest().starts_with("//") && self.notation == Notation::Json => return,
                _ => {}
            }
            self.next();
        }
    }

    /// Whether anything stands behind the end of the body.
    fn behind(&mut self) {
        self.blanks();
        while let Some(closes @ ('}' | ']')) = self.peek() {
            self.fault(self.at, self.at + 1, Syntax::TooMany { closes });
            self.next();
            self.blanks();
        }
        if self.peek() == Some(',') {
            self.fault(self.at, self.at + 1, Syntax::TrailingComma);
            self.next();
            self.blanks();
        }
        if self.peek().is_some() {
            let start = self.at;
            let end = start + self.rest().trim_end().len();
            self.fault(start, end, Syntax::Behind);
        }
    }
}
