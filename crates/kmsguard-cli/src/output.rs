//! Formats: which there are for an answer, and where it is written.

use kmsguard::api::{Answer, RequestError, to_json};

use super::arguments::Common;
use super::host::{HostError, Stream};
use super::terminal::Terminal;

/// In which formats the answer is wanted, and where.
#[derive(Debug)]
pub(crate) struct Output {
    /// For standard output; none where only files are wanted.
    format: Option<String>,
    files: Vec<(String, String)>,
    pub(crate) quiet: bool,
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
        let known = |format: &str| format == "json" || renders.iter().any(|(name, _)| *name == format);
        for format in self.format.iter().chain(self.files.iter().map(|(format, _)| format)) {
            if !known(format) {
                let names: Vec<&str> = renders.iter().map(|(name, _)| *name).chain(["json"]).collect();
                return Err(RequestError {
                    code: "REQ002",
                    message: format!("there is no format `{format}` for this"),
                    help: format!("formats: {}", names.join(", ")),
                });
            }
        }
        let render = |format: &str, colour: bool| match renders.iter().find(|(name, _)| *name == format) {
            Some((_, render)) => render(answer, colour),
            None => to_json(answer),
        };
        if let Some(format) = &self.format {
            terminal.write(Stream::Stdout, &render(format, terminal.colour(Stream::Stdout)));
        }
        for (format, path) in &self.files {
            terminal.host().write(path, render(format, false).as_bytes()).map_err(|error| unwritten(path, error))?;
        }
        Ok(())
    }
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
