// The rows of a long table: those that can be seen, asked of the worker as they come into sight, with as much room above and below as
// the others would take.

import { defaultRangeExtractor, WindowVirtualizerController, type Range, type VirtualItem } from '@tanstack/lit-virtual';
import { css, html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Reader } from './reader.js';
import type { Labels, Rows, Table, Tables } from './worker/questions.js';

/** So many rows are asked for at once. */
const atOnce = 50;
/** So few rows are all there at once. */
const few = 60;
/** So few rows need no search. */
const searchless = 10;
/** How high a row is taken to be until it was seen, and how many are drawn that cannot be seen yet. */
const likelyHeight = 72;
const beyond = 10;

export const virtualTableStyles = css`
  table {
    background: var(--cds-layer-01);
  }
  .none {
    padding: 1rem;
    background: var(--cds-layer-01);
  }
  .search {
    max-inline-size: 32rem;
    margin-block-end: 1rem;
  }
  tr.room,
  tr.room td {
    padding: 0;
    border: 0;
  }
  @media (min-width: 42rem) {
    table {
      table-layout: fixed;
    }
    thead th {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
    }
  }
`;

type Row<Name extends Table> = (row: Tables[Name], labels: Labels) => TemplateResult;

export class VirtualTable<Name extends Table> implements ReactiveController {
  readonly #host: LitElement;
  readonly #table: Name;
  readonly #what: string;
  readonly #virtualizer: WindowVirtualizerController<Element>;
  #reader: Reader | undefined;
  #total = 0;
  #found = 0;
  #words = '';
  #focused: number | undefined;
  /** By their places; what was asked for is there without a row. */
  #parts = new Map<number, Rows<Tables[Name]> | undefined>();

  /** @param what what the rows are, in the plural */
  constructor(host: LitElement, table: Name, what: string) {
    this.#host = host;
    this.#table = table;
    this.#what = what;
    this.#virtualizer = new WindowVirtualizerController(host, {
      count: 0,
      estimateSize: () => likelyHeight,
      overscan: beyond,
      rangeExtractor: (range) => this.#drawn(range),
    });
    host.addController(this);
    host.addEventListener('focusin', (event) => (this.#focused = placeOf(event)));
    host.addEventListener('focusout', () => (this.#focused = undefined));
  }

  hostConnected(): void {}

  /** What is in sight, and the row that has the focus wherever that is: it would lose it. */
  #drawn(range: Range): number[] {
    const drawn = defaultRangeExtractor(range);
    const focused = this.#focused;
    if (focused === undefined || focused >= range.count || drawn.includes(focused)) return drawn;
    return [...drawn, focused].sort((first, second) => first - second);
  }

  /** Rows are as high as they came out, and the table begins where the page has it: what stands above may have grown. */
  hostUpdated(): void {
    const body = this.#host.renderRoot.querySelector('tbody');
    if (!body || !this.#host.isConnected) return;
    const virtualizer = this.#virtualizer.getVirtualizer();
    for (const row of body.querySelectorAll('tr[data-index]')) virtualizer.measureElement(row);
    virtualizer.measureElement(null);
    const margin = Math.round(body.getBoundingClientRect().top + scrollY);
    if (margin !== virtualizer.options.scrollMargin) this.#host.updateComplete.then(() => this.#host.requestUpdate());
    virtualizer.setOptions({ ...virtualizer.options, scrollMargin: margin });
  }

  /** Rows of another account begin without words. */
  take(reader: Reader, total: number): void {
    this.#reader = reader;
    this.#total = total;
    this.#look('', total);
  }

  get isEmpty(): boolean {
    return this.#total === 0;
  }

  /** For `aria-rowcount`: the head is a row too. */
  get rowCount(): number {
    return this.#found + 1;
  }

  search(): TemplateResult | typeof nothing {
    if (this.#total <= searchless) return nothing;
    return html`<div class="field search">
      <label class="label" for="words">Only ${this.#what} with these words</label>
      <input
        id="words"
        type="text"
        autocomplete="off"
        spellcheck="false"
        .value=${this.#words}
        @input=${(event: Event) => this.#look((event.target as HTMLInputElement).value, this.#found)}
      />
      <p class="label" role="status">${this.#found.toLocaleString('en')} of ${this.#total.toLocaleString('en')}</p>
    </div>`;
  }

  /** @param cells the cells of a row */
  rows(columns: number, cells: Row<Name>): unknown {
    const virtualizer = this.#virtualizer.getVirtualizer();
    const overscan = this.#found <= few ? few : beyond;
    virtualizer.setOptions({ ...virtualizer.options, count: this.#found, overscan });
    const margin = virtualizer.options.scrollMargin;
    const items: (VirtualItem | { key: string; room: number })[] = [];
    let end = margin;
    for (const item of virtualizer.getVirtualItems()) {
      if (item.start > end) items.push({ key: `before ${item.index}`, room: item.start - end });
      items.push(item);
      end = item.end;
    }
    const left = virtualizer.getTotalSize() + margin - end;
    if (left > 0) items.push({ key: 'after', room: left });
    return repeat(
      items,
      ({ key }) => `${this.#words}\n${key}`,
      (item) =>
        'room' in item
          ? html`<tr class="room" aria-hidden="true">
              <td colspan=${columns} .style=${`block-size: ${item.room}px`}></td>
            </tr>`
          : html`<tr data-index=${item.index} aria-rowindex=${item.index + 2}>
              ${this.#row(item.index, columns, cells)}
            </tr>`,
    );
  }

  #row(place: number, columns: number, cells: Row<Name>): TemplateResult {
    const from = place - (place % atOnce);
    if (!this.#parts.has(from)) void this.#ask(from);
    const part = this.#parts.get(from);
    const row = part?.rows[place - from];
    return part && row !== undefined ? cells(row, part.labels) : html`<td colspan=${columns} class="quiet">…</td>`;
  }

  #look(words: string, found: number): void {
    this.#words = words;
    this.#parts = new Map();
    this.#found = found;
    void this.#ask(0);
  }

  async #ask(from: number): Promise<void> {
    const parts = this.#parts;
    parts.set(from, undefined);
    const asked = { table: this.#table, words: this.#words, from, to: from + atOnce };
    const said = await this.#reader?.ask('rows', asked).catch(() => undefined);
    // Something else may have been looked for since.
    if (parts !== this.#parts || !said) return;
    parts.set(from, said as Rows<Tables[Name]>);
    this.#found = said.found;
    this.#host.requestUpdate();
  }
}

/** The row in which something happens. */
function placeOf(event: Event): number | undefined {
  const row = event.composedPath().find((at) => at instanceof HTMLTableRowElement);
  const place = row instanceof HTMLTableRowElement ? row.dataset['index'] : undefined;
  return place === undefined ? undefined : Number(place);
}
