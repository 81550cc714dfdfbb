//! The picture as SVG.

use maud::{Markup, PreEscaped, html};

use super::{Chart, Look, Moment, Stretch, distance};

/// How it looks in dark and in light.
pub(crate) const STYLE: &str = include_str!("timeline.css");

const WIDTH: usize = 960;
/// Where the line of time stands, and where the texts begin.
const AXIS: usize = 300;
const TEXT: usize = 324;
/// The first row, the height of a line of text, and the room below a row.
const TOP: usize = 52;
const LINE: usize = 16;
const GAP: usize = 12;
/// So many letters stand on a line, and so many lines belong to a moment; most letters are one wide.
const WIDEST: usize = 92;
const LINES: usize = 3;
/// Stretches of time stand beside one another, so many at most.
const LANES: usize = 6;
const LANE: usize = 8;

/// The picture as a file of its own.
pub(crate) fn svg(chart: &Chart) -> String {
    picture(chart, true).into_string() + "\n"
}

/// The picture as part of a page, which has its style already.
pub(crate) fn svg_inside(chart: &Chart) -> Markup {
    picture(chart, false)
}

/// A moment with its texts in lines, and its upper edge.
struct Row<'a> {
    moment: &'a Moment,
    lines: Vec<String>,
    y: usize,
}

fn picture(chart: &Chart, is_alone: bool) -> Markup {
    let mut y = TOP;
    let row = |moment| {
        let row = Row { moment, lines: lines(&moment.text), y };
        y += row.lines.len() * LINE + usize::from(!moment.about.is_empty()) * LINE + GAP;
        row
    };
    let rows: Vec<Row<'_>> = chart.moments.iter().map(row).collect();
    let bottom = y.saturating_sub(LINE);
    let height = bottom + LINE + if chart.left_out > 0 { LINE } else { 0 };
    html! {
        svg.timeline xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height=(height)
            viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-labelledby="timeline-title timeline-words"
        {
            title id="timeline-title" { (chart.title) }
            desc id="timeline-words" { (chart.words) }
            @if is_alone { style { (PreEscaped(STYLE)) } }
            text.heading x="12" y="24" { (chart.title) }
            @if !rows.is_empty() { path.axis d={ "M" (AXIS) " " (TOP - LINE) " V" (bottom) } {} }
            @for (lane, stretch) in chart.stretches.iter().take(LANES).enumerate() { (bar(stretch, lane, &rows)) }
            @for row in &rows { (shape(row, chart)) }
            @if chart.left_out > 0 {
                text.about x=(TEXT) y=(bottom + LINE) { (chart.left_out) " more are left out" }
            }
        }
    }
}

/// What is possible from one moment to another, left of the line of time.
fn bar(stretch: &Stretch, lane: usize, rows: &[Row<'_>]) -> Markup {
    let level = |place: usize| rows.get(place).map(|row| row.y);
    html! {
        @if let (Some(from), Some(to)) = (level(stretch.from), level(stretch.to)) {
            rect.stretch x=(AXIS - 14 - lane * LANE) y=(from - 4) width="5" height=(to - from) rx="2" {
                title { (stretch.what) }
            }
        }
    }
}

fn shape(row: &Row<'_>, chart: &Chart) -> Markup {
    let class = match row.moment.look {
        Look::Act => "act",
        Look::Opens => "opens",
        Look::Closes => "closes",
        Look::Good => "good",
        Look::Plain => "plain",
    };
    let at = row.moment.at.to_string();
    let about = row.y + row.lines.len() * LINE;
    html! {
        g class=(class) {
            title { (at) ": " (row.moment.text) }
            circle cx=(AXIS) cy=(row.y - 4) r="5" {}
            text.at x="12" y=(row.y) { (at) }
            text.distance x="168" y=(row.y) { (distance(chart.now, row.moment.at)) }
            @for (number, line) in row.lines.iter().enumerate() {
                text x=(TEXT) y=(row.y + number * LINE) { (line) }
            }
            @if !row.moment.about.is_empty() { text.about x=(TEXT) y=(about) { (cut(&row.moment.about)) } }
        }
    }
}

/// A letter that is not of the Latin alphabet may be twice as wide.
const fn wide(letter: char) -> usize {
    if letter.is_ascii() { 1 } else { 2 }
}

fn width(text: &str) -> usize {
    text.chars().map(wide).sum()
}

/// A text on as many lines as it needs, broken between words; what does not fit is cut.
fn lines(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let is_full = lines.len() >= LINES;
        let Some(last) = lines.last_mut() else { break };
        if last.is_empty() {
            last.push_str(word);
        } else if width(last) + 1 + width(word) <= WIDEST {
            last.push(' ');
            last.push_str(word);
        } else if is_full {
            last.push_str(" …");
            break;
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.iter().map(|line| cut(line)).collect()
}

/// A line that is not too long.
fn cut(text: &str) -> String {
    if width(text) <= WIDEST + 2 {
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
    use super::{WIDEST, cut, lines, width};

    #[test]
    fn a_text_is_broken_between_words_and_cut_where_it_is_too_long() {
        assert_eq!(lines("the key is deleted"), ["the key is deleted"]);
        let long = "word ".repeat(40);
        let broken = lines(long.trim());
        assert_eq!(broken.len(), 3);
        assert!(broken.iter().all(|line| width(line) <= WIDEST), "{broken:?}");
        assert_eq!(broken.join(" "), long.trim());
        assert!(lines(&"word ".repeat(100)).last().is_some_and(|line| line.ends_with(" …")));
        assert_eq!(width(&cut(&"a".repeat(300))), WIDEST + 1);
        assert!(lines(&"漢".repeat(300)).iter().all(|line| width(line) <= WIDEST + 2));
    }
}
