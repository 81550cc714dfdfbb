// Where files come in: dropped, chosen, or the example.

import '@carbon/web-components/es/components/button/button.js';
import Document from '@carbon/icons/es/document--add/16.js';
import Folder from '@carbon/icons/es/folder--add/16.js';
import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { exampleSources } from './example.js';
import { sourcesOfDrop, sourcesOfInput } from './files.js';
import { icon } from './icon.js';
import { shared } from './styles/shared.js';
import type { Source } from './worker/questions.js';

/** `replace`: these alone, rather than beside what is there. */
export interface Given {
  sources: Source[];
  replace: boolean;
}

@customElement('drop-zone')
export class DropZone extends LitElement {
  /** Smaller, once something was read. */
  @property({ type: Boolean, reflect: true }) compact = false;
  @state() private over = false;
  @query('#files') private files!: HTMLInputElement;
  @query('#folder') private folder!: HTMLInputElement;

  private give(sources: Source[], replace = false): void {
    if (sources.length === 0) return;
    const detail: Given = { sources, replace };
    this.dispatchEvent(new CustomEvent('sources', { detail }));
  }

  private chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    if (input.files) this.give(sourcesOfInput(input.files));
    // The same files can be chosen again after they changed.
    input.value = '';
  }

  private hover(event: DragEvent): void {
    event.preventDefault();
    this.over = true;
  }

  private async dropped(event: DragEvent): Promise<void> {
    event.preventDefault();
    event.stopPropagation();
    this.over = false;
    if (event.dataTransfer) this.give(await sourcesOfDrop(event.dataTransfer));
  }

  override render() {
    const size = this.compact ? 'sm' : 'md';
    return html`
      <section
        class=${this.over ? 'over' : ''}
        aria-label="Exports"
        @dragenter=${this.hover}
        @dragover=${this.hover}
        @dragleave=${() => (this.over = false)}
        @drop=${this.dropped}
      >
        <h2>${this.compact ? 'Drop more exports here' : 'Drop exports here, files or a whole folder'}</h2>
        <p class="quiet" ?hidden=${this.compact}>
          JSON as the APIs answer it or as <code>ibmcloud … --output json</code> prints it. What a file is, is recognised
          from what it holds.
        </p>
        <div class="row">
          <cds-button size=${size} @click=${() => this.files.click()}>Choose files ${icon(Document, 'icon')}</cds-button>
          <cds-button size=${size} kind="tertiary" @click=${() => this.folder.click()}
            >Choose a folder ${icon(Folder, 'icon')}</cds-button
          >
          <cds-button size=${size} kind="ghost" @click=${() => this.give(exampleSources(), true)}>Load the example</cds-button>
        </div>
        <input id="files" type="file" multiple hidden @change=${this.chosen} />
        <input id="folder" type="file" webkitdirectory hidden @change=${this.chosen} />
      </section>
    `;
  }

  static override styles = [
    shared,
    css`
      section {
        display: grid;
        gap: 0.75rem;
        padding: 1.5rem 1rem;
        border: 1px dashed var(--cds-border-strong-01);
        background: var(--cds-layer-01);
      }
      section.over {
        border: 2px solid var(--cds-focus);
        padding: calc(1.5rem - 1px) calc(1rem - 1px);
        background: var(--cds-layer-hover-01);
      }
      .row {
        margin-block-start: 0.5rem;
      }
      @media (min-width: 42rem) {
        section {
          padding: 2rem;
        }
        section.over {
          padding: calc(2rem - 1px);
        }
        :host([compact]) section {
          grid-template-columns: 1fr auto;
          align-items: center;
          padding: 0.75rem 1rem;
        }
      }
      :host([compact]) h2 {
        font-size: 0.875rem;
      }
      :host([compact]) .row {
        margin: 0;
      }
    `,
  ];
}
