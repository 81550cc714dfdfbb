// The view of an account: what comes in, which key protects what, what is missing, what was found.

import '@carbon/web-components/es/components/button/button.js';
import type { FindingSeverity } from 'kmsguard/slim';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import './account-graph.js';
import type { Account, Read } from './account.js';
import './deployment-table.js';
import './drop-zone.js';
import type { Given } from './drop-zone.js';
import './finding-list.js';
import './gap-list.js';
import './impact-view.js';
import './inputs-table.js';
import './key-table.js';
import './migration-view.js';
import './reading-progress.js';
import './save-menu.js';
import { severities } from './severities.js';
import { severityStyles } from './severity.js';
import { shared } from './styles/shared.js';
import './tab-list.js';
import { counted } from './text.js';
import type { Overview } from './worker/questions.js';

@customElement('account-view')
export class AccountView extends LitElement {
  @property({ attribute: false }) account!: Account;
  @state() private shownPart = 'keys';
  @state() private only: FindingSeverity | undefined;

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

  private show(part: string, only?: FindingSeverity): void {
    this.only = only;
    this.shownPart = part;
  }

  override render() {
    const { progress, failure, read } = this.account;
    return html`
      <drop-zone ?compact=${read !== undefined} @sources=${this.take}></drop-zone>
      <reading-progress .progress=${progress} @given-up=${() => this.account.clear()}></reading-progress>
      ${failure ? html`<p class="failure" role="alert">These exports could not be read. ${failure}</p>` : nothing}
      ${read ? this.result(read) : nothing}
    `;
  }

  private result(read: Read) {
    const { overview } = read;
    const parts = partsOf(read, this.only);
    const selected = parts.find(({ id }) => id === this.shownPart) ?? parts[0];
    return html`
      <div class="head">
        <div>
          <h2 id="result" tabindex="-1">${headline(overview)}</h2>
          <p class="quiet">
            ${counted(overview.counts.inputs, 'file')}, as of <time datetime=${overview.now}>${moment(overview.now)}</time>
          </p>
        </div>
        <div class="row">
          <save-menu .read=${read}></save-menu>
          <cds-button size="sm" kind="ghost" @click=${() => this.account.clear()}>Clear</cds-button>
        </div>
      </div>
      ${this.found(overview)}
      <tab-list
        label="Parts of the answer"
        .tabs=${parts}
        selected=${selected?.id}
        @tab-selected=${(event: CustomEvent<string>) => this.show(event.detail)}
      ></tab-list>
      <div class="part" role="tabpanel" aria-label=${selected?.title}>${selected?.content()}</div>
    `;
  }

  /** What was found, in a line that leads to it. */
  private found({ findings, undetermined, bySeverity }: Overview) {
    const some = severities.filter((severity) => bySeverity[severity] > 0);
    return html`<div class="found row">
      <span>${findings ? counted(findings, 'finding') : 'No findings'}</span>
      ${some.map(
        (severity) => html`<button class="severity ${severity}" @click=${() => this.show('findings', severity)}>
          ${bySeverity[severity].toLocaleString('en')} ${severity}
        </button>`,
      )}
      ${undetermined
        ? // What could not be decided is no clean bill.
          html`<button class="undecided" @click=${() => this.show('findings')}>${counted(undetermined, 'rule')} not decided</button>`
        : nothing}
    </div>`;
  }

  static override styles = [
    shared,
    severityStyles,
    css`
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
        margin-block: 2.5rem 0.75rem;
      }
      #result {
        font-size: 1.75rem;
        line-height: 1.29;
        outline: none;
      }
      .found {
        margin-block-end: 1.5rem;
      }
      .found button {
        border: 0;
        font-family: inherit;
        min-block-size: 1.5rem;
        cursor: pointer;
      }
      .found button:hover {
        text-decoration: underline;
      }
      .found button:focus-visible {
        outline: 2px solid var(--cds-focus);
        outline-offset: 2px;
      }
      .undecided {
        padding: 0.125rem 0.5rem;
        background: none;
        outline: 1px dashed var(--cds-border-strong-01);
        outline-offset: -1px;
        color: inherit;
        font-size: 0.75rem;
      }
      .part {
        padding-block-start: 1rem;
      }
    `,
  ];
}

/** What can be looked at, each with how much there is of it. A new part is one entry here and one element. */
function partsOf(read: Read, only: FindingSeverity | undefined) {
  const { counts, findings, migration } = read.overview;
  return [
    part('keys', 'Keys', counts.keys, () => html`<key-table .read=${read}></key-table>`),
    part('gaps', 'Missing exports', counts.gaps, () => html`<gap-list .read=${read}></gap-list>`),
    part('findings', 'Findings', findings, () => html`<finding-list .read=${read} .only=${only}></finding-list>`),
    { id: 'graph', title: 'Graph', content: () => html`<account-graph .read=${read}></account-graph>` },
    { id: 'impact', title: 'What if', content: () => html`<impact-view .read=${read}></impact-view>` },
    ...(migration
      ? [
          part(
            'migration',
            'Migration',
            counts.migration,
            () => html`<migration-view .read=${read} .migration=${migration}></migration-view>`,
          ),
        ]
      : []),
    part('deployments', 'Deployments', counts.deployments, () => html`<deployment-table .read=${read}></deployment-table>`),
    part('files', 'Files', counts.inputs, () => html`<inputs-table .read=${read}></inputs-table>`),
  ];
}

function part(id: string, title: string, count: number, content: () => TemplateResult) {
  return { id, title: `${title} ${count.toLocaleString('en')}`, content };
}

function headline({ counts, shared, hasUses, outcome }: Overview): string {
  if (outcome === 'empty') return 'Nothing to read was found';
  if (counts.keys === 0 && outcome === 'incomplete') return 'Something could not be read';
  if (counts.keys === 0) return 'No list of keys was found';
  if (!hasUses) return `${counted(counts.keys, 'key')}, what they protect is not known`;
  if (shared === 0) return `${counted(counts.keys, 'key')}, none known to be shared`;
  return `${counted(counts.keys, 'key')}, ${shared.toLocaleString('en')} shared by several deployments`;
}

/** `2026-11-21T12:00:00Z` as `2026-11-21 12:00 UTC`. */
function moment(now: string): string {
  return `${now.slice(0, 10)} ${now.slice(11, 16)} UTC`;
}
