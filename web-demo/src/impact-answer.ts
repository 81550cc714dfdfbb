// The answer to "what breaks if": the verdict, why it is refused, who is hit, what happens when, what to run.

import type { AffectedResource, ImpactAnswer } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './command-box.js';
import { effectTag, verdictOf, worstFirst } from './effect.js';
import { pictureAddress } from './picture.js';
import { reasonList, sourceLink } from './reason-list.js';
import { resourceStyles, resourceTitle } from './resource-name.js';
import { severityStyles } from './severity.js';
import { shared } from './styles/shared.js';
import { counted, prose, sentence } from './text.js';

@customElement('impact-answer')
export class ImpactAnswerElement extends LitElement {
  @property({ attribute: false }) answer!: ImpactAnswer;
  /** What happens when, drawn: SVG, or nothing. */
  @property() picture = '';

  override render() {
    const { verdict, if_forced: forced, affected, blockers, timeline, commands, unknown } = this.answer;
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
            ${unknown.map(
              ({ why, command, role }) => html`<div class="unknown">
                <p>${prose(sentence(why))}</p>
                ${command
                  ? html`<command-box .text=${role ? `needs no more than ${role}` : ''} .command=${command}></command-box>`
                  : nothing}
              </div>`,
            )}
          </article>`
        : nothing}
      ${timeline.length
        ? html`<article>
            <h3>${forced ? 'What happens when, with force' : 'What happens when'}</h3>
            <ol>
              ${timeline.map(
                ({ at, event, source }) => html`<li>
                  <time class="mono" datetime=${at}>${at.slice(0, 16).replace('T', ' ')}</time>
                  <span>${prose(event)} <span class="quiet">(${sourceLink(source)})</span></span>
                </li>`,
              )}
            </ol>
            ${this.picture
              ? html`<details>
                  <summary>As a picture</summary>
                  <img src=${pictureAddress(this.picture)} alt="What happens when, as the list above tells it" />
                </details>`
              : nothing}
          </article>`
        : nothing}
      ${commands.length
        ? html`<article>
            <h3>Commands</h3>
            ${commands.map(({ text, command }) => html`<command-box .text=${text} .command=${command}></command-box>`)}
          </article>`
        : nothing}
    `;
  }

  private affected(resources: readonly AffectedResource[]) {
    if (resources.length === 0) return nothing;
    return html`<div>
      <h4>${counted(resources.length, 'resource')}</h4>
      <ul class="affected">
        ${worstFirst(resources).map((resource) => this.resource(resource))}
      </ul>
    </div>`;
  }

  private resource({ resource, deployment, effect, certainty, since, undo, recoverable_until, because }: AffectedResource) {
    const { labels } = this.answer;
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
      summary {
        cursor: pointer;
        inline-size: fit-content;
        color: var(--cds-link-primary);
      }
      ol {
        display: grid;
        gap: 0.75rem;
      }
      ol li {
        display: grid;
        grid-template-columns: 10rem minmax(0, 1fr);
        gap: 0 1rem;
      }
      img {
        display: block;
        max-inline-size: 100%;
        margin-block-start: 0.75rem;
        background: #ffffff;
      }
      .unknown {
        display: grid;
        gap: 0.5rem;
      }
      @media (max-width: 42rem) {
        ol li {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];
}
