//! The commands of a shell script, word by word, as far as they can be known without running it.
//!
//! Only what is read here is understood: words, quotes, comments, redirections and here-documents of a POSIX shell. Whatever the
//! shell would put in the place of something else, a variable or a file's name, makes the word unknown, and is never taken for
//! the text that stands there.

/// A word of a command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// What it says, or how it is written where that is not known.
    pub(super) text: String,
    /// It says something only once the shell has run.
    pub(super) unknown: bool,
    /// Where it stands.
    pub(super) span: [usize; 2],
}

/// A command, with what goes in and out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) words: Vec<Word>,
    /// The file that takes its output.
    pub(super) output: Option<Word>,
    /// The text of its here-document.
    pub(super) here: Option<Word>,
}

/// A quote that never ends, and where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unended(pub(super) usize);

/// A here-document that is announced, and whose text comes after the line.
struct Announced {
    command: usize,
    delimiter: String,
    quoted: bool,
    indented: bool,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

/// Reads a script.
pub(super) fn commands(text: &str) -> Result<Vec<Command>, Unended> {
    let mut reader = Reader { text, at: 0 };
    let mut commands = vec![Command::default()];
    let mut announced: Vec<Announced> = Vec::new();
    while let Some(character) = reader.peek() {
        match character {
            '\n' => {
                reader.next();
                for here in announced.drain(..) {
                    let word = reader.here_document(&here);
                    if let Some(command) = commands.get_mut(here.command) {
                        command.here = Some(word);
                    }
                }
                commands.push(Command::default());
            }
            ';' | '&' | '|' | '(' | ')' => {
                reader.next();
                commands.push(Command::default());
            }
            character if character.is_whitespace() => {
                reader.next();
            }
            '\\' if reader.rest().starts_with("\\\n") || reader.rest().starts_with("\\\r\n") => {
                reader.at += if reader.rest().starts_with("\\\n") { 2 } else { 3 };
            }
            '#' => reader.line(),
            '<' if reader.rest().starts_with("<<") && !reader.rest().starts_with("<<<") => {
                reader.at += 2;
                let indented = reader.peek() == Some('-');
                if indented {
                    reader.next();
                }
                reader.blanks();
                let start = reader.at;
                let delimiter = reader.word()?;
                let written = text.get(start..reader.at).unwrap_or_default();
                announced.push(Announced {
                    command: commands.len().saturating_sub(1),
                    quoted: written.contains(['\'', '"', '\\']),
                    delimiter: delimiter.text,
                    indented,
                });
            }
            '<' | '>' => {
                let out = character == '>';
                while matches!(reader.peek(), Some('<' | '>' | '&')) {
                    reader.next();
                }
                reader.blanks();
                let file = reader.word()?;
                if let Some(command) = commands.last_mut().filter(|_| out) {
                    command.output = Some(file);
                }
            }
            _ => {
                let word = reader.word()?;
                if let Some(command) = commands.last_mut() {
                    command.words.push(word);
                }
            }
        }
    }
    commands.retain(|command| !command.words.is_empty());
    Ok(commands)
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

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t')) {
            self.next();
        }
    }

    /// Goes to the end of the line.
    fn line(&mut self) {
        self.at += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    fn word(&mut self) -> Result<Word, Unended> {
        let start = self.at;
        let mut word = Word::default();
        while let Some(character) = self.peek() {
            match character {
                character if character.is_whitespace() || ";&|<>()".contains(character) => break,
                '\'' => self.single_quoted(&mut word)?,
                '"' => self.double_quoted(&mut word)?,
                '\\' => {
                    self.next();
                    match self.next() {
                        Some('\n') | None => {}
                        Some(escaped) => word.text.push(escaped),
                    }
                }
                '$' | '`' => self.expansion(&mut word)?,
                // Names of files, and lists of words, would be put in their place.
                '*' | '?' | '[' | '{' | '}' | '~' => {
                    word.unknown = true;
                    word.text.extend(self.next());
                }
                plain => {
                    self.next();
                    word.text.push(plain);
                }
            }
        }
        word.span = [start, self.at];
        if word.unknown {
            word.text = self.text.get(start..self.at).unwrap_or_default().to_owned();
        }
        Ok(word)
    }

    fn single_quoted(&mut self, word: &mut Word) -> Result<(), Unended> {
        let start = self.at;
        self.next();
        let end = self.rest().find('\'').ok_or(Unended(start))?;
        word.text.push_str(self.rest().get(..end).unwrap_or_default());
        self.at += end + 1;
        Ok(())
    }

    fn double_quoted(&mut self, word: &mut Word) -> Result<(), Unended> {
        let start = self.at;
        self.next();
        loop {
            match self.peek().ok_or(Unended(start))? {
                '"' => {
                    self.next();
                    return Ok(());
                }
                '\\' => {
                    self.next();
                    match self.next().ok_or(Unended(start))? {
                        '\n' => {}
                        escaped @ ('"' | '\\' | '$' | '`') => word.text.push(escaped),
                        other => word.text.extend(['\\', other]),
                    }
                }
                '$' | '`' => self.expansion(word)?,
                _ => word.text.extend(self.next()),
            }
        }
    }

    /// What the shell puts something else in the place of. A lone `$` is itself.
    fn expansion(&mut self, word: &mut Word) -> Result<(), Unended> {
        let start = self.at;
        let first = self.next();
        if first == Some('`') {
            let end = self.rest().find('`').ok_or(Unended(start))?;
            self.at += end + 1;
            word.unknown = true;
            return Ok(());
        }
        let close = match self.peek() {
            Some('{') => ('{', '}'),
            Some('(') => ('(', ')'),
            Some(letter) if letter.is_alphanumeric() || "_@*#?$!-'\"".contains(letter) => {
                // A double quote after it may be the end of the quotes it stands in.
                word.unknown = letter != '"';
                if letter == '"' {
                    word.text.push('$');
                }
                return Ok(());
            }
            _ => {
                word.text.push('$');
                return Ok(());
            }
        };
        word.unknown = true;
        let mut depth = 0_usize;
        while let Some(character) = self.next() {
            if character == close.0 {
                depth += 1;
            } else if character == close.1 {
                depth -= 1;
                if depth == 0 {
                    return Ok(());
                }
            }
        }
        Err(Unended(start))
    }

    /// The text after the line, until a line that is the delimiter alone.
    fn here_document(&mut self, here: &Announced) -> Word {
        let start = self.at;
        let mut text = String::new();
        while !self.rest().is_empty() {
            let line_start = self.at;
            self.line();
            let line = self.text.get(line_start..self.at).unwrap_or_default();
            self.next();
            let line = if here.indented { line.trim_start_matches('\t') } else { line };
            if line.trim_end_matches('\r') == here.delimiter {
                break;
            }
            text.push_str(line);
            text.push('\n');
        }
        let unknown = !here.quoted && text.contains(['$', '`', '\\']);
        Word { text, unknown, span: [start, self.at] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        let shown = |word: Word| if word.unknown { format!("?{}", word.text) } else { word.text };
        let commands = commands(text).expect("a script");
        commands.into_iter().map(|command| command.words.into_iter().map(shown).collect()).collect()
    }

    #[test]
    fn words_are_split_as_a_shell_does() {
        assert_eq!(words("a 'b c' \"d\\\"e\" f\\ g 'h'\"i\"j"), [["a", "b c", "d\"e", "f g", "hij"]]);
        assert_eq!(words("a \\\n  b # c\nd; e && f | g"), [&["a", "b"][..], &["d"], &["e"], &["f"], &["g"]]);
        assert_eq!(words("a '' \"\""), [["a", "", ""]]);
        assert_eq!(words("a#b 'it'\\''s' 5$"), [["a#b", "it's", "5$"]]);
    }

    #[test]
    fn what_the_shell_fills_in_is_unknown() {
        assert_eq!(words("a $B \"${C}\" $(d e) `f` '$G'"), [["a", "?$B", "?\"${C}\"", "?$(d e)", "?`f`", "$G"]]);
        assert_eq!(words("a * b? ~/c {d,e} '*'"), [["a", "?*", "?b?", "?~/c", "?{d,e}", "*"]]);
        assert_eq!(words("a x\"$B\"y"), [["a", "?x\"$B\"y"]]);
    }

    #[test]
    fn quotes_that_never_end_are_refused() {
        for (text, start) in [("a 'b", 2), ("a \"b", 2), ("a $(b", 2), ("a `b", 2), ("a \"\\", 2), ("${", 0)] {
            assert_eq!(commands(text), Err(Unended(start)), "{text}");
        }
    }

    #[test]
    fn here_documents_and_files_go_with_their_command() {
        let read = commands("cat > f.json <<'EOF'\n{\"a\": '1'}\nEOF\nb --file f.json\n").expect("a script");
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].output.as_ref().map(|word| word.text.as_str()), Some("f.json"));
        assert_eq!(read[0].here.as_ref().map(|word| word.text.as_str()), Some("{\"a\": '1'}\n"));
        let read = commands("cat <<E >f\n$A\nE").expect("a script");
        assert!(read[0].here.as_ref().is_some_and(|word| word.unknown));
    }

    #[test]
    fn deep_and_long_texts_are_read_in_one_go() {
        assert!(commands(&"$(".repeat(50_000)).is_err());
        assert!(commands(&"a ' ' ".repeat(50_000)).is_ok());
    }
}
