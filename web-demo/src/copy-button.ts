// Copies a text, and says so.

import '@carbon/web-components/es/components/button/button.js';
import Checkmark from '@carbon/icons/es/checkmark/16.js';
import Copy from '@carbon/icons/es/copy/16.js';
import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icon } from './icon.js';
import { shared } from './styles/shared.js';

const shownFor = 2_000;

@customElement('copy-button')
export class CopyButton extends LitElement {
  @property() text = '';
  /** What is copied, for those who cannot see where the button stands. */
  @property() what = '';
  @state() private said = '';

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
      this.said = 'Copied';
    } catch {
      this.said = 'Not allowed';
    }
    setTimeout(() => (this.said = ''), shownFor);
  }

  override render() {
    return html`
      <cds-button kind="ghost" size="sm" @click=${this.copy}>
        ${this.said || 'Copy'}<span class="unseen">&nbsp;${this.what}</span>
        ${icon(this.said ? Checkmark : Copy, 'icon')}
      </cds-button>
      <span class="unseen" role="status">${this.said}</span>
    `;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: inline-block;
        position: relative;
      }
    `,
  ];
}
