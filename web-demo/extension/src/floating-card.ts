// The card beside a CRN on a page: in a shadow of its own, above everything, and part of nothing.

import type { CrnReport } from 'kmsguard/crn';
import { cardOf } from './card.js';
import { cardStyles } from './card-styles.js';

const gap = 6;
const width = 420;

const frameStyles = `
  :host { all: initial; color-scheme: light dark; }
  .card {
    position: fixed;
    inset: auto;
    margin: 0;
    width: min(${width}px, calc(100vw - 16px));
    max-height: min(70vh, 520px);
    overflow: auto;
    padding: 12px;
    border: 1px solid var(--line);
    box-shadow: 0 2px 8px rgb(0 0 0 / 30%);
  }
`;

export class FloatingCard {
  /** What stands on the page. */
  readonly host = document.createElement('kmsguard-card');
  readonly #frame = document.createElement('div');
  #cameFrom: HTMLElement | undefined;

  constructor() {
    const shadow = this.host.attachShadow({ mode: 'open' });
    const styles = document.createElement('style');
    styles.textContent = frameStyles + cardStyles;
    this.#frame.className = 'card';
    this.#frame.popover = 'manual';
    this.#frame.tabIndex = -1;
    this.#frame.setAttribute('role', 'dialog');
    this.#frame.setAttribute('aria-label', 'About this CRN');
    this.#frame.addEventListener('keydown', (event) => {
      // The page need not know what is typed here.
      event.stopPropagation();
      if (event.key === 'Escape') this.hide();
    });
    shadow.append(styles, this.#frame);
  }

  get isShown(): boolean {
    return this.#frame.matches(':popover-open');
  }

  /** Shows a CRN below a box on the screen, or above it where there is more room. */
  show(report: CrnReport, box: DOMRect): void {
    if (!this.host.isConnected) document.documentElement.append(this.host);
    this.#frame.replaceChildren(...cardOf(report));
    if (!this.isShown) this.#frame.showPopover();
    const { style } = this.#frame;
    const left = Math.max(gap, Math.min(box.left, innerWidth - this.#frame.offsetWidth - gap));
    const below = innerHeight - box.bottom;
    const isAbove = below < this.#frame.offsetHeight + gap && box.top > below;
    style.left = `${left}px`;
    style.top = isAbove ? 'auto' : `${Math.max(gap, Math.min(box.bottom + gap, innerHeight - 48))}px`;
    style.bottom = isAbove ? `${innerHeight - box.top + gap}px` : 'auto';
  }

  /** Takes the focus, and gives it back when it is closed. */
  focus(): void {
    if (document.activeElement !== this.host && document.activeElement instanceof HTMLElement) {
      this.#cameFrom = document.activeElement;
    }
    this.#frame.focus();
  }

  hide(): void {
    if (!this.isShown) return;
    const hadFocus = document.activeElement === this.host;
    this.#frame.hidePopover();
    if (hadFocus) this.#cameFrom?.focus();
    this.#cameFrom = undefined;
  }

  remove(): void {
    this.host.remove();
  }
}
