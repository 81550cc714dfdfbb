//! `kmsguard policy`.

use std::fmt::Write;

use kmsguard::api::{
    Answer, ComparisonReport, Form, Forms, Now, PolicyAnswer, PolicyReport, PolicyRequest, Problem, RelationName,
    RequestError, SeparatingFact, Severity, SideName, policy,
};
use serde_json::Value;

use super::arguments::PolicyArguments;
use super::output::Output;
use super::request_file;
use super::terminal::{Look, Terminal, paint, plain};

pub(crate) fn run(
    arguments: &PolicyArguments,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    let document = document(&arguments.file, terminal)?;
    let compare = arguments.compare.as_deref().map(|file| self::document(file, terminal)).transpose()?;
    let answer = policy(&PolicyRequest { document, compare, now });
    let Some(form) = arguments.to.map(Form::from) else {
        output.write(&answer, &[("text", &text_of)], terminal)?;
        return Ok(answer.outcome().exit_code());
    };
    // The answer is to be run: whatever else there is to say goes where it cannot be run.
    let problems = answer.problems.iter().chain(answer.authorizations.iter().flat_map(|report| &report.problems));
    for problem in problems {
        match problem.severity {
            Severity::Error => terminal.error(problem.code, &place(problem), problem.help.as_deref()),
            Severity::Warning if output.quiet => {}
            Severity::Warning => terminal.warning(problem.code, &place(problem), problem.help.as_deref()),
        }
    }
    let written: Vec<String> = answer.authorizations.iter().filter_map(|report| written(&report.forms, form)).collect();
    if written.len() < answer.authorizations.len() || written.is_empty() {
        return Err(RequestError {
            code: "REQ008",
            message: format!(
                "{} of {} policies cannot be written as `{}`",
                answer.authorizations.len() - written.len(),
                answer.authorizations.len(),
                form.name()
            ),
            help: "leave `--to` out to see why, and the forms that there are".to_owned(),
        });
    }
    let script = written.join("\n") + "\n";
    output.write(&answer, &[("text", &|_: &PolicyAnswer, _| script.clone())], terminal)?;
    Ok(answer.outcome().exit_code())
}

/// The text of a file with policies.
fn document(file: &str, terminal: &Terminal<'_>) -> Result<Value, RequestError> {
    let bytes = request_file::read(file, terminal)?;
    let text = String::from_utf8(bytes).map_err(|_| RequestError {
        code: "IN002",
        message: format!("`{}` is not UTF-8", request_file::name(file)),
        help: "save it as UTF-8".to_owned(),
    })?;
    Ok(Value::String(text))
}

/// A policy in one form, ready to run.
fn written(forms: &Forms, form: Form) -> Option<String> {
    match form {
        Form::V1 => forms.v1.as_ref().and_then(|body| serde_json::to_string_pretty(body).ok()),
        Form::V2 => forms.v2.as_ref().and_then(|body| serde_json::to_string_pretty(body).ok()),
        Form::Cli => forms.cli.clone(),
        Form::Terraform => forms.terraform.as_ref().map(|text| text.trim_end().to_owned()),
    }
}

fn place(problem: &Problem) -> String {
    match problem.pointer.as_deref() {
        None | Some("") => problem.message.clone(),
        Some(pointer) => format!("{pointer}: {}", problem.message),
    }
}

fn text_of(answer: &PolicyAnswer, colour: bool) -> String {
    let mut text = String::new();
    for problem in &answer.problems {
        problem_text(&mut text, problem, colour);
    }
    // Whoever compares asks for the difference, and has the forms in the files.
    let shown = if answer.comparisons.is_empty() { answer.authorizations.as_slice() } else { &[] };
    for (index, report) in shown.iter().enumerate() {
        if index > 0 || !text.is_empty() {
            text.push('\n');
        }
        report_text(&mut text, report, colour);
    }
    for redundant in &answer.redundant {
        let _ = writeln!(text, "{}: {}", paint(colour, Look::Doubtful, "superfluous"), plain(&redundant.text));
    }
    for comparison in &answer.comparisons {
        comparison_text(&mut text, comparison, answer.comparisons.len() > 1, colour);
    }
    if answer.problems.is_empty() && answer.authorizations.is_empty() {
        text.push_str("no policies\n");
    }
    text
}

fn comparison_text(text: &mut String, comparison: &ComparisonReport, several: bool, colour: bool) {
    let relation = match comparison.relation {
        RelationName::Equivalent => "equivalent",
        RelationName::Narrower => "narrower",
        RelationName::Wider => "wider",
        RelationName::Overlapping => "overlapping",
        RelationName::Disjoint => "disjoint",
        _ => "unknown",
    };
    let places = if several { format!("  {} beside {}", comparison.pointer, comparison.other) } else { String::new() };
    let _ = writeln!(text, "{}{}: {}", paint(colour, Look::Strong, relation), plain(&places), plain(&comparison.text));
    for (who, differences) in [("first", &comparison.only_first), ("other", &comparison.only_other)] {
        for difference in differences {
            let _ = writeln!(text, "  only the {who}  {}", plain(&difference.text));
            let fact = |fact: &SeparatingFact| match &fact.value {
                Some(value) => format!("{} `{value}`", fact.attribute),
                None => format!("no {}", fact.attribute),
            };
            let side = |side: SideName| {
                let facts = difference.witness.iter().filter(|fact| fact.side == side);
                facts.map(fact).collect::<Vec<_>>().join(", ")
            };
            let (source, key) = (side(SideName::Subject), side(SideName::Resource));
            let _ = writeln!(text, "    such as a source with {}, a key with {}", plain(&source), plain(&key));
        }
    }
}

fn report_text(text: &mut String, report: &PolicyReport, colour: bool) {
    for problem in &report.problems {
        problem_text(text, problem, colour);
    }
    for form in Form::ALL {
        if let Some(written) = written(&report.forms, form) {
            let _ = writeln!(text, "\n{}\n{}", paint(colour, Look::Strong, form.name()), written.trim_end());
        }
    }
}

fn problem_text(text: &mut String, problem: &Problem, colour: bool) {
    let (look, word) = match problem.severity {
        Severity::Error => (Look::Bad, "error"),
        Severity::Warning => (Look::Doubtful, "warning"),
    };
    let head = paint(colour, look, &format!("{word}[{}]", problem.code));
    let _ = writeln!(text, "{head}: {}", plain(&place(problem)));
    if let Some(help) = &problem.help {
        let _ = writeln!(text, "  {} {}", paint(colour, Look::Faint, "help:"), plain(help));
    }
}
