//! `kmsguard impact`: written for a person who is about to act. The verdict comes first, then who is hit, until when it can be
//! undone, and what is not known.

use std::collections::BTreeMap;
use std::fmt::Write;

use kmsguard::api::{
    ActionKind, AffectedResource, Answer, Certainty, Effect, ImpactAnswer, ImpactFormat, ImpactRequest,
    ImpactVerdict as Verdict, Now, Outcome, Reason, ReasonKind, RequestError, Since,
};

use super::arguments::ImpactArguments;
use super::audit::{count, problems};
use super::impact_order::ordered;
use super::impact_untangle::untangled;
use super::inputs::read_inventory;
use super::output::Output;
use super::terminal::{Look, Terminal, paint, plain};

pub(crate) fn run(
    arguments: &ImpactArguments,
    now: Now,
    output: &Output,
    terminal: &Terminal<'_>,
) -> Result<u8, RequestError> {
    let inventory = read_inventory(&arguments.inputs(), output.quiet, terminal);
    let request = ImpactRequest {
        now,
        actions: arguments.actions.0.clone(),
        force: arguments.force,
        keep_going: arguments.keep_going,
        order: arguments.order,
    };
    let answer = inventory.impact(&request)?;
    problems(&answer.problems, output, terminal);
    let write = |format, sink: &mut dyn Write| answer.write(format, sink);
    output.write_report(&|sheet| text(&answer, sheet.colour), ImpactFormat::ALL, &write, terminal)?;
    Ok(answer.outcome().exit_code())
}

fn text(answer: &ImpactAnswer, colour: bool) -> String {
    let mut text = String::new();
    headline(&mut text, answer, colour);
    affected(&mut text, answer, colour);
    blockers(&mut text, answer, colour);
    unknown(&mut text, answer, colour);
    ordered(&mut text, answer, colour);
    untangled(&mut text, answer, colour);
    timeline(&mut text, answer, colour);
    commands(&mut text, answer, colour);
    let _ = writeln!(text, "\nas of {}", answer.now);
    text
}

/// The name of something, or its CRN.
pub(super) fn name<'a>(crn: &'a str, answer: &'a ImpactAnswer) -> &'a str {
    answer.labels.get(crn).and_then(|label| label.name.as_deref()).unwrap_or(crn)
}

fn word(verdict: Verdict, colour: bool) -> String {
    let (look, word) = match verdict {
        Verdict::Safe => (Look::Good, "SAFE"),
        Verdict::Degrades => (Look::Bad, "DEGRADES"),
        Verdict::Destroys => (Look::Bad, "DESTROYS"),
        Verdict::Blocked => (Look::Doubtful, "BLOCKED"),
        Verdict::Unknown => (Look::Doubtful, "UNKNOWN"),
    };
    paint(colour, look, word)
}

fn headline(text: &mut String, answer: &ImpactAnswer, colour: bool) {
    if answer.outcome == Outcome::Empty {
        let _ = writeln!(text, "{}", paint(colour, Look::Doubtful, "nothing to read was found"));
        return;
    }
    let forced = if answer.actions.iter().any(|action| action.force) { " by force" } else { "" };
    let action = format!("{}{forced}", phrases(answer).join(", "));
    let _ = match answer.verdict {
        Verdict::Blocked => {
            writeln!(text, "{}: {action} will be refused, and nothing changes", word(answer.verdict, colour))
        }
        verdict => writeln!(text, "{}: {action} {}", word(verdict, colour), sum(answer, verdict)),
    };
    let Some(forced) = &answer.if_forced else { return };
    let _ = match forced.verdict {
        Verdict::Blocked => match worst(answer) {
            Verdict::Safe => writeln!(text, "  with force it is refused as well"),
            done => writeln!(
                text,
                "  with force it is refused as well; if it ever goes through: {}, it {}",
                word(done, colour),
                sum(answer, done)
            ),
        },
        verdict => {
            writeln!(text, "  by force it would go through: {}, it {}", word(verdict, colour), sum(answer, verdict))
        }
    };
}

/// What is done: the actions of a kind together, in the order in which the kinds were asked.
fn phrases(answer: &ImpactAnswer) -> Vec<String> {
    let mut kinds: Vec<(ActionKind, Vec<String>)> = Vec::new();
    for action in &answer.actions {
        let target = format!("`{}`", plain(name(&action.target, answer)));
        match kinds.iter_mut().find(|(kind, _)| *kind == action.kind) {
            Some((_, targets)) => targets.push(target),
            None => kinds.push((action.kind, vec![target])),
        }
    }
    let phrase = |(kind, targets): (ActionKind, Vec<String>)| {
        let doing = match kind {
            ActionKind::DeleteKey => "deleting key",
            ActionKind::DisableKey => "disabling key",
            ActionKind::RestoreKey => "restoring key",
            ActionKind::RotateKey => "rotating key",
            ActionKind::RevokePolicy => "removing authorization",
            ActionKind::DeleteInstance => "deleting",
            ActionKind::UntangleKey => "untangling key",
            _ => "doing",
        };
        format!("{doing} {}", targets.join(", "))
    };
    kinds.into_iter().map(phrase).collect()
}

