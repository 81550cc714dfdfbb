//! `kmsguard plan`.

use std::fmt::Write;

use kmsguard::api::{
    Answer, Now, Outcome, PlanAnswer, PlanRequest, PlanStep, PreflightReport, Problem, RequestError, Reversible,
    Severity, Standing, StepId, plan,
};
use serde_json::{Map, Value};

use super::arguments::{Form, PlanArguments, PlanFields};
use super::inputs::read_inventory;
use super::output::Output;
use super::request_file;
use super::terminal::{Escapes, Look, Terminal, paint, plain};
use super::written;

pub(crate) fn run(
    arguments: &PlanArguments,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    let document = match &arguments.file {
        Some(path) => read(path, terminal)?,
        None => document(&arguments.request)?,
    };
    let written = |path: &Option<String>| match path {
        Some(path) => written::read(path, terminal).map(Some),
        None => Ok(None),
    };
    let (check, into, verify) = (written(&arguments.check)?, written(&arguments.into)?, written(&arguments.verify)?);
    let beside = check.is_some() || into.is_some() || verify.is_some();
    let request =
        PlanRequest { check, into, verify, keep_going: arguments.keep_going, ..PlanRequest::new(document, now) };
    let mut answer = if arguments.inventory.is_empty() {
        plan(&request)
    } else {
        read_inventory(&arguments.inventory, output.quiet, terminal).plan(&request)
    };
    if beside {
        return written::show(&answer, output, terminal);
    }
    if let Some(wanted) = arguments.step {
        let wanted = StepId::from(wanted);
        answer.steps.retain(|step| step.id == wanted);
    }
    let Some(form) = arguments.to else {
        output.write(&answer, &[("text", &text)], terminal)?;
        return Ok(answer.outcome().exit_code());
    };
    // The answer is to be run: whatever else there is to say goes where it cannot be run.
    problems(&answer, output, terminal);
    if !answer.ok {
        return Ok(answer.outcome().exit_code());
    }
    let (script, left_out) = script(&answer, form);
    if script.is_empty() {
        return Err(RequestError {
            code: "REQ008",
            message: "no step that was asked for can be done in this form".to_owned(),
            help: "leave `--to` out to see the forms that there are".to_owned(),
        });
    }
    if !left_out.is_empty() && !output.quiet {
        let steps = left_out.iter().map(|step| step.name()).collect::<Vec<_>>().join(", ");
        terminal.note(&format!("not in this form: {steps}"), Some("leave `--to` out to see the forms that there are"));
    }
    let escapes = if form == Form::Rest { Escapes::OfJson } else { Escapes::OfText };
    output.write_for_use(&answer, &script, escapes, terminal)?;
    Ok(answer.outcome().exit_code())
}

/// Reads a request from a file or from standard input.
fn read(path: &str, terminal: &Terminal<'_>) -> Result<Value, RequestError> {
    let bytes = request_file::read(path, terminal)?;
    json_of(&bytes, request_file::name(path))
}

fn json_of(bytes: &[u8], name: &str) -> Result<Value, RequestError> {
    serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let (code, message) = match error.classify() {
            _ if std::str::from_utf8(bytes).is_err() => ("IN002", "is not UTF-8".to_owned()),
            serde_json::error::Category::Eof if bytes.trim_ascii().is_empty() => ("IN001", "is empty".to_owned()),
            serde_json::error::Category::Eof => ("IN003", "ends in the middle of a value".to_owned()),
            _ => ("IN001", format!("is not JSON: line {line}, column {column}")),
        };
        let help = "write the request as one JSON object, `{\"service\": \"event-streams-gen2\", \"key\": {\"crn\": \"crn:…\"}}`";
        RequestError { code, message: format!("`{name}` {message}"), help: help.to_owned() }
    })
}

