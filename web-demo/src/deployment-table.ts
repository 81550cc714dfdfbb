// The deployments: whose key each is encrypted with.

import '@carbon/web-components/es/components/tag/tag.js';
import type { DeploymentReport, InventoryAnswer, KeySource } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LongTable, longTableStyles } from './long-table.js';
import { resourceName, resourceStyles, resourceTitle, shortName } from './resource-name.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';

const sources: Record<KeySource, { title: string; type: string }> = {
  customer: { title: 'your key', type: 'green' },
  provider: { title: 'IBM’s key', type: 'warm-gray' },
  unknown: { title: 'not known', type: 'gray' },
};

@customElement('deployment-table')
export class DeploymentTable extends LitElement {
  @property({ attribute: false }) inventory!: InventoryAnswer;

  readonly #table = new LongTable<DeploymentReport>(this, 'deployments', ({ crn, plan, state, key, key_source }) =>
    [crn, this.inventory.labels[crn]?.name, plan, state, key && shortName(key, this.inventory.labels), sources[key_source].title].join(' '),
  );

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('inventory')) this.#table.take(this.inventory.deployments);
  }

  override render() {
    const { deployments } = this.inventory;
    if (deployments.length === 0) return html`<p class="none">No deployment was among what was read.</p>`;
    return html`${this.#table.search()}<table aria-label="Deployments">
      <thead>
        <tr>
          <th scope="col">Deployment</th>
          <th scope="col">Plan</th>
          <th scope="col">State</th>
          <th scope="col">Encrypted with</th>
        </tr>
      </thead>
      <tbody>
        ${this.#table.rows().map((deployment) => this.row(deployment))}
      </tbody>
    </table>${this.#table.more()}`;
  }

  private row({ crn, plan, generation, state, key, key_source }: DeploymentReport) {
    const { title, type } = sources[key_source];
    return html`<tr>
      <td data-column="Deployment">${resourceName(crn, this.inventory.labels)}</td>
      <td data-column="Plan">${plan ?? ''} ${generation ? html`<span class="quiet">${generation}</span>` : nothing}</td>
      <td data-column="State">${state ?? ''}</td>
      <td data-column="Encrypted with">
        <cds-tag size="sm" type=${type}>${title}</cds-tag>
        ${key ? html`<div class="resource">${resourceTitle(key, this.inventory.labels)}</div>` : nothing}
      </td>
    </tr>`;
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
      cds-tag + .resource {
        margin-block-start: 0.25rem;
      }
    `,
  ];
}
