//! The part of Terraform's language in which authorizations are written: blocks, arguments, quoted texts, lists and objects.
//!
//! Every other expression is passed over whole and is unknown: what it says is settled when Terraform runs. A parser of all of HCL
//! (`hcl-edit` 0.10, measured on its own: 99 kB gzipped as WebAssembly) would add a quarter to the module that browsers load. A
//! property test holds this one against it.

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    Null,
    Bool(bool),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
    /// Known only when Terraform runs; as it is written.
    Unknown(String),
}

/// `name = expression`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) value: Expression,
    pub(super) span: [usize; 2],
}

/// `kind "label" { … }`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Block {
    pub(super) kind: String,
    pub(super) labels: Vec<String>,
    pub(super) arguments: Vec<Argument>,
    pub(super) blocks: Vec<Self>,
    pub(super) span: [usize; 2],
}

/// What cannot be read: where, and what was expected there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unread {
    pub(super) at: usize,
    pub(super) expected: &'static str,
}

/// How deep blocks, lists and objects may stand in one another.
const DEPTH: usize = 64;

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

/// Reads a file: a block without a name that holds the blocks of the file.
pub(super) fn read(text: &str) -> Result<Block, Unread> {
    let mut reader = Reader { text, at: 0 };
    let mut file = Block::default();
    reader.body(&mut file, 0)?;
    if reader.peek().is_some() {
        return Err(reader.expected("a block or an argument"));
    }
    Ok(file)
}

