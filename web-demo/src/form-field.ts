// A field of a form: what it is called, where a value goes, what is wrong with the value.

import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DerivedValue, Problem } from 'kmsguard/slim';
import type { PlanField } from './plan-fields.js';
import './problem-list.js';
import { marked } from './segments.js';
import { fieldStyles, markStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { prose } from './text.js';

@customElement('form-field')
export class FormField extends LitElement {
  @property({ attribute: false }) field!: PlanField;
  @property() value = '';
  @property({ attribute: false }) problems: readonly Problem[] = [];
  /** What stands for the value while it is empty, and why. */
  @property({ attribute: false }) derived: DerivedValue | undefined;
  /** Texts that are offered beside those of the field. */
  @property({ attribute: false }) offers: readonly string[] = [];

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('#control')?.focus();
  }

  private typed(event: Event): void {
    const control = event.target as HTMLInputElement;
    this.value = control.type === 'checkbox' ? (control.checked ? 'true' : '') : control.value;
    this.dispatchEvent(new CustomEvent<string>('filled', { detail: this.value }));
  }

  override render() {
    const { field, problems } = this;
    return html`
      <div class=${field.kind === 'flag' ? 'flag' : 'field'}>
        <label class="label" for="control">${field.title}</label>
        ${this.control()}
      </div>
      ${field.hint ? html`<p id="hint" class="label">${field.hint}</p>` : nothing}
      ${this.value === '' && this.derived
        ? html`<p id="derived" class="label">Empty means <code>${this.derived.value}</code>: ${prose(this.derived.because)}</p>`
        : nothing}
      ${problems.length
        ? html`<div id="problems">${this.underlined()}<problem-list .problems=${problems}></problem-list></div>`
        : nothing}
    `;
  }

  private control() {
    const { field, value } = this;
    const isWrong = this.problems.some(({ severity }) => severity === 'error');
    const invalid = isWrong ? 'true' : 'false';
    const told = [field.hint && 'hint', this.derived && value === '' && 'derived', this.problems.length && 'problems'];
    const described = told.filter(Boolean).join(' ') || nothing;
    if (field.kind === 'flag') {
      return html`<input
        id="control"
        type="checkbox"
        .checked=${value === 'true'}
        aria-describedby=${described}
        @change=${this.typed}
      />`;
    }
    if (field.kind === 'json') {
      return html`<textarea
        id="control"
        rows="4"
        spellcheck="false"
        .value=${value}
        aria-invalid=${invalid}
        aria-describedby=${described}
        @input=${this.typed}
      ></textarea>`;
    }
    if (field.choices) {
      return html`<select id="control" aria-invalid=${invalid} aria-describedby=${described} @change=${this.typed}>
        <option value="" ?selected=${value === ''}></option>
        ${field.choices.map((choice) => html`<option value=${choice} ?selected=${value === choice}>${choice}</option>`)}
      </select>`;
    }
    const offers = [...new Set([...(field.offers ?? []), ...this.offers])];
    return html`<input
        id="control"
        type="text"
        class=${field.kind === 'crn' ? 'mono' : nothing}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        list=${offers.length ? 'offers' : nothing}
        .value=${value}
        aria-invalid=${invalid}
        aria-describedby=${described}
        @input=${this.typed}
      />
      ${offers.length ? html`<datalist id="offers">${offers.map((offer) => html`<option value=${offer}></option>`)}</datalist>` : nothing}`;
  }

  /** The text again, where something in it is wrong: a field of a form cannot be underlined in part. */
  private underlined() {
    if (!this.problems.some(({ span }) => span)) return nothing;
    const parts = marked(this.value.trim(), this.problems);
    const pieces = parts.map(({ text, mark }) =>
      mark ? html`<mark class="${mark} ${text ? '' : 'empty'}">${text}</mark>` : text,
    );
    return html`<p class="mono underlined" aria-hidden="true">${pieces}</p>`;
  }

  static override styles = [
    shared,
    fieldStyles,
    markStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.375rem;
        align-content: start;
      }
      .flag {
        display: flex;
        flex-direction: row-reverse;
        justify-content: flex-end;
        align-items: center;
        gap: 0.5rem;
      }
      #problems {
        display: grid;
        gap: 0.5rem;
        margin-block-start: 0.25rem;
      }
      .underlined {
        padding: 0.5rem 0.75rem;
        background: var(--cds-layer-02);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];
}
