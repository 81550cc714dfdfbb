import type { CrnAnswer, CrnParts, Problem } from './types.js';

export type * from './types.js';

/** A moment: RFC 3339 with a zone, or a date. Left out, it is the host's clock, once, in whole seconds. */
export type Moment = string | Date;

/** Bytes, a `WebAssembly.Module`, a `Response`, an address, or a promise of one of these. */
export type WasmSource = ArrayBuffer | ArrayBufferView | string | object;

export interface CrnOptions {
  /** What the CRN is wanted for. Default: `any`. */
  require?: 'key' | 'instance' | 'any';
  /** In what spans are counted. Default: `utf-16`, as JavaScript counts. */
  encoding?: 'utf-8' | 'utf-16';
  /** For which moment. */
  now?: Moment;
}

/** What each text is, what is wrong with it, and the right CRN where it can be known. */
export function crn(text: string | readonly string[], options?: CrnOptions): CrnAnswer;

/** The segments of a CRN, or everything that is wrong with it. Never throws. */
export function parseCrn(text: string): { ok: true; crn: CrnParts } | { ok: false; problems: Problem[] };

/** Whether the text is the CRN of a key of Key Protect or Hyper Protect Crypto Services. */
export function isKeyCrn(text: unknown): boolean;

/** Many texts in columns, for large tables. */
export interface CrnColumn {
  /** For each text the number of its kind: its place in {@link crnKinds}. */
  kinds: Uint8Array;
  /** For each text the number in the code of its first problem, such as 2 for `CRN002`; 0 where there is none. */
  codes: Uint16Array;
}

/** Reads many texts without making an object for each. */
export function crns(texts: readonly string[]): CrnColumn;

/** The names of the kinds, by their numbers. */
export const crnKinds: readonly string[];

/**
 * Makes the module ready. Node needs no call; browsers and workers call it once in their life, and may call it again.
 * Left out, the bytes are fetched from beside the script.
 */
export function init(source?: WasmSource): Promise<void>;
