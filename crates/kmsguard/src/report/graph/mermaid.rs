//! The picture in the language of Mermaid.

use core::fmt::{self, Write};

use super::{Graph, Look, Node};
use crate::report::mermaid::label;

/// Mermaid draws so many lines unless told otherwise.
const MOST_LINES: usize = 500;

pub(crate) fn mermaid(graph: &Graph, sink: &mut dyn Write) -> fmt::Result {
    sink.write_str("flowchart LR\n")?;
    sink.write_str("  accTitle: Deployments, keys and authorizations\n")?;
    writeln!(sink, "  accDescr: {}", label(&graph.words))?;
    for (letter, nodes, [open, close]) in [
        ('d', &graph.deployments, ["([", "])"]),
        ('k', &graph.keys, ["[", "]"]),
        ('a', &graph.authorizations, ["{{", "}}"]),
    ] {
        for (row, node) in nodes.iter().enumerate() {
            writeln!(sink, "  {letter}{row}{open}\"{}\"{close}{}", text(node), class(node.look))?;
        }
    }
    let uses = graph.uses.iter().map(|edge| ('d', 'k', edge));
    let grants = graph.grants.iter().map(|edge| ('k', 'a', edge));
    for (from, to, edge) in uses.chain(grants).take(MOST_LINES) {
        let line = if edge.is_proved { "---" } else { "-.-" };
        writeln!(sink, "  {from}{} {line} {to}{}", edge.left, edge.right)?;
    }
    let left_out = (graph.uses.len() + graph.grants.len()).saturating_sub(MOST_LINES);
    if left_out > 0 {
        writeln!(sink, "  more[\"{left_out} more lines are left out\"]")?;
    }
    sink.write_str("  classDef shared stroke:#da1e28,stroke-width:4px\n")?;
    sink.write_str("  classDef found stroke:#b28600,stroke-width:2px\n")?;
    sink.write_str("  classDef more stroke-dasharray:2 3\n")
}

fn text(node: &Node) -> String {
    match node.look {
        _ if node.detail.is_empty() => label(&node.title),
        _ => format!("{} ({})", label(&node.title), label(&node.detail)),
    }
}

const fn class(look: Look) -> &'static str {
    match look {
        Look::Plain => "",
        Look::Shared(_) => ":::shared",
        Look::Found => ":::found",
        Look::More => ":::more",
    }
}
