//! The actions and what they hit, in the language of Mermaid.

use core::fmt::{self, Write};

use super::untangled::waits;
use super::view::{Group, Weight, actions, groups, name, verdict, when};
use crate::api::{Certainty, ImpactAnswer};
use crate::report::mermaid::label;
use crate::report::{count, plain};

/// Mermaid draws so many lines unless told otherwise; one is kept for what is left out.
const MOST_LINES: usize = 499;

/// Of an order so many steps are drawn.
const MOST_STEPS: usize = 100;

pub(super) fn mermaid(answer: &ImpactAnswer, sink: &mut dyn Write) -> fmt::Result {
    let (actions, groups) = (actions(answer), groups(answer));
    let words = format!("{}: {}.", verdict(answer), count(answer.affected.len(), "resource"));
    sink.write_str("flowchart LR\n  accTitle: What the actions break\n")?;
    writeln!(sink, "  accDescr: {}", label(&words))?;
    writeln!(sink, "  v{{{{\"{}\"}}}}:::verdict", label(&verdict(answer)))?;
    for (place, (action, target)) in actions.iter().enumerate().take(MOST_LINES) {
        writeln!(sink, "  a{place}[\"{action}: {}\"] --> v", label(&plain(target)))?;
    }
    let room = MOST_LINES.saturating_sub(actions.len());
    for (place, group) in groups.iter().enumerate().take(room) {
        row(answer, place, group, sink)?;
    }
    steps(answer, sink)?;
    let left_out = (actions.len() + groups.len()).saturating_sub(MOST_LINES);
    if left_out > 0 {
        writeln!(sink, "  v --- more[\"{left_out} more lines are left out\"]")?;
    }
    sink.write_str("  classDef verdict stroke-width:3px\n")?;
    sink.write_str("  classDef lost stroke:#da1e28,stroke-width:4px\n")?;
    sink.write_str("  classDef doubtful stroke:#b28600,stroke-width:2px,stroke-dasharray:4 3\n")?;
    sink.write_str("  classDef cut stroke:#b28600,stroke-width:2px\n")
}

/// The steps of an order and of untanglings, each after the one before it.
fn steps(answer: &ImpactAnswer, sink: &mut dyn Write) -> fmt::Result {
    let wait = |wait: &crate::api::OrderWait| format!(" ({})", when(wait));
    let of_order = answer
        .order
        .iter()
        .flatten()
        .map(|step| format!("{}{}", step.text, step.wait.as_ref().map(wait).unwrap_or_default()));
    chain("o", "In which order", of_order, sink)?;
    for (place, report) in answer.untangling.iter().flatten().enumerate() {
        let of = |step: &crate::api::UntangleStep| {
            let deployment =
                step.deployment.as_deref().map(|crn| format!("{}: ", name(answer, crn))).unwrap_or_default();
            let wait = step.wait.as_ref().map(|wait| format!(" ({})", waits(wait))).unwrap_or_default();
            format!("{deployment}{}{wait}", step.text)
        };
        let title = format!("Untangling {}", name(answer, &report.key));
        chain(&format!("u{place}s"), &title, report.steps.iter().map(of), sink)?;
    }
    Ok(())
}

/// Steps one after another, in a frame of their own.
fn chain(id: &str, title: &str, steps: impl Iterator<Item = String>, sink: &mut dyn Write) -> fmt::Result {
    let steps: Vec<String> = steps.collect();
    if steps.is_empty() {
        return Ok(());
    }
    writeln!(sink, "  subgraph {id}frame[\"{}\"]", label(&plain(title)))?;
    for (place, step) in steps.iter().take(MOST_STEPS).enumerate() {
        let after = if place == 0 { String::new() } else { format!("{id}{} --> ", place - 1) };
        writeln!(sink, "    {after}{id}{place}[\"{}. {}\"]", place + 1, label(&plain(step)))?;
    }
    if steps.len() > MOST_STEPS {
        writeln!(sink, "    {id}more[\"{} are left out\"]", count(steps.len() - MOST_STEPS, "more step"))?;
    }
    sink.write_str("  end\n")
}

fn row(answer: &ImpactAnswer, place: usize, group: &Group<'_>, sink: &mut dyn Write) -> fmt::Result {
    let line = if group.certainty == Certainty::Possible { "-.->" } else { "-->" };
    let class = match group.weight {
        Weight::Lost => ":::lost",
        Weight::Doubtful => ":::doubtful",
        Weight::CutOff => ":::cut",
        Weight::Untouched => "",
    };
    let of = if group.resources.len() == 1 { String::new() } else { format!(", {} resources", group.resources.len()) };
    writeln!(
        sink,
        "  v {line}|\"{}\"| d{place}([\"{} ({}{of})\"]){class}",
        label(&group.effect),
        label(&plain(name(answer, group.deployment))),
        label(&plain(group.service))
    )
}
