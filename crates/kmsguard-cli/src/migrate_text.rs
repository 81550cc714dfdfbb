//! How ready keys are to move, for a person: how many days are left, then the keys that somebody has to act on.

use std::fmt::Write;

use kmsguard::api::{
    MatchVerdict, MigrateAnswer, MigrationAssociation, MigrationIntent, MigrationRow, Outcome, Readiness, Severity,
    Verdict,
};

use super::audit::count;
use super::output::Sheet;
use super::terminal::{Look, paint, plain};

/// So many keys are shown in full; the others by name.
const IN_FULL: usize = 20;

/// So many open associations of a key are shown.
const ASSOCIATIONS: usize = 5;

pub(crate) fn text(answer: &MigrateAnswer, sheet: Sheet) -> String {
    let colour = sheet.colour;
    let mut text = String::new();
    if answer.outcome == Outcome::Empty {
        let _ = writeln!(text, "{}", paint(colour, Look::Doubtful, "nothing to read was found"));
        return text;
    }
    let look = if answer.deadline.days_left <= 60 { Look::Bad } else { Look::Doubtful };
    let _ = writeln!(text, "{}", paint(colour, look, &answer.headline()));
    let _ = writeln!(text, "{} · as of {}", answer.numbers(), answer.now);
    progress(&mut text, answer, colour);
    let rows = answer.by_readiness();
    for row in rows.iter().take(IN_FULL) {
        key(&mut text, row, answer, colour);
    }
    if rows.len() > IN_FULL {
        let more = count(number(rows.len() - IN_FULL), "more key");
        let _ = writeln!(text, "\n{more}: `--output-format csv` has a row for each");
    }
    if !answer.unknown.is_empty() {
        let _ = writeln!(text, "\n{}", paint(colour, Look::Strong, "what is not known of the whole"));
    }
    for unknown in &answer.unknown {
        wanted(&mut text, unknown.of.as_deref(), &unknown.why, unknown.command.as_deref(), answer, colour);
    }
    steps(&mut text, answer, colour);
    let _ = writeln!(text, "\n{}", paint(colour, Look::Strong, "what no export shows"));
    for one in &answer.scope.not_seen {
        let _ = writeln!(text, "  {}: {}", one.usage, one.how_to_check);
    }
    text
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn name<'a>(crn: &'a str, answer: &'a MigrateAnswer) -> &'a str {
    answer.name(crn).unwrap_or(crn)
}

fn progress(text: &mut String, answer: &MigrateAnswer, colour: bool) {
    let Some(progress) = &answer.progress else { return };
    let heading = format!(
        "since {}: {} then ready or moved, {} now",
        progress.since,
        count(progress.ready_then, "key"),
        progress.ready_now
    );
    let _ = writeln!(text, "{}", paint(colour, Look::Strong, &heading));
    for key in &progress.keys {
        let mut parts = vec![format!("{} of {} moved", key.moved, count(key.then, "association"))];
        parts.extend((key.gone > 0).then(|| format!("{} seen with neither key", key.gone)));
        parts.extend((key.added > 0).then(|| format!("{} new", key.added)));
        let _ = writeln!(text, "  {}: {}", plain(name(&key.source_key, answer)), parts.join(", "));
    }
}

fn key(text: &mut String, row: &MigrationRow, answer: &MigrateAnswer, colour: bool) {
    let (look, word) = match row.readiness {
        Readiness::NotReady => (Look::Bad, "NOT READY"),
        Readiness::Unknown => (Look::Doubtful, "UNKNOWN"),
        Readiness::Ready => (Look::Good, "READY"),
        Readiness::Moved => (Look::Good, "MOVED"),
    };
    let target = match &row.target_key {
        Some(target) => format!(" → {}", plain(name(target, answer))),
        None => String::new(),
    };
    let _ = writeln!(
        text,
        "\n{}  {}{target}",
        paint(colour, look, word),
        paint(colour, Look::Strong, &plain(name(&row.source_key, answer)))
    );
    let _ = writeln!(text, "  {}", plain(&row.users()));
    for problem in &row.problems {
        let look = if problem.severity == Severity::Error { Look::Bad } else { Look::Doubtful };
        let _ = writeln!(text, "  {} {}", paint(colour, look, problem.code), plain(&problem.message));
    }
    if row.target_key.is_some() {
        associations(text, row, answer, colour);
    }
    for unknown in row.unknown.iter().take(ASSOCIATIONS) {
        wanted(text, unknown.of.as_deref(), &unknown.why, unknown.command.as_deref(), answer, colour);
    }
    if row.unknown.len() > ASSOCIATIONS {
        let _ = writeln!(text, "  and {} more that are not known", row.unknown.len() - ASSOCIATIONS);
    }
    if row.target_key.is_none() {
        for candidate in &row.candidates {
            let mut alike = Vec::new();
            alike.extend(candidate.same_name.then_some("same name"));
            alike.extend(candidate.same_region.then_some("same region"));
            alike.extend(candidate.taken.then_some("taken by another"));
            alike.extend((!candidate.same_account).then_some("other account"));
            alike.extend(candidate.dedicated.is_none().then_some("not known to be Dedicated"));
            let _ = writeln!(text, "  could be   {} ({})", plain(name(&candidate.key, answer)), alike.join(", "));
        }
    }
    let not_before = row.next.not_before.map(|moment| format!(" (not before {moment})")).unwrap_or_default();
    let _ = writeln!(text, "  {}{} {}", paint(colour, Look::Strong, "next"), not_before, plain(&row.next.action));
    if let Some(command) = &row.next.command {
        let _ = writeln!(text, "    {}", plain(command));
    }
}

/// The resources that somebody has to look at.
fn associations(text: &mut String, row: &MigrationRow, answer: &MigrateAnswer, colour: bool) {
    let open = || row.associations.iter().filter(|one| one.is_open());
    for one in open().take(ASSOCIATIONS) {
        association(text, one, answer, colour);
    }
    let more = open().count().saturating_sub(ASSOCIATIONS);
    if more > 0 {
        let _ = writeln!(text, "  and {more} more");
    }
}

fn association(text: &mut String, one: &MigrationAssociation, answer: &MigrateAnswer, colour: bool) {
    let (look, word) = match one.verdict {
        MatchVerdict::Match => (Look::Good, "match   "),
        MatchVerdict::NoMatch => (Look::Bad, "no match"),
        MatchVerdict::Unknown => (Look::Doubtful, "unknown "),
    };
    let intent = match one.intent {
        MigrationIntent::Full => "",
        MigrationIntent::None => ", does not follow an intent",
        MigrationIntent::Unknown => ", may not follow an intent",
    };
    let iam = match one.authorized {
        Verdict::Covered => "IAM: covered",
        Verdict::NotCovered => "IAM: not covered",
        Verdict::Unknown => "IAM: unknown",
    };
    let _ = writeln!(text, "  {} {} ({iam}{intent})", paint(colour, look, word), plain(name(&one.resource, answer)));
    if let Some(differs) = &one.differs {
        let _ = writeln!(text, "           {}", plain(differs));
    }
    for grant in one.grants.iter().filter(|grant| grant.verdict != MatchVerdict::Match) {
        let word = if grant.verdict == MatchVerdict::NoMatch { "no match" } else { "unknown" };
        let _ = writeln!(text, "           {} needs an authorization of its own: {word}", plain(&grant.service));
    }
}

fn wanted(text: &mut String, of: Option<&str>, why: &str, command: Option<&str>, answer: &MigrateAnswer, colour: bool) {
    let of = of.map(|of| format!(" ({})", plain(name(of, answer)))).unwrap_or_default();
    let _ = writeln!(text, "  {} {}{of}", paint(colour, Look::Doubtful, "not known"), plain(why));
    if let Some(command) = command {
        let _ = writeln!(text, "    {}", plain(command));
    }
}

fn steps(text: &mut String, answer: &MigrateAnswer, colour: bool) {
    if answer.steps.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", paint(colour, Look::Strong, "the way"));
    for (place, step) in answer.steps.iter().enumerate() {
        let not_before = step.not_before.map(|moment| format!(", not before {moment}")).unwrap_or_default();
        let _ = writeln!(text, "  {}. {} ({}{not_before})", place + 1, step.text, count(step.keys, "key"));
        let _ = writeln!(text, "     {}", plain(&step.command.command));
    }
}
