//! The safe order in the text of `kmsguard impact`.

use std::fmt::Write;

use kmsguard::api::{ImpactAnswer, OrderStepReport, OrderVerdict, OrderWait};

use super::impact::name;
use super::terminal::{Look, paint, plain};

/// Writes the order, or why there is none, where it was asked for.
pub(super) fn ordered(text: &mut String, answer: &ImpactAnswer, colour: bool) {
    let (Some(steps), Some(ordering)) = (&answer.order, &answer.ordering) else { return };
    let heading = match ordering.verdict {
        OrderVerdict::Safe => {
            paint(colour, Look::Good, "IN THIS ORDER nothing else is harmed, as far as all that was read tells")
        }
        OrderVerdict::Unknown => {
            paint(colour, Look::Doubtful, "AN ORDER, NOT CALLED SAFE: something that is not known could do harm")
        }
        OrderVerdict::None => paint(colour, Look::Bad, "NO SAFE ORDER"),
    };
    let _ = writeln!(text, "\n{heading}");
    for reason in &ordering.because {
        let _ = writeln!(text, "  {}: {}", plain(name(&reason.reference, answer)), plain(&reason.text));
    }
    for unknown in &ordering.unknown {
        let of = unknown.of.as_deref().map(|of| format!("{}: ", name(of, answer))).unwrap_or_default();
        let _ =
            writeln!(text, "  {} {}{}", paint(colour, Look::Doubtful, "not known"), plain(&of), plain(&unknown.why));
        if let Some(command) = &unknown.command {
            let _ = writeln!(text, "    {}", plain(command));
        }
    }
    for (number, one) in steps.iter().enumerate() {
        step(text, number + 1, one, colour);
    }
}

fn step(text: &mut String, number: usize, step: &OrderStepReport, colour: bool) {
    let _ = writeln!(text, "  {number}. {}", paint(colour, Look::Strong, &plain(&step.text)));
    if let Some(wait) = &step.wait {
        let _ = writeln!(text, "     {}: {}", when(wait), plain(&wait.why));
    }
    for check in &step.checks {
        let _ = writeln!(text, "     {}", paint(colour, Look::Faint, &format!("# first: {}", plain(&check.text))));
        let _ = writeln!(text, "     {}", plain(&check.command));
    }
    for command in &step.commands {
        let _ = writeln!(text, "     {}", paint(colour, Look::Faint, &format!("# {}", plain(&command.text))));
        let _ = writeln!(text, "     {}", plain(&command.command));
    }
    let until = step.undo_until.map(|until| format!(" until {until}")).unwrap_or_default();
    if let Some(undo) = &step.undo {
        let _ = writeln!(text, "     {}", paint(colour, Look::Faint, &format!("undone{until} by: {}", plain(undo))));
    }
}

/// From when on a step may take place.
fn when(wait: &OrderWait) -> String {
    match (wait.not_before, wait.earliest) {
        (Some(date), Some(earliest)) if earliest < date => {
            format!("not before {date}, at the earliest {earliest} if the check shows it")
        }
        (Some(date), _) => format!("not before {date}"),
        (None, Some(earliest)) => format!("not before {earliest}, and not before the check shows it"),
        (None, None) => "not before the check shows it".to_owned(),
    }
}
