// Looks through the page for CRNs, when the browser has nothing better to do, and again where the page changes.

import { ask, type Found } from './ask.js';
import type { Marks } from './marks.js';

/** Every CRN begins so. What is right and what is wrong after it is not known here. */
const sign = 'crn:';
/** Texts that are not read by people, or are still being written. */
const skipped = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEXTAREA', 'TEMPLATE', 'SVG']);
/** So many changes at once are looked for from the top. */
const manyChanges = 500;
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
  #asking: Text[] = [];
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
      else for (const node of addedNodes) if (node !== this.#own) this.#pending.add(node);
    }
    if (this.#pending.size > manyChanges) this.#pending = new Set([document.documentElement, ...this.#shadows]);
    this.#wait();
  }

  #wait(): void {
    this.#idle ??= requestIdleCallback((deadline) => this.#look(deadline), { timeout: 2_000 });
  }

  /** Goes on where it stopped, for as long as the browser has time. */
  #look(deadline: IdleDeadline): void {
    this.#idle = undefined;
    let letters = 0;
    do {
      const node = this.#next();
      if (!node) break;
      if (node.data.length > longestText || !node.data.includes(sign)) {
        this.#marks.remove(node);
        continue;
      }
      const known = this.#known.get(node.data);
      if (known) this.#marks.put(node, known);
      else {
        this.#asking.push(node);
        letters += node.data.length;
      }
    } while (deadline.timeRemaining() > 1 && this.#asking.length < textsAtOnce && letters < lettersAtOnce);
    const isDone = !this.#walker && this.#pending.size === 0;
    if (isDone) this.#sweep();
    if (this.#asking.length >= textsAtOnce || letters >= lettersAtOnce || isDone) void this.#ask();
    if (!isDone) this.#wait();
  }

  #sweep(): void {
    this.#marks.sweep();
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
      if (root instanceof Element && root.shadowRoot) this.#enter(root.shadowRoot);
      this.#walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
        if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
        const element = node as Element;
        if (this.#isLeftOut(element)) return NodeFilter.FILTER_REJECT;
        if (element.shadowRoot) this.#enter(element.shadowRoot);
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
    const nodes = this.#asking.splice(0);
    if (nodes.length === 0) return;
    const texts = nodes.map(({ data }) => data);
    try {
      const found = await ask('find', { texts });
      for (const [place, text] of texts.entries()) {
        const of = found[place] ?? [];
        this.#remember(text, of);
        const node = nodes[place];
        // The page may have changed it while we asked; then it is looked at again.
        if (node?.isConnected && node.data === text) this.#marks.put(node, of);
      }
    } catch {
      if (isGone()) this.#onGone();
    }
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
