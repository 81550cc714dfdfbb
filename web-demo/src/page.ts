// The frame: what this is, the theme, the tabs.

import '@carbon/web-components/es/components/button/button.js';
import Asleep from '@carbon/icons/es/asleep/20.js';
import Light from '@carbon/icons/es/light/20.js';
import { LitElement, css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Account } from './account.js';
import { ready } from './engine.js';
import { sourcesOfDrop } from './files.js';
import { icon } from './icon.js';
import type { PlanView } from './plan-view.js';
import { shared } from './styles/shared.js';
import './tab-list.js';
import { chooseTheme, currentTheme, onSystemTheme } from './theme.js';
import { views } from './views.js';

@customElement('kmsguard-page')
export class Page extends LitElement {
  @state() private view = viewOfAddress();
  @state() private theme = currentTheme();
  @state() private failure = '';
  private readonly account = new Account();
  private forget = (): void => undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.follow);
    this.addEventListener('dragover', (event) => event.preventDefault());
    this.addEventListener('drop', (event) => void this.dropped(event));
    this.forget = onSystemTheme(() => (this.theme = currentTheme()));
    ready.catch((error: unknown) => (this.failure = String(error)));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.follow);
    this.forget();
  }

  private readonly follow = (): void => {
    this.view = viewOfAddress();
  };

  private select(event: CustomEvent<string>): void {
    this.view = event.detail;
    history.replaceState(null, '', `#${this.view}`);
  }

  /** From wherever a key is shown. */
  private async plan({ detail }: CustomEvent<string>): Promise<void> {
    this.view = 'plan';
    history.replaceState(null, '', '#plan');
    await this.updateComplete;
    await this.renderRoot.querySelector<PlanView>('plan-view')?.startWith(detail);
  }

  /** Beside the place for it. The browser alone would leave the page to show the file. */
  private async dropped(event: DragEvent): Promise<void> {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const sources = sourcesOfDrop(event.dataTransfer);
    this.view = 'account';
    await this.account.add(await sources);
  }

  private toggleTheme(): void {
    chooseTheme(currentTheme() === 'dark' ? 'light' : 'dark');
    this.theme = currentTheme();
  }

  override render() {
    const other = this.theme === 'dark' ? 'light' : 'dark';
    return html`
      <header>
        <a class="name" href="#crn"><strong>kmsguard</strong></a>
        <cds-button
          kind="ghost"
          size="lg"
          tooltip-text=${`Switch to ${other} theme`}
          tooltip-position="left"
          @click=${this.toggleTheme}
          >${icon(other === 'dark' ? Asleep : Light, 'icon')}</cds-button
        >
      </header>
      <main @plan-key=${this.plan}>
        <div class="lead">
          <h1>Know what a key holds up before you touch it</h1>
          <p>
            kmsguard reads what IBM Cloud exports. Everything happens inside this page: it has no connection, and it needs
            no credential.
          </p>
        </div>
        ${this.failure ? html`<p class="failure" role="alert">kmsguard could not start. ${this.failure}</p>` : ''}
        <tab-list label="Views" .tabs=${views} selected=${this.view} @tab-selected=${this.select}></tab-list>
        ${views.map(
          ({ id, title, content }) =>
            html`<div class="panel" role="tabpanel" aria-label=${title} ?hidden=${id !== this.view}>
              ${content(this.account)}
            </div>`,
        )}
      </main>
      <footer class="label">Reads exports only. Sends nothing. Apache-2.0.</footer>
    `;
  }

  static override styles = [
    shared,
    css`
      :host {
        min-block-size: 100vh;
        display: flex;
        flex-direction: column;
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        block-size: 3rem;
        background: var(--cds-layer-01);
        border-block-end: 1px solid var(--cds-border-subtle-01);
      }
      .name {
        display: flex;
        align-items: center;
        gap: 0.375rem;
        block-size: 100%;
        padding-inline: 1rem 2rem;
        color: inherit;
        text-decoration: none;
      }
      .name strong {
        font-weight: 600;
      }
      main {
        flex: 1;
        inline-size: 100%;
        max-inline-size: 82rem;
        margin-inline: auto;
        padding: 0 1rem 4rem;
      }
      .lead {
        padding-block: 2.5rem 2rem;
        max-inline-size: 44rem;
      }
      h1 {
        margin: 0 0 0.75rem;
        font-size: clamp(1.5rem, 1.2rem + 1.6vw, 2.25rem);
        font-weight: 400;
        line-height: 1.2;
        text-wrap: balance;
        letter-spacing: 0;
      }
      .lead p {
        font-size: 1rem;
        line-height: 1.5;
        color: var(--cds-text-secondary);
      }
      .panel {
        padding-block-start: 1.5rem;
      }
      .failure {
        margin-block-end: 1rem;
        padding: 0.875rem 1rem;
        border-inline-start: 3px solid var(--cds-support-error);
        background: var(--cds-layer-01);
      }
      footer {
        padding: 1rem;
        border-block-start: 1px solid var(--cds-border-subtle-01);
        text-align: center;
      }
      @media (min-width: 42rem) {
        main {
          padding-inline: 2rem;
        }
        .name {
          padding-inline-start: 2rem;
        }
      }
    `,
  ];
}

function viewOfAddress(): string {
  const asked = location.hash.slice(1);
  return views.some(({ id }) => id === asked) ? asked : views[0]!.id;
}
