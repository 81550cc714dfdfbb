// What hangs on what, in three columns: deployments, the keys they use, the authorizations that let them. However much was read, a
// column has few nodes: where there are many things, those that belong together are one node, which can be opened.

import type { ActionKind, AffectedResource, FindingSeverity } from 'kmsguard/slim';
import { isWorse } from '../effects.js';
import { shortName } from '../names.js';
import { severities } from '../severities.js';
import { counted } from '../words.js';
import { grouped, type Level } from './clusters.js';
import type { Held } from './held.js';
import { instanceOf, linksOf, managedVolumes, type Link } from './links.js';
import type { Lit } from './questions.js';
import { serviceOf } from './targets.js';

/** What was opened; everything, where nothing was. */
export interface Scope {
  /** An instance of a KMS. */
  instance?: string;
  key?: string;
  /** The service of deployments, and their region. */
  service?: string;
  region?: string;
}

export type Column = 'deployments' | 'keys' | 'policies';

export interface GraphNode {
  id: string;
  title: string;
  detail: string;
  /** How many things it stands for. */
  count: number;
  /** A key that several deployments use. */
  isShared: boolean;
  /** How bad the worst is that was found about it. */
  worst?: FindingSeverity;
  /** What it shows when it is opened, of a node that stands for several and of a key. */
  opens?: Scope;
  /** What can be asked about it, and the name under which. */
  target?: string;
  actions: readonly ActionKind[];
}

export interface GraphEdge {
  from: string;
  to: string;
  /** How many uses it stands for. */
  weight: number;
  /** Whether an authorization lets them, of an edge from a deployment to a key: the worst of all. */
  verdict?: 'covered' | 'not-covered' | 'unknown';
}

export interface Graph {
  scope: Scope;
  /** From everything to what is shown. */
  trail: readonly { title: string; scope: Scope }[];
  columns: Readonly<Record<Column, readonly GraphNode[]>>;
  edges: readonly GraphEdge[];
  /** Whether the authorizations are shown. With very many uses that is so for one key only. */
  hasPolicies: boolean;
}

/** With more uses than this only those of one key are decided. */
const mostDecided = 2_000;

const onKeys: readonly ActionKind[] = ['delete-key', 'disable-key', 'rotate-key'];
const onSharedKeys: readonly ActionKind[] = [...onKeys, 'untangle-key'];

type Verdict = NonNullable<GraphEdge['verdict']>;
const worstVerdict: readonly Verdict[] = ['not-covered', 'unknown', 'covered'];

export class Graphs {
  readonly #held: Held;
  readonly #links: readonly Link[];
  readonly #worst = new Map<string, FindingSeverity>();
  readonly #deploymentsOf = new Map<string, Set<string>>();
  /** The node that stands for a deployment or a resource, in the graph that was told last. */
  #nodeOf = new Map<string, string>();

  constructor(held: Held) {
    this.#held = held;
    this.#links = linksOf(held.tables);
    for (const { key, severity, suppressed } of held.audit.findings) {
      if (key === undefined || suppressed) continue;
      const before = this.#worst.get(key);
      if (before === undefined || severities.indexOf(severity) < severities.indexOf(before)) this.#worst.set(key, severity);
    }
    for (const { key, deployment } of this.#links) {
      const of = this.#deploymentsOf.get(key) ?? new Set();
      this.#deploymentsOf.set(key, of.add(deployment));
    }
  }

