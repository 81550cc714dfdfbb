// What was read: each input, what it is, how much it holds, whether it is whole, what is wrong with it.

import '@carbon/web-components/es/components/tag/tag.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Read } from './account.js';
import './problem-list.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { sentence } from './text.js';
import { VirtualTable, virtualTableStyles } from './virtual-table.js';
import type { InputRow } from './worker/questions.js';

@customElement('inputs-table')
export class InputsTable extends LitElement {
  @property({ attribute: false }) read!: Read;
  readonly #table = new VirtualTable(this, 'inputs', 'files');

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('read')) this.#table.take(this.read.reader, this.read.overview.counts.inputs);
  }

  override render() {
    const table = this.#table;
    return html`${table.search()}
      <table aria-label="What was read" aria-rowcount=${table.rowCount}>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col" class="kind">Kind</th>
            <th scope="col" class="number">Records</th>
            <th scope="col" class="complete">Complete</th>
            <th scope="col">Notes and problems</th>
          </tr>
        </thead>
        <tbody>
          ${table.rows(5, (input) => this.cells(input))}
        </tbody>
      </table>`;
  }

  private cells({ name, kind, records, complete, notes, problems }: InputRow) {
    return html`<td data-column="File" class="name">${name}</td>
      <td data-column="Kind"><code>${kind}</code></td>
      <td data-column="Records" class="number">${records.toLocaleString('en')}</td>
      <td data-column="Complete">${completeness(complete)}</td>
      <td>
        ${notes.map((note) => html`<p class="note">${sentence(note)}</p>`)}
        ${problems.length ? html`<problem-list .problems=${problems}></problem-list>` : nothing}
      </td>`;
  }

  static override styles = [
    shared,
    fieldStyles,
    virtualTableStyles,
    css`
      @media (min-width: 42rem) {
        .kind {
          inline-size: 12rem;
        }
        .number,
        .complete {
          inline-size: 8rem;
        }
      }
      .name {
        font-weight: 600;
      }
      .number {
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
      .note + problem-list {
        margin-block-start: 0.5rem;
      }
      @media (max-width: 42rem) {
        .number {
          text-align: start;
        }
      }
    `,
  ];
}

function completeness(complete: boolean | null) {
  if (complete === true) return html`<cds-tag size="sm" type="green">whole</cds-tag>`;
  if (complete === false) return html`<cds-tag size="sm" type="red">cut</cds-tag>`;
  return html`<span class="quiet">cannot be told</span>`;
}
