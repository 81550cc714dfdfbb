// What hangs on what: deployments, keys and authorizations in three columns. A node is asked about where it stands: what breaks if it
// goes lights up in the graph, and is told beside it.

import '@carbon/web-components/es/components/button/button.js';
import type { ActionKind } from 'kmsguard/slim';
import { LitElement, html, nothing, render, svg } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Read } from './account.js';
import { effectOf, verdictOf } from './effects.js';
import { edgePath, neighbours } from './graph-drawing.js';
import { graphStyles } from './graph-styles.js';
import { actionOrder } from './impact-actions.js';
import './impact-answer.js';
import { severityStyles } from './severity.js';
import { fieldStyles } from './styles/field.js';
import { shared } from './styles/shared.js';
import { counted } from './text.js';
import type { Column, Graph, GraphEdge, GraphNode, Scope } from './worker/graph.js';
import type { ImpactSaid, Target } from './worker/questions.js';

const columns: readonly { id: Column; title: string }[] = [
  { id: 'deployments', title: 'Deployments' },
  { id: 'keys', title: 'Keys' },
  { id: 'policies', title: 'Authorizations' },
];

/** What was asked of a node, and what came out. */
interface Asked {
  action: ActionKind;
  said: ImpactSaid;
}

@customElement('account-graph')
export class AccountGraph extends LitElement {
  @property({ attribute: false }) read!: Read;
  @state() private graph: Graph | undefined;
  @state() private selected: GraphNode | undefined;
  @state() private asked: Asked | undefined;
  @state() private failure = '';
  @state() private offered: readonly Target[] = [];
  @query('.graph') private frame!: HTMLElement | null;
  @query('svg') private lines!: SVGSVGElement | null;
  readonly #resized = new ResizeObserver(() => this.draw());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('read')) void this.open({});
  }

  protected override updated(): void {
    if (this.frame) this.#resized.observe(this.frame);
    this.draw();
  }

  private async open(scope: Scope): Promise<void> {
    const graph = await this.read.reader.ask('graph', { scope });
    this.graph = graph;
    this.asked = undefined;
    // A key that is shown by itself is what is talked about.
    this.selected = scope.key === undefined ? undefined : graph.columns.keys.find(({ target }) => target === scope.key);
  }

  private choose(node: GraphNode): void {
    if (node.opens && node.actions.length === 0) return void this.open(node.opens);
    this.asked = undefined;
    this.failure = '';
    this.selected = this.selected?.id === node.id ? undefined : node;
  }

  private async ask(action: ActionKind, node: GraphNode): Promise<void> {
    const actions = [{ kind: action, target: node.target ?? '' }];
    try {
      const said = await this.read.reader.ask('impact', { actions, force: false, order: false });
      if (this.selected?.id === node.id) this.asked = { action, said };
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  private async offer(words: string): Promise<void> {
    this.offered = (await this.read.reader.ask('targets', { action: 'delete-key', words })).targets.slice(0, 50);
  }

  override render() {
    const { graph } = this;
    if (!graph) return nothing;
    const { keys, deployments } = graph.columns;
    if (keys.length + deployments.length === 0) return html`<p class="none">No list of keys was among what was read.</p>`;
    return html`
      <div class="tools">
        <nav aria-label="What is shown">
          ${graph.trail.map(({ title, scope }, place) =>
            place === graph.trail.length - 1
              ? html`<span aria-current="true">${title}</span>`
              : html`<button @click=${() => this.open(scope)}>${title}</button><span aria-hidden="true">/</span>`,
          )}
        </nav>
        <div class="field find">
          <label class="label" for="find">Show one key</label>
          <input
            id="find"
            type="text"
            list="keys"
            autocomplete="off"
            spellcheck="false"
            @focus=${() => this.offer('')}
            @input=${(event: Event) => this.find((event.target as HTMLInputElement).value)}
          />
          <datalist id="keys">${this.offered.map(({ value, title }) => html`<option value=${value}>${title}</option>`)}</datalist>
        </div>
      </div>
      <div class="split">
        <div class="graph" tabindex="0" role="group" aria-label="Graph">
          <svg aria-hidden="true"></svg>
          ${columns.map(({ id, title }) => this.column(graph, id, title))}
        </div>
        <aside aria-label="About the chosen node">${this.about(graph)}</aside>
      </div>
    `;
  }

  private async find(text: string): Promise<void> {
    if (text.startsWith('crn:')) await this.open({ key: text });
    else await this.offer(text);
  }

  private column({ columns, hasPolicies }: Graph, id: Column, title: string) {
    return html`<section class=${id}>
      <h3>${title}</h3>
      ${id === 'policies' && !hasPolicies
        ? html`<p class="quiet hint">Show one key to see which authorizations let its deployments use it.</p>`
        : nothing}
      <ul>
        ${repeat(
          columns[id],
          (node) => node.id,
          (node) => html`<li>${this.node(node)}</li>`,
        )}
      </ul>
    </section>`;
  }

  private node(node: GraphNode) {
    const { id, title, detail, count, isShared, worst, opens, actions } = node;
    const lit = this.asked?.said.lit[id];
    const isSelected = this.selected?.id === id;
    const near = this.selected && this.graph ? neighbours(this.selected.id, this.graph.edges) : undefined;
    const isFar = near !== undefined && !isSelected && (this.asked ? !lit : !near.has(id));
    const effect = lit ? effectOf(lit.effect) : undefined;
    const classes = ['node', effect?.severity ?? '', lit ? 'lit' : '', isShared ? 'shared' : '', worst && !lit ? `found ${worst}` : ''];
    const inside = html`<span class="title">${title}</span>
      ${detail ? html`<span class="detail">${detail}</span>` : nothing}
      ${worst && !this.asked ? html`<span class="detail">worst finding: ${worst}</span>` : nothing}
      ${lit && effect ? html`<span class="effect">${effect.title}${count > 1 ? `: ${lit.count.toLocaleString('en')} of ${count.toLocaleString('en')}` : ''}</span>` : nothing}`;
    const name = [...classes, isFar ? 'far' : '', opens && actions.length === 0 ? 'several' : ''].filter(Boolean).join(' ');
    return opens || actions.length
      ? html`<button class=${name} data-id=${id} aria-pressed=${isSelected ? 'true' : 'false'} @click=${() => this.choose(node)}>${inside}</button>`
      : html`<div class=${name} data-id=${id}>${inside}</div>`;
  }

  private about(graph: Graph) {
    const node = this.selected;
    if (!node) {
      return html`<p class="quiet">
        Choose a key, an authorization or a deployment: what hangs on it is shown, and what breaks if it goes.
        ${graph.trail.length === 1 && graph.columns.keys.some(({ count }) => count > 1) ? 'What belongs together is one node, which opens.' : ''}
      </p>`;
    }
    const { asked } = this;
    return html`
      <div>
        <h3>${node.title}</h3>
        <p class="quiet">${node.detail}</p>
        ${node.target ? html`<p class="mono quiet crn">${node.target}</p>` : nothing}
      </div>
      <div class="row" role="group" aria-label="What breaks if">
        ${node.actions.map(
          (action) => html`<cds-button
            size="sm"
            kind=${action.startsWith('delete') || action === 'revoke-policy' ? 'danger--tertiary' : 'tertiary'}
            @click=${() => this.ask(action, node)}
            >${actionOrder(action)}</cds-button
          >`,
        )}
        ${node.opens ? html`<cds-button size="sm" kind="ghost" @click=${() => this.open(node.opens ?? {})}>Show only this</cds-button>` : nothing}
      </div>
      <p class="label">Nothing is done: this is what would happen.</p>
      ${this.failure ? html`<p role="alert">${this.failure}</p>` : nothing}
      <p class="unseen" role="status">
        ${asked ? `${actionOrder(asked.action)}: ${verdictOf(asked.said.answer.verdict).title}. ${counted(Object.keys(asked.said.lit).length, 'node')} of the graph affected.` : ''}
      </p>
      ${asked
        ? html`<h3 class="asked">${actionOrder(asked.action)}?</h3>
            <impact-answer .said=${asked.said}></impact-answer>`
        : nothing}
    `;
  }

  /** The lines between the nodes, where those stand. */
  private draw(): void {
    const { frame, lines, graph } = this;
    if (!frame || !lines || !graph) return;
    const around = frame.getBoundingClientRect();
    const boxes = new Map<string, DOMRect>();
    for (const node of frame.querySelectorAll<HTMLElement>('[data-id]')) {
      const { left, top, width, height } = node.getBoundingClientRect();
      boxes.set(node.dataset['id'] ?? '', new DOMRect(left - around.left + frame.scrollLeft, top - around.top + frame.scrollTop, width, height));
    }
    const most = Math.max(1, ...graph.edges.map(({ weight }) => weight));
    const paths = graph.edges.map((edge) => {
      const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
      return from && to ? svg`<path class=${this.lineClass(edge)} d=${edgePath(from, to)} stroke-width=${1 + (3 * (edge.weight - 1)) / most}></path>` : nothing;
    });
    lines.style.blockSize = `${frame.scrollHeight}px`;
    lines.style.inlineSize = `${frame.scrollWidth}px`;
    render(svg`${paths}`, lines);
  }

  private lineClass({ from, to, verdict }: GraphEdge): string {
    const chosen = this.selected?.id;
    const isNear = chosen === undefined || from === chosen || to === chosen;
    const lit = this.asked?.said.lit;
    const isLit = lit !== undefined && isNear && (from in lit || to in lit);
    return [verdict ?? '', isNear ? '' : 'far', isLit ? 'lit' : ''].filter(Boolean).join(' ');
  }

  static override styles = [shared, severityStyles, fieldStyles, graphStyles];
}
