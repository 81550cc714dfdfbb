// Deployments, keys and authorizations as a picture: what hangs on what.

import type { Inventory } from 'kmsguard/slim';
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { pictureAddress } from './picture.js';
import { shared } from './styles/shared.js';

@customElement('account-graph')
export class AccountGraph extends LitElement {
  @property({ attribute: false }) inventory!: Inventory;
  /** The moment of the answers on the page. */
  @property() now = '';
  #address = '';

  protected override willUpdate(): void {
    this.#address = pictureAddress(this.inventory.report('audit', 'svg', { now: this.now }));
  }

  override render() {
    return html`
      <p class="quiet">What hangs on what, with the findings. Keys and Deployments tell the same in words; it can be saved as SVG or Mermaid.</p>
      <div tabindex="0" role="group" aria-label="Graph">
        <img src=${this.#address} alt="Deployments, the keys they use, and the authorizations between them" />
      </div>
    `;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      div {
        overflow: auto;
        max-block-size: 80vh;
        background: #ffffff;
      }
      div:focus-visible {
        outline: 2px solid var(--cds-focus);
      }
      img {
        display: block;
        margin: 1rem;
      }
    `,
  ];
}
