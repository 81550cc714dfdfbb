// How a key is untangled that several deployments share: how each gets a key of its own, and what is done, in order.

import type { UntangledDeployment, UntangledPart, UntangleHow, UntangleVerdict, UntanglingReport } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { reasonList, sourceLink } from './reason-list.js';
import { resourceName, resourceStyles } from './resource-name.js';
import { severityStyles } from './severity.js';
import { stepList, stepStyles, unknownList } from './step-list.js';
import { shared } from './styles/shared.js';
import { counted, prose, sentence } from './text.js';
import type { Labels } from './worker/questions.js';

const verdicts: Readonly<Record<UntangleVerdict, string>> = {
  'not-shared': 'Nothing is to be untangled: one deployment uses it at most',
  'in-place': 'All can be given a key of their own where they stand',
  anew: 'Some must be made anew, or need a support ticket',
  unknown: 'Of something it is not known how',
};

/** How bad it is that something gets its key so. */
const ways: Readonly<Record<UntangleHow, { title: string; severity: string }>> = {
  leaving: { title: 'lets go by itself', severity: 'info' },
  'in-place': { title: 'where it stands', severity: 'info' },
  'support-ticket': { title: 'by a support ticket', severity: 'low' },
  anew: { title: 'made anew', severity: 'medium' },
  unknown: { title: 'not known how', severity: 'low' },
};

@customElement('untangling-report')
export class UntanglingReportElement extends LitElement {
  @property({ attribute: false }) report!: UntanglingReport;
  @property({ attribute: false }) labels: Labels = {};

  override render() {
    const { verdict, deployments, steps, stays, removal, unknown } = this.report;
    return html`
      <h3>Untangled: ${verdicts[verdict] ?? verdict}</h3>
      ${deployments.length
        ? html`<ul class="deployments">
            ${deployments.map((deployment) => this.deployment(deployment))}
          </ul>`
        : nothing}
      ${stays.length
        ? html`<div>
            <h4>The shared key must stay for now</h4>
            ${reasonList(stays)}
          </div>`
        : nothing}
      ${steps.length
        ? html`<div>
            <h4>What is done, in order</h4>
            ${stepList(steps)}
          </div>`
        : nothing}
      ${removal.because.length
        ? html`<div>
            <h4>What removing the old key and its authorizations does</h4>
            ${reasonList(removal.because)}
          </div>`
        : nothing}
      ${unknownList([...unknown, ...removal.unknown])}
    `;
  }

  private deployment({ deployment, how, parts, key }: UntangledDeployment) {
    return html`<li>
      <div class="row">${wayTag(how)} ${resourceName(deployment, this.labels)}</div>
      ${key ? html`<p>gets the key <code>${key.name}</code></p>` : nothing}
      <details>
        <summary>Why and how<span class="unseen"> ${deployment}</span></summary>
        ${parts.map((part) => this.way(part))}
      </details>
    </li>`;
  }

  private way({ resources, how, because, data, plan }: UntangledPart) {
    return html`<div class="part">
      <p>${wayTag(how)} <span class="quiet">${counted(resources.length, 'resource')}</span></p>
      ${reasonList(because)}
      ${data
        ? html`<p>Its data: ${prose(data.text)} ${data.source ? html`<span class="quiet">(${sourceLink(data.source)})</span>` : nothing}</p>`
        : nothing}
      ${plan ? html`<p class="quiet">${plan.problems.map(({ message }) => html`${prose(sentence(message))}. `)}</p>` : nothing}
    </div>`;
  }

  static override styles = [
    shared,
    severityStyles,
    resourceStyles,
    stepStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      h4 {
        margin-block-end: 0.5rem;
      }
      .deployments > li {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.25rem;
        padding-block: 0.75rem;
        border-block-start: 1px solid var(--cds-border-subtle-01);
        overflow-wrap: anywhere;
      }
      .part {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.5rem;
        margin-block-start: 0.75rem;
      }
      .reasons {
        display: grid;
        gap: 0.25rem;
        padding-inline-start: 1.25rem;
        list-style: disc;
      }
      .seen {
        display: block;
        font-size: 0.75rem;
      }
    `,
  ];
}

function wayTag(how: UntangleHow) {
  const { title, severity } = ways[how] ?? { title: how, severity: 'low' };
  return html`<span class="severity ${severity}">${title}</span>`;
}
