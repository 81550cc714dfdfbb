// The keys: what each holds up, the one that holds up most first.

import '@carbon/web-components/es/components/tag/tag.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Read } from './account.js';
import { resourceName, resourceStyles } from './resource-name.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';
import { VirtualTable, virtualTableStyles } from './virtual-table.js';
import type { HeldUp, KeyRow, Labels } from './worker/questions.js';

@customElement('key-table')
export class KeyTable extends LitElement {
  @property({ attribute: false }) read!: Read;
  readonly #table = new VirtualTable(this, 'keys', 'keys');

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('read')) this.#table.take(this.read.reader, this.read.overview.counts.keys);
  }

  override render() {
    const table = this.#table;
    if (table.isEmpty) return html`<p class="none">No list of keys was among what was read.</p>`;
    return html`${table.search()}
      <table aria-label="Keys" aria-rowcount=${table.rowCount}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col" class="wide">Holds up</th>
            <th scope="col" class="state">State</th>
            <th scope="col" class="type">Type</th>
            <th scope="col" class="ring">Key ring</th>
          </tr>
        </thead>
        <tbody>
          ${table.rows(5, (key, labels) => this.cells(key, labels))}
        </tbody>
      </table>`;
  }

  private cells(key: KeyRow, labels: Labels) {
    return html`<td data-column="Key">${resourceName(key.crn, labels)}</td>
      <td data-column="Holds up">${holdsUp(key, labels)}</td>
      <td data-column="State"><cds-tag size="sm" type=${key.state === 'active' ? 'green' : 'red'}>${key.state}</cds-tag></td>
      <td data-column="Type">${key.type}</td>
      <td data-column="Key ring">${key.key_ring ?? ''}</td>`;
  }

  static override styles = [
    shared,
    resourceStyles,
    fieldStyles,
    virtualTableStyles,
    css`
      summary {
        cursor: pointer;
        inline-size: fit-content;
        color: var(--cds-link-primary);
      }
      summary .quiet {
        color: var(--cds-text-secondary);
      }
      li {
        padding-block: 0.5rem;
        border-block-end: 1px solid var(--cds-border-subtle-01);
      }
      li:last-child {
        border: 0;
      }
      .parts {
        font-size: 0.75rem;
        overflow-wrap: anywhere;
        padding-inline-start: 1rem;
      }
      .parts li {
        padding: 0;
        border: 0;
      }
      @media (min-width: 42rem) {
        .wide {
          inline-size: 38%;
        }
        .state,
        .ring {
          inline-size: 11%;
        }
        .type {
          inline-size: 8rem;
        }
      }
    `,
  ];
}

function holdsUp({ holdsUp, leftOut, exposure }: KeyRow, labels: Labels) {
  if (holdsUp.length === 0) return html`<span class="quiet">nothing that was read</span>`;
  return html`<details>
    <summary>
      ${counted(exposure.deployments, 'deployment')}
      <span class="quiet">${exposure.services.join(', ')}</span>
    </summary>
    <ul>
      ${holdsUp.map((of) => deployment(of, labels))}
    </ul>
    ${leftOut ? html`<p class="label">${leftOut.toLocaleString('en')} more are in the saved inventory.</p>` : nothing}
  </details>`;
}

function deployment({ crn, parts, partsLeftOut, kinds }: HeldUp, labels: Labels) {
  return html`<li>
    ${resourceName(crn, labels)}
    ${parts.length
      ? html`<ul class="parts mono quiet">
          ${parts.map((part) => html`<li>${part}</li>`)} ${partsLeftOut ? html`<li>${partsLeftOut.toLocaleString('en')} more</li>` : nothing}
        </ul>`
      : nothing}
    <p class="label">known from ${kinds.join(' and ')}</p>
  </li>`;
}
