//! Pages of one list, in one input or in several, are together as whole as the last one says.

use std::collections::BTreeMap;

use super::Source;
use super::interner::Symbol;
use crate::ingest::{ExportKind, ListSeen, Next, are_whole};

/// A list by its input and its number in it.
type Position = (usize, usize);

/// Joins the pages of each list, and says of every input anew whether it is whole.
pub(super) fn join(sources: &mut [Source]) {
    let mut whole: Vec<Position> = Vec::new();
    for positions in pages(sources).into_values() {
        let lists = |positions: &[Position]| -> Vec<&ListSeen> {
            positions.iter().filter_map(|(input, list)| sources.get(*input)?.report.lists.get(*list)).collect()
        };
        if are_whole(&lists(&positions), false) {
            whole.extend(positions);
            continue;
        }
        for of_input in positions.chunk_by(|first, second| first.0 == second.0) {
            if are_whole(&lists(of_input), true) {
                whole.extend(of_input);
            }
        }
    }
    for (input, list) in whole {
        let list = sources.get_mut(input).and_then(|source| source.report.lists.get_mut(list));
        if let Some(list) = list {
            list.complete = Some(true);
            list.note = None;
        }
    }
    for source in sources {
        source.report.settle(source.call.as_ref());
    }
}

/// The lists that are pages, by what they list and of what. Lists of nothing that is known are pages of nothing.
fn pages(sources: &[Source]) -> BTreeMap<(ExportKind, Option<Symbol>, Option<Symbol>), Vec<Position>> {
    let mut pages: BTreeMap<_, Vec<Position>> = BTreeMap::new();
    for (input, source) in sources.iter().enumerate() {
        for (number, list) in source.report.lists.iter().enumerate() {
            if list.page.next != Next::Silent {
                pages.entry((list.kind, source.account, source.instance)).or_default().push((input, number));
            }
        }
    }
    pages
}
