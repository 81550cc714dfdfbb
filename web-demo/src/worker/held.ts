// What was read, with the answers about it. Everything about it that the page shows comes from here.

import type { AuditAnswer, InventoryAnswer, KeyReport, KeyUse, MigrateAnswer } from 'kmsguard/slim';
import { Inventory } from 'kmsguard/slim';
import { possibleActions } from './targets.js';
import { TableRows } from './table-rows.js';
import type { HeldUp, KeyRow, Labels, Overview, Progress, Source, Tables } from './questions.js';

const STEPS = 4;
/** A row tells so many deployments of a key, and so many parts of each: what comes after them is counted. */
const mostDeployments = 50;
const mostParts = 20;
/** A longer list is not chosen from. */
const mostOffered = 300;

type AllTables = { [Name in keyof Tables]: TableRows<never, Tables[Name]> };

export class Held {
  readonly inventory: Inventory;
  readonly audit: AuditAnswer;
  readonly tables: InventoryAnswer;
  readonly migration: MigrateAnswer;
  readonly rows: AllTables;
  /** The keys, the one that holds up most first. */
  readonly keys: readonly KeyReport[];

  private constructor(inventory: Inventory, now: Date, tell: (step: number, what: string) => void) {
    this.inventory = inventory;
    tell(3, 'Looking for what is risky');
    this.audit = inventory.audit({ now });
    tell(4, 'Listing keys and what they protect');
    this.tables = inventory.inventory({ now });
    this.migration = inventory.migrate({ now });
    const { labels } = this.tables;
    this.keys = this.tables.keys.toSorted((first, second) => second.exposure.deployments - first.exposure.deployments);
    const { problems } = this.audit;
    const problemsOf = Map.groupBy(problems, ({ input }) => input ?? '');
    this.rows = {
      keys: new TableRows(this.keys, (key) => [key.crn, named(key.crn, labels), key.state, key.type, key.key_ring], keyRow),
      deployments: new TableRows(
        this.tables.deployments,
        (of) => [of.crn, named(of.crn, labels), of.plan, of.state, of.key, named(of.key, labels), of.key_source],
        same,
      ),
      migration: new TableRows(
        this.migration.rows,
        ({ source_key, target_key, readiness }) => [source_key, named(source_key, this.migration.labels), target_key, readiness],
        same,
      ),
      gaps: new TableRows(this.tables.gaps, ({ what, why, account, instance }) => [what, why, account, instance], same),
      inputs: new TableRows(
        this.audit.inputs,
        ({ name, kind }) => [name, kind],
        (input) => ({ ...input, problems: problemsOf.get(input.name) ?? [] }),
      ),
    } as unknown as AllTables;
  }

  /** Reads everything, and says how far it is. */
  static async read(sources: readonly Source[], progress: (progress: Progress) => void): Promise<Held> {
    const all = sources.length.toLocaleString('en');
    const given = [];
    for (const [place, { name, named, data }] of sources.entries()) {
      const count = (place + 1).toLocaleString('en');
      progress({ step: 1, steps: STEPS, what: `Reading file ${count} of ${all}`, part: place / sources.length });
      given.push({ name, named, data: typeof data === 'string' ? data : new Uint8Array(await data.arrayBuffer()) });
    }
    progress({ step: 2, steps: STEPS, what: 'Joining what was read' });
    const inventory = Inventory.read(given);
    // One moment for all answers.
    return new Held(inventory, new Date(), (step, what) => progress({ step, steps: STEPS, what }));
  }

  get now(): string {
    return this.audit.now;
  }

  overview(): Overview {
    const { findings, undetermined, summary, outcome } = this.audit;
    const { rows, ...migration } = this.migration;
    const { keys, deployments, gaps } = this.tables;
    return {
      now: this.now,
      outcome,
      counts: {
        keys: keys.length,
        deployments: deployments.length,
        migration: rows.length,
        gaps: gaps.length,
        inputs: this.audit.inputs.length,
      },
      findings: findings.length,
      undetermined: undetermined.length,
      bySeverity: summary.by_severity,
      shared: keys.filter(({ exposure }) => exposure.deployments > 1).length,
      hasUses: keys.some(({ uses }) => uses.length > 0),
      keyCrns: this.keys.slice(0, mostOffered).map(({ crn }) => crn),
      actions: possibleActions(this.tables),
      migration: rows.length ? migration : undefined,
    };
  }

  /** What the CRNs in a value are called, however deep they stand in it. */
  labelsOf(value: unknown): Labels {
    const labels: Record<string, Labels[string]> = {};
    const look = (value: unknown): void => {
      if (typeof value === 'string') {
        const label = value.startsWith('crn:') && (this.tables.labels[value] ?? this.audit.labels[value] ?? this.migration.labels[value]);
        if (label) labels[value] = label;
      } else if (value !== null && typeof value === 'object') {
        for (const inner of Object.values(value)) look(inner);
      }
    };
    look(value);
    return labels;
  }
}

function same<Row>(row: Row): Row {
  return row;
}

function named(crn: string | undefined, labels: Labels): string | undefined {
  return crn === undefined ? undefined : labels[crn]?.name;
}

function keyRow({ uses, ...key }: KeyReport): KeyRow {
  // A service may register each of its buckets, pools and volumes.
  const parts = Map.groupBy(uses, ({ deployment, resource }) => deployment ?? resource);
  const holdsUp = [...parts].slice(0, mostDeployments).map(([crn, of]) => heldUp(crn, of));
  return { ...key, holdsUp, leftOut: parts.size - holdsUp.length };
}

function heldUp(crn: string, uses: readonly KeyUse[]): HeldUp {
  const parts = uses.filter(({ resource }) => resource !== crn).map(({ resource, managed }) => (managed ? resource : partOf(resource)));
  const kinds = [...new Set(uses.flatMap(({ witnesses }) => witnesses.map(({ kind }) => kind)))].sort();
  return { crn, parts: parts.slice(0, mostParts), partsLeftOut: Math.max(0, parts.length - mostParts), kinds };
}

/** What stands behind the instance: `bucket:invoices`. */
function partOf(crn: string): string {
  return crn.split(':').slice(8).join(':');
}
