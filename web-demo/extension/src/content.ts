// On a page: finds CRNs, underlines what is wrong, and shows a card where the pointer rests or the focus is.

import type { CrnReport } from 'kmsguard/crn';
import { ask, type Order } from './ask.js';
import { Finder } from './finder.js';
import { FloatingCard } from './floating-card.js';
import { boxesOf, Marks, type Mark } from './marks.js';

/** The pointer rests when it has not moved for so long. */
const rest = 300;

// A page may be given this twice: as a site that is marked, and because a person asked for something there.
const page = globalThis as { kmsguard?: Watch };

class Watch {
  readonly #marks = new Marks();
  readonly #card = new FloatingCard();
  readonly #finder = new Finder(this.#marks, this.#card.host, () => this.#stop());
  readonly #ended = new AbortController();
  #shown: Mark | undefined;
  #pointer: { x: number; y: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  start(): void {
    this.#finder.start();
    const listen = { passive: true, capture: true, signal: this.#ended.signal };
    document.addEventListener('pointermove', (event) => this.#moved(event), listen);
    document.addEventListener('focusin', (event) => void this.#focused(event), listen);
    document.addEventListener('scroll', (event) => event.target !== this.#card.host && this.#hideUnlessFocused(), listen);
    document.addEventListener('keydown', (event) => event.key === 'Escape' && this.#hide(), listen);
    chrome.runtime.onMessage.addListener((order: Order) => {
      if (order.tell === 'next') void this.#next();
      else void this.#inspect(order.texts);
    });
  }

  #stop(): void {
    this.#ended.abort();
    this.#finder.stop();
    this.#marks.clear();
    this.#card.remove();
    clearTimeout(this.#timer);
    // Another version may begin here.
    delete page.kmsguard;
  }

  #moved({ clientX, clientY }: PointerEvent): void {
    this.#pointer = { x: clientX, y: clientY };
    if (this.#marks.size === 0 && !this.#card.isShown) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#rested(), rest);
  }

  async #rested(): Promise<void> {
    if (!this.#pointer) return;
    const { x, y } = this.#pointer;
    if (document.elementFromPoint(x, y) === this.#card.host) return;
    const mark = this.#markAt(x, y);
    if (!mark) this.#hideUnlessFocused();
    else if (mark !== this.#shown || !this.#card.isShown) await this.#show(mark);
  }

  #markAt(x: number, y: number): Mark | undefined {
    const place = document.caretPositionFromPoint(x, y, { shadowRoots: this.#finder.shadows });
    const mark = this.#marks.at(place?.offsetNode, place?.offset ?? 0);
    // The caret goes to the nearest text, be it far away.
    const isInside = ({ left, right, top, bottom }: DOMRect): boolean => left <= x && x <= right && top <= y && y <= bottom;
    return mark && boxesOf(mark).some(isInside) ? mark : undefined;
  }

  /** Whatever got the focus: a field that holds a CRN, or a link or a row that shows one. */
  async #focused(event: FocusEvent): Promise<void> {
    // Elements of the page's own making say that they have the focus, whatever inside of them has it.
    const [target] = event.composedPath();
    if (!(target instanceof HTMLElement) || event.target === this.#card.host) return;
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
      const isSecret = target.type === 'password';
      const [first] = isSecret || !target.value.includes('crn:') ? [] : await find([target.value]);
      if (first && (target.getRootNode() as Document).activeElement === target) await this.#showText(first, target.getBoundingClientRect());
      else this.#hide();
      return;
    }
    const mark = target === document.body ? undefined : this.#marks.within(target);
    if (mark) await this.#show(mark);
    else this.#hide();
  }

  async #next(): Promise<void> {
    const mark = this.#marks.after(this.#shown);
    if (!mark) return;
    mark.pieces[0]?.node.parentElement?.scrollIntoView({ block: 'center' });
    await this.#show(mark);
    this.#card.focus();
  }

  /** What a person pointed out, which need not be a CRN at all. */
  async #inspect(texts: readonly string[]): Promise<void> {
    const [first] = await find(texts);
    const selection = getSelection();
    const selected = selection?.rangeCount ? selection.getRangeAt(0).getBoundingClientRect() : undefined;
    const { x = 0, y = 0 } = this.#pointer ?? {};
    await this.#showText(first ?? texts.join('').trim(), selected?.width ? selected : new DOMRect(x, y, 0, 0));
    this.#card.focus();
  }

  async #show(mark: Mark): Promise<void> {
    this.#shown = mark;
    const report = await reportOn(mark.text);
    if (report && this.#shown === mark) this.#card.show(report, wholeOf(boxesOf(mark)));
  }

  async #showText(text: string, box: DOMRect): Promise<void> {
    this.#shown = undefined;
    const report = await reportOn(text);
    if (report) this.#card.show(report, box);
  }

  #hideUnlessFocused(): void {
    if (document.activeElement !== this.#card.host) this.#hide();
  }

  #hide(): void {
    this.#card.hide();
  }
}

/** From the first line to the last, so that the card hides none of them. */
function wholeOf(boxes: readonly DOMRect[]): DOMRect {
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
  return new DOMRect(left, top, right - left, bottom - top);
}

async function find(texts: readonly string[]): Promise<string[]> {
  const found = await ask('find', { texts });
  return found.flat().map(({ text }) => text);
}

async function reportOn(text: string): Promise<CrnReport | undefined> {
  const [report] = await ask('crn', { texts: [text] });
  return report;
}

if (!page.kmsguard) {
  page.kmsguard = new Watch();
  page.kmsguard.start();
}