impl Reader<'_> {
    fn rest(&self) -> &str {
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

    fn eat(&mut self, text: &str) -> bool {
        let there = self.rest().starts_with(text);
        if there {
            self.at += text.len();
        }
        there
    }

    const fn expected(&self, expected: &'static str) -> Unread {
        Unread { at: self.at, expected }
    }

    /// Passes over blanks and comments, and over the ends of lines where they mean nothing.
    fn blanks(&mut self, lines: bool) -> Result<(), Unread> {
        loop {
            match self.peek() {
                Some('\n') if !lines => return Ok(()),
                Some(character) if character.is_whitespace() => {
                    self.next();
                }
                Some('#') => self.line(),
                Some('/') if self.rest().starts_with("//") => self.line(),
                Some('/') if self.rest().starts_with("/*") => {
                    let length = self.rest().find("*/").ok_or(self.expected("`*/`"))?;
                    self.at += length + 2;
                }
                _ => return Ok(()),
            }
        }
    }

    /// Goes to the end of the line.
    fn line(&mut self) {
        self.at += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    fn identifier(&mut self) -> Option<String> {
        let rest = self.rest();
        if !rest.starts_with(|first: char| first.is_alphabetic() || first == '_') {
            return None;
        }
        let is_part = |part: char| part.is_alphanumeric() || part == '_' || part == '-';
        let name = rest.get(..rest.find(|part| !is_part(part)).unwrap_or(rest.len()))?.to_owned();
        self.at += name.len();
        Some(name)
    }

    fn body(&mut self, block: &mut Block, depth: usize) -> Result<(), Unread> {
        if depth > DEPTH {
            return Err(self.expected("blocks that are nested less deep"));
        }
        loop {
            self.blanks(true)?;
            let start = self.at;
            if matches!(self.peek(), None | Some('}')) {
                return Ok(());
            }
            let name = self.identifier().ok_or(self.expected("the name of a block or an argument"))?;
            self.blanks(false)?;
            if self.peek() == Some('=') && !self.rest().starts_with("==") {
                self.next();
                self.blanks(false)?;
                let value = self.expression(true, depth)?;
                self.blanks(false)?;
                block.arguments.push(Argument { name, value, span: [start, self.at] });
                if !matches!(self.peek(), None | Some('\n' | '}')) {
                    return Err(self.expected("the end of the line"));
                }
                continue;
            }
            let mut inner = Block { kind: name, ..Block::default() };
            while self.peek() != Some('{') {
                let label = match self.peek() {
                    Some('"') => self.quoted()?,
                    _ => self.identifier(),
                };
                inner.labels.push(label.ok_or(self.expected("`=`, a label or `{`"))?);
                self.blanks(false)?;
            }
            self.next();
            self.body(&mut inner, depth + 1)?;
            if !self.eat("}") {
                return Err(self.expected("`}`"));
            }
            inner.span = [start, self.at];
            block.blocks.push(inner);
        }
    }

    /// An expression; at the end of a line it ends unless it stands in brackets.
    fn expression(&mut self, line_ends: bool, depth: usize) -> Result<Expression, Unread> {
        let start = self.at;
        if let Some(literal) = self.literal(depth)? {
            let end = self.at;
            self.blanks(!line_ends)?;
            if matches!(self.peek(), None | Some('\n' | ',' | ']' | '}' | ')')) {
                self.at = end;
                return Ok(literal);
            }
        }
        self.at = start;
        self.pass_over(line_ends)?;
        let written = self.text.get(start..self.at).unwrap_or_default().trim();
        if written.is_empty() {
            return Err(self.expected("an expression"));
        }
        Ok(Expression::Unknown(written.to_owned()))
    }

    /// An expression that says what it says without Terraform; the reader may be left anywhere where there is none.
    fn literal(&mut self, depth: usize) -> Result<Option<Expression>, Unread> {
        match self.peek() {
            Some('"') => Ok(self.quoted()?.map(Expression::Text)),
            Some('[') if depth < DEPTH => self.list(depth + 1),
            Some('{') if depth < DEPTH => self.object(depth + 1),
            _ => Ok(match self.identifier().as_deref() {
                Some("true") => Some(Expression::Bool(true)),
                Some("false") => Some(Expression::Bool(false)),
                Some("null") => Some(Expression::Null),
                _ => None,
            }),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Option<Expression>, Unread> {
        self.next();
        self.blanks(true)?;
        let start = self.at;
        // What `for` makes of something else, only Terraform knows.
        if self.identifier().is_some_and(|name| name == "for") {
            return Ok(None);
        }
        self.at = start;
        let mut items = Vec::new();
        loop {
            self.blanks(true)?;
            if self.eat("]") {
                return Ok(Some(Expression::List(items)));
            }
            items.push(self.expression(false, depth)?);
            self.blanks(true)?;
            if !self.eat(",") && self.peek() != Some(']') {
                return Ok(None);
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Option<Expression>, Unread> {
        self.next();
        let mut members = Vec::new();
        loop {
            self.blanks(true)?;
            if self.eat("}") {
                return Ok(Some(Expression::Object(members)));
            }
            let name = match self.peek() {
                Some('"') => self.quoted()?,
                _ => self.identifier().filter(|name| name != "for"),
            };
            self.blanks(false)?;
            let Some(name) = name.filter(|_| self.eat("=") || self.eat(":")) else { return Ok(None) };
            self.blanks(false)?;
            members.push((name, self.expression(true, depth)?));
            self.blanks(false)?;
            if !self.eat(",") && !matches!(self.peek(), Some('\n' | '}')) {
                return Ok(None);
            }
        }
    }

    /// A quoted text; none if something is put into it when Terraform runs.
    fn quoted(&mut self) -> Result<Option<String>, Unread> {
        let start = self.at;
        self.next();
        let mut text = String::new();
        loop {
            let rest = self.rest();
            // Which two of a longer run belong together, nobody can say.
            if rest.starts_with("$$$") || rest.starts_with("%%%") {
                break;
            }
            if rest.starts_with("$${") || rest.starts_with("%%{") {
                text.extend(self.next());
                self.next();
                text.extend(self.next());
                continue;
            }
            if rest.starts_with("${") || rest.starts_with("%{") {
                break;
            }
            match self.next() {
                None | Some('\n') => return Err(Unread { at: start, expected: "a text that ends on its line" }),
                Some('"') => return Ok(Some(text)),
                Some('\\') => {
                    text.push(self.escape().ok_or(self.expected("an escape such as `\\n` or `\\u00e9`"))?);
                }
                Some(character) => text.push(character),
            }
        }
        self.at = start;
        self.pass_over(true)?;
        Ok(None)
    }

    fn escape(&mut self) -> Option<char> {
        let length = match self.next()? {
            'n' => return Some('\n'),
            'r' => return Some('\r'),
            't' => return Some('\t'),
            character @ ('"' | '\\') => return Some(character),
            'u' => 4,
            'U' => 8,
            _ => return None,
        };
        let digits =
            self.rest().get(..length).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
        self.at += length;
        Some(character)
    }

    /// Passes over an expression, whatever it is. What stands open is counted on the heap, so that no depth is too deep.
    fn pass_over(&mut self, line_ends: bool) -> Result<(), Unread> {
        let mut open: Vec<char> = Vec::new();
        while let Some(character) = self.peek() {
            if open.last() == Some(&'"') {
                if self.eat("\\") {
                    self.next();
                } else if self.eat("$${") || self.eat("%%{") {
                } else if self.eat("${") || self.eat("%{") {
                    open.push('}');
                } else if self.eat("\"") {
                    open.pop();
                } else if character == '\n' {
                    return Err(self.expected("a text that ends on its line"));
                } else {
                    self.next();
                }
                continue;
            }
            match character {
                '\n' if open.is_empty() && line_ends => return Ok(()),
                ',' | ']' | '}' | ')' if open.is_empty() => return Ok(()),
                ']' | '}' | ')' if open.pop() != Some(character) => {
                    return Err(self.expected("the bracket that closes what is open"));
                }
                '[' => open.push(']'),
                '{' => open.push('}'),
                '(' => open.push(')'),
                '"' => open.push('"'),
                '#' => {
                    self.line();
                    continue;
                }
                '/' if self.rest().starts_with("//") || self.rest().starts_with("/*") => {
                    self.blanks(false)?;
                    continue;
                }
                '<' if self.rest().starts_with("<<") => {
                    self.heredoc()?;
                    continue;
                }
                _ => {}
            }
            self.next();
        }
        if open.is_empty() { Ok(()) } else { Err(self.expected("the bracket that closes what is open")) }
    }

    /// Passes over `<<END`, the lines after it, and the line that says `END`, whose end is left.
    fn heredoc(&mut self) -> Result<(), Unread> {
        self.at += 2;
        self.eat("-");
        let delimiter = self.identifier().ok_or(self.expected("the word that ends the text"))?;
        self.line();
        while self.next().is_some() {
            let start = self.at;
            self.line();
            if self.text.get(start..self.at).is_some_and(|line| line.trim() == delimiter) {
                return Ok(());
            }
        }
        Err(self.expected("the word that ends the text"))
    }
}
