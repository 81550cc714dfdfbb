// The CRNs that were found on the page, and the lines under those that are not right. A line is a highlight of the browser: the
// page's own elements stay as they are.

import type { Standing } from './ask.js';

/** A CRN on the page: from a place in one text to a place in that or a later one. */
export interface Mark {
  text: string;
  standing: Standing;
  pieces: readonly Piece[];
}

/** A part of a CRN in one text. */
export interface Piece {
  node: Text;
  start: number;
  end: number;
}

export class Marks {
  /** By the text in which they begin. */
  readonly #of = new Map<Text, { marks: readonly Mark[]; ranges: readonly StaticRange[] }>();
  /** Where those begin that go on in a text. */
  readonly #beginnings = new Map<Text, Text>();
  readonly #lines: Record<Exclude<Standing, 'right'>, Highlight> = { wrong: new Highlight(), doubtful: new Highlight() };

  constructor() {
    for (const [standing, highlight] of Object.entries(this.#lines)) CSS.highlights.set(`kmsguard-${standing}`, highlight);
  }

  get size(): number {
    return this.#of.size;
  }

  /** What begins in a text, in place of what began in it before. */
  put(node: Text, marks: readonly Mark[]): void {
    this.remove(node);
    if (marks.length === 0) return;
    const ranges = marks.map((mark) => {
      const range = new StaticRange(boundsOf(mark));
      if (mark.standing !== 'right') this.#lines[mark.standing].add(range);
      for (const piece of mark.pieces.slice(1)) this.#beginnings.set(piece.node, node);
      return range;
    });
    this.#of.set(node, { marks, ranges });
  }

  remove(node: Text): void {
    const of = this.#of.get(node);
    if (!of) return;
    for (const range of of.ranges) for (const highlight of Object.values(this.#lines)) highlight.delete(range);
    for (const { pieces } of of.marks) {
      for (const piece of pieces) if (this.#beginnings.get(piece.node) === node) this.#beginnings.delete(piece.node);
    }
    this.#of.delete(node);
  }

  /** The text in which something begins that goes on in this one. */
  beginningOf(node: Text): Text | undefined {
    return this.#beginnings.get(node);
  }

  /** Forgets texts that are no longer on the page, and gives back those of which a later piece is not. */
  sweep(): Text[] {
    const torn: Text[] = [];
    for (const [node, { marks }] of this.#of) {
      if (marks.every(({ pieces }) => pieces.every((piece) => piece.node.isConnected))) continue;
      this.remove(node);
      if (node.isConnected) torn.push(node);
    }
    return torn;
  }

  /** The CRN at a place of a text. */
  at(node: Node | undefined, offset: number): Mark | undefined {
    const text = node as Text;
    const isHere = (piece: Piece): boolean => piece.node === text && piece.start <= offset && offset <= piece.end;
    const marks = [text, this.#beginnings.get(text)].flatMap((begin) => (begin ? (this.#of.get(begin)?.marks ?? []) : []));
    return marks.find(({ pieces }) => pieces.some(isHere));
  }

  /** The first CRN inside an element, also where it is inside of what that makes of itself. */
  within(element: Element): Mark | undefined {
    return this.#sorted().find(({ pieces: [first] }) => first && isInside(first.node, element));
  }

  /** The CRN after another, round and round. */
  after(last: Mark | undefined): Mark | undefined {
    const all = this.#sorted();
    const [begin] = last?.pieces ?? [];
    const place = all.findIndex(({ pieces: [first] }) => first?.node === begin?.node && first?.start === begin?.start);
    return all[(place + 1) % all.length];
  }

  /** In the order in which they are read. */
  #sorted(): Mark[] {
    const nodes = [...this.#of.keys()].filter((node) => node.isConnected);
    const order = (first: Text, second: Text): number =>
      first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
    return nodes.sort(order).flatMap((node) => this.#of.get(node)?.marks ?? []);
  }

  clear(): void {
    for (const node of [...this.#of.keys()]) this.remove(node);
    for (const standing of Object.keys(this.#lines)) CSS.highlights.delete(`kmsguard-${standing}`);
  }
}

/** The pieces of what stands at a place of a text that several texts make together. */
export function piecesOf(nodes: readonly Text[], start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const node of nodes) {
    const to = from + node.data.length;
    if (from < end && start < to) pieces.push({ node, start: Math.max(0, start - from), end: Math.min(end, to) - from });
    from = to;
  }
  return pieces;
}

function boundsOf({ pieces }: Mark): StaticRangeInit {
  const [first, last] = [pieces[0]!, pieces.at(-1)!];
  return { startContainer: first.node, startOffset: first.start, endContainer: last.node, endOffset: last.end };
}

/** Where a CRN stands on the screen: a rectangle for each line of each of its pieces. */
export function boxesOf({ pieces }: Mark): DOMRect[] {
  return pieces.flatMap(({ node, start, end }) => {
    const range = document.createRange();
    const last = Math.min(end, node.data.length);
    range.setStart(node, Math.min(start, last));
    range.setEnd(node, last);
    return [...range.getClientRects()];
  });
}

function isInside(node: Node, element: Element): boolean {
  for (let at: Node | null = node; at; at = at.parentNode ?? (at instanceof ShadowRoot ? at.host : null)) {
    if (at === element) return true;
  }
  return false;
}
