// The view of CRNs: one, or one a line.

import '@carbon/web-components/es/components/button/button.js';
import '@carbon/web-components/es/components/textarea/textarea.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CrnReport, Require } from 'kmsguard/slim';
import './choice.js';
import './crn-card.js';
import { sampleCrns } from './crn-samples.js';
import { crn, ready } from './engine.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';

const requirements = [
  { value: 'any', title: 'any CRN' },
  { value: 'key', title: 'a key' },
  { value: 'instance', title: 'an instance' },
];

/** More cards than this at once make a page slow and help nobody. */
const shownAtOnce = 50;

interface Row {
  /** The place of the line in the text, from 0. */
  line: number;
  report: CrnReport;
}

@customElement('crn-view')
export class CrnView extends LitElement {
  @state() private text = '';
  @state() private require: Require = 'any';
  @state() private shown = shownAtOnce;
  @state() private onlyWrong = false;
  @state() private isReady = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void ready.then(() => (this.isReady = true));
  }

  private typed(event: Event): void {
    this.write((event.target as HTMLTextAreaElement).value);
  }

  private write(text: string): void {
    this.text = text;
    this.shown = shownAtOnce;
  }

  private fix(line: number, event: CustomEvent<string>): void {
    const lines = this.text.split('\n');
    lines[line] = event.detail;
    this.text = lines.join('\n');
  }

  private fixAll(rows: readonly Row[]): void {
    const lines = this.text.split('\n');
    for (const { line, report } of rows) if (report.fixed !== undefined) lines[line] = report.fixed;
    this.text = lines.join('\n');
  }

  private rows(): Row[] {
    if (!this.isReady) return [];
    const lines = this.text.split('\n').map((text, line) => ({ text: text.replace(/\r$/, ''), line }));
    const filled = lines.filter(({ text }) => text.trim() !== '');
    if (filled.length === 0) return [];
    const answer = crn(
      filled.map(({ text }) => text),
      { require: this.require },
    );
    return answer.crns.map((report, place) => ({ line: filled[place]?.line ?? 0, report }));
  }

  override render() {
    const rows = this.rows();
    const several = rows.length > 1;
    const wrong = rows.filter(({ report }) => report.problems.length > 0);
    const fixable = rows.filter(({ report }) => report.fixed !== undefined).length;
    const listed = this.onlyWrong && several ? wrong : rows;
    return html`
      <div class="ask">
        <cds-textarea
          rows="6"
          placeholder="crn:v1:bluemix:public:kms:us-south:a/…"
          .value=${this.text}
          @input=${this.typed}
          ><span slot="label-text" class="title">CRN, or one a line</span></cds-textarea
        >
        <div class="row tools">
          <one-choice
            label="It should be"
            .options=${requirements}
            value=${this.require}
            @chosen=${(event: CustomEvent<Require>) => (this.require = event.detail)}
          ></one-choice>
          <div class="row">
            <cds-button kind="ghost" size="sm" @click=${() => this.write(sampleCrns)}>Show samples</cds-button>
            ${this.text
              ? html`<cds-button kind="ghost" size="sm" @click=${() => this.write('')}>Clear</cds-button>`
              : nothing}
          </div>
        </div>
      </div>
      <div class="row count">
        <p role="status">${several ? summary(rows) : ''}</p>
        ${several && wrong.length
          ? html`<label class="row">
              <input
                type="checkbox"
                .checked=${this.onlyWrong}
                @change=${(event: Event) => (this.onlyWrong = (event.target as HTMLInputElement).checked)}
              />
              Only those with problems
            </label>`
          : nothing}
        ${several && fixable
          ? html`<cds-button kind="tertiary" size="sm" @click=${() => this.fixAll(rows)}
              >Use all right forms (${fixable.toLocaleString('en')})</cds-button
            >`
          : nothing}
      </div>
      <div class="cards">
        ${rows.length ? html`<h2 class="unseen">What they are</h2>` : nothing}
        ${repeat(
          listed.slice(0, this.shown),
          ({ line }) => line,
          ({ line, report }) =>
            html`<crn-card
              .report=${report}
              .line=${several ? line + 1 : undefined}
              @crn-fix=${(event: CustomEvent<string>) => this.fix(line, event)}
            ></crn-card>`,
        )}
      </div>
      ${listed.length > this.shown
        ? html`<cds-button kind="tertiary" @click=${() => (this.shown += shownAtOnce)}
            >Show more of ${listed.length.toLocaleString('en')}</cds-button
          >`
        : nothing}
    `;
  }

  static override styles = [
    shared,
    css`
      .ask {
        display: grid;
        gap: 1rem;
        margin-block-end: 1.5rem;
      }
      cds-textarea {
        font-family: var(--mono);
        inline-size: 100%;
      }
      .title {
        font-family: var(--sans);
      }
      .tools {
        justify-content: space-between;
        align-items: flex-end;
        gap: 1rem;
      }
      .count {
        gap: 0.5rem 1.5rem;
        margin-block-end: 1rem;
      }
      input {
        inline-size: 1rem;
        block-size: 1rem;
        margin: 0;
        accent-color: var(--cds-link-primary);
      }
      .cards {
        display: grid;
        gap: 1rem;
      }
      .cards + cds-button {
        margin-block-start: 1rem;
      }
    `,
  ];
}

function summary(rows: readonly Row[]): string {
  const wrong = rows.filter(({ report }) => !report.ok).length;
  const said = wrong === 0 ? 'all right' : `${wrong.toLocaleString('en')} wrong`;
  return `${counted(rows.length, 'CRN')}: ${said}`;
}
