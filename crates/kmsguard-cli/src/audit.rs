//! `kmsguard audit`.

use std::fmt::Write;

use kmsguard::api::{
    Answer, AuditAnswer, AuditFormat, AuditRequest, Finding, FindingSeverity, Inventory, Now, Outcome, Problem,
    RequestError, Severity, Surface,
};

use super::arguments::{AuditArguments, Common};
use super::configuration::{self, Loaded};
use super::inputs::read_inventory;
use super::output::Output;
use super::statistics;
use super::terminal::{Look, Terminal, paint, plain};

/// So many findings are shown in full; the others are counted by rule.
const SHOWN: usize = 10;

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
    look: &dyn Fn(&AuditAnswer, bool) -> String,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<Outcome, RequestError> {
    let answer = inventory.audit(request)?;
    problems(&answer.problems, output, terminal);
    accepted(&answer, configuration, output, terminal);
    undetermined(&answer, output, terminal);
    let write = |format, sink: &mut dyn Write| answer.write(format, inventory, sink);
    output.write_report(&|colour| look(&answer, colour), AuditFormat::ALL, &write, terminal)?;
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

fn text(answer: &AuditAnswer, colour: bool) -> String {
    let mut text = String::new();
    let standing: Vec<&Finding> = answer.findings.iter().filter(|finding| finding.suppressed.is_none()).collect();
    for finding in standing.iter().take(SHOWN) {
        full(&mut text, finding, answer, colour);
        text.push('\n');
    }
    if standing.len() > SHOWN {
        let _ = writeln!(text, "and {} more:", standing.len() - SHOWN);
        let mut by_rule = std::collections::BTreeMap::<(&str, &str), u32>::new();
        for finding in standing.iter().skip(SHOWN) {
            *by_rule.entry((finding.rule, finding.name)).or_default() += 1;
        }
        for ((rule, name), number) in by_rule {
            let _ = writeln!(text, "  {number:>6}  {rule} {name}");
        }
        text.push('\n');
    }
    let records: u32 = answer.inputs.iter().map(|input| input.records).sum();
    let read = answer.inputs.iter().filter(|input| input.records > 0).count();
    let read = count(u32::try_from(read).unwrap_or(u32::MAX), "export");
    let severities = &answer.summary.by_severity;
    let numbers = [
        (severities.critical, "critical"),
        (severities.high, "high"),
        (severities.medium, "medium"),
        (severities.low, "low"),
        (severities.info, "info"),
    ];
    let numbers: Vec<String> = numbers
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, severity)| format!("{number} {severity}"))
        .collect();
    let verdict = match (standing.is_empty(), answer.outcome) {
        (_, Outcome::Empty) => paint(colour, Look::Doubtful, "nothing to read was found"),
        (true, Outcome::Incomplete) => paint(colour, Look::Doubtful, "no findings in what could be read"),
        (true, _) if !answer.undetermined.is_empty() => {
            paint(colour, Look::Doubtful, "no findings, but not everything could be decided")
        }
        (true, _) => paint(colour, Look::Good, "no findings"),
        (false, _) => paint(
            colour,
            Look::Strong,
            &format!("{}: {}", count(u32::try_from(standing.len()).unwrap_or(u32::MAX), "finding"), numbers.join(", ")),
        ),
    };
    let suppressed = match answer.summary.suppressed {
        0 => String::new(),
        number => format!(" · {number} suppressed"),
    };
    let _ = writeln!(text, "{verdict}{suppressed} · {read}, {} · as of {}", count(records, "record"), answer.now);
    text
}

/// A severity in its look.
pub(crate) const fn severity(severity: FindingSeverity) -> (Look, &'static str) {
    match severity {
        FindingSeverity::Critical => (Look::Bad, "critical"),
        FindingSeverity::High => (Look::Bad, "high"),
        FindingSeverity::Medium => (Look::Doubtful, "medium"),
        FindingSeverity::Low => (Look::Doubtful, "low"),
        FindingSeverity::Info => (Look::Faint, "info"),
    }
}

fn full(text: &mut String, finding: &Finding, answer: &AuditAnswer, colour: bool) {
    let (look, severity) = severity(finding.severity);
    let _ = writeln!(
        text,
        "{} {} {}",
        paint(colour, look, severity),
        finding.rule,
        paint(colour, Look::Strong, finding.title)
    );
    let _ = writeln!(text, "  {}", plain(&finding.message));
    if let Some(key) = &finding.key {
        let name = answer.labels.get(key).and_then(|label| label.name.as_deref());
        let name = name.map(|name| format!(" ({})", plain(name))).unwrap_or_default();
        let _ = writeln!(text, "  key       {}{name}", plain(key));
    }
    for (index, resource) in finding.resources.iter().enumerate() {
        let _ = writeln!(text, "  {:<9} {}", if index == 0 { "concerns" } else { "" }, plain(resource));
    }
    for (index, evidence) in finding.evidence.iter().enumerate() {
        let place = format!("{}:{} {}", evidence.input, evidence.line, evidence.pointer);
        let _ = writeln!(
            text,
            "  {:<9} {}",
            if index == 0 { "seen in" } else { "" },
            paint(colour, Look::Faint, &plain(&place))
        );
    }
    let _ = writeln!(text, "  {:<9} {}", "fix", plain(&finding.remediation.text));
    // What a person at a terminal types; the request and the resource of Terraform stand in the other formats.
    let commands = finding.remediation.commands.iter();
    for command in commands.filter(|command| command.surface == Surface::Cli) {
        let _ = writeln!(text, "  {:<9} {}", "", plain(&command.command));
    }
}
