// A table of which the rows that match some words are shown, a hundred at a time: a page stays quick however long the list is.

import '@carbon/web-components/es/components/button/button.js';
import { css, html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** More rows than this at once make a page slow and help nobody. */
const shownAtOnce = 100;

export const longTableStyles = css`
  .search {
    max-inline-size: 32rem;
    margin-block-end: 1rem;
  }
  .more {
    margin-block-start: 1rem;
  }
`;

export class LongTable<Row> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #textOf: (row: Row) => string;
  readonly #what: string;
  #rows: readonly Row[] = [];
  #texts: readonly string[] = [];
  #words = '';
  #shown = shownAtOnce;

  /**
   * @param what what the rows are, in the plural
   * @param textOf what a row can be found by
   */
  constructor(host: ReactiveControllerHost, what: string, textOf: (row: Row) => string) {
    this.#host = host;
    this.#what = what;
    this.#textOf = textOf;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Rows of another answer begin without words. */
  take(rows: readonly Row[]): void {
    this.#rows = rows;
    this.#texts = rows.map((row) => this.#textOf(row).toLowerCase());
    this.#words = '';
    this.#shown = shownAtOnce;
  }

  /** A few rows need no search. */
  search(): TemplateResult | typeof nothing {
    if (this.#rows.length <= 10) return nothing;
    const found = this.#found().length;
    return html`<div class="field search">
      <label class="label" for="words">Only ${this.#what} with these words</label>
      <input id="words" type="text" autocomplete="off" spellcheck="false" .value=${this.#words} @input=${this.#look} />
      <p class="label" role="status">${found.toLocaleString('en')} of ${this.#rows.length.toLocaleString('en')}</p>
    </div>`;
  }

  rows(): readonly Row[] {
    return this.#found().slice(0, this.#shown);
  }

  more(): TemplateResult | typeof nothing {
    const found = this.#found().length;
    if (found <= this.#shown) return nothing;
    return html`<cds-button class="more" kind="tertiary" @click=${this.#showMore}
      >Show more of ${found.toLocaleString('en')} ${this.#what}</cds-button
    >`;
  }

  #found(): readonly Row[] {
    const words = this.#words.toLowerCase().split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) return this.#rows;
    return this.#rows.filter((_, place) => words.every((word) => this.#texts[place]?.includes(word)));
  }

  readonly #look = (event: Event): void => {
    this.#words = (event.target as HTMLInputElement).value;
    this.#shown = shownAtOnce;
    this.#host.requestUpdate();
  };

  readonly #showMore = (): void => {
    this.#shown += shownAtOnce;
    this.#host.requestUpdate();
  };
}
