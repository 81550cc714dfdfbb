//! How keys are untangled, in the text of `kmsguard impact`.

use std::fmt::Write;

use kmsguard::api::{
    ImpactAnswer, Reason, UntangleHow, UntangleStep, UntangleVerdict, UntangleWait, UntangledDeployment,
    UntanglingReport,
};

use super::audit::count;
use super::impact::name;
use super::terminal::{Look, paint, plain};

/// Writes how each key is untangled of which that was asked.
pub(super) fn untangled(text: &mut String, answer: &ImpactAnswer, colour: bool) {
    for report in answer.untangling.iter().flatten() {
        one(text, answer, report, colour);
    }
}

fn one(text: &mut String, answer: &ImpactAnswer, report: &UntanglingReport, colour: bool) {
    let key = plain(name(&report.key, answer));
    let (look, words) = match report.verdict {
        UntangleVerdict::NotShared => (Look::Good, "one deployment at most uses it, and there is nothing to untangle"),
        UntangleVerdict::InPlace => (Look::Good, "all that share it can be given a key of their own where they stand"),
        UntangleVerdict::Anew => (Look::Doubtful, "some must be made anew, or need a support ticket"),
        _ => (Look::Doubtful, "not all of it is known"),
    };
    let _ = writeln!(text, "\n{}", paint(colour, look, &format!("UNTANGLING {key}: {words}")));
    for deployment in &report.deployments {
        shared(text, answer, deployment, colour);
    }
    for (number, step) in report.steps.iter().enumerate() {
        stepped(text, answer, number + 1, step, colour);
    }
    let mut reasons = |heading: &str, reasons: &[Reason]| {
        if !reasons.is_empty() {
            let _ = writeln!(text, "  {}", paint(colour, Look::Strong, heading));
        }
        for reason in reasons {
            let _ = writeln!(text, "    {}: {}", plain(name(&reason.reference, answer)), plain(&reason.text));
        }
    };
    reasons("what stays on the key, or may", &report.stays);
    reasons("why what is left cannot be removed", &report.removal.because);
}

fn shared(text: &mut String, answer: &ImpactAnswer, one: &UntangledDeployment, colour: bool) {
    let how = match one.how {
        UntangleHow::Leaving => "is deleted already, and leaves",
        UntangleHow::InPlace => "in place",
        UntangleHow::SupportTicket => "by a support ticket",
        UntangleHow::Anew => "made anew",
        _ => "not known",
    };
    let key = one.key.as_ref().map(|key| format!(", with the key `{}`", plain(&key.name))).unwrap_or_default();
    let called = paint(colour, Look::Strong, &plain(name(&one.deployment, answer)));
    let _ = writeln!(text, "  {called} ({}): {how}{key}", plain(&one.service));
    for part in &one.parts {
        let resources = count(u32::try_from(part.resources.len()).unwrap_or(u32::MAX), "resource");
        for reason in part.because.iter().filter(|reason| reason.source.is_some()) {
            let _ = writeln!(text, "    {resources}: {}", plain(&reason.text));
        }
    }
}

fn stepped(text: &mut String, answer: &ImpactAnswer, number: usize, step: &UntangleStep, colour: bool) {
    let of = step.deployment.as_deref().map(|crn| format!("{}: ", plain(name(crn, answer)))).unwrap_or_default();
    let _ = writeln!(text, "  {number}. {}", paint(colour, Look::Strong, &format!("{of}{}", plain(&step.text))));
    if let Some(wait) = &step.wait {
        let _ = writeln!(text, "     {}: {}", waits(wait), plain(&wait.why));
    }
    for check in &step.checks {
        let _ = writeln!(text, "     {}", paint(colour, Look::Faint, &format!("# first: {}", plain(&check.text))));
        let _ = writeln!(text, "     {}", plain(&check.command));
    }
    // The other forms of a command stand in JSON and on the page.
    for command in step.in_shell() {
        let _ = writeln!(text, "     {}", paint(colour, Look::Faint, &format!("# {}", plain(&command.text))));
        let _ = writeln!(text, "     {}", plain(&command.command));
    }
}

/// How long a step waits.
fn waits(wait: &UntangleWait) -> String {
    match wait.seconds {
        Some(seconds) if seconds >= 86_400 => format!("{} after what it waits for", count(seconds / 86_400, "day")),
        Some(seconds) => format!("{} after what it waits for", count(seconds, "second")),
        None => "not before the check shows it".to_owned(),
    }
}
