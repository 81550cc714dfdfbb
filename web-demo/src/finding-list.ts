// The findings: how many of each severity, which are shown, and one card each.

import '@carbon/web-components/es/components/button/button.js';
import type { AuditAnswer, FindingSeverity } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import './finding-card.js';
import { severities, severityStyles } from './severity.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';
import './undetermined-list.js';

/** More cards than this at once make a page slow and help nobody. */
const shownAtOnce = 25;

@customElement('finding-list')
export class FindingList extends LitElement {
  @property({ attribute: false }) audit!: AuditAnswer;
  @state() private only: FindingSeverity | undefined;
  @state() private shown = shownAtOnce;

  /** Another answer begins without a filter. */
  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('audit')) this.show(undefined);
  }

  private show(only: FindingSeverity | undefined): void {
    this.only = only;
    this.shown = shownAtOnce;
  }

  override render() {
    const { findings, undetermined, summary, labels } = this.audit;
    const wanted = this.only ? findings.filter(({ severity }) => severity === this.only) : findings;
    return html`
      <div class="counts" role="group" aria-label="Show only">
        ${severities.map((severity) => {
          const count = summary.by_severity[severity];
          return html`<button
            class=${severity}
            aria-pressed=${this.only === severity ? 'true' : 'false'}
            ?disabled=${count === 0}
            @click=${() => this.show(this.only === severity ? undefined : severity)}
          >
            <span>${severity}</span> <strong>${count.toLocaleString('en')}</strong>
          </button>`;
        })}
      </div>
      <p class="unseen" role="status">${counted(wanted.length, 'finding')}${this.only ? ` of severity ${this.only}` : ''}</p>
      ${wanted.slice(0, this.shown).map(
        (finding) => html`<finding-card .finding=${finding} .labels=${labels}></finding-card>`,
      )}
      ${wanted.length > this.shown
        ? html`<div>
            <cds-button kind="tertiary" @click=${() => (this.shown += shownAtOnce)}
              >Show more of ${wanted.length.toLocaleString('en')}</cds-button
            >
          </div>`
        : nothing}
      ${undetermined.length && !this.only
        ? html`<section>
            <h3>Not decided</h3>
            <p class="quiet">What was read does not tell. These exports would settle it.</p>
            <undetermined-list .rules=${undetermined}></undetermined-list>
          </section>`
        : nothing}
    `;
  }

  static override styles = [
    shared,
    severityStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      .counts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(5.5rem, 1fr));
        background: var(--cds-layer-01);
        border: 1px solid var(--cds-border-subtle-01);
        border-inline-start: 0;
      }
      button {
        display: flex;
        flex-direction: column;
        padding: 0.75rem 1rem;
        border: 0;
        border-inline-start: 1px solid var(--cds-border-subtle-01);
        border-block-start: 3px solid var(--severity);
        background: var(--cds-layer-01);
        color: inherit;
        font: inherit;
        text-align: start;
        cursor: pointer;
      }
      button:disabled {
        cursor: default;
        border-block-start-color: var(--cds-border-subtle-01);
      }
      button:disabled strong {
        color: var(--cds-text-secondary);
      }
      button:not(:disabled):hover {
        background: var(--cds-layer-hover-01);
      }
      button[aria-pressed='true'] {
        background: var(--cds-layer-selected-01);
      }
      button:focus-visible {
        outline: 2px solid var(--cds-focus);
        outline-offset: -2px;
      }
      button span {
        color: var(--cds-text-secondary);
        font-size: 0.75rem;
      }
      button span::first-letter {
        text-transform: uppercase;
      }
      button strong {
        font-size: 1.75rem;
        font-weight: 400;
        line-height: 1.29;
        font-variant-numeric: tabular-nums;
      }
      section {
        display: grid;
        gap: 0.5rem;
        margin-block-start: 1.5rem;
        min-inline-size: 0;
      }
      undetermined-list {
        margin-block-start: 0.5rem;
      }
    `,
  ];
}