/// The worst that the list of what is hit holds.
fn worst(answer: &ImpactAnswer) -> Verdict {
    match answer.affected.iter().map(Section::of).min() {
        Some(Section::Lost) => Verdict::Destroys,
        Some(Section::Doubtful) => Verdict::Unknown,
        Some(Section::CutOff | Section::Weakened) => Verdict::Degrades,
        Some(Section::Untouched) | None => Verdict::Safe,
    }
}

/// What a verdict comes to, in half a sentence.
fn sum(answer: &ImpactAnswer, verdict: Verdict) -> String {
    let deployments = |wanted: fn(&AffectedResource) -> bool| {
        let mut crns: Vec<&str> =
            answer.affected.iter().filter(|row| wanted(row)).map(|row| row.deployment.as_str()).collect();
        crns.sort_unstable();
        crns.dedup();
        count(u32::try_from(crns.len()).unwrap_or(u32::MAX), "deployment")
    };
    match verdict {
        Verdict::Destroys => format!("loses the data of {}", deployments(|row| Section::of(row) == Section::Lost)),
        Verdict::Degrades if answer.affected.iter().any(|row| Section::of(row) == Section::CutOff) => {
            format!("cuts {} off", deployments(|row| Section::of(row) == Section::CutOff))
        }
        Verdict::Degrades => format!("weakens {}", deployments(|row| Section::of(row) == Section::Weakened)),
        Verdict::Unknown if answer.affected.is_empty() => "shows no effect, and that proves nothing".to_owned(),
        Verdict::Unknown => format!("hits {}, and could do worse", deployments(|_| true)),
        Verdict::Safe => "breaks nothing".to_owned(),
        Verdict::Blocked => "is refused".to_owned(),
    }
}

/// The parts of the list of what is hit, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Lost,
    Doubtful,
    CutOff,
    /// It runs on, but does not start again, cannot be made again, or cannot be taken off its key.
    Weakened,
    Untouched,
}

impl Section {
    fn of(row: &AffectedResource) -> Self {
        match (row.effect, row.certainty) {
            (Effect::None | Effect::Rewrap, _) => Self::Untouched,
            (Effect::Unknown, _) | (_, Certainty::Possible) => Self::Doubtful,
            (Effect::DataUnrecoverable | Effect::BackupsLost, _) => Self::Lost,
            (Effect::AccessLost, _) => Self::CutOff,
            _ => Self::Weakened,
        }
    }
}

/// Whether all actions are of one kind.
fn all(answer: &ImpactAnswer, kind: ActionKind) -> bool {
    answer.actions.iter().all(|action| action.kind == kind)
}

fn affected(text: &mut String, answer: &ImpactAnswer, colour: bool) {
    type Row<'a> = (&'a str, &'a str, Vec<&'a AffectedResource>);
    let mut sections: BTreeMap<(Section, Option<Now>), BTreeMap<&str, Row<'_>>> = BTreeMap::new();
    for row in &answer.affected {
        let section = sections.entry((Section::of(row), row.recoverable_until)).or_default();
        let entry = section.entry(&row.deployment).or_insert((name(&row.deployment, answer), &row.service, Vec::new()));
        entry.2.push(row);
    }
    let only_deletes_keys = all(answer, ActionKind::DeleteKey);
    for ((section, until), deployments) in sections {
        let (look, heading) = match (section, until) {
            (Section::Lost, None) if only_deletes_keys => (Look::Bad, "LOST, even if the key is restored".to_owned()),
            (Section::Lost, None) => (Look::Bad, "LOST".to_owned()),
            (Section::Lost, Some(until)) => (Look::Bad, format!("LOST, unless it is had back before {until}")),
            (Section::Doubtful, _) => (Look::Doubtful, "NOT CERTAIN what happens to".to_owned()),
            (Section::CutOff, Some(until)) if only_deletes_keys => {
                (Look::Doubtful, format!("CUT OFF, and back if the key is restored before {until}"))
            }
            (Section::CutOff, Some(until)) => {
                (Look::Doubtful, format!("CUT OFF, and back if it is undone before {until}"))
            }
            (Section::CutOff, None) => (Look::Doubtful, "CUT OFF".to_owned()),
            (Section::Weakened, _) => (Look::Doubtful, "WEAKENED".to_owned()),
            (Section::Untouched, _) if all(answer, ActionKind::RestoreKey) => (Look::Good, "GIVEN BACK".to_owned()),
            (Section::Untouched, _) if all(answer, ActionKind::RotateKey) => (Look::Good, "WRAPPED ANEW".to_owned()),
            (Section::Untouched, _) => (Look::Strong, "UNTOUCHED".to_owned()),
        };
        let _ = writeln!(text, "\n{}", paint(colour, look, &heading));
        for (crn, (name, service, rows)) in deployments {
            deployment(text, crn, name, service, &rows, answer, colour);
        }
    }
}

