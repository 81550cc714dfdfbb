// Looks through the page for CRNs, when the browser has nothing better to do, and again where the page changes.

import { ask, type Found } from './ask.js';
import { piecesOf, type Mark, type Marks } from './marks.js';
import { areTogether, beginningOf, mayHold, runFrom, type Run } from './pieces.js';
import { insideOf } from './shadows.js';

/** Texts that are not read by people, or are still being written. */
const skipped = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEXTAREA', 'TEMPLATE', 'SVG']);
/** More changes than this are not looked at one by one: the page is looked through from the top. */
const manyChanges = 500;
/** On a page that is never idle so many milliseconds are taken every two seconds. */
const taken = 4;
/** So many texts are asked about at once, of at most so many letters together. */
const textsAtOnce = 100;
const lettersAtOnce = 200_000;
/** A longer text is not looked through. */
const longestText = 1_000_000;
/** Pages that draw themselves anew show the same texts again. */
const remembered = 2_000;
const longestRemembered = 10_000;

export class Finder {
  readonly #marks: Marks;
  readonly #own: Element;
  readonly #onGone: () => void;
  readonly #observer = new MutationObserver((records) => this.#changed(records));
  readonly #known = new Map<string, Found[]>();
  /** The parts of the page that are the inside of an element of its own making, as far as it lets anyone see them. */
  readonly #shadows = new Set<ShadowRoot>();
  #pending = new Set<Node>();
  #walker: TreeWalker | undefined;
  #asking: Run[] = [];
  #idle: number | undefined;

  /**
   * @param own what the extension itself puts on the page
   * @param onGone the extension was taken away, or is another now
   */
  constructor(marks: Marks, own: Element, onGone: () => void) {
    this.#marks = marks;
    this.#own = own;
    this.#onGone = onGone;
  }

  start(): void {
    this.#watch(document);
    this.#pending.add(document.documentElement);
    this.#wait();
  }

  get shadows(): ShadowRoot[] {
    return [...this.#shadows];
  }

  #watch(root: Document | ShadowRoot): void {
    this.#observer.observe(root, { childList: true, characterData: true, subtree: true });
  }

  #enter(shadow: ShadowRoot): void {
    if (this.#shadows.has(shadow)) return;
    this.#shadows.add(shadow);
    this.#watch(shadow);
    this.#pending.add(shadow);
  }

