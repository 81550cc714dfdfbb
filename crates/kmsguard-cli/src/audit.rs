//! `kmsguard audit`.

use std::fmt::Write;

use kmsguard::api::{
    Answer, AuditAnswer, AuditFormat, AuditRequest, Inventory, Now, Outcome, Problem, RequestError, Severity,
};

use super::arguments::{AuditArguments, Common};
use super::audit_text::text;
use super::configuration::{self, Loaded};
use super::inputs::read_inventory;
use super::output::{Output, Sheet};
use super::statistics;
use super::terminal::Terminal;

pub(crate) fn run(
    arguments: &AuditArguments,
    common: &Common,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    // What is wrong with the configuration is told before a long reading.
    let configuration = configuration::load(common, terminal)?;
    let baseline = configuration::baseline(arguments.baseline.as_deref(), configuration.as_ref(), terminal)?;
    let inventory = read_inventory(&arguments.paths, output.quiet, terminal);
    let request = AuditRequest {
        keep_going: arguments.keep_going,
        select: arguments.select.clone(),
        ignore: arguments.ignore.clone(),
        fail_on: arguments.fail_on.map(Into::into),
        strict: arguments.strict,
        config: configuration.as_ref().map(|loaded| loaded.value().clone()),
        baseline,
        ..AuditRequest::at(now)
    };
    let look = if arguments.statistics { statistics::text } else { text };
    let outcome = shown(&inventory, &request, configuration.as_ref(), &look, output, terminal)?;
    Ok(match outcome {
        Outcome::Bad | Outcome::Unknown if arguments.exit_zero => 0,
        outcome => outcome.exit_code(),
    })
}

/// Audits an inventory and writes the answer.
pub(crate) fn show(
    inventory: &Inventory,
    request: &AuditRequest,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<Outcome, RequestError> {
    shown(inventory, request, None, &text, output, terminal)
}

fn shown(
    inventory: &Inventory,
    request: &AuditRequest,
    configuration: Option<&Loaded>,
    look: &dyn Fn(&AuditAnswer, Sheet) -> String,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<Outcome, RequestError> {
    let answer = inventory.audit(request)?;
    problems(&answer.problems, output, terminal);
    accepted(&answer, configuration, output, terminal);
    undetermined(&answer, output, terminal);
    let write = |format, sink: &mut dyn Write| answer.write(format, inventory, sink);
    output.write_report(&|sheet| look(&answer, sheet), AuditFormat::ALL, &write, terminal)?;
    Ok(answer.outcome())
}

/// What could not be read, on standard error.
pub(crate) fn problems(problems: &[Problem], output: &Output, terminal: &Terminal<'_>) {
    for problem in problems {
        let place = match (problem.input.as_deref(), problem.pointer.as_deref()) {
            (Some(input), Some(pointer)) if !pointer.is_empty() => format!("{input} at {pointer}: "),
            (Some(input), _) => format!("{input}: "),
            _ => String::new(),
        };
        let message = format!("{place}{}", problem.message);
        match problem.severity {
            Severity::Error => terminal.error(problem.code, &message, problem.help.as_deref()),
            Severity::Warning if !output.quiet => terminal.warning(problem.code, &message, problem.help.as_deref()),
            Severity::Warning => {}
        }
    }
}

/// What is to be known of the suppressions and of the baseline, on standard error.
fn accepted(answer: &AuditAnswer, configuration: Option<&Loaded>, output: &Output, terminal: &Terminal<'_>) {
    if output.quiet {
        return;
    }
    for problem in answer.suppressions.iter().flat_map(|entry| &entry.problems) {
        let place = configuration.map(|loaded| loaded.place(problem) + ": ").unwrap_or_default();
        terminal.warning(problem.code, &format!("{place}{}", problem.message), problem.help.as_deref());
    }
    for problem in answer.baseline.iter().flat_map(|baseline| &baseline.problems) {
        terminal.warning(problem.code, &problem.message, problem.help.as_deref());
    }
}

fn undetermined(answer: &AuditAnswer, output: &Output, terminal: &Terminal<'_>) {
    if output.quiet {
        return;
    }
    for one in &answer.undetermined {
        for need in &one.needs {
            let of = need.of.as_deref().map(|of| format!(" of {of}")).unwrap_or_default();
            let message = format!("{} is undecided for {}: {}{of}", one.rule, count(one.count, "object"), need.why);
            terminal.note(&message, need.command.as_deref());
        }
    }
}

pub(crate) fn count(number: u32, of: &str) -> String {
    if number == 1 { format!("1 {of}") } else { format!("{number} {of}s") }
}
