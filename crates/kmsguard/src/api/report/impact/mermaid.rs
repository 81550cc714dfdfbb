//! The actions and what they hit, in the language of Mermaid.

use core::fmt::{self, Write};

use super::view::{Group, Weight, actions, groups, name, verdict};
use crate::api::{Certainty, ImpactAnswer};
use crate::report::mermaid::label;
use crate::report::{count, plain};

/// Mermaid draws so many lines unless told otherwise; one is kept for what is left out.
const MOST_LINES: usize = 499;

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
    let left_out = (actions.len() + groups.len()).saturating_sub(MOST_LINES);
    if left_out > 0 {
        writeln!(sink, "  v --- more[\"{left_out} more lines are left out\"]")?;
    }
    sink.write_str("  classDef verdict stroke-width:3px\n")?;
    sink.write_str("  classDef lost stroke:#da1e28,stroke-width:4px\n")?;
    sink.write_str("  classDef doubtful stroke:#b28600,stroke-width:2px,stroke-dasharray:4 3\n")?;
    sink.write_str("  classDef cut stroke:#b28600,stroke-width:2px\n")
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
