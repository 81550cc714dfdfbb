// One CRN: what it is, its segments, its problems, the right one.

import '@carbon/web-components/es/components/button/button.js';
import '@carbon/web-components/es/components/tag/tag.js';
import ArrowRight from '@carbon/icons/es/arrow--right/16.js';
import CheckmarkFilled from '@carbon/icons/es/checkmark--filled/16.js';
import Edit from '@carbon/icons/es/edit/16.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import type { CrnReport } from 'kmsguard/slim';
import './copy-button.js';
import { icon } from './icon.js';
import { kindTitle } from './kinds.js';
import './problem-list.js';
import { segmentsOf, type Segment } from './segments.js';
import { markStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';

@customElement('crn-card')
export class CrnCard extends LitElement {
  @property({ attribute: false }) report!: CrnReport;
  /** The line of the text area, from 1; none where there is one line only. */
  @property({ type: Number }) line: number | undefined;

  private apply(): void {
    this.dispatchEvent(new CustomEvent<string>('crn-fix', { detail: this.report.fixed ?? '', bubbles: true, composed: true }));
  }

  private plan(): void {
    this.dispatchEvent(new CustomEvent<string>('plan-key', { detail: this.report.input, bubbles: true, composed: true }));
  }

  override render() {
    const { report } = this;
    const segments = segmentsOf(report);
    return html`
      <article class=${standing(report)} aria-label=${this.line ? `Line ${this.line}` : 'Result'}>
        <div class="row head">
          ${this.line ? html`<span class="quiet mono">${this.line}</span>` : nothing}
          <h3>${kindTitle(report.kind)}</h3>
          ${verdict(report)}
        </div>
        <dl class="segments">${segments.map(segment)}</dl>
        ${segments.length > 1
          ? html`<details>
              <summary>What each segment is${this.line ? html`<span class="unseen">, line ${this.line}</span>` : nothing}</summary>
              <dl class="explained">${segments.map(explained)}</dl>
            </details>`
          : nothing}
        ${report.problems.length
          ? html`<problem-list .problems=${report.problems}></problem-list>`
          : html`<p class="good">${icon(CheckmarkFilled)} Nothing is wrong with it.</p>`}
        ${report.ok && report.kind === 'kms-key'
          ? html`<div>
              <cds-button size="sm" kind="ghost" @click=${this.plan}>
                Plan with this key${this.line ? html`<span class="unseen">, line ${this.line}</span>` : nothing}
                ${icon(ArrowRight, 'icon')}
              </cds-button>
            </div>`
          : nothing}
        ${report.fixed
          ? html`<div class="fix">
              <h4>The right form</h4>
              <pre tabindex="0" aria-label="The right form"><code>${report.fixed}</code></pre>
              <div class="row">
                <cds-button size="sm" kind="tertiary" @click=${this.apply}>
                  Use it${this.line ? html`<span class="unseen">&nbsp;in line ${this.line}</span>` : nothing}
                  ${icon(Edit, 'icon')}
                </cds-button>
                <copy-button .text=${report.fixed} what="the right form"></copy-button>
              </div>
            </div>`
          : nothing}
      </article>
    `;
  }

  static override styles = [
    shared,
    markStyles,
    css`
      article {
        display: grid;
        gap: 1rem;
        padding: 1rem;
        background: var(--cds-layer-01);
        border-inline-start: 3px solid var(--cds-support-success);
      }
      article.wrong {
        border-inline-start-color: var(--cds-support-error);
      }
      article.doubtful {
        border-inline-start-color: var(--cds-support-warning);
      }
      .head {
        gap: 0.25rem 0.75rem;
      }
      .segments {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 0;
      }
      .segments > div {
        display: flex;
        flex-direction: column-reverse;
        justify-content: flex-end;
        min-inline-size: 1.5rem;
        max-inline-size: 100%;
      }
      .segments dt {
        padding: 0.125rem 0.5rem 0 0;
        font-size: 0.75rem;
        line-height: 1.33;
        color: var(--cds-text-secondary);
      }
      .segments dd {
        display: flex;
        inline-size: 100%;
      }
      /* The colon belongs to the page, not to the segment: it is not read out. */
      .colon::before {
        content: ':';
        padding-block: 0.25rem;
        line-height: 1.25rem;
        padding-inline: 0.0625rem;
        font-family: var(--mono);
        color: var(--cds-text-secondary);
      }
      .value {
        flex: 1;
        min-inline-size: 1.25rem;
        min-block-size: 1.75rem;
        padding: 0.25rem 0.375rem;
        font-family: var(--mono);
        font-size: 0.8125rem;
        line-height: 1.25rem;
        letter-spacing: 0;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
        background: var(--cds-layer-02);
        border-block-end: 2px solid var(--edge, var(--cds-border-strong-01));
        color: var(--ink, var(--cds-text-secondary));
      }
      .blue {
        --ink: var(--cds-tag-color-blue);
        --edge: var(--cds-tag-border-blue);
      }
      .teal {
        --ink: var(--cds-tag-color-teal);
        --edge: var(--cds-tag-border-teal);
      }
      .purple {
        --ink: var(--cds-tag-color-purple);
        --edge: var(--cds-tag-border-purple);
      }
      .cyan {
        --ink: var(--cds-tag-color-cyan);
        --edge: var(--cds-tag-border-cyan);
      }
      .magenta {
        --ink: var(--cds-tag-color-magenta);
        --edge: var(--cds-tag-border-magenta);
      }
      .missing .value {
        border: 1px dashed var(--cds-support-error);
        color: var(--cds-text-error);
        font-family: var(--sans);
      }
      summary {
        cursor: pointer;
        inline-size: fit-content;
        color: var(--cds-link-primary);
      }
      .explained {
        display: grid;
        gap: 0.5rem;
        margin-block-start: 0.75rem;
      }
      .explained > div {
        display: grid;
        grid-template-columns: minmax(0, 8rem) minmax(0, 1fr);
        gap: 0 1rem;
      }
      .explained dt {
        color: var(--cds-text-secondary);
      }
      .good .icon {
        color: var(--cds-support-success);
        margin-inline-end: 0.5rem;
      }
      .fix {
        display: grid;
        gap: 0.5rem;
        padding-block-start: 1rem;
        border-block-start: 1px solid var(--cds-border-subtle-01);
      }
      pre {
        padding: 0.75rem 1rem;
        background: var(--cds-layer-02);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

function standing({ ok, problems }: CrnReport): string {
  if (!ok) return 'wrong';
  return problems.length ? 'doubtful' : 'fine';
}

function verdict({ problems }: CrnReport) {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  return html`
    ${errors ? html`<cds-tag size="sm" type="red">${counted(errors, 'error')}</cds-tag>` : nothing}
    ${warnings ? html`<cds-tag size="sm" type="warm-gray">${counted(warnings, 'warning')}</cds-tag>` : nothing}
    ${problems.length ? nothing : html`<cds-tag size="sm" type="green">right</cds-tag>`}
  `;
}

function explained({ title, about, missing, pieces }: Segment) {
  const value = pieces.map(({ text }) => text).join('');
  return html`<div>
    <dt>${title}</dt>
    <dd>
      ${about} ${missing ? html`<span class="quiet">It is missing.</span>` : nothing}
      ${value ? html`<code>${value}</code>` : nothing}
    </dd>
  </div>`;
}

function segment({ title, hue, missing, pieces }: Segment, place: number) {
  const value = missing
    ? 'missing'
    : pieces.map(({ text, mark }) =>
        mark ? html`<mark class=${classMap({ [mark]: true, empty: text === '' })}>${text}</mark>` : text,
      );
  return html`<div class=${classMap({ [hue]: true, missing })}>
    <dt>${title ?? html`<span class="unseen">text</span>`}</dt>
    <dd class=${place > 0 ? 'colon' : ''}><span class="value">${value}</span></dd>
  </div>`;
}
