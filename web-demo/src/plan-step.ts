// One step of a plan: what it does, who may do it, and what to copy.

import type { PlanStep } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './copy-button.js';
import { forms, stepAs, type Form } from './plan-forms.js';
import { reasonList } from './reason-list.js';
import { shared } from './styles/shared.js';
import { counted, prose, sentence } from './text.js';

const reversible: Record<string, string> = {
  yes: 'can be undone',
  no: 'cannot be undone',
  'support-ticket': 'undone by a support ticket only',
};

@customElement('plan-step')
export class PlanStepElement extends LitElement {
  @property({ attribute: false }) step!: PlanStep;
  @property() form: Form = 'cli';
  @property({ type: Number }) place = 1;

  override render() {
    const { id, title, account, role, notes } = this.step;
    const text = stepAs(this.form, this.step);
    const formTitle = forms.find(({ value }) => value === this.form)?.title ?? '';
    return html`<article aria-labelledby="title">
      <div>
        <h3 id="title"><span class="mono quiet">${this.place} ${id}</span> ${prose(sentence(title))}</h3>
        <p class="quiet facts">
          ${prose(role)} · account <span class="mono">${account}</span> · ${reversible[this.step.reversible] ?? this.step.reversible}
        </p>
      </div>
      ${text
        ? html`<div class="box">
            <pre tabindex="0" role="group" aria-label="${formTitle} of step ${this.place}"><code>${text}</code></pre>
            <copy-button .text=${text} what="step ${this.place}, ${formTitle}"></copy-button>
          </div>`
        : html`<p class="quiet none">This step has no form in ${formTitle}.</p>`}
      ${notes.length
        ? html`<details>
            <summary>${counted(notes.length, 'note')}<span class="unseen">&nbsp;on step ${this.place}</span></summary>
            ${reasonList(notes)}
          </details>`
        : nothing}
    </article>`;
  }

  static override styles = [
    shared,
    css`
      article {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
        padding: 1rem;
        background: var(--cds-layer-01);
      }
      h3 {
        font-weight: 400;
        overflow-wrap: anywhere;
      }
      h3 .mono {
        margin-inline-end: 0.5rem;
      }
      .facts {
        font-size: 0.75rem;
        overflow-wrap: anywhere;
      }
      .box {
        display: flex;
        align-items: flex-start;
        background: var(--cds-layer-02);
      }
      pre {
        flex: 1;
        min-inline-size: 0;
        max-block-size: 28rem;
        padding: 0.375rem 0.75rem;
        line-height: 1.25rem;
        overflow: auto;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      @media (max-width: 42rem) {
        .box {
          flex-direction: column;
          align-items: stretch;
        }
        copy-button {
          align-self: flex-end;
        }
      }
      summary {
        cursor: pointer;
        inline-size: fit-content;
        color: var(--cds-link-primary);
      }
      .reasons {
        display: grid;
        gap: 0.25rem;
        margin-block-start: 0.5rem;
        padding-inline-start: 1.25rem;
        list-style: disc;
        overflow-wrap: anywhere;
        max-inline-size: 50rem;
      }
      .seen {
        display: block;
        font-size: 0.75rem;
      }
    `,
  ];
}
