// What breaks if a key goes: the question is one key and one action, asked of the inventory that was read.

import type { ActionKind, ImpactAnswer, Inventory, InventoryAnswer } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import './impact-answer.js';
import { shortName } from './resource-name.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';

/** The actions that a person can ask about, by what the answer calls them. */
const actions: readonly { kind: ActionKind; title: string }[] = [{ kind: 'delete-key', title: 'is deleted' }];

@customElement('impact-view')
export class ImpactView extends LitElement {
  @property({ attribute: false }) inventory!: Inventory;
  @property({ attribute: false }) tables!: InventoryAnswer;
  @state() private key = '';
  @state() private action: ActionKind = 'delete-key';
  #answer: ImpactAnswer | undefined;

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('tables')) this.key = this.keys()[0]?.crn ?? '';
    this.#answer = this.key
      ? this.inventory.impact({ actions: [{ kind: this.action, target: this.key }], now: this.tables.now })
      : undefined;
  }

  /** The one that holds up most first: it is the one to be careful with. */
  private keys() {
    return [...this.tables.keys].sort((first, second) => second.exposure.deployments - first.exposure.deployments);
  }

  override render() {
    const { labels } = this.tables;
    if (!this.#answer) return html`<p class="none">No list of keys was among what was read.</p>`;
    return html`
      <div class="question">
        <label>
          <span class="label">What breaks if the key</span>
          <select @change=${(event: Event) => (this.key = (event.target as HTMLSelectElement).value)}>
            ${this.keys().map(
              ({ crn, exposure }) =>
                html`<option value=${crn} ?selected=${crn === this.key}>
                  ${shortName(crn, labels)} (${counted(exposure.deployments, 'deployment')})
                </option>`,
            )}
          </select>
        </label>
        ${actions.length > 1
          ? html`<label>
              <span class="label">does this</span>
              <select @change=${(event: Event) => (this.action = (event.target as HTMLSelectElement).value as ActionKind)}>
                ${actions.map(
                  ({ kind, title }) => html`<option value=${kind} ?selected=${kind === this.action}>${title}</option>`,
                )}
              </select>
            </label>`
          : html`<p>${actions[0]?.title}?</p>`}
      </div>
      <p class="mono quiet crn">${this.key}</p>
      ${this.#answer ? html`<impact-answer .answer=${this.#answer}></impact-answer>` : nothing}
    `;
  }

  static override styles = [
    shared,
    fieldStyles,
    css`
      .none {
        padding: 1rem;
        background: var(--cds-layer-01);
      }
      .question {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-end;
        gap: 0.5rem 0.75rem;
      }
      .question p {
        padding-block: 0.5rem;
        font-size: 1rem;
      }
      label {
        display: grid;
        gap: 0.5rem;
        min-inline-size: 0;
        max-inline-size: 100%;
      }
      select {
        min-inline-size: 14rem;
      }
      .crn {
        margin-block: 0.5rem 1rem;
        font-size: 0.75rem;
        overflow-wrap: anywhere;
      }
    `,
  ];
}
