//! Where the nodes of the columns stand: each key level with its deployments, each authorization with its keys.

use super::{Edge, Graph};

/// The height of a row, and of the node in it.
pub(super) const ROW: usize = 44;
pub(super) const NODE: usize = 36;
/// The width of a node, and where each column begins.
pub(super) const WIDTH: usize = 300;
pub(super) const COLUMNS: [usize; 3] = [12, 372, 732];
/// Above the first row stand the headings.
const TOP: usize = 40;

/// The upper edges of the nodes, and the size of the picture.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) deployments: Vec<usize>,
    pub(super) keys: Vec<usize>,
    pub(super) authorizations: Vec<usize>,
    pub(super) width: usize,
    pub(super) height: usize,
}

impl Layout {
    pub(super) fn of(graph: &Graph) -> Self {
        let deployments: Vec<usize> = (0..graph.deployments.len()).map(|row| TOP + row * ROW).collect();
        let keys =
            beside(graph.keys.len(), &deployments, graph.uses.iter().map(|Edge { left, right, .. }| (*left, *right)));
        let grants = graph.grants.iter().map(|Edge { left, right, .. }| (*left, *right));
        let authorizations = beside(graph.authorizations.len(), &keys, grants);
        let lowest = [&deployments, &keys, &authorizations].iter().filter_map(|column| column.last().copied()).max();
        let width = COLUMNS.iter().max().copied().unwrap_or_default() + WIDTH + 12;
        Self { deployments, keys, authorizations, width, height: lowest.unwrap_or(TOP) + ROW + 4 }
    }
}

/// Each node at the mean height of those it hangs on, or below the one before it.
fn beside(nodes: usize, others: &[usize], edges: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut sums: Vec<(usize, usize)> = vec![(0, 0); nodes];
    for (other, node) in edges {
        if let (Some(place), Some((sum, number))) = (others.get(other), sums.get_mut(node)) {
            *sum += place;
            *number += 1;
        }
    }
    let mut next = TOP;
    let place = |(sum, number): (usize, usize)| {
        let place = sum.checked_div(number).unwrap_or(0).max(next);
        next = place + ROW;
        place
    };
    sums.into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_stands_beside_what_it_hangs_on_and_on_no_other() {
        let rows: Vec<usize> = (0..4).map(|row| TOP + row * ROW).collect();
        let places = beside(3, &rows, [(0, 0), (2, 0), (0, 1), (3, 2)].into_iter());
        assert_eq!(places, [TOP + ROW, TOP + 2 * ROW, TOP + 3 * ROW]);
        assert_eq!(beside(2, &rows, core::iter::empty()), [TOP, TOP + ROW]);
    }
}
