// The answer to "what breaks if": the verdict, why it is refused, who is hit, what happens when, what to run.

import type { AffectedResource, Ordering, OrderStepReport, OrderVerdict, TimelineEvent } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './command-box.js';
import { effectTag } from './effect-tag.js';
import { verdictOf } from './effects.js';
import { shortName } from './names.js';
import { pictureAddress } from './picture.js';
import { reasonList, sourceLink } from './reason-list.js';
import { resourceStyles, resourceTitle } from './resource-name.js';
import { severityStyles } from './severity.js';
import { minute, stepList, stepStyles, unknownList } from './step-list.js';
import { shared } from './styles/shared.js';
import './untangling-report.js';
import { counted, prose } from './text.js';
import type { ImpactSaid } from './worker/questions.js';

const orderTitles: Record<OrderVerdict, string> = {
  safe: 'A safe order',
  unknown: 'An order, not known to be safe',
  none: 'There is no safe order',
};

@customElement('impact-answer')
export class ImpactAnswerElement extends LitElement {
  @property({ attribute: false }) said!: ImpactSaid;

  override render() {
    const { verdict, if_forced: forced, affected, blockers, timeline, commands, unknown, order, ordering, untangling = [], labels } = this.said.answer;
    const { title, severity } = verdictOf(verdict);
    return html`
      <article class=${severity}>
        <h3 class="verdict">${title}</h3>
        ${blockers.length ? reasonList(blockers) : nothing}
        ${forced ? nothing : this.affected(affected)}
      </article>
      ${forced
        ? html`<article class=${verdictOf(forced.verdict).severity}>
            <h3 class="verdict">With force: ${verdictOf(forced.verdict).title.toLowerCase()}</h3>
            ${this.affected(forced.affected)}
          </article>`
        : nothing}
      ${unknown.length
        ? html`<article class="low">
            <h3>Not known</h3>
            ${unknownList(unknown)}
          </article>`
        : nothing}
      ${timeline.length ? this.timeline(timeline, forced !== undefined) : nothing}
      ${untangling.map(
        (report) => html`<article><untangling-report .report=${report} .labels=${labels}></untangling-report></article>`,
      )}
      ${order || ordering ? this.order(order ?? [], ordering) : nothing}
      ${commands.length
        ? html`<article>
            <h3>Commands</h3>
            ${commands.map(({ text, command }) => html`<command-box .text=${text} .command=${command}></command-box>`)}
          </article>`
        : nothing}
    `;
  }

  private timeline(events: readonly TimelineEvent[], isForced: boolean) {
    return html`<article>
      <h3>${isForced ? 'What happens when, with force' : 'What happens when'}</h3>
      <ol class="timeline">
        ${events.map(
          ({ at, event, kind, subject, source }) => html`<li>
            <time class="mono" datetime=${at}>${minute(at)}</time>
            <div>
              <p>${prose(event)} <span class="quiet">(${sourceLink(source)})</span></p>
              <p class="label"><span class="mono">${kind}</span> ${subject ? this.subject(subject) : nothing}</p>
            </div>
          </li>`,
        )}
      </ol>
      ${this.said.picture
        ? html`<details>
            <summary>As a picture</summary>
            <img src=${pictureAddress(this.said.picture)} alt="What happens when, as the list above tells it" />
          </details>`
        : nothing}
    </article>`;
  }

  private subject(crn: string) {
    return html`· <span title=${crn}>${shortName(crn, this.said.answer.labels)}</span>`;
  }

  private order(steps: readonly OrderStepReport[], ordering: Ordering | undefined) {
    return html`<article>
      <h3>${ordering ? orderTitles[ordering.verdict] : 'A safe order'}</h3>
      ${ordering?.because.length ? reasonList(ordering.because) : nothing} ${stepList(steps)} ${unknownList(ordering?.unknown ?? [])}
    </article>`;
  }

  private affected(resources: readonly AffectedResource[]) {
    if (resources.length === 0) return nothing;
    return html`<div>
      <h4>${counted(resources.length + this.said.leftOut, 'resource')}</h4>
      <ul class="affected">
        ${resources.map((resource) => this.resource(resource))}
      </ul>
      ${this.said.leftOut ? html`<p class="label">${this.said.leftOut.toLocaleString('en')} more are left out here.</p>` : nothing}
    </div>`;
  }

  private resource({ resource, deployment, effect, certainty, since, undo, recoverable_until, because }: AffectedResource) {
    const { labels } = this.said.answer;
    return html`<li>
      <div class="row">
        ${effectTag(effect)} ${resourceTitle(deployment, labels)}
        <span class="quiet">${certainty === 'possible' ? 'possibly, ' : ''}${since}</span>
      </div>
      <p class="mono quiet crn">${resource}</p>
      ${undo
        ? html`<p>
            Undone by <code>${undo}</code>${recoverable_until
              ? html`, until <time datetime=${recoverable_until}>${recoverable_until.slice(0, 10)}</time>`
              : nothing}
          </p>`
        : nothing}
      <details>
        <summary>Why<span class="unseen"> ${deployment}</span></summary>
        ${reasonList(because)}
      </details>
    </li>`;
  }

  static override styles = [
    shared,
    severityStyles,
    resourceStyles,
    stepStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      article {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
        padding: 1rem;
        background: var(--cds-layer-01);
        border-inline-start: 3px solid var(--severity, var(--cds-border-subtle-01));
      }
      article.fine {
        --severity: var(--cds-support-success);
      }
      .verdict {
        font-size: 1.25rem;
        font-weight: 400;
      }
      h4 {
        color: var(--cds-text-secondary);
        font-weight: 400;
        font-size: 0.75rem;
        margin-block-end: 0.5rem;
      }
      .affected > li {
        display: grid;
        gap: 0.25rem;
        padding-block: 0.75rem;
        border-block-start: 1px solid var(--cds-border-subtle-01);
        overflow-wrap: anywhere;
      }
      .reasons {
        display: grid;
        gap: 0.25rem;
        padding-inline-start: 1.25rem;
        list-style: disc;
        overflow-wrap: anywhere;
        max-inline-size: 60rem;
      }
      details .reasons {
        margin-block-start: 0.5rem;
      }
      .seen {
        display: block;
        font-size: 0.75rem;
      }
      ol {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
      }
      .timeline {
        gap: 0;
      }
      .timeline li {
        display: grid;
        grid-template-columns: 9rem minmax(0, 1fr);
        gap: 0 2rem;
        position: relative;
        padding-block-end: 1rem;
      }
      /* A dot for each, on a line from the first to the last. */
      .timeline li::before,
      .timeline li:not(:last-child)::after {
        content: '';
        position: absolute;
        inset-inline-start: 10rem;
        background: var(--cds-border-strong-01);
      }
      .timeline li::before {
        inset-block-start: 0.375rem;
        inline-size: 0.5rem;
        block-size: 0.5rem;
        margin-inline-start: -0.25rem;
        border-radius: 50%;
      }
      .timeline li:not(:last-child)::after {
        inset-block: 1rem -0.25rem;
        inline-size: 1px;
        margin-inline-start: -0.5px;
      }
      .timeline li > * {
        overflow-wrap: anywhere;
      }
      img {
        display: block;
        max-inline-size: 100%;
        margin-block-start: 0.75rem;
        background: #ffffff;
      }
      @media (max-width: 42rem) {
        .timeline li {
          grid-template-columns: minmax(0, 1fr);
          padding-inline-start: 1.25rem;
        }
        .timeline li::before,
        .timeline li:not(:last-child)::after {
          inset-inline-start: 0.25rem;
        }
      }
    `,
  ];
}
