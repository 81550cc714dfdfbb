// What breaks if something is done: the question is one action on one thing, asked of the inventory that was read.

import type { ActionKind, ImpactAnswer, ImpactRequest, Inventory, InventoryAnswer, Options } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { actions, type Action, type Target } from './impact-actions.js';
import './impact-answer.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';

/** A longer list is not chosen from: what is wanted is written. */
const longestList = 300;

@customElement('impact-view')
export class ImpactView extends LitElement {
  @property({ attribute: false }) inventory!: Inventory;
  @property({ attribute: false }) tables!: InventoryAnswer;
  @state() private action: Action = actions[0]!;
  @state() private target = '';
  @state() private force = false;
  #targets: Target[] = [];
  #answer: ImpactAnswer | undefined;
  #picture = '';
  #failure = '';

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('tables')) this.action = this.possible()[0] ?? this.action;
    if (changed.has('tables') || changed.has('action')) {
      this.#targets = this.action.targets(this.tables);
      this.target = this.#targets[0]?.value ?? '';
    }
    this.ask();
  }

  private ask(): void {
    this.#answer = undefined;
    this.#picture = '';
    this.#failure = '';
    if (this.target === '') return;
    const { kind } = this.action;
    const asked: Options<ImpactRequest> = { actions: [{ kind, target: this.target }], force: this.force, now: this.tables.now };
    try {
      this.#answer = this.inventory.impact(asked);
      this.#picture = this.#answer.timeline.length ? this.inventory.report('impact', 'svg', asked) : '';
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** The actions for which there is something that they can be done to. */
  private possible(): Action[] {
    return actions.filter(({ targets }) => targets(this.tables).length > 0);
  }

  private choose(kind: ActionKind): void {
    this.action = actions.find((action) => action.kind === kind) ?? this.action;
  }

  override render() {
    const possible = this.possible();
    if (possible.length === 0) return html`<p class="none">No list of keys was among what was read.</p>`;
    const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;
    return html`
      <div class="question">
        <div class="field">
          <label class="label" for="action">What breaks if</label>
          <select id="action" @change=${(event: Event) => this.choose(valueOf(event) as ActionKind)}>
            ${possible.map(({ kind, title }) => html`<option value=${kind} ?selected=${kind === this.action.kind}>${title}</option>`)}
          </select>
        </div>
        <div class="field wide">
          <label class="label" for="target">Which</label>
          ${this.#targets.length > longestList
            ? html`<input
                id="target"
                type="text"
                class="mono"
                autocomplete="off"
                spellcheck="false"
                .value=${this.target}
                @change=${(event: Event) => (this.target = valueOf(event).trim())}
              />`
            : html`<select id="target" @change=${(event: Event) => (this.target = valueOf(event))}>
                ${this.#targets.map(({ value, title }) => html`<option value=${value} ?selected=${value === this.target}>${title}</option>`)}
              </select>`}
        </div>
        <label class="force">
          <input
            type="checkbox"
            .checked=${this.force}
            @change=${(event: Event) => (this.force = (event.target as HTMLInputElement).checked)}
          />
          with force
        </label>
      </div>
      <p class="mono quiet crn">${this.target}</p>
      ${this.#failure ? html`<p class="none" role="alert">${this.#failure}</p>` : nothing}
      ${this.#answer ? html`<impact-answer .answer=${this.#answer} .picture=${this.#picture}></impact-answer>` : nothing}
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
        gap: 1rem;
      }
      .field {
        flex: 1 1 16rem;
      }
      .wide {
        flex-grow: 2;
      }
      .force {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-block-size: 2.5rem;
      }
      .crn {
        margin-block: 0.5rem 1rem;
        font-size: 0.75rem;
        overflow-wrap: anywhere;
      }
    `,
  ];
}
