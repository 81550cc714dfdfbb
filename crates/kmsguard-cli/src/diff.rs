//! `kmsguard diff`.

use std::fmt::Write;

use kmsguard::api::{
    Answer, AuditRequest, DiffAnswer, DiffChange, DiffFinding, DiffRequest, Now, Outcome, RequestError, diff, to_json,
};
use serde_json::Value;

use super::arguments::{Common, DiffArguments};
use super::audit::problems;
use super::audit_text::severity;
use super::configuration::{self, Loaded};
use super::host::EntryKind;
use super::inputs::read_inventory;
use super::output::Output;
use super::request_file;
use super::terminal::{Look, Terminal, paint, plain};

pub(crate) fn run(
    arguments: &DiffArguments,
    common: &Common,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    let configuration = configuration::load(common, terminal)?;
    let side = |path| side(path, arguments, configuration.as_ref(), now, output, terminal);
    let answer = diff(&DiffRequest {
        now,
        old: side(&arguments.old)?,
        new: side(&arguments.new)?,
        fail_on: arguments.fail_on.map(Into::into),
        config: configuration.as_ref().map(|loaded| loaded.value().clone()),
    })?;
    output.write(&answer, &[("text", &text), ("markdown", &|answer: &DiffAnswer, _| answer.markdown())], terminal)?;
    Ok(match answer.outcome() {
        Outcome::Bad | Outcome::Unknown if arguments.exit_zero => 0,
        outcome => outcome.exit_code(),
    })
}

/// One side: an answer of `audit` as it is, or exports, which are audited.
fn side(
    path: &str,
    arguments: &DiffArguments,
    configuration: Option<&Loaded>,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<Value, RequestError> {
    if path == "-" || matches!(terminal.host().kind(path), Ok(EntryKind::File)) {
        let bytes = request_file::read(path, terminal)?;
        let document = serde_json::from_slice::<Value>(&bytes);
        let is_audit = |document: &Value| document.get("findings").is_some() && document.get("tool").is_some();
        match document {
            Ok(document) if path == "-" || is_audit(&document) => return Ok(document),
            _ if path == "-" => return Ok(Value::Null),
            _ => {}
        }
    }
    let inventory = read_inventory(&[path.to_owned()], output.quiet, terminal);
    let audit = inventory.audit(&AuditRequest {
        keep_going: arguments.keep_going,
        config: configuration.map(|loaded| loaded.value().clone()),
        baseline: configuration::baseline(None, configuration, terminal)?,
        ..AuditRequest::at(now)
    })?;
    problems(&audit.problems, output, terminal);
    // As an answer that was kept in a file would be read.
    Ok(serde_json::from_str(&to_json(&audit)).unwrap_or_default())
}

fn text(answer: &DiffAnswer, colour: bool) -> String {
    let mut text = String::new();
    let mut line = |mark: &str, look: Look, finding: &DiffFinding, more: &str| {
        let (of_severity, word) = severity(finding.severity);
        let accepted =
            finding.suppressed.as_ref().map(|one| format!(" (suppressed: {})", one.reason)).unwrap_or_default();
        let _ = writeln!(
            text,
            "{} {} {} {}\n  {}{}",
            paint(colour, look, mark),
            paint(colour, of_severity, word),
            finding.rule,
            paint(colour, Look::Strong, &plain(answer.about(finding))),
            plain(&finding.message),
            plain(&accepted)
        );
        if !more.is_empty() {
            let _ = writeln!(text, "  {}", plain(more));
        }
    };
    for finding in &answer.new {
        line("new", Look::Bad, finding, "");
    }
    for finding in answer.unchanged.iter().filter(|finding| finding.change.is_some()) {
        let look = match finding.change {
            Some(DiffChange::Worse | DiffChange::Restored) => Look::Bad,
            _ => Look::Good,
        };
        line(&finding.how().unwrap_or_default(), look, finding, "");
    }
    for one in &answer.undetermined {
        line("undecided", Look::Doubtful, &one.finding, &one.needs_in_words());
    }
    for finding in &answer.fixed {
        line("fixed", Look::Good, finding, "");
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let _ = writeln!(text, "{} · from {} to {}", answer.numbers(), answer.from.now, answer.to.now);
    text
}
