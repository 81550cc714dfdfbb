//! The picture as SVG.

use maud::{Markup, PreEscaped, html};

use super::layout::{COLUMNS, Layout, NODE, WIDTH};
use super::{Edge, Graph, Look, Node};

/// How it looks in dark and in light.
pub(crate) const STYLE: &str = include_str!("graph.css");

/// So wide a text fits into a node; most letters are one wide.
const WIDEST: usize = 40;

/// The picture as a file of its own.
pub(crate) fn svg(graph: &Graph) -> String {
    picture(graph, true).into_string() + "\n"
}

/// The picture as part of a page, which has its style already.
pub(crate) fn svg_inside(graph: &Graph) -> Markup {
    picture(graph, false)
}

fn picture(graph: &Graph, is_alone: bool) -> Markup {
    let layout = Layout::of(graph);
    let columns = [
        ("Deployments", &graph.deployments, &layout.deployments),
        ("Keys", &graph.keys, &layout.keys),
        ("Authorizations", &graph.authorizations, &layout.authorizations),
    ];
    html! {
        svg.graph xmlns="http://www.w3.org/2000/svg" width=(layout.width) height=(layout.height)
            viewBox={ "0 0 " (layout.width) " " (layout.height) } role="img" aria-labelledby="graph-title graph-words"
        {
            title id="graph-title" { "Deployments, keys and authorizations" }
            desc id="graph-words" { (graph.words) }
            @if is_alone { style { (PreEscaped(STYLE)) } }
            @for edge in &graph.uses { (line(edge, 0, &layout.deployments, &layout.keys)) }
            @for edge in &graph.grants { (line(edge, 1, &layout.keys, &layout.authorizations)) }
            @for ((heading, nodes, places), x) in columns.into_iter().zip(COLUMNS) {
                text.heading x=(x) y="24" { (heading) }
                @for (node, y) in nodes.iter().zip(places) { (shape(node, x, *y)) }
            }
        }
    }
}

/// A line from the right edge of a node to the left edge of one in the next column.
fn line(edge: &Edge, column: usize, left: &[usize], right: &[usize]) -> Markup {
    let x = |column: usize| COLUMNS.get(column).copied().unwrap_or_default();
    let (from, to) = (x(column) + WIDTH, x(column + 1));
    let middle = usize::midpoint(from, to);
    let level = |places: &[usize], row: usize| places.get(row).copied().unwrap_or_default() + NODE / 2;
    let (y1, y2) = (level(left, edge.left), level(right, edge.right));
    let class = if edge.is_proved { "line" } else { "line doubtful" };
    html! { path class=(class) d={ "M" (from) " " (y1) " C" (middle) " " (y1) " " (middle) " " (y2) " " (to) " " (y2) } {} }
}

fn shape(node: &Node, x: usize, y: usize) -> Markup {
    let class = match node.look {
        Look::Plain => "node",
        Look::Shared(_) => "node shared",
        Look::Found => "node found",
        Look::More => "node more",
    };
    html! {
        g class=(class) {
            title { (node.title) @if !node.detail.is_empty() { ": " (node.detail) } }
            rect x=(x) y=(y) width=(WIDTH) height=(NODE) rx="4" {}
            text.name x=(x + 10) y=(y + 15) { (cut(&node.title)) }
            text.detail x=(x + 10) y=(y + 29) { (cut(&node.detail)) }
            @if let Look::Shared(number) = node.look {
                text.number x=(x + WIDTH - 10) y=(y + 23) { "×" (number) }
            }
        }
    }
}

/// A text that fits into a node. Letters that are not of the Latin alphabet may be twice as wide.
fn cut(text: &str) -> String {
    let wide = |letter: char| if letter.is_ascii() { 1 } else { 2 };
    if text.chars().map(wide).sum::<usize>() <= WIDEST {
        return text.to_owned();
    }
    let mut left = WIDEST - 1;
    let fits = |letter: &char| {
        let room = left.checked_sub(wide(*letter));
        left = room.unwrap_or(0);
        room.is_some()
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_long_name_is_cut() {
        assert_eq!(cut("payments"), "payments");
        assert_eq!(cut(&"a".repeat(60)), format!("{}…", "a".repeat(39)));
        assert_eq!(cut(&"漢".repeat(60)), format!("{}…", "漢".repeat(19)));
    }
}
