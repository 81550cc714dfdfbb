// Buttons that copy, and the line that says so.

import { element } from './elements.js';

/** How long it is said that something was copied. */
const saidFor = 2_000;

export class Copies {
  readonly status = element('p', { class: 'said', role: 'status' });
  #timer: ReturnType<typeof setTimeout> | undefined;

  button(what: string, text: string): HTMLButtonElement {
    return element('button', { click: () => void this.copy(what, text) }, what);
  }

  async copy(what: string, text: string | undefined): Promise<void> {
    if (text === undefined) return this.#say('Nothing was copied');
    try {
      await navigator.clipboard.writeText(text);
      this.#say(`Copied: ${what}`);
    } catch {
      this.#say('This page does not allow copying');
    }
  }

  #say(said: string): void {
    this.status.textContent = said;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.status.textContent = ''), saidFor);
  }
}
