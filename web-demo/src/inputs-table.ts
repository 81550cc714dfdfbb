// What was read: each input, what it is, how much it holds, whether it is whole, what is wrong with it.

import '@carbon/web-components/es/components/tag/tag.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InputReport, Problem } from 'kmsguard/slim';
import './problem-list.js';
import { shared } from './styles/shared.js';
import { sentence } from './text.js';

@customElement('inputs-table')
export class InputsTable extends LitElement {
  @property({ attribute: false }) inputs: readonly InputReport[] = [];
  @property({ attribute: false }) problems: readonly Problem[] = [];

  override render() {
    return html`<table aria-label="What was read">
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Kind</th>
          <th scope="col" class="number">Records</th>
          <th scope="col">Complete</th>
          <th scope="col">Notes and problems</th>
        </tr>
      </thead>
      <tbody>
        ${this.inputs.map((input) => this.row(input))}
      </tbody>
    </table>`;
  }

  private row({ name, kind, records, complete, notes }: InputReport) {
    const problems = this.problems.filter(({ input }) => input === name);
    return html`<tr>
      <td data-column="File" class="name">${name}</td>
      <td data-column="Kind"><code>${kind}</code></td>
      <td data-column="Records" class="number">${records.toLocaleString('en')}</td>
      <td data-column="Complete">${completeness(complete)}</td>
      <td>
        ${notes.map((note) => html`<p class="note">${sentence(note)}</p>`)}
        ${problems.length ? html`<problem-list .problems=${problems}></problem-list>` : nothing}
      </td>
    </tr>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        background: var(--cds-layer-01);
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
