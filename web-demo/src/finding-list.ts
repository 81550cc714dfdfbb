// The findings: how many of each severity, which are shown, and one card each.

import '@carbon/web-components/es/components/button/button.js';
import type { AuditAnswer, FindingSeverity } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import './finding-card.js';
import { grouped, matches, orders, type Order } from './finding-order.js';
import { severities, severityStyles } from './severity.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';
import './undetermined-list.js';

/** More cards than this at once make a page slow and help nobody. */
const shownAtOnce = 25;

@customElement('finding-list')
export class FindingList extends LitElement {
  @property({ attribute: false }) audit!: AuditAnswer;
  @state() private only: FindingSeverity | undefined;
  @state() private words = '';
  @state() private order: Order = orders[0]!;
  @state() private shown = shownAtOnce;

  /** Another answer begins without a filter. */
  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('audit')) return;
    this.words = '';
    this.show(undefined);
  }

  private look(words: string): void {
    this.words = words;
    this.shown = shownAtOnce;
  }

  private arrange(value: string): void {
    this.order = orders.find((order) => order.value === value) ?? this.order;
    this.shown = shownAtOnce;
  }

  private show(only: FindingSeverity | undefined): void {
    this.only = only;
    this.shown = shownAtOnce;
  }

  override render() {
    const { findings, undetermined, summary, labels } = this.audit;
    const wanted = findings.filter(
      (finding) => (!this.only || finding.severity === this.only) && matches(finding, labels, this.words),
    );
    const groups = grouped(wanted, labels, this.order);
    let room = this.shown;
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
      <div class="tools">
        <div class="field">
          <label class="label" for="words">Only with these words</label>
          <input
            id="words"
            type="text"
            autocomplete="off"
            spellcheck="false"
            .value=${this.words}
            @input=${(event: Event) => this.look((event.target as HTMLInputElement).value)}
          />
        </div>
        <div class="field">
          <label class="label" for="order">In groups by</label>
          <select id="order" @change=${(event: Event) => this.arrange((event.target as HTMLSelectElement).value)}>
            ${orders.map(({ value, title }) => html`<option value=${value} ?selected=${value === this.order.value}>${title}</option>`)}
          </select>
        </div>
      </div>
      <p class="unseen" role="status">${counted(wanted.length, 'finding')}${this.only ? ` of severity ${this.only}` : ''}</p>
      ${groups.map(({ title, findings }, place) => {
        const some = findings.slice(0, room);
        room -= some.length;
        if (some.length === 0) return nothing;
        return html`<div class="group" role="group" aria-labelledby="group-${place}">
          <h3 id="group-${place}">${title} <span class="quiet">${counted(findings.length, 'finding')}</span></h3>
          ${some.map((finding) => html`<finding-card .finding=${finding} .labels=${labels}></finding-card>`)}
        </div>`;
      })}
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
    fieldStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      .tools {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 12rem);
        gap: 1rem;
      }
      .group {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      .group > h3 .quiet {
        font-weight: 400;
        font-size: 0.875rem;
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
