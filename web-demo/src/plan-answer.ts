// A plan: what the service needs, what the exports say, and the steps in the form that is wanted.

import type { PlanAnswer, Problem } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import './choice.js';
import { forms, type Form } from './plan-forms.js';
import './plan-step.js';
import './preflight-list.js';
import './problem-list.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';

@customElement('plan-answer')
export class PlanAnswerElement extends LitElement {
  @property({ attribute: false }) answer!: PlanAnswer;
  /** The problems that have no field to stand beside. */
  @property({ attribute: false }) problems: readonly Problem[] = [];
  @state() private form: Form = 'cli';

  override render() {
    const { requirements, steps, preflight } = this.answer;
    return html`
      <div role="status"><h2>${headline(this.answer)}</h2></div>
      ${this.problems.length ? html`<problem-list .problems=${this.problems}></problem-list>` : nothing}
      ${requirements
        ? html`<dl>
            <div>
              <dt class="label">Roles on the key</dt>
              <dd>${requirements.roles.join(', ')}</dd>
            </div>
            <div>
              <dt class="label">Keys of</dt>
              <dd>${requirements.targets.join(', ')}</dd>
            </div>
            <div>
              <dt class="label">Delegation</dt>
              <dd>${requirements.delegation ? 'needed' : 'not needed'}</dd>
            </div>
          </dl>`
        : nothing}
      ${preflight ? html`<preflight-list .report=${preflight}></preflight-list>` : nothing}
      ${steps.length
        ? html`<one-choice
              label="Show the steps as"
              .options=${forms}
              value=${this.form}
              @chosen=${(event: CustomEvent<Form>) => (this.form = event.detail)}
            ></one-choice>
            <ol>
              ${steps.map(
                (step, place) => html`<li>
                  <plan-step .step=${step} .form=${this.form} .place=${place + 1}></plan-step>
                </li>`,
              )}
            </ol>`
        : nothing}
    `;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
        align-content: start;
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 2rem;
      }
      ol {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
    `,
  ];
}

function headline({ ok, steps, problems, preflight }: PlanAnswer): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (!ok) return `No plan yet: ${counted(errors, 'error')}`;
  const isStopped = preflight?.checks.some(({ standing }) => standing === 'bad') ?? false;
  if (isStopped) return 'By the exports this plan fails';
  const isOpen = preflight?.checks.some(({ standing }) => standing === 'unknown') ?? false;
  return `${counted(steps.length, 'step')}, in this order${isOpen ? '; the exports leave something open' : ''}`;
}