/// The request that the flags make.
fn document(fields: &PlanFields) -> Result<Value, RequestError> {
    let mut request = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            request.insert(name.to_owned(), value);
        }
    };
    let text = |text: &Option<String>| text.clone().map(Value::String);
    let object = |members: &[(&str, &Option<String>)]| {
        let members: Map<String, Value> =
            members.iter().filter_map(|(name, value)| Some(((*name).to_owned(), text(value)?))).collect();
        (!members.is_empty()).then_some(Value::Object(members))
    };
    put("service", text(&fields.service));
    put("key", object(&[("crn", &fields.key), ("name", &fields.key_name), ("endpoint", &fields.key_endpoint)]));
    put("backup_key", object(&[("crn", &fields.backup_key)]));
    let texts = [
        ("zone", &fields.zone),
        ("bucket", &fields.bucket),
        ("cluster", &fields.cluster),
        ("worker_pool", &fields.worker_pool),
        ("integration", &fields.integration),
    ];
    for (name, value) in texts {
        put(name, text(value));
    }
    put("name", text(&fields.name));
    put("plan", text(&fields.plan));
    put("region", text(&fields.region));
    put("account", text(&fields.account));
    put("source_account", text(&fields.source_account));
    put("source_instance", text(&fields.source_instance));
    put("scope", text(&fields.scope));
    put("location", text(&fields.location));
    put("scheme", text(&fields.scheme));
    let secondary =
        [("crn", &fields.secondary), ("name", &fields.secondary_name), ("endpoint", &fields.secondary_endpoint)];
    put("secondary", object(&secondary));
    put(
        "resource_group",
        match &fields.resource_group_id {
            Some(_) => object(&[("name", &fields.resource_group), ("id", &fields.resource_group_id)]),
            None => text(&fields.resource_group),
        },
    );
    put("allow_end_of_life", fields.allow_end_of_life.then_some(Value::Bool(true)));
    if let Some(parameters) = &fields.parameters {
        put("parameters", Some(json_of(parameters.as_bytes(), "--parameters")?));
    }
    Ok(Value::Object(request))
}

pub(crate) fn problems(answer: &PlanAnswer, output: &Output, terminal: &Terminal<'_>) {
    for problem in &answer.problems {
        let message = place(problem);
        match problem.severity {
            Severity::Error => terminal.error(problem.code, &message, problem.help.as_deref()),
            Severity::Warning if output.quiet => {}
            Severity::Warning => terminal.warning(problem.code, &message, problem.help.as_deref()),
        }
    }
}

pub(crate) fn place(problem: &Problem) -> String {
    match problem.pointer.as_deref() {
        None | Some("") => problem.message.clone(),
        Some(pointer) => format!("{pointer}: {}", problem.message),
    }
}

/// The steps in one form, ready to run; and the steps that do not have it.
fn script(answer: &PlanAnswer, form: Form) -> (String, Vec<StepId>) {
    let mut script = String::new();
    let mut left_out = Vec::new();
    for step in &answer.steps {
        let body = match form {
            Form::Cli => (!step.cli.is_empty()).then(|| step.cli.join("\n")),
            // A wait is not a call, but without it the calls after it fail.
            Form::Curl => step.curl.clone().or_else(|| (step.id == StepId::Wait).then(|| step.cli.join("\n"))),
            Form::Terraform => step.terraform.clone(),
            Form::Rest => step.rest.as_ref().and_then(|rest| serde_json::to_string(rest).ok()),
            Form::Console => (!step.console.is_empty()).then(|| {
                let lines = step.console.iter().enumerate();
                lines.map(|(index, line)| format!("{}. {}", index + 1, plain(line))).collect::<Vec<_>>().join("\n")
            }),
        };
        let Some(body) = body else {
            left_out.push(step.id);
            continue;
        };
        if form == Form::Rest {
            script = script + &body + "\n";
            continue;
        }
        if !script.is_empty() {
            script.push('\n');
        }
        let mark = if form == Form::Console { "" } else { "# " };
        let _ = writeln!(script, "{mark}{}: {}", step.id.name(), plain(&step.title));
        script = script + body.trim_end() + "\n";
    }
    (script, left_out)
}

