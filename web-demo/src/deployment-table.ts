// The deployments: whose key each is encrypted with.

import '@carbon/web-components/es/components/tag/tag.js';
import type { DeploymentReport, KeySource } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Read } from './account.js';
import { resourceName, resourceStyles, resourceTitle } from './resource-name.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { VirtualTable, virtualTableStyles } from './virtual-table.js';
import type { Labels } from './worker/questions.js';

const sources: Record<KeySource, { title: string; type: string }> = {
  customer: { title: 'your key', type: 'green' },
  provider: { title: 'IBM’s key', type: 'warm-gray' },
  unknown: { title: 'not known', type: 'gray' },
};

@customElement('deployment-table')
export class DeploymentTable extends LitElement {
  @property({ attribute: false }) read!: Read;
  readonly #table = new VirtualTable(this, 'deployments', 'deployments');

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('read')) this.#table.take(this.read.reader, this.read.overview.counts.deployments);
  }

  override render() {
    const table = this.#table;
    if (table.isEmpty) return html`<p class="none">No deployment was among what was read.</p>`;
    return html`${table.search()}
      <table aria-label="Deployments" aria-rowcount=${table.rowCount}>
        <thead>
          <tr>
            <th scope="col" class="wide">Deployment</th>
            <th scope="col">Plan</th>
            <th scope="col" class="state">State</th>
            <th scope="col">Encrypted with</th>
          </tr>
        </thead>
        <tbody>
          ${table.rows(4, (deployment, labels) => this.cells(deployment, labels))}
        </tbody>
      </table>`;
  }

  private cells({ crn, plan, generation, state, key, key_source }: DeploymentReport, labels: Labels) {
    const { title, type } = sources[key_source];
    return html`<td data-column="Deployment">${resourceName(crn, labels)}</td>
      <td data-column="Plan">${plan ?? ''} ${generation ? html`<span class="quiet">${generation}</span>` : nothing}</td>
      <td data-column="State">${state ?? ''}</td>
      <td data-column="Encrypted with">
        <cds-tag size="sm" type=${type}>${title}</cds-tag>
        ${key ? html`<div class="resource">${resourceTitle(key, labels)}</div>` : nothing}
      </td>`;
  }

  static override styles = [
    shared,
    resourceStyles,
    fieldStyles,
    virtualTableStyles,
    css`
      cds-tag + .resource {
        margin-block-start: 0.25rem;
      }
      @media (min-width: 42rem) {
        .wide {
          inline-size: 45%;
        }
        .state {
          inline-size: 10rem;
        }
      }
    `,
  ];
}
