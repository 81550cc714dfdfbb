// The view of plans: a form for each service, and the plan as it is written.

import '@carbon/web-components/es/components/button/button.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { PlanAnswer, Problem } from 'kmsguard/slim';
import type { Account, Read } from './account.js';
import './command-box.js';
import { sampleKey } from './crn-samples.js';
import { plan, ready } from './engine.js';
import './form-field.js';
import './plan-answer.js';
import { catalogue, documentOf, fieldAt, fieldsOf, type PlanField, type Service } from './plan-fields.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';

@customElement('plan-view')
export class PlanView extends LitElement {
  @property({ attribute: false }) account!: Account;
  @state() private service: Service = catalogue.find(({ id }) => id === 'event-streams-gen2') ?? catalogue[0]!;
  /** By the fields' places in the request; kept when another service is chosen. */
  @state() private values: ReadonlyMap<string, string> = new Map();
  @state() private isReady = false;
  @query('form-field') private first!: HTMLElement;
  #answer: PlanAnswer | undefined;
  #asked = '';
  #askedOf: Read | undefined;

  private readonly changed = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.account.addEventListener('change', this.changed);
    void ready.then(() => (this.isReady = true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.account.removeEventListener('change', this.changed);
  }

  /** Begins a plan for a key. */
  async startWith(key: string): Promise<void> {
    this.fill('/key/crn', key);
    await this.updateComplete;
    this.first.focus();
  }

  private fill(pointer: string, value: string): void {
    this.values = new Map(this.values).set(pointer, value);
  }

  private choose(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.service = catalogue.find(({ id }) => id === value) ?? this.service;
  }

  protected override willUpdate(): void {
    if (!this.isReady) return;
    const document = documentOf(this.service, this.values);
    const { read } = this.account;
    const asked = JSON.stringify(document);
    if (asked === this.#asked && read === this.#askedOf) return;
    [this.#asked, this.#askedOf] = [asked, read];
    // With exports the last answer stays until theirs is there: half of one would come and go with each letter.
    if (!read || !this.#answer) this.#answer = plan(document);
    if (read) void this.check(document, read);
  }

  /** The same plan, and what the exports say of it, which takes longer. */
  private async check(document: object, read: Read): Promise<void> {
    const asked = this.#asked;
    const answer = await read.reader.ask('plan', { document }).catch(() => undefined);
    // Something else may have been filled in since.
    if (!answer || asked !== this.#asked || read !== this.account.read) return;
    this.#answer = answer;
    this.requestUpdate();
  }

  override render() {
    const fields = fieldsOf(this.service);
    const answer = this.#answer;
    const at = (problem: Problem): PlanField | undefined => fieldAt(fields, problem.pointer);
    const isEmpty = [...this.values.values()].every((value) => value.trim() === '');
    const problems = isEmpty ? [] : (answer?.problems ?? []);
    const ofField = (field: PlanField): Problem[] => problems.filter((problem) => at(problem) === field);
    const rare = fields.filter(({ isRare }) => isRare);
    const isAtFault = rare.some((field) => ofField(field).length > 0);
    const show = (field: PlanField) => this.field(field, ofField(field), answer);
    return html`<div class="columns">
      <form @submit=${(event: Event) => event.preventDefault()}>
        <div class="field">
          <label class="label" for="service">Service</label>
          <select id="service" @change=${this.choose}>
            ${catalogue.map(({ id, title }) => html`<option value=${id} ?selected=${id === this.service.id}>${title}</option>`)}
          </select>
        </div>
        ${fields.filter(({ isRare }) => !isRare).map(show)}
        <details ?open=${isAtFault}>
          <summary>${counted(rare.length, 'more field')}</summary>
          <div class="rare">${rare.map(show)}</div>
        </details>
        <div class="row">
          <cds-button kind="ghost" size="sm" type="button" @click=${() => this.fill('/key/crn', sampleKey)}
            >Fill in a key as an example</cds-button
          >
          ${isEmpty
            ? nothing
            : html`<cds-button kind="ghost" size="sm" type="button" @click=${() => (this.values = new Map())}
                >Empty the form</cds-button
              >`}
        </div>
        <p class="label">
          ${this.account.read
            ? html`Checked against what is in <a href="#account">Account</a>.`
            : html`Drop exports in <a href="#account">Account</a> to check the plan against them.`}
        </p>
      </form>
      ${isEmpty || !answer
        ? html`<p class="quiet begin">
            Give the CRN of a key. The authorization and the call that hands the key to ${this.service.title} are written as
            you type: for the command line, curl, REST, Terraform and the console.
          </p>`
        : html`<div class="answer">
            <plan-answer .answer=${answer} .problems=${problems.filter((problem) => !at(problem))}></plan-answer>
            <details>
              <summary>The request, for <code>kmsguard plan FILE</code></summary>
              <command-box .command=${JSON.stringify(documentOf(this.service, this.values), null, 2)}></command-box>
            </details>
          </div>`}
    </div>`;
  }

  private field(field: PlanField, problems: readonly Problem[], answer: PlanAnswer | undefined) {
    const { pointer, kind } = field;
    const keys = kind === 'crn' ? (this.account.read?.overview.keyCrns ?? []) : [];
    return html`<form-field
      .field=${field}
      .value=${this.values.get(pointer) ?? ''}
      .problems=${problems}
      .derived=${answer?.derived.find((derived) => fieldAt([field], derived.pointer))}
      .offers=${keys}
      @filled=${(event: CustomEvent<string>) => this.fill(pointer, event.detail)}
    ></form-field>`;
  }

  static override styles = [
    shared,
    fieldStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 2rem;
        align-items: start;
      }
      @media (min-width: 66rem) {
        .columns {
          grid-template-columns: 24rem minmax(0, 1fr);
        }
      }
      form,
      .rare,
      .answer {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      .rare {
        margin-block-start: 1rem;
      }
      summary {
        cursor: pointer;
        inline-size: fit-content;
        color: var(--cds-link-primary);
      }
      .begin {
        padding: 1rem;
        background: var(--cds-layer-01);
        max-inline-size: 44rem;
      }
      .answer command-box {
        margin-block-start: 0.5rem;
      }
    `,
  ];
}