fn text(answer: &PlanAnswer, colour: bool) -> String {
    let mut text = String::new();
    let (look, verdict) = match answer.outcome() {
        _ if !answer.ok => (Look::Bad, "no plan"),
        Outcome::Unknown => (Look::Doubtful, "ready but for what is not known"),
        _ => (Look::Good, "ready"),
    };
    let _ = writeln!(text, "{}", paint(colour, look, verdict));
    for problem in &answer.problems {
        let (look, word) = match problem.severity {
            Severity::Error => (Look::Bad, "error"),
            Severity::Warning => (Look::Doubtful, "warning"),
        };
        let _ =
            writeln!(text, "{}: {}", paint(colour, look, &format!("{word}[{}]", problem.code)), plain(&place(problem)));
        if let Some(help) = &problem.help {
            let _ = writeln!(text, "  {} {}", paint(colour, Look::Faint, "help:"), plain(help));
        }
    }
    if let Some(needs) = &answer.requirements {
        let _ = writeln!(text, "\nneeds    {} on a key of {}", needs.roles.join(" and "), needs.targets.join(" or "));
    }
    if let Some(preflight) = &answer.preflight {
        preflight_text(&mut text, preflight, colour);
    }
    for (index, derived) in answer.derived.iter().enumerate() {
        let head = if index == 0 { "derived" } else { "" };
        let name = derived.pointer.trim_start_matches('/').replace('/', ".");
        let because = paint(colour, Look::Faint, &format!("({})", plain(&derived.because)));
        let _ = writeln!(text, "{head:<8} {name} = {} {because}", plain(&derived.value));
    }
    for (index, step) in answer.steps.iter().enumerate() {
        text.push('\n');
        step_text(&mut text, index + 1, step, colour);
    }
    if !answer.steps.is_empty() {
        let _ = writeln!(text, "\nother forms: --to curl, terraform, rest, console");
    }
    text
}

fn preflight_text(text: &mut String, preflight: &PreflightReport, colour: bool) {
    let _ = writeln!(text, "\n{}", paint(colour, Look::Strong, "by the exports"));
    let name = |crn: &str| {
        let label = preflight.labels.get(crn).and_then(|label| label.name.clone());
        plain(label.as_deref().unwrap_or(crn)).to_string()
    };
    for check in &preflight.checks {
        let word = match check.standing {
            Standing::Fine => paint(colour, Look::Good, "fine   "),
            Standing::Caution => paint(colour, Look::Doubtful, "caution"),
            Standing::Bad => paint(colour, Look::Bad, "bad    "),
            Standing::Unknown => paint(colour, Look::Doubtful, "unknown"),
        };
        let key = check.key.as_deref().map(|key| format!(" of key {}", name(key))).unwrap_or_default();
        let _ = writeln!(text, "  {word} {}{key}: {}", check.id.name(), plain(&check.text));
        for policy in &check.policies {
            let _ = writeln!(text, "            policy {}", plain(policy));
        }
        for resource in &check.resources {
            let _ = writeln!(text, "            {}", name(resource));
        }
        for unknown in &check.unknown {
            if let Some(command) = &unknown.command {
                let _ = writeln!(text, "            $ {}", plain(command));
            }
        }
    }
    text.push('\n');
}

fn step_text(text: &mut String, number: usize, step: &PlanStep, colour: bool) {
    let _ = writeln!(text, "{number}. {}  {}", paint(colour, Look::Strong, step.id.name()), plain(&step.title));
    let undo = match step.reversible {
        Reversible::Yes => String::new(),
        Reversible::No => paint(colour, Look::Bad, " · cannot be undone"),
        Reversible::SupportTicket => paint(colour, Look::Bad, " · only a support ticket undoes it"),
    };
    if step.id != StepId::Wait {
        let _ = writeln!(text, "   in account {}, as {}{undo}", plain(&step.account), plain(&step.role));
    }
    for command in &step.cli {
        let _ = writeln!(text, "   $ {}", plain(command));
    }
    for note in &step.notes {
        let _ = writeln!(text, "   - {}", plain(&note.text));
        if let Some(source) = &note.source {
            let line = format!("{}, {} ({})", source.title, source.url, source.as_of);
            let _ = writeln!(text, "     {}", paint(colour, Look::Faint, &line));
        }
    }
}
