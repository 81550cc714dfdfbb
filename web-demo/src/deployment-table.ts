// The deployments: whose key each is encrypted with.

import '@carbon/web-components/es/components/tag/tag.js';
import type { DeploymentReport, InventoryAnswer, KeySource } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { resourceName, resourceStyles, resourceTitle } from './resource-name.js';
import { shared } from './styles/shared.js';

const sources: Record<KeySource, { title: string; type: string }> = {
  customer: { title: 'your key', type: 'green' },
  provider: { title: 'IBM’s key', type: 'warm-gray' },
  unknown: { title: 'not known', type: 'gray' },
};

@customElement('deployment-table')
export class DeploymentTable extends LitElement {
  @property({ attribute: false }) inventory!: InventoryAnswer;

  override render() {
    const { deployments } = this.inventory;
    if (deployments.length === 0) return html`<p class="none">No deployment was among what was read.</p>`;
    return html`<table aria-label="Deployments">
      <thead>
        <tr>
          <th scope="col">Deployment</th>
          <th scope="col">Plan</th>
          <th scope="col">State</th>
          <th scope="col">Encrypted with</th>
        </tr>
      </thead>
      <tbody>
        ${deployments.map((deployment) => this.row(deployment))}
      </tbody>
    </table>`;
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
