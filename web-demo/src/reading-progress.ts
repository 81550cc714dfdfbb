// How far a reading is, and a way out of it.

import '@carbon/web-components/es/components/button/button.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from './styles/shared.js';
import type { Progress } from './worker/questions.js';

@customElement('reading-progress')
export class ReadingProgress extends LitElement {
  @property({ attribute: false }) progress: Progress | undefined;

  override render() {
    const { progress } = this;
    // The place is there before anything is said in it, or nobody hears it. Each step is said, not each file.
    return html`<p class="unseen" role="status">${progress ? `Step ${progress.step} of ${progress.steps}` : ''}</p>
      ${progress ? this.bar(progress) : nothing}`;
  }

  private bar({ step, steps, what, part = 0.5 }: Progress) {
    return html`<div class="bar">
      <label for="bar">${what}…</label>
      <cds-button size="sm" kind="ghost" @click=${() => this.dispatchEvent(new CustomEvent('given-up'))}>Cancel</cds-button>
      <progress id="bar" max=${steps} .value=${step - 1 + part}></progress>
    </div>`;
  }

  static override styles = [
    shared,
    css`
      .bar {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: 0.25rem 1rem;
        margin-block-start: 1rem;
        padding: 0.75rem 1rem;
        background: var(--cds-layer-01);
      }
      progress {
        grid-column: 1 / -1;
        inline-size: 100%;
        block-size: 0.5rem;
        appearance: none;
        border: 0;
        background: var(--cds-border-subtle-01);
      }
      progress::-webkit-progress-bar {
        background: var(--cds-border-subtle-01);
      }
      progress::-webkit-progress-value {
        background: var(--cds-interactive);
      }
      progress::-moz-progress-bar {
        background: var(--cds-interactive);
      }
    `,
  ];
}
