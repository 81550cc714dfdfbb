// What the exports say of a plan, check by check: what stands in its way first.

import CheckmarkFilled from '@carbon/icons/es/checkmark--filled/16.js';
import ErrorFilled from '@carbon/icons/es/error--filled/16.js';
import HelpFilled from '@carbon/icons/es/help--filled/16.js';
import WarningAltFilled from '@carbon/icons/es/warning--alt--filled/16.js';
import type { CheckReport, PreflightReport, Standing } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './command-box.js';
import { icon, type Icon } from './icon.js';
import { sourceLink } from './reason-list.js';
import { shortName } from './names.js';
import { shared } from './styles/shared.js';
import { counted, prose, sentence } from './text.js';

const standings: Record<Standing, { drawing: Icon; said: string }> = {
  bad: { drawing: ErrorFilled, said: 'In the way' },
  unknown: { drawing: HelpFilled, said: 'Not known' },
  caution: { drawing: WarningAltFilled, said: 'To be looked at' },
  fine: { drawing: CheckmarkFilled, said: 'As it should be' },
};
const worstFirst = Object.keys(standings);

@customElement('preflight-list')
export class PreflightList extends LitElement {
  @property({ attribute: false }) report!: PreflightReport;

  override render() {
    const { checks, inputs } = this.report;
    const sorted = checks.toSorted((first, second) => worstFirst.indexOf(first.standing) - worstFirst.indexOf(second.standing));
    return html`<section aria-labelledby="title">
      <h3 id="title">By the exports <span class="quiet">${counted(inputs.length, 'file')}</span></h3>
      <ul>
        ${sorted.map((check) => this.check(check))}
      </ul>
    </section>`;
  }

  private check({ standing, text, key, resources, evidence, unknown, source }: CheckReport) {
    const { drawing, said } = standings[standing];
    const { labels } = this.report;
    return html`<li class=${standing}>
      ${icon(drawing)}
      <div>
        <p>
          <span class="unseen">${said}:</span> ${prose(sentence(text))}
          ${source ? html`<span class="quiet">(${sourceLink(source)})</span>` : nothing}
        </p>
        ${key ? html`<p class="quiet">Key <span title=${key}>${shortName(key, labels)}</span></p>` : nothing}
        ${resources.length
          ? html`<p class="quiet">${resources.map((crn, place) => html`${place ? ', ' : ''}${shortName(crn, labels)}`)}</p>`
          : nothing}
        ${evidence.length
          ? html`<details>
              <summary>Where it was read</summary>
              <ul class="mono quiet">
                ${evidence.map(({ input, line, pointer }) => html`<li>${input}:${line} ${pointer}</li>`)}
              </ul>
            </details>`
          : nothing}
        ${unknown.map(
          ({ why, command, role }) => html`<div class="need">
            <p>${prose(sentence(why))}</p>
            ${command
              ? html`<command-box .text=${role ? `needs no more than ${role}` : ''} .command=${command}></command-box>`
              : nothing}
          </div>`,
        )}
      </div>
    </li>`;
  }

  static override styles = [
    shared,
    css`
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
        padding: 1rem;
        background: var(--cds-layer-01);
      }
      h3 .quiet {
        font-weight: 400;
        font-size: 0.875rem;
      }
      section > ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
      }
      section > ul > li {
        display: flex;
        gap: 0.75rem;
      }
      li > .icon {
        margin-block-start: 0.125rem;
      }
      li > div {
        flex: 1;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.25rem;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      .bad > .icon {
        color: var(--cds-support-error);
      }
      .caution > .icon {
        color: var(--cds-support-warning);
      }
      .unknown > .icon {
        color: var(--cds-text-secondary);
      }
      .fine > .icon {
        color: var(--cds-support-success);
      }
      .need {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.25rem;
      }
      summary {
        cursor: pointer;
        inline-size: fit-content;
        color: var(--cds-link-primary);
      }
      details ul {
        font-size: 0.75rem;
      }
    `,
  ];
}