fn deployment(
    text: &mut String,
    crn: &str,
    name: &str,
    service: &str,
    rows: &[&AffectedResource],
    answer: &ImpactAnswer,
    colour: bool,
) {
    let service = answer.labels.get(crn).map_or(service, |label| label.service.as_str());
    let resources = count(u32::try_from(rows.len()).unwrap_or(u32::MAX), "resource");
    let since = match rows.iter().map(|row| row.since).min() {
        Some(Since::AtOnce) => "at once",
        Some(Since::NinetySeconds) => "after about 90 seconds",
        Some(Since::FourHours) => "within 4 hours",
        Some(Since::NextStop) => "at its next stop",
        _ => "",
    };
    let _ = writeln!(text, "  {} ({}, {resources}) {since}", paint(colour, Look::Strong, &plain(name)), plain(service));
    let mut said: Vec<&str> = Vec::new();
    let told = |reason: &&Reason| reason.source.is_some() || reason.kind == ReasonKind::Catalogue;
    for reason in rows.iter().flat_map(|row| &row.because).filter(told) {
        if !said.contains(&reason.text.as_str()) {
            said.push(&reason.text);
            let _ = writeln!(text, "    {}", plain(&reason.text));
        }
    }
    if rows.iter().any(|row| row.undo.as_deref() == Some("support ticket")) {
        let _ = writeln!(text, "    only a support ticket brings it back");
    }
    for row in rows {
        if let Some(evidence) = row.because.iter().find_map(|reason| reason.evidence.as_ref()) {
            let place = format!("seen in {}:{} {}", evidence.input, evidence.line, evidence.pointer);
            let _ = writeln!(text, "    {}", paint(colour, Look::Faint, &plain(&place)));
        }
    }
}

/// Why it is refused: what says the same is said once, with the names of all.
fn blockers(text: &mut String, answer: &ImpactAnswer, colour: bool) {
    if answer.blockers.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", paint(colour, Look::Strong, "why it is refused"));
    let mut said: Vec<(&str, Vec<&str>)> = Vec::new();
    for blocker in &answer.blockers {
        let row = answer.affected.iter().find(|row| *row.resource == *blocker.reference);
        let about = name(row.map_or(&blocker.reference, |row| &row.deployment), answer);
        match said.iter_mut().find(|(text, _)| *text == blocker.text) {
            Some((_, names)) if names.contains(&about) => {}
            Some((_, names)) => names.push(about),
            None => said.push((&blocker.text, vec![about])),
        }
    }
    for (reason, names) in said {
        let _ = writeln!(text, "  {}: {}", plain(&names.join(", ")), plain(reason));
    }
}

fn unknown(text: &mut String, answer: &ImpactAnswer, colour: bool) {
    if answer.unknown.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", paint(colour, Look::Strong, "what is not known"));
    for unknown in &answer.unknown {
        let of = unknown.of.as_deref().map(|of| format!("{}: ", name(of, answer))).unwrap_or_default();
        let _ = writeln!(text, "  {}{}", plain(&of), plain(&unknown.why));
        if let Some(command) = &unknown.command {
            let role = unknown.role.as_deref().map(|role| format!("  ({role})")).unwrap_or_default();
            let _ = writeln!(text, "    {}{}", plain(command), paint(colour, Look::Faint, &role));
        }
    }
}

fn timeline(text: &mut String, answer: &ImpactAnswer, colour: bool) {
    if answer.timeline.is_empty() {
        return;
    }
    let heading = if answer.verdict == Verdict::Blocked { "when, if it goes through" } else { "when" };
    let _ = writeln!(text, "\n{}", paint(colour, Look::Strong, heading));
    for event in &answer.timeline {
        let _ = writeln!(text, "  {}  {}", event.at, plain(&event.event));
    }
}

fn commands(text: &mut String, answer: &ImpactAnswer, colour: bool) {
    if answer.commands.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", paint(colour, Look::Strong, "commands"));
    for command in &answer.commands {
        let _ = writeln!(text, "  {}", paint(colour, Look::Faint, &format!("# {}", plain(&command.text))));
        let _ = writeln!(text, "  {}", plain(&command.command));
    }
}
