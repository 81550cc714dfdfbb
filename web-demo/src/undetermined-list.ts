// What could not be decided, and the command that would settle it.

import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './command-box.js';
import { shared } from './styles/shared.js';
import { counted, prose, sentence } from './text.js';
import type { UndecidedRule } from './worker/questions.js';

/** So few needs are told at once. */
const few = 3;

@customElement('undetermined-list')
export class UndeterminedList extends LitElement {
  @property({ attribute: false }) rules: readonly UndecidedRule[] = [];

  override render() {
    return html`<ul>
      ${this.rules.map(
        ({ rule, needs, needsLeftOut, count, examples }) => html`<li>
          <h3><span class="mono">${rule}</span> <span class="quiet">${counted(count, 'object')}</span></h3>
          ${needs.slice(0, few).map(needed)}
          ${needs.length > few
            ? html`<details>
                <summary>${counted(needs.length - few + needsLeftOut, 'more export')}<span class="unseen"> for ${rule}</span></summary>
                ${needs.slice(few).map(needed)}
                ${needsLeftOut ? html`<p class="label">${needsLeftOut.toLocaleString('en')} more are under Missing exports.</p>` : nothing}
              </details>`
            : nothing}
          ${examples.length
            ? html`<details>
                <summary>${examples.length < count ? `The first ${examples.length}` : 'Which'}</summary>
                <ul class="mono examples">
                  ${examples.map((crn) => html`<li>${crn}</li>`)}
                </ul>
              </details>`
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
      ul > li {
        display: grid;
        gap: 0.75rem;
        padding: 1rem 1.5rem;
        background: var(--cds-layer-01);
        border-inline-start: 3px dashed var(--cds-border-strong-01);
      }
      .need {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.5rem;
      }
      details .need {
        margin-block-start: 0.75rem;
      }
      summary {
        cursor: pointer;
        inline-size: fit-content;
        color: var(--cds-link-primary);
      }
      .examples {
        gap: 0.25rem;
        margin-block-start: 0.5rem;
      }
      .examples > li {
        padding: 0;
        border: 0;
        overflow-wrap: anywhere;
      }
      h3 .quiet {
        font-weight: 400;
        font-size: 0.875rem;
      }
    `,
  ];
}

function needed({ name, of, why, command, role }: UndecidedRule['needs'][number]) {
  return html`<div class="need">
    <p>${prose(sentence(why))}</p>
    ${command
      ? html`<command-box .text=${`export \`${name}\`${role ? `, needs no more than ${role}` : ''}`} .command=${command}></command-box>`
      : html`<p class="quiet">Needed: ${name}${of ? html` of <code>${of}</code>` : nothing}</p>`}
  </div>`;
}
