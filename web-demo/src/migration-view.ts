// The way from Hyper Protect Crypto Services to Key Protect Dedicated: the days left, and each key with what comes next.

import '@carbon/web-components/es/components/tag/tag.js';
import type { MigrationRow, Readiness } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Read } from './account.js';
import './command-box.js';
import './problem-list.js';
import { sourceLink } from './reason-list.js';
import { resourceName, resourceStyles } from './resource-name.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { counted, prose, sentence } from './text.js';
import { VirtualTable, virtualTableStyles } from './virtual-table.js';
import type { Labels, Overview } from './worker/questions.js';

const standings: Record<Readiness, { title: string; type: string }> = {
  moved: { title: 'moved', type: 'green' },
  ready: { title: 'ready', type: 'green' },
  unknown: { title: 'not known', type: 'gray' },
  'not-ready': { title: 'not ready', type: 'red' },
};

@customElement('migration-view')
export class MigrationView extends LitElement {
  @property({ attribute: false }) read!: Read;
  @property({ attribute: false }) migration!: NonNullable<Overview['migration']>;
  readonly #table = new VirtualTable(this, 'migration', 'keys');

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('read')) this.#table.take(this.read.reader, this.read.overview.counts.migration);
  }

  override render() {
    const { deadline, summary, steps, scope } = this.migration;
    const { keys, moved, ready, unknown, not_ready: notReady } = summary;
    const table = this.#table;
    const left = deadline.days_left < 0 ? 'It has ended.' : `${counted(deadline.days_left, 'day')} left.`;
    return html`
      <div>
        <h3>Hyper Protect Crypto Services ends on <time datetime=${deadline.date}>${deadline.date}</time>. ${left}</h3>
        <p class="quiet">
          ${sourceLink(deadline.source)}; another page says ${deadline.also.date} (${sourceLink(deadline.also.source)}).
        </p>
      </div>
      <p>
        ${counted(keys, 'key')} to move: ${moved} moved, ${ready} ready, ${notReady} not ready, ${unknown} not known.
      </p>
      ${table.search()}
      <table aria-label="Keys to move" aria-rowcount=${table.rowCount}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Standing</th>
            <th scope="col">To</th>
            <th scope="col">Used by</th>
            <th scope="col">Next</th>
          </tr>
        </thead>
        <tbody>
          ${table.rows(5, (row, labels) => this.cells(row, labels))}
        </tbody>
      </table>
      ${steps.length
        ? html`<section>
            <h3>The way ahead</h3>
            <ol>
              ${steps.map(
                ({ text, keys, command, source, not_before }) => html`<li>
                  <p>
                    ${prose(sentence(text))}
                    <span class="quiet">${counted(keys, 'key')}${not_before ? `, not before ${not_before.slice(0, 10)}` : ''}</span>
                    <span class="quiet">(${sourceLink(source)})</span>
                  </p>
                  <command-box .command=${command.command}></command-box>
                </li>`,
              )}
            </ol>
          </section>`
        : nothing}
      <section>
        <h3>What no export shows</h3>
        <ul>
          ${scope.not_seen.map(
            ({ usage, how_to_check, source }) => html`<li>
              <p>${prose(sentence(usage))}</p>
              <p class="quiet">${prose(sentence(how_to_check))} (${sourceLink(source)})</p>
            </li>`,
          )}
        </ul>
      </section>
    `;
  }

  private cells({ source_key, target_key, readiness, associations, problems, next }: MigrationRow, labels: Labels) {
    const { title, type } = standings[readiness];
    return html`<td data-column="Key">${resourceName(source_key, labels)}</td>
      <td data-column="Standing"><cds-tag size="sm" type=${type}>${title}</cds-tag></td>
      <td data-column="To">${target_key ? resourceName(target_key, labels) : html`<span class="quiet">not named</span>`}</td>
      <td data-column="Used by">${counted(associations.length, 'resource')}</td>
      <td data-column="Next">
        <p>${prose(sentence(next.action))}${next.not_before ? html`, not before ${next.not_before.slice(0, 10)}` : nothing}</p>
        ${next.command ? html`<code>${next.command}</code>` : nothing}
        ${problems.length
          ? html`<details>
              <summary>${counted(problems.length, 'problem')}<span class="unseen"> of ${source_key}</span></summary>
              <problem-list .problems=${problems}></problem-list>
            </details>`
          : nothing}
      </td>`;
  }

  static override styles = [
    shared,
    resourceStyles,
    fieldStyles,
    virtualTableStyles,
    css`
      :host,
      section,
      ol,
      ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      h3 {
        overflow-wrap: anywhere;
      }
      ol > li,
      section > ul > li {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.5rem;
        padding: 1rem;
        background: var(--cds-layer-01);
      }
      section {
        margin-block-start: 1rem;
      }
      summary {
        cursor: pointer;
        inline-size: fit-content;
        color: var(--cds-link-primary);
      }
      problem-list {
        margin-block-start: 0.5rem;
      }
      @media (min-width: 42rem) {
        th:nth-child(1),
        th:nth-child(3),
        th:nth-child(5) {
          inline-size: 27%;
        }
      }
    `,
  ];
}
