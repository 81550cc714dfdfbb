// What the page asks of its worker, and what the worker says. The worker holds what was read, however much that is; the page is given
// what it shows.

import type {
  ActionKind,
  ActionRequest,
  DeploymentReport,
  Finding,
  FindingSeverity,
  GapReport,
  ImpactAnswer,
  InputReport,
  InventoryAnswer,
  KeyReport,
  MigrateAnswer,
  MigrationRow,
  Outcome,
  PlanAnswer,
  Problem,
  Undetermined,
} from 'kmsguard/slim';
import type { Graph, Scope } from './graph.js';

export type Labels = InventoryAnswer['labels'];

/** A file or a text, with the name that the command would give it. */
export interface Source {
  name: string;
  /** Chosen by itself, rather than found in a folder. */
  named: boolean;
  data: Blob | string;
}

/** How far a reading is. */
export interface Progress {
  /** The step, from 1. */
  step: number;
  steps: number;
  /** What is being done, in words. */
  what: string;
  /** How much of the step is done, from 0 to 1, where that is known. */
  part?: number;
}

/** What was read, in numbers, and what is short. */
export interface Overview {
  now: string;
  outcome: Outcome;
  counts: Record<Table, number>;
  findings: number;
  undetermined: number;
  bySeverity: Record<FindingSeverity, number>;
  /** How many keys hold up more than one deployment. */
  shared: number;
  /** Whether anything is known to use a key. */
  hasUses: boolean;
  /** The keys that hold up most, for a form to offer. */
  keyCrns: readonly string[];
  /** What can be done to something that was read. */
  actions: readonly ActionKind[];
  migration: Omit<MigrateAnswer, 'rows'> | undefined;
}

/** What a key holds up: a deployment, with the parts of it that are registered by themselves. */
export interface HeldUp {
  crn: string;
  parts: readonly string[];
  partsLeftOut: number;
  /** From what it is known. */
  kinds: readonly string[];
}

export interface KeyRow extends Omit<KeyReport, 'uses'> {
  holdsUp: readonly HeldUp[];
  leftOut: number;
}

export interface InputRow extends InputReport {
  problems: readonly Problem[];
}

/** The tables, and what a row of each is. */
export interface Tables {
  keys: KeyRow;
  deployments: DeploymentReport;
  migration: MigrationRow;
  gaps: GapReport;
  inputs: InputRow;
}

export type Table = keyof Tables;

export interface Target {
  value: string;
  title: string;
}

export interface FindingGroup {
  title: string;
  count: number;
  /** Of an open group, the first ones. */
  findings: readonly Finding[];
}

/** A rule that could not be decided, and how many of the exports that would settle it are left out. */
export interface UndecidedRule extends Undetermined {
  needsLeftOut: number;
}

export type OrderName = 'severity' | 'rule' | 'account' | 'key';

export interface FindingQuestion {
  only: FindingSeverity | undefined;
  words: string;
  order: OrderName;
  /** How many of each open group, by its title. Left out: the first group is open, or all where there are few. */
  open?: Readonly<Record<string, number>>;
}

export interface ImpactQuestion {
  actions: readonly ActionRequest[];
  force: boolean;
  /** Whether a safe order is wanted. */
  order: boolean;
}

/** An answer to "what breaks if", and what of it is left out because it is long. */
export interface ImpactSaid {
  answer: ImpactAnswer;
  leftOut: number;
  /** What happens when, drawn; empty where nothing does. */
  picture: string;
  /** The nodes of the graph that are hit, by their ids: by what, and how many of what they stand for. */
  lit: Readonly<Record<string, Lit>>;
}

export interface Lit {
  effect: ImpactAnswer['affected'][number]['effect'];
  count: number;
}

export type Saved = { kind: 'snapshot'; redact: boolean } | { kind: string; format: string };

export interface Questions {
  read: { asked: { sources: readonly Source[] }; said: Overview };
  rows: { asked: { table: Table; words: string; from: number; to: number }; said: Rows<unknown> };
  findings: { asked: FindingQuestion; said: { found: number; groups: readonly FindingGroup[]; labels: Labels } };
  undetermined: { asked: object; said: readonly UndecidedRule[] };
  targets: { asked: { action: ActionKind; words: string }; said: { found: number; targets: readonly Target[] } };
  impact: { asked: ImpactQuestion; said: ImpactSaid };
  graph: { asked: { scope: Scope }; said: Graph };
  plan: { asked: { document: object }; said: PlanAnswer };
  save: { asked: { saved: Saved }; said: Blob };
}

export interface Rows<Row> {
  /** How many rows match the words. */
  found: number;
  rows: readonly Row[];
  /** What the CRNs in these rows are called. */
  labels: Labels;
}

export type Question = keyof Questions;

/** What a worker begins with. */
export interface Begin {
  module: WebAssembly.Module;
}

/** From the page. */
export type Asked = { number: number } & {
  [Name in Question]: { question: Name; asked: Questions[Name]['asked'] };
}[Question];

/** From the worker. */
export type Said = { number: number; said: unknown } | { number: number; failure: string } | { progress: Progress };