  stop(): void {
    this.#observer.disconnect();
    if (this.#idle !== undefined) cancelIdleCallback(this.#idle);
    this.#pending.clear();
    this.#walker = undefined;
  }

  #changed(records: readonly MutationRecord[]): void {
    for (const { type, target, addedNodes } of records) {
      if (type === 'characterData') this.#pending.add(target);
      else for (const node of addedNodes) if (node !== this.#own && this.#pending.size <= manyChanges) this.#pending.add(node);
      if (this.#pending.size <= manyChanges) continue;
      this.#pending = new Set([document.documentElement, ...this.#shadows]);
      break;
    }
    this.#wait();
  }

  #wait(): void {
    this.#idle ??= requestIdleCallback((deadline) => this.#look(deadline), { timeout: 2_000 });
  }

  /** Goes on where it stopped, for as long as the browser has time. */
  #look(deadline: IdleDeadline): void {
    this.#idle = undefined;
    const began = performance.now();
    const hasTime = (): boolean => (deadline.didTimeout ? performance.now() - began < taken : deadline.timeRemaining() > 1);
    let letters = 0;
    do {
      const node = this.#next();
      if (!node) break;
      letters += this.#take(node);
    } while (hasTime() && this.#asking.length < textsAtOnce && letters < lettersAtOnce);
    const isDone = !this.#walker && this.#pending.size === 0;
    if (isDone) this.#sweep();
    if (this.#asking.length >= textsAtOnce || letters >= lettersAtOnce || isDone) void this.#ask();
    if (!isDone || this.#pending.size > 0) this.#wait();
  }

  /** Marks what is known of a text, or notes that it is to be asked about: how many letters that are. */
  #take(node: Text): number {
    // What goes on here may have begun before.
    const beginning = this.#marks.beginningOf(node) ?? beginningOf(node);
    if (beginning) this.#pending.add(beginning);
    if (node.data.length > longestText || !mayHold(node)) {
      this.#marks.remove(node);
      return 0;
    }
    const run = runFrom(node);
    if (this.#known.has(node.data) && this.#known.has(run.text)) {
      this.#mark(run);
      return 0;
    }
    this.#asking.push(run);
    return run.text.length;
  }

  #sweep(): void {
    for (const torn of this.#marks.sweep()) this.#pending.add(torn);
    for (const shadow of this.#shadows) if (!shadow.isConnected) this.#shadows.delete(shadow);
  }

  /** The next text of the page that may hold CRNs. */
  #next(): Text | undefined {
    for (;;) {
      const found = this.#walker?.nextNode();
      if (found) {
        if (found.nodeType === Node.TEXT_NODE) return found as Text;
        continue;
      }
      this.#walker = undefined;
      const [root] = this.#pending;
      if (!root) return undefined;
      this.#pending.delete(root);
      if (!root.isConnected || this.#isSkipped(root)) continue;
      if (root.nodeType === Node.TEXT_NODE) return root as Text;
      // A walker does not ask about where it begins.
      const inside = root instanceof Element && insideOf(root);
      if (inside) this.#enter(inside);
      this.#walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
        if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
        const element = node as Element;
        if (this.#isLeftOut(element)) return NodeFilter.FILTER_REJECT;
        const inside = insideOf(element);
        if (inside) this.#enter(inside);
        return NodeFilter.FILTER_SKIP;
      });
    }
  }

  #isLeftOut(element: Element): boolean {
    return element === this.#own || skipped.has(element.tagName.toUpperCase());
  }

  /** Whether a changed part of the page lies in something that is left out. */
  #isSkipped(node: Node): boolean {
    for (let at = node instanceof Element ? node : node.parentElement; at; at = at.parentElement) {
      if (this.#isLeftOut(at)) return true;
    }
    return false;
  }

  async #ask(): Promise<void> {
    const runs = this.#asking.splice(0);
    const texts = [...new Set(runs.flatMap(({ text, nodes: [node] }) => [node?.data ?? '', text]))].filter((text) => !this.#known.has(text));
    if (runs.length === 0) return;
    try {
      const found = texts.length ? await ask('find', { texts }) : [];
      for (const [place, text] of texts.entries()) this.#remember(text, found[place] ?? []);
      const said = new Map(texts.map((text, place) => [text, found[place] ?? []]));
      for (const run of runs) this.#mark(run, said);
    } catch {
      if (isGone()) this.#onGone();
    }
  }

  /** The page may have changed a text while we asked; then it is looked at again. */
  #mark({ text, nodes }: Run, said?: ReadonlyMap<string, readonly Found[]>): void {
    const [node] = nodes;
    if (!node?.isConnected || text !== nodes.map(({ data }) => data).join('')) return;
    const foundIn = (text: string): readonly Found[] => said?.get(text) ?? this.#known.get(text) ?? [];
    const alone = foundIn(node.data);
    const together = nodes.length > 1 ? foundIn(text) : [];
    const { length } = node.data;
    const begun = together.filter(({ start }) => start < length);
    const marks = (begun.length ? begun : alone).map((found): Mark => {
      const own = alone.find(({ start }) => start === found.start);
      const { start, text, standing } = own && !this.#goesOn(own, found, nodes) ? own : found;
      return { text, standing, pieces: piecesOf(nodes, start, start + text.length) };
    });
    this.#marks.put(node, marks);
  }

  /** Whether a CRN goes on in the next piece: it is right then, or it is wrong without and the pieces stand side by side. */
  #goesOn(own: Found, together: Found, nodes: readonly Text[]): boolean {
    if (together.text === own.text) return false;
    if (own.standing === 'right') return false;
    const pieces = piecesOf(nodes, together.start, together.start + together.text.length);
    return together.standing === 'right' || pieces.slice(1).every(({ node }, place) => areTogether(pieces[place]!.node, node));
  }

  #remember(text: string, found: Found[]): void {
    if (text.length > longestRemembered) return;
    if (this.#known.size >= remembered) this.#known.clear();
    this.#known.set(text, found);
  }
}

/** An extension that was updated or removed answers no more, and its scripts stay behind on the page. */
function isGone(): boolean {
  return chrome.runtime?.id === undefined;
}
