// Tabs as the ARIA practices have them: one stop for the tab key, arrows to move, and the view follows.
// Carbon's own tabs put a `listitem` between the list and the tab, which screen readers do not get past.

import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from './styles/shared.js';

export interface Tab {
  id: string;
  title: string;
}

@customElement('tab-list')
export class TabList extends LitElement {
  @property({ attribute: false }) tabs: readonly Tab[] = [];
  @property() selected = '';
  @property() label = '';

  private select(id: string): void {
    this.selected = id;
    this.dispatchEvent(new CustomEvent<string>('tab-selected', { detail: id }));
  }

  private async move(event: KeyboardEvent): Promise<void> {
    const last = this.tabs.length - 1;
    const at = this.tabs.findIndex(({ id }) => id === this.selected);
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    const tab = to === undefined ? undefined : this.tabs[to];
    if (!tab) return;
    event.preventDefault();
    this.select(tab.id);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }

  /** On a narrow screen the tabs are wider than it: the chosen one is in sight. */
  protected override updated(): void {
    const list = this.renderRoot.querySelector('[role=tablist]');
    const tab = list?.querySelector<HTMLElement>('[aria-selected=true]');
    if (!list || !tab) return;
    const [from, to] = [tab.offsetLeft - list.scrollLeft, tab.offsetLeft + tab.offsetWidth - list.scrollLeft - list.clientWidth];
    if (from < 0) list.scrollLeft += from;
    else if (to > 0) list.scrollLeft += to;
  }

  override render() {
    return html`<div role="tablist" aria-label=${this.label} @keydown=${this.move}>
      ${this.tabs.map(({ id, title }) => {
        const isSelected = id === this.selected;
        return html`<button
          role="tab"
          aria-selected=${isSelected ? 'true' : 'false'}
          tabindex=${isSelected ? 0 : -1}
          @click=${() => this.select(id)}
        >
          ${title}
        </button>`;
      })}
    </div>`;
  }

  static override styles = [
    shared,
    css`
      div {
        position: relative;
        display: flex;
        overflow-x: auto;
        border-block-end: 1px solid var(--cds-border-subtle-01);
      }
      button {
        appearance: none;
        flex: none;
        min-inline-size: 7rem;
        padding: 0.6875rem 1rem;
        border: 0;
        border-block-end: 2px solid transparent;
        margin-block-end: -1px;
        background: none;
        color: var(--cds-text-secondary);
        font: inherit;
        text-align: start;
        cursor: pointer;
      }
      @media (max-width: 42rem) {
        button {
          min-inline-size: 0;
        }
      }
      button:hover {
        color: var(--cds-text-primary);
        border-block-end-color: var(--cds-border-strong-01);
      }
      button[aria-selected='true'] {
        color: var(--cds-text-primary);
        font-weight: 600;
        border-block-end-color: var(--cds-border-interactive);
      }
      button:focus-visible {
        outline: 2px solid var(--cds-focus);
        outline-offset: -2px;
      }
    `,
  ];
}
