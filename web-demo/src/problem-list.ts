// Problems: code, what is wrong, what to do.

import ErrorFilled from '@carbon/icons/es/error--filled/16.js';
import WarningAltFilled from '@carbon/icons/es/warning--alt--filled/16.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Problem } from 'kmsguard/slim';
import { icon } from './icon.js';
import { shared } from './styles/shared.js';
import { prose, sentence } from './text.js';

@customElement('problem-list')
export class ProblemList extends LitElement {
  @property({ attribute: false }) problems: readonly Problem[] = [];

  override render() {
    return html`<ul>
      ${this.problems.map(
        (problem) => html`<li class=${problem.severity}>
          ${icon(problem.severity === 'error' ? ErrorFilled : WarningAltFilled)}
          <div>
            <p>
              <span class="unseen">${problem.severity}:</span>
              <strong>${prose(sentence(problem.message))}</strong>
              <span class="mono quiet code">${problem.code}</span>
            </p>
            <p class="quiet">
              ${problem.help ? html`${prose(sentence(problem.help))}.` : nothing}
              ${problem.url
                ? html`<a href=${problem.url} target="_blank" rel="noreferrer noopener"
                    >More<span class="unseen"> about ${problem.code} (opens a new window)</span></a
                  >`
                : nothing}
            </p>
          </div>
        </li>`,
      )}
    </ul>`;
  }

  static override styles = [
    shared,
    css`
      ul {
        display: grid;
        gap: 0.75rem;
      }
      li {
        display: flex;
        gap: 0.75rem;
        max-inline-size: 50rem;
      }
      li > .icon {
        margin-block-start: 0.125rem;
      }
      .error > .icon {
        color: var(--cds-support-error);
      }
      .warning > .icon {
        color: var(--cds-support-warning);
      }
      div {
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      strong {
        font-weight: 400;
      }
      .code {
        white-space: nowrap;
        font-size: 0.75rem;
        margin-inline-start: 0.25rem;
      }
    `,
  ];
}
