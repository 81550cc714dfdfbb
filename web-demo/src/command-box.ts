// A command, what it does, and a button that copies it.

import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './copy-button.js';
import { shared } from './styles/shared.js';
import { prose, sentence } from './text.js';

@customElement('command-box')
export class CommandBox extends LitElement {
  @property() command = '';
  @property() text = '';

  override render() {
    return html`
      ${this.text ? html`<p class="quiet">${prose(sentence(this.text))}</p>` : nothing}
      <div>
        <pre tabindex="0" role="group" aria-label="Command"><code>${this.command}</code></pre>
        <copy-button .text=${this.command} what="the command"></copy-button>
      </div>
    `;
  }

  static override styles = [
    shared,
    css`
      div {
        display: flex;
        align-items: flex-start;
        background: var(--cds-layer-02);
      }
      @media (max-width: 42rem) {
        div {
          flex-direction: column;
          align-items: stretch;
        }
        copy-button {
          align-self: flex-end;
        }
      }
      p {
        margin-block-end: 0.25rem;
      }
      pre {
        flex: 1;
        min-inline-size: 0;
        padding: 0.375rem 0.75rem;
        line-height: 1.25rem;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];
}
