//! `kmsguard crn`.

use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use kmsguard::api::{
    Answer, CrnAnswer, CrnReport, CrnRequest, Now, PositionEncoding, Problem, RequestError, Severity, crn, to_json_line,
};

use super::arguments::CrnArguments;
use super::crn_stream;
use super::host::Stream;
use super::output::Output;
use super::terminal::{Look, Terminal, paint, plain, plain_json};

pub(crate) fn run(
    arguments: &CrnArguments,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    if arguments.fix || output.is_stream("jsonl") {
        let is_seen = terminal.host().is_terminal(Stream::Stdout);
        return crn_stream::run(arguments, terminal, &mut |report| match is_seen {
            true => plain_json(&to_json_line(report)),
            false => to_json_line(report),
        });
    }
    if output.is_stream("text") {
        let colour = terminal.colour(Stream::Stdout);
        let mut between = "";
        return crn_stream::run(arguments, terminal, &mut |report| {
            // A blank line stands between two.
            core::mem::replace(&mut between, "\n").to_owned() + &report_text(report, colour)
        });
    }
    let texts = texts(arguments, terminal)?;
    let (require, extract) = (arguments.require.into(), arguments.extract);
    let answer = crn(&CrnRequest { texts, require, encoding: PositionEncoding::Utf8, extract, now });
    output.write(&answer, &[("text", &text), ("jsonl", &lines)], terminal)?;
    Ok(answer.outcome().exit_code())
}

fn lines(answer: &CrnAnswer, _: bool) -> String {
    answer.crns.iter().map(to_json_line).collect()
}

fn texts(arguments: &CrnArguments, terminal: &Terminal<'_>) -> Result<Vec<String>, RequestError> {
    let mut texts = Vec::new();
    for text in &arguments.texts {
        if text != "-" {
            texts.push(text.clone());
            continue;
        }
        let unreadable = |message: &str| RequestError {
            code: "REQ004",
            message: message.to_owned(),
            help: "give one CRN a line, in UTF-8".to_owned(),
        };
        let bytes = terminal.host().read_stdin().map_err(|_| unreadable("standard input cannot be read"))?;
        let lines = String::from_utf8(bytes).map_err(|_| unreadable("standard input is not UTF-8"))?;
        if arguments.extract {
            texts.push(lines);
            continue;
        }
        texts.extend(lines.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
    }
    Ok(texts)
}

fn text(answer: &CrnAnswer, colour: bool) -> String {
    let reports: Vec<String> = answer.crns.iter().map(|report| report_text(report, colour)).collect();
    reports.join("\n")
}

fn report_text(report: &CrnReport, colour: bool) -> String {
    let mut text = String::new();
    let verdict = match (report.ok, report.problems.is_empty()) {
        (true, true) => paint(colour, Look::Good, "right"),
        (true, false) => paint(colour, Look::Doubtful, "suspicious"),
        (false, _) => paint(colour, Look::Bad, "wrong"),
    };
    if let Some(at) = report.at {
        let _ = writeln!(text, "line {}, column {}", at.line, at.column);
    }
    let _ = writeln!(text, "{verdict}  {}  {}", report.kind.name(), paint(colour, Look::Strong, &plain(&report.input)));
    if let Some(crn) = &report.crn {
        let scope = crn.scope.as_ref().map_or(String::new(), |scope| match scope.kind.prefix() {
            "" => "global".to_owned(),
            prefix => format!("{prefix}/{}", scope.id),
        });
        let rows = [
            ("version", &crn.version),
            ("cname", &crn.cname),
            ("ctype", &crn.ctype),
            ("service_name", &crn.service_name),
            ("location", &crn.location),
            ("scope", &scope),
            ("service_instance", &crn.service_instance),
            ("resource_type", &crn.resource_type),
            ("resource", &crn.resource),
        ];
        rows.iter().for_each(|(name, value)| row(&mut text, name, Some(value), colour));
    }
    for part in &report.layout {
        row(&mut text, part.segment.name(), part.text.as_deref(), colour);
    }
    for problem in &report.problems {
        text.push('\n');
        text.push_str(&frame(&report.input, problem, colour));
        text.push('\n');
    }
    if let Some(fixed) = &report.fixed {
        let _ = writeln!(text, "\nthe right one:\n  {}", paint(colour, Look::Good, &plain(fixed)));
    }
    text
}

fn row(text: &mut String, name: &str, value: Option<&str>, colour: bool) {
    let value = match value {
        None => paint(colour, Look::Bad, "missing?"),
        Some("") => paint(colour, Look::Faint, "(empty)"),
        Some(value) => plain(value),
    };
    let _ = writeln!(text, "  {name:<17} {value}");
}

/// The problem, with its place underlined.
fn frame(input: &str, problem: &Problem, colour: bool) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = plain(&problem.message);
    let mut group = level
        .primary_title(message.as_str())
        .id(problem.code)
        .elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
    // What nobody sees is shown as its escape, so the place moves.
    let shown = plain(input);
    let at = |byte: u32| input.get(..byte as usize).map(|before| plain(before).len());
    if let Some((start, end)) = problem.span.and_then(|[start, end]| at(start).zip(at(end))) {
        let annotation = AnnotationKind::Primary.span(start..end);
        let annotation = annotation.label(problem.segment.map_or("here", kmsguard::api::Segment::name));
        group = group.element(Snippet::source(shown.as_str()).fold(false).annotation(annotation));
    }
    let help = problem.help.as_deref().map(plain);
    if let Some(help) = help.as_deref() {
        group = group.element(Level::HELP.message(help));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}
