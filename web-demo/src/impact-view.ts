// What breaks if something is done: the question is one action on one thing, asked of what was read.

import type { ActionKind } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Read } from './account.js';
import { actionTitle } from './impact-actions.js';
import './impact-answer.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import type { ImpactSaid, Questions } from './worker/questions.js';

@customElement('impact-view')
export class ImpactView extends LitElement {
  @property({ attribute: false }) read!: Read;
  @state() private action: ActionKind = 'delete-key';
  @state() private target = '';
  @state() private force = false;
  @state() private order = false;
  @state() private offered: Questions['targets']['said'] = { found: 0, targets: [] };
  @state() private isLong = false;
  @state() private said: ImpactSaid | undefined;
  @state() private failure = '';
  #asked = 0;

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('read')) return;
    const [first] = this.read.overview.actions;
    if (first) void this.choose(first);
  }

  private async choose(action: ActionKind): Promise<void> {
    this.action = action;
    await this.offer('');
    this.isLong = this.offered.found > this.offered.targets.length;
    await this.take(this.offered.targets[0]?.value ?? '');
  }

  private async offer(words: string): Promise<void> {
    this.offered = await this.read.reader.ask('targets', { action: this.action, words });
  }

  private async take(target: string): Promise<void> {
    this.target = target;
    await this.ask();
  }

  private async ask(): Promise<void> {
    const asked = ++this.#asked;
    const { action: kind, target, force, order } = this;
    try {
      const said = target === '' ? undefined : await this.read.reader.ask('impact', { actions: [{ kind, target }], force, order });
      // Something else may have been asked since.
      if (asked !== this.#asked) return;
      this.said = said;
      this.failure = '';
    } catch (error) {
      this.said = undefined;
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  override render() {
    const { actions } = this.read.overview;
    if (actions.length === 0) return html`<p class="none">No list of keys was among what was read.</p>`;
    const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;
    return html`
      <div class="question">
        <div class="field">
          <label class="label" for="action">What breaks if</label>
          <select id="action" @change=${(event: Event) => this.choose(valueOf(event) as ActionKind)}>
            ${actions.map((kind) => html`<option value=${kind} ?selected=${kind === this.action}>${actionTitle(kind)}</option>`)}
          </select>
        </div>
        <div class="field wide">
          <label class="label" for="target">Which</label>
          ${this.isLong ? this.searched(valueOf) : this.chosen(valueOf)}
        </div>
        ${this.flag('force', 'with force')} ${this.flag('order', 'with a safe order')}
      </div>
      <p class="mono quiet crn">${this.target}</p>
      ${this.failure ? html`<p class="none" role="alert">${this.failure}</p>` : nothing}
      ${this.said ? html`<impact-answer .said=${this.said}></impact-answer>` : nothing}
    `;
  }

  private flag(name: 'force' | 'order', title: string) {
    const changed = (event: Event): void => {
      this[name] = (event.target as HTMLInputElement).checked;
      void this.ask();
    };
    return html`<label class="flag"><input type="checkbox" .checked=${this[name]} @change=${changed} /> ${title}</label>`;
  }

  private chosen(valueOf: (event: Event) => string) {
    return html`<select id="target" @change=${(event: Event) => this.take(valueOf(event))}>
      ${this.offered.targets.map(({ value, title }) => html`<option value=${value} ?selected=${value === this.target}>${title}</option>`)}
    </select>`;
  }

  /** A list that is longer than anyone reads: some words of it, then one of those that hold them. */
  private searched(valueOf: (event: Event) => string) {
    return html`<input
        id="target"
        type="text"
        class="mono"
        list="offers"
        autocomplete="off"
        spellcheck="false"
        .value=${this.target}
        @input=${(event: Event) => this.offer(valueOf(event))}
        @change=${(event: Event) => this.take(valueOf(event).trim())}
      />
      <datalist id="offers">
        ${this.offered.targets.map(({ value, title }) => html`<option value=${value}>${title}</option>`)}
      </datalist>`;
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
      .flag {
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
