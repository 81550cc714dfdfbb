// Where the lines of the graph go, and what they lead to.

import type { GraphEdge } from './worker/graph.js';

/** From the end of one box to the beginning of the other, with a bend that shows which way it goes. */
export function edgePath(from: DOMRect, to: DOMRect): string {
  const [x1, y1] = [from.right, from.top + from.height / 2];
  const [x2, y2] = [to.left, to.top + to.height / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}`;
}

/** The nodes that a line leads to. */
export function neighbours(id: string, edges: readonly GraphEdge[]): Set<string> {
  return new Set(edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : [])));
}
