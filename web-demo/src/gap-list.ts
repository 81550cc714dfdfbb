// What was not exported, and the command that exports it.

import type { GapReport } from 'kmsguard/slim';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Read } from './account.js';
import './command-box.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { prose, sentence } from './text.js';
import { VirtualTable, virtualTableStyles } from './virtual-table.js';

@customElement('gap-list')
export class GapList extends LitElement {
  @property({ attribute: false }) read!: Read;
  readonly #table = new VirtualTable(this, 'gaps', 'gaps');

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('read')) this.#table.take(this.read.reader, this.read.overview.counts.gaps);
  }

  override render() {
    const table = this.#table;
    if (table.isEmpty) return html`<p class="none">No gap is known.</p>`;
    return html`${table.search()}
      <table aria-label="Missing exports" aria-rowcount=${table.rowCount}>
        <thead>
          <tr>
            <th scope="col" class="what">Missing</th>
            <th scope="col">Why it matters</th>
            <th scope="col" class="wide">The command that exports it</th>
          </tr>
        </thead>
        <tbody>
          ${table.rows(3, (gap) => this.cells(gap))}
        </tbody>
      </table>`;
  }

  private cells({ what, why, account, instance, command, role }: GapReport) {
    const of = instance ?? account;
    return html`<td data-column="Missing">
        <p class="mono">${what}</p>
        ${of ? html`<p class="mono quiet of">${of}</p>` : nothing}
      </td>
      <td data-column="Why it matters">${prose(sentence(why))}</td>
      <td data-column="The command that exports it">
        ${command
          ? html`<command-box .text=${role ? `needs no more than ${role}` : ''} .command=${command}></command-box>`
          : nothing}
      </td>`;
  }

  static override styles = [
    shared,
    fieldStyles,
    virtualTableStyles,
    css`
      .of {
        font-size: 0.75rem;
      }
      @media (min-width: 42rem) {
        .what {
          inline-size: 24%;
        }
        .wide {
          inline-size: 42%;
        }
      }
    `,
  ];
}
