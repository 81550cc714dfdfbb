// The findings: how many of each severity, which are shown, in groups, and a card each.

import '@carbon/web-components/es/components/button/button.js';
import type { FindingSeverity } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Read } from './account.js';
import './finding-card.js';
import { severities } from './severities.js';
import { severityStyles } from './severity.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';
import './undetermined-list.js';
import type { FindingGroup, OrderName, Questions, UndecidedRule } from './worker/questions.js';

/** So many more cards of a group at once. */
const atOnce = 25;

const orders: Record<OrderName, string> = { severity: 'severity', rule: 'rule', account: 'account', key: 'key' };

@customElement('finding-list')
export class FindingList extends LitElement {
  @property({ attribute: false }) read!: Read;
  /** Findings of this severity alone. */
  @property({ attribute: false }) only: FindingSeverity | undefined;
  @state() private words = '';
  @state() private order: OrderName = 'severity';
  @state() private said: Questions['findings']['said'] | undefined;
  @state() private undetermined: readonly UndecidedRule[] = [];
  /** How many of each group; left out until a person says so. */
  #open: Readonly<Record<string, number>> | undefined;
  #asked = 0;

  /** Another account begins without words. */
  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('read')) {
      this.words = '';
      this.said = undefined;
      void this.read.reader.ask('undetermined', {}).then((rules) => (this.undetermined = rules));
    }
    if (['read', 'only', 'words', 'order'].some((name) => changed.has(name))) {
      this.#open = undefined;
      void this.ask();
    }
  }

  private async ask(): Promise<void> {
    const asked = ++this.#asked;
    const { only, words, order } = this;
    const open = this.#open;
    const said = await this.read.reader.ask('findings', { only, words, order, ...(open ? { open } : {}) });
    if (asked !== this.#asked) return;
    this.said = said;
    this.#open ??= Object.fromEntries(said.groups.map(({ title, findings }) => [title, findings.length]));
  }

  private async open(title: string, count: number): Promise<void> {
    this.#open = { ...this.#open, [title]: count };
    await this.ask();
  }

  override render() {
    const { bySeverity } = this.read.overview;
    return html`
      <div class="counts" role="group" aria-label="Show only">
        ${severities.map(
          (severity) => html`<button
            class=${severity}
            aria-pressed=${this.only === severity ? 'true' : 'false'}
            ?disabled=${bySeverity[severity] === 0}
            @click=${() => (this.only = this.only === severity ? undefined : severity)}
          >
            <span>${severity}</span> <strong>${bySeverity[severity].toLocaleString('en')}</strong>
          </button>`,
        )}
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
            @input=${(event: Event) => (this.words = (event.target as HTMLInputElement).value)}
          />
        </div>
        <div class="field">
          <label class="label" for="order">In groups by</label>
          <select id="order" @change=${(event: Event) => (this.order = (event.target as HTMLSelectElement).value as OrderName)}>
            ${Object.entries(orders).map(([value, title]) => html`<option value=${value} ?selected=${value === this.order}>${title}</option>`)}
          </select>
        </div>
      </div>
      <p class="unseen" role="status">
        ${this.said ? `${counted(this.said.found, 'finding')}${this.only ? ` of severity ${this.only}` : ''}` : ''}
      </p>
      ${repeat(
        this.said?.groups ?? [],
        ({ title }) => `${this.order} ${title}`,
        (group, place) => this.group(group, place),
      )}
      ${this.undetermined.length && !this.only
        ? html`<section>
            <h3>Not decided</h3>
            <p class="quiet">What was read does not tell. These exports would settle it.</p>
            <undetermined-list .rules=${this.undetermined}></undetermined-list>
          </section>`
        : nothing}
    `;
  }

  private group({ title, count, findings }: FindingGroup, place: number) {
    const isOpen = findings.length > 0;
    const labels = this.said?.labels ?? {};
    return html`<div class="group" role="group" aria-labelledby="group-${place}">
      <h3>
        <button
          class="title"
          id="group-${place}"
          aria-expanded=${isOpen ? 'true' : 'false'}
          @click=${() => this.open(title, isOpen ? 0 : atOnce)}
        >
          ${title} <span class="quiet">${counted(count, 'finding')}</span>
        </button>
      </h3>
      ${repeat(
        findings,
        ({ fingerprint }) => fingerprint,
        (finding) => html`<finding-card .finding=${finding} .labels=${labels}></finding-card>`,
      )}
      ${isOpen && count > findings.length
        ? html`<div>
            <cds-button kind="tertiary" size="md" @click=${() => this.open(title, findings.length + atOnce)}
              >Show more of ${count.toLocaleString('en')}<span class="unseen"> of ${title}</span></cds-button
            >
          </div>`
        : nothing}
    </div>`;
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
      .counts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(5.5rem, 1fr));
        background: var(--cds-layer-01);
        border: 1px solid var(--cds-border-subtle-01);
        border-inline-start: 0;
      }
      .counts button {
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
      .counts button:disabled {
        cursor: default;
        border-block-start-color: var(--cds-border-subtle-01);
      }
      .counts button:disabled strong {
        color: var(--cds-text-secondary);
      }
      .counts button:not(:disabled):hover {
        background: var(--cds-layer-hover-01);
      }
      .counts button[aria-pressed='true'] {
        background: var(--cds-layer-selected-01);
      }
      button:focus-visible {
        outline: 2px solid var(--cds-focus);
        outline-offset: -2px;
      }
      .counts span {
        color: var(--cds-text-secondary);
        font-size: 0.75rem;
      }
      .counts span::first-letter {
        text-transform: uppercase;
      }
      .counts strong {
        font-size: 1.75rem;
        font-weight: 400;
        line-height: 1.29;
        font-variant-numeric: tabular-nums;
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 0.75rem;
        inline-size: 100%;
        padding: 0.5rem 0;
        border: 0;
        border-block-end: 1px solid var(--cds-border-subtle-01);
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      .title::before {
        content: '';
        inline-size: 0.375rem;
        block-size: 0.375rem;
        border: solid currentColor;
        border-width: 0 2px 2px 0;
        transform: rotate(-45deg);
      }
      .title[aria-expanded='true']::before {
        transform: rotate(45deg) translate(-2px, -2px);
      }
      .title::first-letter {
        text-transform: uppercase;
      }
      .title .quiet {
        font-weight: 400;
        font-size: 0.875rem;
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
