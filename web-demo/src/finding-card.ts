// One finding: how bad, what, which key, which deployments, the evidence, the fix.

import '@carbon/web-components/es/components/tag/tag.js';
import Password from '@carbon/icons/es/password/16.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Finding } from 'kmsguard/slim';
import { commandForms, commandFormStyles } from './command-forms.js';
import { icon } from './icon.js';
import { resourceName, resourceStyles } from './resource-name.js';
import { severityStyles, severityTag } from './severity.js';
import { shared } from './styles/shared.js';
import { counted, prose, sentence } from './text.js';
import type { Labels } from './worker/questions.js';

@customElement('finding-card')
export class FindingCard extends LitElement {
  @property({ attribute: false }) finding!: Finding;
  @property({ attribute: false }) labels: Labels = {};

  override render() {
    const { finding } = this;
    return html`
      <article class=${finding.severity} aria-label=${`${finding.rule}: ${finding.title}`}>
        <div class="row">
          ${severityTag(finding.severity)}
          <span class="mono quiet">${finding.rule} · ${finding.name}</span>
          ${finding.suppressed ? html`<cds-tag size="sm" type="gray">suppressed</cds-tag>` : nothing}
        </div>
        <div>
          <h3>${sentence(finding.title)}</h3>
          <p class="message">${prose(finding.message)}</p>
          ${finding.suppressed ? html`<p class="quiet">${finding.suppressed.reason}</p>` : nothing}
        </div>
        ${finding.key ? this.key(finding.key) : nothing} ${finding.resources.length ? this.resources() : nothing}
        <section>
          <h4>What to do</h4>
          <p>${prose(sentence(finding.remediation.text))}</p>
          ${commandForms(finding.remediation.commands)}
        </section>
        ${finding.evidence.length ? evidence(finding) : nothing}
      </article>
    `;
  }

  private key(crn: string) {
    return html`<section>
      <h4>Key</h4>
      <div class="key">
        ${icon(Password)} ${resourceName(crn, this.labels)}
      </div>
    </section>`;
  }

  private resources() {
    const { resources } = this.finding;
    return html`<section>
      <h4>${counted(resources.length, 'resource')}</h4>
      <ul>
        ${resources.map((crn) => html`<li>${resourceName(crn, this.labels)}</li>`)}
      </ul>
    </section>`;
  }

  static override styles = [
    shared,
    severityStyles,
    resourceStyles,
    commandFormStyles,
    css`
      article {
        display: grid;
        gap: 1.25rem;
        padding: 1rem;
        background: var(--cds-layer-01);
        border-inline-start: 3px solid var(--severity);
      }
      @media (min-width: 42rem) {
        article {
          padding: 1.25rem 1.5rem 1.5rem;
        }
      }
      .message {
        margin-block-start: 0.25rem;
        max-inline-size: 46rem;
      }
      section {
        display: grid;
        gap: 0.5rem;
        min-inline-size: 0;
      }
      h4 {
        color: var(--cds-text-secondary);
        font-weight: 400;
        font-size: 0.75rem;
        letter-spacing: 0.02em;
      }
      .key {
        display: flex;
        gap: 0.5rem;
      }
      .key > .icon {
        margin-block-start: 0.125rem;
      }
      ul {
        border-block-start: 1px solid var(--cds-border-subtle-01);
      }
      li {
        padding-block: 0.5rem;
        border-block-end: 1px solid var(--cds-border-subtle-01);
      }
      summary {
        cursor: pointer;
        inline-size: fit-content;
        color: var(--cds-link-primary);
      }
      details table {
        margin-block-start: 0.5rem;
      }
      td {
        font-size: 0.8125rem;
      }
      .file,
      .pointer {
        inline-size: 24%;
      }
      .line {
        white-space: nowrap;
        overflow-wrap: normal;
        inline-size: 4rem;
      }
    `,
  ];
}

function evidence(finding: Finding) {
  const leftOut = finding.evidence_left_out ?? 0;
  const places = finding.evidence.length + leftOut;
  return html`<details>
    <summary>Where it was read (${places.toLocaleString('en')})</summary>
    <table aria-label="Evidence">
      <thead>
        <tr>
          <th scope="col" class="file">File</th>
          <th scope="col" class="line">Line</th>
          <th scope="col" class="pointer">Pointer</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        ${finding.evidence.map(
          ({ input, line, pointer, value }) => html`<tr>
            <td data-column="File">${input}</td>
            <td data-column="Line" class="line">${line}</td>
            <td data-column="Pointer" class="mono">${pointer}</td>
            <td data-column="Value" class="mono">${value === null ? '' : String(value)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    ${leftOut ? html`<p>${leftOut.toLocaleString('en')} further places in these files are left out.</p>` : nothing}
  </details>`;
}
