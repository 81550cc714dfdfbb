// The view of an account: what comes in, what was found, what could not be decided, what was read.

import '@carbon/web-components/es/components/button/button.js';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import './account-graph.js';
import type { Account } from './account.js';
import type { AuditAnswer, InventoryAnswer } from 'kmsguard/slim';
import './drop-zone.js';
import type { Given } from './drop-zone.js';
import './deployment-table.js';
import './finding-list.js';
import './gap-list.js';
import './impact-view.js';
import './inputs-table.js';
import './key-table.js';
import './migration-view.js';
import './save-menu.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';
import './tab-list.js';

@customElement('account-view')
export class AccountView extends LitElement {
  @property({ attribute: false }) account!: Account;
  @state() private shownPart = 'findings';

  private readonly changed = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.account.addEventListener('change', this.changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.account.removeEventListener('change', this.changed);
  }

  private async take({ detail }: CustomEvent<Given>): Promise<void> {
    await (detail.replace ? this.account.replace(detail.sources) : this.account.add(detail.sources));
    await this.updateComplete;
    // Whoever reads with the ears is led to what came out.
    this.renderRoot.querySelector<HTMLElement>('#result')?.focus({ preventScroll: true });
  }

  override render() {
    const { audit, tables, busy, failure } = this.account;
    return html`
      <drop-zone ?compact=${audit !== undefined} @sources=${this.take}></drop-zone>
      <p class="busy" role="status">${busy}</p>
      ${failure ? html`<p class="failure" role="alert">These exports could not be read. ${failure}</p>` : nothing}
      ${audit && tables ? this.result(audit, tables) : nothing}
    `;
  }

  private result(audit: AuditAnswer, tables: InventoryAnswer) {
    const parts = partsOf(audit, tables, this.account);
    const selected = parts.find(({ id }) => id === this.shownPart) ?? parts[0];
    return html`
      <div class="head">
        <div>
          <h2 id="result" tabindex="-1">${headline(audit)}</h2>
          <p class="quiet">
            ${counted(audit.inputs.length, 'file')}, as of <time datetime=${audit.now}>${moment(audit.now)}</time>
          </p>
        </div>
        <div class="row">
          <save-menu .inventory=${this.account.inventory} .now=${audit.now}></save-menu>
          <cds-button size="sm" kind="ghost" @click=${() => this.account.clear()}>Clear</cds-button>
        </div>
      </div>
      <tab-list
        label="Parts of the answer"
        .tabs=${parts}
        selected=${selected?.id}
        @tab-selected=${(event: CustomEvent<string>) => (this.shownPart = event.detail)}
      ></tab-list>
      <div class="part" role="tabpanel" aria-label=${selected?.title}>${selected?.content()}</div>
    `;
  }

  static override styles = [
    shared,
    css`
      .busy:not(:empty) {
        margin-block-start: 1rem;
      }
      .failure {
        margin-block-start: 1rem;
        padding: 0.875rem 1rem;
        border-inline-start: 3px solid var(--cds-support-error);
        background: var(--cds-layer-01);
        overflow-wrap: anywhere;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: flex-end;
        gap: 1rem;
        margin-block: 2.5rem 1rem;
      }
      #result {
        font-size: 1.75rem;
        line-height: 1.29;
        outline: none;
      }
      .part {
        padding-block-start: 1rem;
      }
    `,
  ];
}

/** What can be looked at, each with how much there is of it. A new part is one entry here and one element. */
function partsOf(audit: AuditAnswer, tables: InventoryAnswer, { inventory, migration }: Account) {
  const { findings, inputs, problems } = audit;
  return [
    part('findings', 'Findings', findings.length, () => html`<finding-list .audit=${audit}></finding-list>`),
    part('keys', 'Keys', tables.keys.length, () => html`<key-table .inventory=${tables}></key-table>`),
    {
      id: 'impact',
      title: 'What if',
      content: () => html`<impact-view .inventory=${inventory} .tables=${tables}></impact-view>`,
    },
    {
      id: 'graph',
      title: 'Graph',
      content: () => html`<account-graph .inventory=${inventory} .now=${audit.now}></account-graph>`,
    },
    part(
      'deployments',
      'Deployments',
      tables.deployments.length,
      () => html`<deployment-table .inventory=${tables}></deployment-table>`,
    ),
    ...(migration?.rows.length
      ? [part('migration', 'Migration', migration.rows.length, () => html`<migration-view .answer=${migration}></migration-view>`)]
      : []),
    part('gaps', 'Missing exports', tables.gaps.length, () => html`<gap-list .gaps=${tables.gaps}></gap-list>`),
    part(
      'files',
      'Files',
      inputs.length,
      () => html`<inputs-table .inputs=${inputs} .problems=${problems}></inputs-table>`,
    ),
  ];
}

function part(id: string, title: string, count: number, content: () => TemplateResult) {
  return { id, title: `${title} ${count.toLocaleString('en')}`, content };
}

function headline({ findings, undetermined, outcome }: AuditAnswer): string {
  if (outcome === 'empty') return 'Nothing to read was found';
  if (findings.length === 0 && outcome === 'incomplete') return 'Something could not be read';
  const found = findings.length === 0 ? 'No findings' : counted(findings.length, 'finding');
  // What could not be decided is no clean bill.
  return undetermined.length === 0 ? found : `${found}, ${counted(undetermined.length, 'rule')} not decided`;
}

/** `2026-11-21T12:00:00Z` as `2026-11-21 12:00 UTC`. */
function moment(now: string): string {
  return `${now.slice(0, 10)} ${now.slice(11, 16)} UTC`;
}
