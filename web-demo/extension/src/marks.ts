// The CRNs that were found on the page, and the lines under those that are not right. A line is a highlight of the browser: the
// page's own elements stay as they are.

import type { Found, Standing } from './ask.js';

/** A CRN on the page. */
export interface Mark extends Found {
  node: Text;
}

export class Marks {
  readonly #of = new Map<Text, { marks: Mark[]; ranges: StaticRange[] }>();
  readonly #lines: Record<Exclude<Standing, 'right'>, Highlight> = { wrong: new Highlight(), doubtful: new Highlight() };

  constructor() {
    for (const [standing, highlight] of Object.entries(this.#lines)) CSS.highlights.set(`kmsguard-${standing}`, highlight);
  }

  get size(): number {
    return this.#of.size;
  }

  /** What was found in a text, in place of what was found in it before. */
  put(node: Text, found: readonly Found[]): void {
    this.remove(node);
    if (found.length === 0) return;
    const marks = found.map((one) => ({ ...one, node }));
    const ranges = marks.map((mark) => {
      const range = rangeOf(mark);
      if (mark.standing !== 'right') this.#lines[mark.standing].add(range);
      return range;
    });
    this.#of.set(node, { marks, ranges });
  }

  remove(node: Text): void {
    for (const range of this.#of.get(node)?.ranges ?? []) {
      for (const highlight of Object.values(this.#lines)) highlight.delete(range);
    }
    this.#of.delete(node);
  }

  /** Forgets texts that are no longer on the page. */
  sweep(): void {
    for (const node of this.#of.keys()) if (!node.isConnected) this.remove(node);
  }

  /** The CRN at a place of a text. */
  at(node: Node | undefined, offset: number): Mark | undefined {
    return this.#of.get(node as Text)?.marks.find(({ start, text }) => start <= offset && offset <= start + text.length);
  }

  /** The first CRN inside an element. */
  within(element: Element): Mark | undefined {
    return this.#sorted().find(({ node }) => element.contains(node));
  }

  /** The CRN after another, round and round. */
  after(last: Mark | undefined): Mark | undefined {
    const all = this.#sorted();
    const place = last ? all.findIndex(({ node, start }) => node === last.node && start === last.start) : -1;
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

function rangeOf({ node, start, text }: Mark): StaticRange {
  return new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: start + text.length });
}

/** Where a CRN stands on the screen: a rectangle for each line of it. */
export function boxesOf({ node, start, text }: Mark): DOMRect[] {
  const range = document.createRange();
  const end = Math.min(start + text.length, node.data.length);
  range.setStart(node, Math.min(start, end));
  range.setEnd(node, end);
  return [...range.getClientRects()];
}
