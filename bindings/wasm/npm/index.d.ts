/// <reference lib="esnext.disposable" />

import type {
  AuditAnswer,
  AuditFormat,
  AuditRequest,
  AuthorizationParts,
  AuthzAnswer,
  AuthzFormat,
  AuthzRequest,
  Baseline,
  BaselineRequest,
  DeploymentReport,
  DiffAnswer,
  DiffRequest,
  GapReport,
  ImpactAnswer,
  ImpactFormat,
  ImpactRequest,
  InventoryAnswer,
  InventoryFormat,
  InventoryRequest,
  KeyReport,
  KeyUse,
  MigrateAnswer,
  MigrateFormat,
  MigrateRequest,
  PlanAnswer,
  PlanRequest,
  PolicyAnswer,
  PolicyRequest,
  Snapshot,
  SnapshotRequest,
  TightenAnswer,
  TightenRequest,
} from './types.js';
import type { Moment, Options } from './crn.js';

export * from './crn.js';

/** An export: bytes, its text, or the parsed JSON. */
export type Data = Uint8Array | ArrayBuffer | ArrayBufferView | string | object;

/** An export with its name. */
export interface Source {
  /** The name that answers show. Left out, it is `objects[N]` by its place in the list. */
  name?: string;
  data?: Data;
  /** Whether it was asked for by name, rather than found in a folder. Default: true. */
  named?: boolean;
  /** Why there are no data, where there are none. */
  unread?: 'not-found' | 'not-permitted' | 'not-a-file' | 'empty-folder' | 'failed';
}

/**
 * The authorization and the provisioning for a service and its key, checked, ready to send.
 *
 * Beside an `inventory` the answer also says whether the plan can be carried out as the exports show things, and leaves out the steps
 * that are done.
 *
 * Instead of the steps, `check` says what is wrong with a body that was written by hand, `into` puts the key into a body and leaves
 * the rest as it is, and `verify` says by what the service answers whether the key is in effect. Each takes the text, also of a command
 * or of Terraform that holds the body, or parsed JSON.
 */
export function plan(
  document: object,
  options?: Omit<Options<PlanRequest>, 'document'> & { readonly inventory?: Inventory },
): PlanAnswer;

/**
 * Authorizations, checked, in every form that can carry them.
 *
 * `document` is parsed JSON, or a text in any form: JSON, Terraform's language, commands of `ibmcloud`.
 */
export function policy(document: object | string, options?: Omit<Options<PolicyRequest>, 'document'>): PolicyAnswer;

/**
 * What changed between two audits: what is new, what is fixed, what stands as it did. A finding that is gone is fixed only where the later
 * audit still looked where the earlier one did.
 */
export function diff(
  old: AuditAnswer,
  later: AuditAnswer,
  options?: Omit<Options<DiffRequest>, 'old' | 'new'>,
): DiffAnswer;

/** Exports, read once and asked often. */
export class Inventory {
  private constructor();

  /** Reads exports. It never fails for what they hold: problems are in the answers. */
  static read(sources: Record<string, Data> | readonly Source[]): Inventory;

  /** The keys and what they protect, by CRN. */
  readonly keys: readonly KeyReport[];

  /** The deployments and their keys, by CRN. */
  readonly deployments: readonly DeploymentReport[];

  /** The resources that use keys. */
  readonly uses: readonly KeyUse[];

  /** The authorizations on keys. */
  readonly authorizations: readonly AuthorizationParts[];

  /** What was not exported. */
  readonly gaps: readonly GapReport[];

  /** A plan, and whether it can be carried out as the exports show things; `plan` with `inventory` is the same. */
  plan(document: object, options?: Omit<Options<PlanRequest>, 'document'>): PlanAnswer;

  /** What was read, which key protects what, and what is missing. */
  inventory(options?: Options<InventoryRequest>): InventoryAnswer;

  /** Who may use which key, and why or why not. */
  authz(options?: Options<AuthzRequest>): AuthzAnswer;

  /** The smallest authorizations that keep covered every use that the exports show. */
  tighten(options?: Options<TightenRequest>): TightenAnswer;

  /** What breaks, when, and for how long it can be undone. */
  impact(options: Options<ImpactRequest>): ImpactAnswer;

  /**
   * Which keys of Hyper Protect Crypto Services are ready to move to Key Protect Dedicated, what is missing, and what comes next. Tables of
   * pairs are among the sources; `since` is an earlier answer.
   */
  migrate(options?: Omit<Options<MigrateRequest>, 'since'> & { since?: MigrateAnswer }): MigrateAnswer;

  /** Findings. `config` is what `kmsguard.toml` holds, `baseline` what the method of that name gave. */
  audit(options?: Options<AuditRequest>): AuditAnswer;

  /** The findings that stand, written down: an audit that is given them counts only what came since then. */
  baseline(options?: Options<BaselineRequest>): Baseline;

  /** An answer as text: `report('audit', 'sarif')` is what `kmsguard audit --output-format sarif` writes. */
  report(kind: 'audit', format: AuditFormat, options?: Options<AuditRequest>): string;
  report(kind: 'authz', format: AuthzFormat, options?: Options<AuthzRequest>): string;
  report(kind: 'impact', format: ImpactFormat, options: Options<ImpactRequest>): string;
  report(kind: 'inventory', format: InventoryFormat, options?: Options<InventoryRequest>): string;
  report(kind: 'migrate', format: MigrateFormat, options?: Options<MigrateRequest>): string;

  /**
   * The exports in one file: as JSON, read in place of them, it gives the same answers. Key material, passwords and tokens are
   * written over. With `redact` names stand under pseudonyms, which are no anonymity.
   */
  snapshot(options?: SnapshotRequest): Snapshot;

  /** Gives the memory back at once. Left out, it is given back when nothing refers to the inventory any more. */
  free(): void;

  [Symbol.dispose](): void;
}
