//! The configuration of the command: `kmsguard.toml`, looked for from the working directory up to the root of the repository.

mod toml_document;

use kmsguard::api::{Configuration, Problem, RequestError};
use serde_json::Value;

use super::arguments::Common;
use super::host::{EntryKind, Host};
use super::request_file;
use super::terminal::Terminal;
use toml_document::TomlDocument;

/// What the file is called.
pub(crate) const NAME: &str = "kmsguard.toml";

/// So many folders above the working directory may belong to its repository.
const DEEPEST: usize = 64;

/// A configuration that was read, with its places.
pub(crate) struct Loaded {
    path: String,
    document: TomlDocument,
    baseline: Option<String>,
}

/// The configuration that is in force: the one that was named, or the nearest one, or none.
pub(crate) fn load(common: &Common, terminal: &Terminal<'_>) -> Result<Option<Loaded>, RequestError> {
    if common.no_config {
        return Ok(None);
    }
    let path = match &common.config {
        Some(path) => path.clone(),
        None => match nearest(terminal.host()) {
            Some(path) => path,
            None => return Ok(None),
        },
    };
    let bytes = request_file::read(&path, terminal)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let whole = String::from_utf8_lossy(error.as_bytes());
        let line = whole.split('\u{fffd}').next().unwrap_or_default().lines().count().max(1);
        RequestError {
            code: "CONF013",
            message: format!("{path}:{line}: not UTF-8"),
            help: "save the file as UTF-8".to_owned(),
        }
    })?;
    let document = match TomlDocument::read(&text) {
        Ok(document) => document,
        Err(faults) => {
            let errors = faults.into_iter().map(|fault| RequestError {
                code: "CONF013",
                message: format!("{path}:{}:{}: {}", fault.line, fault.column, fault.message),
                help: "https://toml.io describes the format".to_owned(),
            });
            return Err(last_of(errors.collect(), terminal));
        }
    };
    match Configuration::read(&document.value) {
        Ok(configuration) => Ok(Some(Loaded { baseline: configuration.baseline, path, document })),
        Err(faults) => {
            let mut faults: Vec<_> = faults.iter().map(|fault| (document.place(&fault.pointer), fault)).collect();
            faults.sort_by_key(|(place, _)| *place);
            let errors = faults.into_iter().map(|((line, column), fault)| RequestError {
                code: fault.code(),
                message: format!("{path}:{line}:{column}: {}", fault.message()),
                help: fault.help(),
            });
            Err(last_of(errors.collect(), terminal))
        }
    }
}

impl Loaded {
    /// The file.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Whether it says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.document.value.as_object().is_some_and(serde_json::Map::is_empty)
    }

    /// As the core takes it.
    pub(crate) fn value(&self) -> &Value {
        &self.document.value
    }

    /// The file of the baseline, which is named as seen from the file of the configuration.
    pub(crate) fn baseline(&self) -> Option<String> {
        let name = self.baseline.as_ref()?;
        Some(match self.path.rsplit_once('/') {
            Some((folder, _)) if !name.starts_with('/') => format!("{folder}/{name}"),
            _ => name.clone(),
        })
    }

    /// Where a problem stands, as `kmsguard.toml:3:1`.
    pub(crate) fn place(&self, problem: &Problem) -> String {
        let (line, column) = self.document.place(problem.pointer.as_deref().unwrap_or_default());
        format!("{}:{line}:{column}", self.path)
    }
}

/// A baseline: the one that was named, or that of the configuration.
pub(crate) fn baseline(
    named: Option<&str>,
    configuration: Option<&Loaded>,
    terminal: &Terminal<'_>,
) -> Result<Option<Value>, RequestError> {
    let Some(path) = named.map(str::to_owned).or_else(|| configuration.and_then(Loaded::baseline)) else {
        return Ok(None);
    };
    let bytes = request_file::read(&path, terminal)?;
    serde_json::from_slice(&bytes).map(Some).map_err(|_| RequestError {
        code: "CONF008",
        message: format!(
            "`{}`: the baseline is not a document that `kmsguard baseline` wrote",
            request_file::name(&path)
        ),
        help: "make it with `kmsguard baseline`".to_owned(),
    })
}

/// The nearest file of that name: in the working directory, or in a folder above it that is still of the same repository.
fn nearest(host: &dyn Host) -> Option<String> {
    let above = |levels: usize, name: &str| "../".repeat(levels) + name;
    let root = (0..DEEPEST).find(|levels| host.kind(&above(*levels, ".git")).is_ok()).unwrap_or(0);
    let is_there = |path: &String| matches!(host.kind(path), Ok(EntryKind::File | EntryKind::Link));
    (0..=root).map(|levels| above(levels, NAME)).find(is_there)
}

/// Tells all errors but the last, which is for the caller to give back.
fn last_of(mut errors: Vec<RequestError>, terminal: &Terminal<'_>) -> RequestError {
    let last = errors.pop();
    for error in errors {
        terminal.error(error.code, &error.message, Some(&error.help));
    }
    last.unwrap_or_else(|| RequestError { code: "CONF013", message: "not TOML".to_owned(), help: String::new() })
}
