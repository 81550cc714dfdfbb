// The keys: what each holds up, the one that holds up most first.

import '@carbon/web-components/es/components/tag/tag.js';
import type { InventoryAnswer, KeyReport, KeyUse } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LongTable, longTableStyles } from './long-table.js';
import { resourceName, resourceStyles } from './resource-name.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';

@customElement('key-table')
export class KeyTable extends LitElement {
  @property({ attribute: false }) inventory!: InventoryAnswer;

  readonly #table = new LongTable<KeyReport>(this, 'keys', ({ crn, state, type, key_ring }) =>
    [crn, this.inventory.labels[crn]?.name, state, type, key_ring].join(' '),
  );

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('inventory')) return;
    const { keys } = this.inventory;
    this.#table.take([...keys].sort((first, second) => second.exposure.deployments - first.exposure.deployments));
  }

  override render() {
    const { keys } = this.inventory;
    if (keys.length === 0) return html`<p class="none">No list of keys was among what was read.</p>`;
    return html`${this.#table.search()}<table aria-label="Keys">
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">State</th>
          <th scope="col">Type</th>
          <th scope="col">Key ring</th>
          <th scope="col">Holds up</th>
        </tr>
      </thead>
      <tbody>
        ${this.#table.rows().map((key) => this.row(key))}
      </tbody>
    </table>${this.#table.more()}`;
  }

  private row(key: KeyReport) {
    return html`<tr>
      <td data-column="Key">${resourceName(key.crn, this.inventory.labels)}</td>
      <td data-column="State">
        <cds-tag size="sm" type=${key.state === 'active' ? 'green' : 'red'}>${key.state}</cds-tag>
      </td>
      <td data-column="Type">${key.type}</td>
      <td data-column="Key ring">${key.key_ring ?? ''}</td>
      <td data-column="Holds up">${this.uses(key)}</td>
    </tr>`;
  }

  private uses({ uses, exposure }: KeyReport) {
    if (uses.length === 0) return html`<span class="quiet">nothing that was read</span>`;
    // A service may register each of its buckets, pools and volumes.
    const parts = Map.groupBy(uses, ({ deployment, resource }) => deployment ?? resource);
    return html`<details>
      <summary>${counted(exposure.deployments, 'deployment')}</summary>
      <ul>
        ${[...parts].map(([deployment, of]) => this.deployment(deployment, of))}
      </ul>
    </details>`;
  }

  private deployment(crn: string, uses: readonly KeyUse[]) {
    const kinds = [...new Set(uses.flatMap(({ witnesses }) => witnesses.map(({ kind }) => kind)))].sort();
    const parts = uses.filter(({ resource }) => resource !== crn);
    return html`<li>
      ${resourceName(crn, this.inventory.labels)}
      ${parts.length
        ? html`<ul class="parts mono quiet">
            ${parts.map(({ resource, managed }) => html`<li>${managed ? resource : partOf(resource)}</li>`)}
          </ul>`
        : nothing}
      <p class="label">known from ${kinds.join(' and ')}</p>
    </li>`;
  }

  static override styles = [
    shared,
    resourceStyles,
    fieldStyles,
    longTableStyles,
    css`
      table {
        background: var(--cds-layer-01);
      }
      .none {
        padding: 1rem;
        background: var(--cds-layer-01);
      }
      summary {
        cursor: pointer;
        inline-size: fit-content;
        color: var(--cds-link-primary);
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
        th:nth-child(1),
        th:nth-child(5) {
          inline-size: 36%;
        }
      }
    `,
  ];
}

/** What stands behind the instance: `bucket:invoices`. */
function partOf(crn: string): string {
  return crn.split(':').slice(8).join(':');
}
