//! `kmsguard policy`.

use std::fmt::Write;

use kmsguard::api::{
    Answer, ComparisonReport, Form, Forms, Now, Origin, Outcome, PolicyAnswer, PolicyReport, PolicyRequest, Problem,
    RelationName, RequestError, SeparatingFact, Severity, SideName, policy, shell,
};
use serde_json::Value;

use super::arguments::PolicyArguments;
use super::output::Output;
use super::request_file;
use super::terminal::{Escapes, Look, Terminal, paint, plain};
use super::tighten;

pub(crate) fn run(
    arguments: &PolicyArguments,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    let Some(file) = &arguments.file else { return tighten::run(arguments, now, output, terminal) };
    let document = document(file, terminal)?;
    let compare = arguments.compare.as_deref().map(|file| self::document(file, terminal)).transpose()?;
    let account = arguments.account.clone();
    let answer = policy(&PolicyRequest { document: document.clone(), compare, account, now });
    let text = document.as_str().unwrap_or_default();
    let Some(form) = arguments.to.map(Form::from) else {
        output.write(&answer, &[("text", &|answer: &PolicyAnswer, colour| text_of(answer, text, colour))], terminal)?;
        return Ok(answer.outcome().exit_code());
    };
    // The answer is to be run: whatever else there is to say goes where it cannot be run.
    let problems = answer.problems.iter().chain(answer.authorizations.iter().flat_map(|report| &report.problems));
    for problem in problems {
        match problem.severity {
            Severity::Error => terminal.error(problem.code, &place(problem, text), problem.help.as_deref()),
            Severity::Warning if output.quiet => {}
            Severity::Warning => terminal.warning(problem.code, &place(problem, text), problem.help.as_deref()),
        }
    }
    let can = |report: &&PolicyReport| written(&report.forms, form).is_some();
    let (can, all) = (answer.authorizations.iter().filter(can).count(), answer.authorizations.len());
    if can < all || can == 0 {
        let error = RequestError {
            code: "REQ008",
            message: format!("{} of {all} policies cannot be written as `{}`", all - can, form.name()),
            help: "leave `--to` out to see why, and the forms that there are".to_owned(),
        };
        if can == 0 {
            return Err(error);
        }
        terminal.error(error.code, &error.message, Some(&error.help));
    }
    let escapes = if matches!(form, Form::V1 | Form::V2) { Escapes::OfJson } else { Escapes::OfText };
    output.write_for_use(&answer, &script(&answer, form), escapes, terminal)?;
    // A policy that is left out must not pass for one that is there.
    let outcome = answer.outcome();
    let outcome = if can < all && outcome != Outcome::Incomplete { Outcome::Bad } else { outcome };
    Ok(outcome.exit_code())
}

/// All policies that one form can carry, ready to run.
fn script(answer: &PolicyAnswer, form: Form) -> String {
    let mut script = String::new();
    let mut account = None;
    for report in &answer.authorizations {
        let Some(text) = written(&report.forms, form) else { continue };
        if form == Form::Cli && report.account.is_some() && report.account != account {
            account.clone_from(&report.account);
            let _ = writeln!(script, "ibmcloud target -c {}", shell(account.as_deref().unwrap_or_default()));
        } else if form == Form::Terraform && !script.is_empty() {
            script.push('\n');
        }
        let _ = writeln!(script, "{text}");
    }
    script
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

/// The message of a problem behind its place: a JSON pointer, or line and column.
fn place(problem: &Problem, text: &str) -> String {
    let place = match (problem.pointer.as_deref(), problem.span) {
        (None | Some(""), None) => return problem.message.clone(),
        (Some(pointer), None) => pointer.to_owned(),
        (_, Some([start, _])) => {
            let before = text.get(..start as usize).unwrap_or(text);
            let line = before.rsplit('\n').next().unwrap_or_default();
            format!("{}:{}", before.matches('\n').count() + 1, line.chars().count() + 1)
        }
    };
    format!("{place}: {}", problem.message)
}

fn text_of(answer: &PolicyAnswer, source: &str, colour: bool) -> String {
    let mut text = String::new();
    for problem in &answer.problems {
        problem_text(&mut text, problem, source, colour);
    }
    // Whoever compares asks for the difference, and has the forms in the files.
    let shown = if answer.comparisons.is_empty() { answer.authorizations.as_slice() } else { &[] };
    for (index, report) in shown.iter().enumerate() {
        if index > 0 || !text.is_empty() {
            text.push('\n');
        }
        report_text(&mut text, report, source, colour);
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

fn report_text(text: &mut String, report: &PolicyReport, source: &str, colour: bool) {
    if let Some(id) = &report.id {
        let _ = writeln!(text, "{}", paint(colour, Look::Faint, &plain(id)));
    }
    let _ = writeln!(text, "{}", paint(colour, Look::Strong, &plain(&report.grants)));
    if report.origin == Origin::Service {
        text.push_str("A service made it by delegation; its owner cannot change it.\n");
    }
    for problem in &report.problems {
        problem_text(text, problem, source, colour);
    }
    for form in Form::ALL {
        let Some(written) = written(&report.forms, form) else { continue };
        let account = report.account.as_deref().filter(|_| form == Form::Cli);
        let account = account.map(|account| format!(" (in account {})", plain(account))).unwrap_or_default();
        let lines: Vec<String> = written.lines().map(plain).collect();
        let _ = writeln!(text, "\n{}{account}\n{}", paint(colour, Look::Good, form.name()), lines.join("\n"));
    }
}

fn problem_text(text: &mut String, problem: &Problem, source: &str, colour: bool) {
    let (look, word) = match problem.severity {
        Severity::Error => (Look::Bad, "error"),
        Severity::Warning => (Look::Doubtful, "warning"),
    };
    let head = paint(colour, look, &format!("{word}[{}]", problem.code));
    let _ = writeln!(text, "{head}: {}", plain(&place(problem, source)));
    if let Some(help) = &problem.help {
        let _ = writeln!(text, "  {} {}", paint(colour, Look::Faint, "help:"), plain(help));
    }
}
