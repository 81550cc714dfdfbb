// Many things as few nodes: by themselves where there is room, else by what they have in common.

import type { Column, GraphNode } from './graph.js';

/** A column has so many nodes at most. */
const mostNodes = 30;

/** A way to put things together. */
export interface Level {
  /** What a thing belongs to; itself, on the finest level. */
  of: (id: string) => string;
  node: (of: string, ids: readonly string[]) => Omit<GraphNode, 'id' | 'count'>;
}

export interface Grouped {
  nodes: GraphNode[];
  has: (id: string) => boolean;
  /** The node that stands for a thing. */
  nodeOf: (id: string) => string;
}

/** Things with their weights, on the finest level that has room for them; the heaviest first, and what has no room as one node. */
export function grouped(column: Column, items: ReadonlyMap<string, number>, levels: readonly Level[]): Grouped {
  const more = `${column} more`;
  /** A group of one that is that one goes by its own name. */
  const idOf = ({ of, ids }: Group): string => (ids.length === 1 && ids[0] === of ? of : `${column} ${of}`);
  let level = levels[0]!;
  let groups: Group[] = [];
  for (level of levels) {
    groups = groupsOf(items, level.of);
    if (groups.length <= mostNodes) break;
  }
  groups.sort((first, second) => second.weight - first.weight);
  const [shown, rest] = groups.length > mostNodes ? [groups.slice(0, mostNodes - 1), groups.slice(mostNodes - 1)] : [groups, []];
  const nodes = shown.map((group): GraphNode => ({ id: idOf(group), count: group.ids.length, ...level.node(group.of, group.ids) }));
  const left = rest.flatMap(({ ids }) => ids);
  if (left.length) {
    nodes.push({ id: more, title: `${rest.length.toLocaleString('en')} more`, detail: 'with less than these', count: left.length, isShared: false, actions: [] });
  }
  const places = new Map<string, string>();
  for (const group of shown) for (const id of group.ids) places.set(id, idOf(group));
  return { nodes, has: (id) => items.has(id), nodeOf: (id) => places.get(id) ?? more };
}

interface Group {
  of: string;
  ids: string[];
  weight: number;
}

function groupsOf(items: ReadonlyMap<string, number>, of: Level['of']): Group[] {
  const groups = new Map<string, Group>();
  for (const [id, weight] of items) {
    const group = groups.get(of(id)) ?? { of: of(id), ids: [], weight: 0 };
    group.ids.push(id);
    group.weight += weight;
    groups.set(group.of, group);
  }
  return [...groups.values()];
}
