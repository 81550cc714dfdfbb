// One of a few, as radio buttons in the looks of Carbon's content switcher.
// Carbon's own radio buttons carry an `aria-readonly` that their role does not allow.

import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from './styles/shared.js';

export interface Option {
  value: string;
  title: string;
}

@customElement('one-choice')
export class OneChoice extends LitElement {
  @property() label = '';
  @property() value = '';
  @property({ attribute: false }) options: readonly Option[] = [];

  private choose(value: string): void {
    this.value = value;
    this.dispatchEvent(new CustomEvent<string>('chosen', { detail: value }));
  }

  override render() {
    return html`<fieldset>
      <legend class="label">${this.label}</legend>
      <div>
        ${this.options.map(
          ({ value, title }) => html`<label>
            <input
              type="radio"
              name="choice"
              .value=${value}
              .checked=${value === this.value}
              @change=${() => this.choose(value)}
            />
            <span>${title}</span>
          </label>`,
        )}
      </div>
    </fieldset>`;
  }

  static override styles = [
    shared,
    css`
      fieldset {
        min-inline-size: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        margin-block-end: 0.5rem;
      }
      div {
        display: inline-flex;
        max-inline-size: 100%;
        overflow-x: auto;
        border: 1px solid var(--cds-border-inverse);
        border-radius: 0.25rem;
      }
      label {
        flex: none;
        position: relative;
        cursor: pointer;
      }
      label + label {
        border-inline-start: 1px solid var(--cds-border-subtle-01);
      }
      input {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      span {
        display: block;
        padding: 0.3125rem 1rem;
        color: var(--cds-text-secondary);
      }
      label:hover span {
        background: var(--cds-layer-hover-01);
        color: var(--cds-text-primary);
      }
      input:checked + span {
        background: var(--cds-layer-selected-inverse);
        color: var(--cds-text-inverse);
      }
      input:focus-visible + span {
        outline: 2px solid var(--cds-focus);
        outline-offset: 2px;
      }
    `,
  ];
}
