// What was not exported, and the command that exports it.

import type { GapReport } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './command-box.js';
import { shared } from './styles/shared.js';
import { prose, sentence } from './text.js';

@customElement('gap-list')
export class GapList extends LitElement {
  @property({ attribute: false }) gaps: readonly GapReport[] = [];

  override render() {
    if (this.gaps.length === 0) return html`<p class="none">No gap is known.</p>`;
    return html`<ul>
      ${this.gaps.map(
        ({ what, why, account, instance, command, role }) => html`<li>
          <div>
            <h3><span class="mono">${what}</span></h3>
            <p>${prose(sentence(why))}</p>
            ${instance ?? account ? html`<p class="mono quiet of">${instance ?? account}</p>` : nothing}
          </div>
          ${command
            ? html`<command-box
                .text=${role ? `needs no more than ${role}` : ''}
                .command=${command}
              ></command-box>`
            : nothing}
        </li>`,
      )}
    </ul>`;
  }

  static override styles = [
    shared,
    css`
      ul {
        display: grid;
        gap: 1rem;
      }
      li,
      .none {
        display: grid;
        gap: 0.75rem;
        padding: 1rem;
        background: var(--cds-layer-01);
      }
      li {
        border-inline-start: 3px dashed var(--cds-border-strong-01);
      }
      .of {
        overflow-wrap: anywhere;
        font-size: 0.75rem;
      }
    `,
  ];
}
