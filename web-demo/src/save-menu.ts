// Saves an answer, or the exports, in the form that is chosen.

import '@carbon/web-components/es/components/button/button.js';
import Download from '@carbon/icons/es/download/16.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Read } from './account.js';
import { download } from './download.js';
import { icon } from './icon.js';
import { savedGroups } from './save-formats.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';

@customElement('save-menu')
export class SaveMenu extends LitElement {
  @property({ attribute: false }) read!: Read;
  @state() private chosen = savedGroups[0]?.saved[0]?.id ?? '';
  @state() private failure = '';

  private async save(): Promise<void> {
    const saved = savedGroups.flatMap(({ saved }) => saved).find(({ id }) => id === this.chosen);
    try {
      if (saved) download(saved.name, await this.read.reader.ask('save', { saved: saved.asked }), saved.type);
      this.failure = '';
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  override render() {
    return html`
      <div class="row">
        <label>
          <span class="unseen">What to save</span>
          <select @change=${(event: Event) => (this.chosen = (event.target as HTMLSelectElement).value)}>
            ${savedGroups.map(
              ({ title, saved }) => html`<optgroup label=${title}>
                ${saved.map(({ id, title: form }) => html`<option value=${id} ?selected=${id === this.chosen}>${title}: ${form}</option>`)}
              </optgroup>`,
            )}
          </select>
        </label>
        <cds-button size="sm" kind="tertiary" @click=${this.save}>Save ${icon(Download, 'icon')}</cds-button>
      </div>
      ${this.chosen === 'snapshot redacted'
        ? html`<p class="label">Pseudonyms are no anonymity: who knows the account may know it again.</p>`
        : nothing}
      ${this.failure ? html`<p role="alert">It could not be saved. ${this.failure}</p>` : nothing}
    `;
  }

  static override styles = [
    shared,
    fieldStyles,
    css`
      label {
        min-inline-size: 0;
      }
      select {
        min-block-size: 2rem;
        padding-block: 0.25rem;
      }
    `,
  ];
}
