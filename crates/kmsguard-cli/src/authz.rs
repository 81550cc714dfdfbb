//! `kmsguard authz`.

use std::fmt::Write;

use kmsguard::api::{Answer, AuthzAnswer, AuthzFormat, AuthzRequest, DecisionReport, Now, RequestError, Verdict};

use super::arguments::AuthzArguments;
use super::audit::problems;
use super::inputs::read_inventory;
use super::output::Output;
use super::terminal::{Look, Terminal, paint, plain};

pub(crate) fn run(
    arguments: &AuthzArguments,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    let inventory = read_inventory(&arguments.paths, output.quiet, terminal);
    let request = AuthzRequest {
        keep_going: arguments.keep_going,
        source: arguments.source.clone(),
        key: arguments.key.clone(),
        ..AuthzRequest::at(now)
    };
    let answer = inventory.authz(&request)?;
    problems(&answer.problems, output, terminal);
    let write = |format, sink: &mut dyn Write| answer.write(format, sink);
    output.write_report(&|sheet| text(&answer, sheet.colour), AuthzFormat::ALL, &write, terminal)?;
    Ok(answer.outcome().exit_code())
}

fn text(answer: &AuthzAnswer, colour: bool) -> String {
    let mut text = String::new();
    for decision in &answer.decisions {
        decision_text(&mut text, decision, answer, colour);
    }
    for reach in &answer.reach {
        let _ = writeln!(
            text,
            "{}  {} → key {}",
            match reach.verdict {
                Verdict::Covered => paint(colour, Look::Good, "may use"),
                _ => paint(colour, Look::Doubtful, "might use"),
            },
            plain(name(&reach.source, answer)),
            paint(colour, Look::Strong, &plain(name(&reach.key, answer)))
        );
        if !reach.policies.is_empty() {
            let _ = writeln!(text, "  by         {}", plain(&reach.policies.join(", ")));
        }
    }
    let summary = &answer.summary;
    let _ = writeln!(
        text,
        "{} covered, {} not covered, {} unknown · network rules (context-based restrictions, allowed networks and addresses) were not looked at",
        summary.covered, summary.not_covered, summary.unknown
    );
    text
}

fn verdict_text(verdict: Verdict, colour: bool) -> String {
    match verdict {
        Verdict::Covered => paint(colour, Look::Good, "covered"),
        Verdict::NotCovered => paint(colour, Look::Bad, "not covered"),
        Verdict::Unknown => paint(colour, Look::Doubtful, "unknown"),
    }
}

/// The name of something that was exported, or what it was given by.
fn name<'a>(crn: &'a str, answer: &'a AuthzAnswer) -> &'a str {
    answer.labels.get(crn).and_then(|label| label.name.as_deref()).unwrap_or(crn)
}

fn decision_text(text: &mut String, decision: &DecisionReport, answer: &AuthzAnswer, colour: bool) {
    let key = decision.key.as_deref().or(decision.key_id.as_deref()).unwrap_or_default();
    let _ = writeln!(
        text,
        "{}  {} → key {}",
        verdict_text(decision.verdict, colour),
        paint(colour, Look::Strong, &plain(name(&decision.source, answer))),
        paint(colour, Look::Strong, &plain(name(key, answer)))
    );
    if !decision.policies.is_empty() {
        let together = if decision.single_policy || decision.policies.len() == 1 { "" } else { " together" };
        let by = if decision.verdict == Verdict::Covered { "by     " } else { "applies" };
        let _ = writeln!(text, "  {by}    {}{together}", plain(&decision.policies.join(", ")));
    }
    for missing in &decision.missing {
        let _ = writeln!(text, "  missing    {}", plain(&missing.text));
    }
    for dependent in &decision.dependents {
        let by = if dependent.policies.is_empty() {
            String::new()
        } else {
            format!(" by {}", dependent.policies.join(", "))
        };
        let _ = writeln!(
            text,
            "  dependent  {}: {}{}",
            plain(&dependent.service),
            verdict_text(dependent.verdict, colour),
            plain(&by)
        );
    }
    // Where a policy applies, what others lack is no help.
    let near = if decision.policies.is_empty() { decision.near_misses.as_slice() } else { &[] };
    let mut told: Option<&str> = None;
    for near in near {
        let policy = if told == Some(near.policy.as_str()) { "and" } else { &near.policy };
        let _ = writeln!(text, "  nearest    {}: {}", plain(policy), plain(&near.text));
        told = Some(&near.policy);
    }
    for unknown in &decision.unknown {
        let _ = writeln!(text, "  unknown    {}", plain(&unknown.why));
        if let Some(command) = &unknown.command {
            let _ = writeln!(text, "             settled by: {}", plain(command));
        }
    }
    if let Some(command) = decision.template.as_ref().and_then(|forms| forms.cli.as_deref()) {
        let _ = writeln!(text, "  would do   {}", plain(command));
    }
}