  graph(scope: Scope): Graph {
    const links = this.#links.filter((link) => this.#isIn(link, scope));
    const keys = grouped('keys', this.#keysIn(scope, links), this.#keyLevels(scope));
    const deployments = grouped('deployments', weights(links, ({ deployment }) => deployment), this.#deploymentLevels(scope));
    const decisions = this.#decisions(scope);
    const ids = decisions?.flatMap(({ policies }) => policies) ?? [];
    const policies = grouped('policies', weights(ids, (id) => id), this.#policyLevels());
    this.#nodeOf = new Map();
    for (const { deployment, resource, key } of links) {
      const node = deployments.nodeOf(deployment);
      this.#nodeOf.set(deployment, node);
      this.#nodeOf.set(resource, node);
      this.#nodeOf.set(key, keys.nodeOf(key));
    }
    const verdicts = new Map(decisions?.map(({ source, key, verdict }) => [`${source} ${key}`, verdict]));
    const uses = new Map<string, GraphEdge>();
    for (const { deployment, resource, key } of links) {
      const [from, to] = [deployments.nodeOf(deployment), keys.nodeOf(key)];
      const verdict = worse(uses.get(`${from} ${to}`)?.verdict, verdicts.get(`${resource} ${key}`));
      const weight = (uses.get(`${from} ${to}`)?.weight ?? 0) + 1;
      uses.set(`${from} ${to}`, { from, to, weight, ...(verdict ? { verdict } : {}) });
    }
    const grants = new Map<string, GraphEdge>();
    for (const { key, policies: ids } of decisions ?? []) {
      if (key === null || !keys.has(key)) continue;
      for (const id of ids) {
        const [from, to] = [keys.nodeOf(key), policies.nodeOf(id)];
        grants.set(`${from} ${to}`, { from, to, weight: (grants.get(`${from} ${to}`)?.weight ?? 0) + 1 });
      }
    }
    return {
      scope,
      trail: this.#trail(scope),
      columns: { deployments: deployments.nodes, keys: keys.nodes, policies: policies.nodes },
      edges: [...uses.values(), ...grants.values()],
      hasPolicies: decisions !== undefined,
    };
  }

  /** The nodes of the graph that are hit. */
  lit(affected: readonly AffectedResource[]): Record<string, Lit> {
    const worst = new Map<string, { of: AffectedResource; hit: Set<string> }>();
    for (const of of affected) {
      const node = this.#nodeOf.get(of.deployment) ?? this.#nodeOf.get(of.resource);
      if (node === undefined) continue;
      const before = worst.get(node);
      const hit = (before?.hit ?? new Set<string>()).add(of.deployment);
      worst.set(node, { of: before && !isWorse(of, before.of) ? before.of : of, hit });
    }
    return Object.fromEntries([...worst].map(([node, { of, hit }]) => [node, { effect: of.effect, count: hit.size }]));
  }

  #isIn(link: Link, { instance, key, service, region }: Scope): boolean {
    return (
      (key === undefined || link.key === key) &&
      (instance === undefined || link.instance === instance) &&
      (service === undefined || link.service === service) &&
      (region === undefined || link.region === region)
    );
  }

  /** Keys, and how much hangs on each; those that nothing hangs on are shown where only the instance or the key is asked for. */
  #keysIn({ instance, key, service }: Scope, links: readonly Link[]): Map<string, number> {
    const found = weights(links, ({ key }) => key);
    if (service !== undefined) return found;
    for (const { crn, instance: of } of this.#held.keys) {
      if ((key === undefined || crn === key) && (instance === undefined || of === instance) && !found.has(crn)) found.set(crn, 0);
    }
    return found;
  }

  #decisions(scope: Scope): readonly { source: string; key: string | null; verdict: Verdict; policies: readonly string[] }[] | undefined {
    const { inventory, now } = this.#held;
    if (this.#links.length > mostDecided && scope.key === undefined) return undefined;
    return inventory.authz({ now, keep_going: true, ...(scope.key === undefined ? {} : { key: scope.key }) }).decisions;
  }

  #keyLevels(scope: Scope): Level[] {
    const { labels } = this.#held.tables;
    const byCrn = new Map(this.#held.keys.map((key) => [key.crn, key]));
    const one: Level = {
      of: (crn) => crn,
      node: (crn) => {
        const key = byCrn.get(crn);
        const holds = this.#deploymentsOf.get(crn)?.size ?? 0;
        const worst = this.#worst.get(crn);
        return {
          title: shortName(crn, labels),
          detail: `${key?.state ?? 'in no list'} · ${holds ? counted(holds, 'deployment') : 'protects nothing that is known'}`,
          isShared: (key?.exposure.deployments ?? holds) > 1,
          ...(worst ? { worst } : {}),
          ...(scope.key === crn ? {} : { opens: { key: crn } }),
          target: crn,
          actions: key ? (key.exposure.deployments > 1 ? onSharedKeys : onKeys) : [],
        };
      },
    };
    const byInstance: Level = {
      of: (crn) => byCrn.get(crn)?.instance ?? instanceOf(crn),
      node: (instance, keys) => {
        const shared = keys.filter((key) => (this.#deploymentsOf.get(key)?.size ?? 0) > 1).length;
        return {
          title: shortName(instance, labels),
          detail: `${counted(keys.length, 'key')}, ${shared.toLocaleString('en')} shared`,
          isShared: shared > 0,
          opens: { ...scope, instance },
          actions: [],
        };
      },
    };
    // What was opened does not close again.
    return scope.instance === undefined && scope.key === undefined ? [one, byInstance] : [one];
  }

  #deploymentLevels(scope: Scope): Level[] {
    const { labels } = this.#held.tables;
    const linkOf = new Map(this.#links.map((link) => [link.deployment, link]));
    const one: Level = {
      of: (crn) => crn,
      node: (crn) => {
        const { service, region } = linkOf.get(crn) ?? {};
        const isManaged = managedVolumes(crn);
        return {
          title: isManaged ? 'volumes that a service manages' : shortName(crn, labels),
          detail: [service, region].filter(Boolean).join(' · '),
          isShared: false,
          ...(isManaged ? {} : { target: crn }),
          actions: isManaged ? [] : ['delete-instance'],
        };
      },
    };
    const several = (title: string, crns: readonly string[], opens: Scope) => ({
      title,
      detail: counted(crns.length, 'deployment'),
      isShared: false,
      opens,
      actions: [],
    });
    const partsOf = (crn: string): { service: string; region: string } => ({
      service: linkOf.get(crn)?.service ?? '',
      region: linkOf.get(crn)?.region ?? '',
    });
    const titleOf = (service: string): string => service || 'service not known';
    const byRegion: Level = {
      of: (crn) => `${titleOf(partsOf(crn).service)} · ${partsOf(crn).region || 'no region'}`,
      node: (title, crns) => several(title, crns, { ...scope, ...partsOf(crns[0] ?? '') }),
    };
    const byService: Level = {
      of: (crn) => partsOf(crn).service,
      node: (service, crns) => several(titleOf(service), crns, { ...scope, service }),
    };
    if (scope.region !== undefined) return [one];
    return scope.service === undefined ? [one, byRegion, byService] : [one, byRegion];
  }

  #policyLevels(): Level[] {
    const byId = new Map(this.#held.tables.authorizations.flatMap((policy) => (policy.id === undefined ? [] : [[policy.id, policy]])));
    const sides = (id: string): string => {
      const policy = byId.get(id);
      return policy ? `${serviceOf(policy.subject)} to ${serviceOf(policy.resource)}` : 'authorization';
    };
    const one: Level = {
      of: (id) => id,
      node: (id) => ({
        title: sides(id),
        detail: [byId.get(id)?.roles.map((role) => role.split(':').at(-1)).join(', '), id].filter(Boolean).join(' · '),
        isShared: false,
        target: id,
        actions: ['revoke-policy'],
      }),
    };
    const bySides: Level = {
      of: sides,
      node: (title, ids) => ({ title, detail: counted(ids.length, 'authorization'), isShared: false, actions: [] }),
    };
    return [one, bySides];
  }

  #trail({ instance, key, service, region }: Scope): Graph['trail'] {
    const { labels } = this.#held.tables;
    const trail: { title: string; scope: Scope }[] = [{ title: 'Everything', scope: {} }];
    const step = (title: string, more: Scope): void => void trail.push({ title, scope: { ...trail.at(-1)?.scope, ...more } });
    if (instance !== undefined) step(shortName(instance, labels), { instance });
    if (service !== undefined) step(service || 'service not known', { service });
    if (region !== undefined) step(region || 'no region', { region });
    if (key !== undefined) step(shortName(key, labels), { key });
    return trail;
  }
}

function weights<Item>(items: readonly Item[], of: (item: Item) => string): Map<string, number> {
  const found = new Map<string, number>();
  for (const item of items) found.set(of(item), (found.get(of(item)) ?? 0) + 1);
  return found;
}

function worse(first: Verdict | undefined, second: Verdict | undefined): Verdict | undefined {
  return worstVerdict.find((verdict) => verdict === first || verdict === second);
}
