//! Formats: which there are for an answer, and where it is written.

use std::collections::BTreeSet;
use std::fmt;

use kmsguard::api::{Answer, RequestError, to_json};

use super::arguments::Common;
use super::host::{HostError, Stream};
use super::terminal::{Calm, Escapes, Terminal};

/// In which formats the answer is wanted, and where.
#[derive(Debug)]
pub(crate) struct Output {
    /// For standard output; none where only files are wanted.
    format: Option<String>,
    files: Vec<(String, String)>,
    pub(crate) quiet: bool,
}

/// On what a text is written: a terminal has colours and a width, a file and a pipe have neither.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sheet {
    pub(crate) colour: bool,
    pub(crate) width: Option<usize>,
}

/// Writes an answer in a format for people; `colour` is for a terminal.
pub(crate) type Render<'a, A> = (&'static str, &'a dyn Fn(&A, bool) -> String);

impl Output {
    pub(crate) fn of(common: &Common) -> Result<Self, RequestError> {
        let format = if common.json { Some("json".to_owned()) } else { common.output_format.clone() };
        let default = format.clone().unwrap_or_else(|| "text".to_owned());
        let files = common.output_file.iter().map(|file| match file.split_once('=') {
            Some((format, path)) if !format.contains(['/', '.', '\\']) => (format.to_owned(), path.to_owned()),
            _ => (default.clone(), file.clone()),
        });
        let files: Vec<(String, String)> = files.collect();
        let mut seen = BTreeSet::new();
        if let Some((_, path)) = files.iter().find(|(_, path)| !seen.insert(path)) {
            return Err(RequestError {
                code: "REQ018",
                message: format!("`{path}` is to be written twice"),
                help: "give each format a file of its own".to_owned(),
            });
        }
        // A file without a format of its own takes the answer in place of standard output.
        let own = common.output_file.iter().zip(&files).all(|(given, (_, path))| given != path);
        let format = if files.is_empty() { Some(default) } else { format.filter(|_| own) };
        Ok(Self { format, files, quiet: common.quiet })
    }

    /// Whether the answer is wanted on standard output in that format, and nowhere else.
    pub(crate) fn is_stream(&self, format: &str) -> bool {
        self.format.as_deref() == Some(format) && self.files.is_empty()
    }

    /// Whether standard output is for people.
    pub(crate) fn is_text(&self) -> bool {
        self.format.as_deref() == Some("text")
    }

    /// Writes an answer wherever it is wanted. JSON can always be had; `renders` are the other formats.
    pub(crate) fn write<A: Answer>(
        &self,
        answer: &A,
        renders: &[Render<'_, A>],
        terminal: &Terminal<'_>,
    ) -> Result<(), RequestError> {
        let names: Vec<&str> = renders.iter().map(|(name, _)| *name).chain(["json"]).collect();
        self.put(&names, Escapes::ColoursStay, terminal, &|format, sheet, sink| {
            sink.write_str(&match renders.iter().find(|(name, _)| *name == format) {
                Some((_, render)) => render(answer, sheet.colour),
                None => to_json(answer),
            })
        })
    }

    /// Writes a text that is to be used as it is, a script or a body, or the whole answer as JSON. In a pipe and in a file it is as it
    /// is; on a terminal nothing of it moves that. `escapes`: how what would is shown there.
    pub(crate) fn write_for_use<A: Answer>(
        &self,
        answer: &A,
        text: &str,
        escapes: Escapes,
        terminal: &Terminal<'_>,
    ) -> Result<(), RequestError> {
        self.put(&["text", "json"], escapes, terminal, &|format, _, sink| match format {
            "json" => sink.write_str(&to_json(answer)),
            _ => sink.write_str(text),
        })
    }

    /// Writes an answer wherever it is wanted: as text, or in a format of the core, a part at a time.
    pub(crate) fn write_report<F: Copy>(
        &self,
        text: &dyn Fn(Sheet) -> String,
        formats: &[(&'static str, F)],
        write: &dyn Fn(F, &mut dyn fmt::Write) -> fmt::Result,
        terminal: &Terminal<'_>,
    ) -> Result<(), RequestError> {
        let names: Vec<&str> = std::iter::once("text").chain(formats.iter().map(|(name, _)| *name)).collect();
        self.put(&names, Escapes::ColoursStay, terminal, &|format, sheet, sink| match formats
            .iter()
            .find(|(name, _)| *name == format)
        {
            Some((_, format)) => write(*format, sink),
            None => sink.write_str(&text(sheet)),
        })
    }

    /// Refuses a format that there is not, before anything is written.
    fn check(&self, names: &[&str]) -> Result<(), RequestError> {
        let mut wanted = self.format.iter().chain(self.files.iter().map(|(format, _)| format));
        match wanted.find(|format| !names.contains(&format.as_str())) {
            None => Ok(()),
            Some(format) => Err(RequestError {
                code: "REQ002",
                message: format!("there is no format `{format}` for this"),
                help: format!("formats: {}", names.join(", ")),
            }),
        }
    }

    fn put(
        &self,
        names: &[&str],
        escapes: Escapes,
        terminal: &Terminal<'_>,
        write: &dyn Fn(&str, Sheet, &mut dyn fmt::Write) -> fmt::Result,
    ) -> Result<(), RequestError> {
        self.check(names)?;
        if let Some(format) = &self.format {
            let sheet = terminal.sheet(Stream::Stdout);
            // Whatever reads JSON reads the same of its escapes; a pipe and a file have the input's own text.
            let escapes = if is_json(format) { Escapes::OfJson } else { escapes };
            in_parts(
                &mut |part| terminal.host().stdout(part),
                &|sink| match terminal.host().is_terminal(Stream::Stdout) {
                    true => write(format, sheet, &mut Calm { sink, escapes }),
                    false => write(format, sheet, sink),
                },
            );
        }
        for (format, path) in &self.files {
            let parts = &mut |put: &mut dyn FnMut(&[u8])| in_parts(put, &|sink| write(format, Sheet::default(), sink));
            terminal.host().write_parts(path, parts).map_err(|error| unwritten(path, error))?;
        }
        Ok(())
    }
}

/// So many bytes are kept before they are written.
const PART: usize = 1 << 16;

/// A text that is written a part at a time.
struct Kept<'a> {
    kept: String,
    put: &'a mut dyn FnMut(&[u8]),
}

impl fmt::Write for Kept<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.kept.push_str(text);
        if self.kept.len() >= PART {
            (self.put)(self.kept.as_bytes());
            self.kept.clear();
        }
        Ok(())
    }
}

/// Formats that are JSON.
fn is_json(format: &str) -> bool {
    matches!(format, "json" | "jsonl" | "sarif")
}

/// Hands what `write` writes on, a part at a time. Whoever takes the parts says what became of them.
fn in_parts(put: &mut dyn FnMut(&[u8]), write: &dyn Fn(&mut dyn fmt::Write) -> fmt::Result) {
    let mut parts = Kept { kept: String::new(), put };
    // It takes everything, so nothing can be wrong with writing.
    let _ = write(&mut parts);
    (parts.put)(parts.kept.as_bytes());
}

/// A file that could not be written.
pub(crate) fn unwritten(path: &str, error: HostError) -> RequestError {
    RequestError {
        code: "REQ003",
        message: format!("`{path}` cannot be written"),
        help: match error {
            HostError::NotFound => "the folder does not exist",
            HostError::NotPermitted => "check who may write there",
            HostError::NotAFile => "this is a folder",
            HostError::Changed | HostError::Other => "check the disk",
        }
        .to_owned(),
    }
}
