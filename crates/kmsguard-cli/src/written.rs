//! `kmsguard plan --check`, `--into` and `--verify`: what others wrote about a plan.

use std::fmt::Write;

use kmsguard::api::{Answer, BodyReport, EffectReport, InEffect, PlanAnswer, Problem, RequestError, Severity};
use serde_json::Value;

use super::output::Output;
use super::plan::{place, problems};
use super::request_file;
use super::terminal::{Escapes, Look, Terminal, paint, plain};

/// The text of a body or an answer; what is wrong with it is part of the answer.
pub(crate) fn read(path: &str, terminal: &Terminal<'_>) -> Result<Value, RequestError> {
    let bytes = request_file::read(path, terminal)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Value::String(text)),
        Err(_) => Err(RequestError {
            code: "IN002",
            message: format!("`{}` is not UTF-8", request_file::name(path)),
            help: "save it as UTF-8".to_owned(),
        }),
    }
}

pub(crate) fn show(answer: &PlanAnswer, output: &Output, terminal: &Terminal<'_>) -> Result<u8, RequestError> {
    match answer.into.as_ref().map(|put| put.text.as_deref()) {
        // The text is to be used as it is: whatever else there is to say goes where it cannot get into it.
        Some(Some(text)) => {
            problems(answer, output, terminal);
            output.write_for_use(answer, text, Escapes::OfText, terminal)?;
        }
        _ => output.write(answer, &[("text", &text)], terminal)?,
    }
    Ok(answer.outcome().exit_code())
}

fn text(answer: &PlanAnswer, colour: bool) -> String {
    let mut text = String::new();
    if let Some(check) = &answer.check {
        check_text(&mut text, check, answer, colour);
    }
    if let Some(put) = &answer.into {
        let _ = writeln!(text, "{}", paint(colour, Look::Bad, "the key cannot be put there"));
        for problem in answer.problems.iter().chain(&put.problems) {
            problem_text(&mut text, problem, colour);
        }
    }
    if let Some(effect) = &answer.verify {
        effect_text(&mut text, effect, answer, colour);
    }
    text
}

fn check_text(text: &mut String, check: &BodyReport, answer: &PlanAnswer, colour: bool) {
    let wrong = check.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let verdict = match wrong {
        0 => paint(colour, Look::Good, "nothing wrong was found"),
        1 => paint(colour, Look::Bad, "1 error"),
        _ => paint(colour, Look::Bad, &format!("{wrong} errors")),
    };
    let _ = writeln!(
        text,
        "{verdict}{}",
        check.service.map(|service| format!(" in a body for {service}")).unwrap_or_default()
    );
    for problem in answer.problems.iter().chain(&check.problems) {
        problem_text(text, problem, colour);
    }
    if let Some(mended) = &check.mended {
        let shown = serde_json::to_string_pretty(mended).unwrap_or_default();
        let _ = writeln!(text, "\n{}\n{}", paint(colour, Look::Strong, "put right:"), plain_lines(&shown));
    }
}

fn effect_text(text: &mut String, effect: &EffectReport, answer: &PlanAnswer, colour: bool) {
    let verdict = match effect.verdict {
        InEffect::Planned => paint(colour, Look::Good, "the key of the plan is in effect"),
        InEffect::OtherKey => paint(colour, Look::Bad, "another key than the plan's is in effect"),
        InEffect::ProviderManaged => paint(colour, Look::Bad, "no key of yours is in effect: the provider's encrypts"),
        InEffect::Unknown => paint(colour, Look::Doubtful, "the answer does not tell which key is in effect"),
    };
    let _ = writeln!(text, "{verdict}");
    for problem in &answer.problems {
        problem_text(text, problem, colour);
    }
    for (name, key) in [("planned", &effect.planned), ("effective", &effect.effective)] {
        if let Some(key) = key {
            let _ = writeln!(text, "  {name:<10} {}", plain(key));
        }
    }
    for reason in &effect.because {
        let line = reason.evidence.as_ref().map_or(0, |evidence| evidence.line);
        let place = if reason.reference.is_empty() { String::new() } else { format!(" {}", plain(&reason.reference)) };
        let _ = writeln!(text, "  - line {line}{place}: {}", plain(&reason.text));
        if let Some(source) = &reason.source {
            let line = format!("{}, {} ({})", source.title, source.url, source.as_of);
            let _ = writeln!(text, "    {}", paint(colour, Look::Faint, &line));
        }
    }
    for unknown in &effect.unknown {
        let _ = writeln!(text, "  {} {}: {}", paint(colour, Look::Faint, "look at"), unknown.name, plain(&unknown.why));
        if let Some(command) = &unknown.command {
            let _ = writeln!(text, "    $ {}", plain(command));
        }
    }
}

fn problem_text(text: &mut String, problem: &Problem, colour: bool) {
    let (look, word) = match problem.severity {
        Severity::Error => (Look::Bad, "error"),
        Severity::Warning => (Look::Doubtful, "warning"),
    };
    let at = match (problem.line, problem.column) {
        (Some(line), Some(column)) => format!("{line}:{column} "),
        _ => String::new(),
    };
    let label = paint(colour, look, &format!("{word}[{}]", problem.code));
    let _ = writeln!(text, "{at}{label}: {}", plain(&place(problem)));
    if let Some(help) = &problem.help {
        let _ = writeln!(text, "  {} {}", paint(colour, Look::Faint, "help:"), plain(help));
    }
}

/// Several lines, none of which can move text in a terminal.
fn plain_lines(text: &str) -> String {
    text.lines().map(|line| plain(line).to_string()).collect::<Vec<_>>().join("\n")
}
