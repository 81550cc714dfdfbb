import type { CrnAnswer, CrnParts, CrnRequest, Kind, Problem } from './types.js';

export type * from './types.js';

/** What is thrown for misuse. What is wrong with an input is never thrown: it is in the answer. */
export interface KmsguardError extends Error {
  /** `kmsguard rule CODE` explains it. */
  readonly code: string;
  /** What to do. */
  readonly help: string;
  /** Where in a text that was given, in UTF-16 units from its first to the one after its last, if there is such a place. */
  readonly span?: readonly [start: number, end: number];
}

/** A moment: RFC 3339 with a zone, or a date. Left out, it is the host's clock, once, in whole seconds. */
export type Moment = string | Date;

/** Bytes, a `WebAssembly.Module`, a `Response`, an address, or a promise of one of these. */
export type WasmSource = ArrayBuffer | ArrayBufferView | string | object;

/** What is asked, without what the package fills in. */
export type Options<Request, Filled extends keyof Request = never> = Omit<Request, 'now' | Filled> & {
  /** For which moment. */
  readonly now?: Moment;
};

/** Spans are counted in UTF-16 units, as JavaScript does, unless `encoding` says otherwise. */
export type CrnOptions = Options<CrnRequest, 'texts'>;

/** What each text is, what is wrong with it, and the right CRN where it can be known. */
export function crn(text: string | readonly string[], options?: CrnOptions): CrnAnswer;

/** The segments of a CRN, or everything that is wrong with it. Never throws. */
export function parseCrn(text: string): { ok: true; crn: CrnParts } | { ok: false; problems: readonly Problem[] };

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
export const crnKinds: readonly Kind[];

/**
 * Makes the module ready. Node needs no call; browsers and workers call it once in their life, and may call it again.
 * Left out, the bytes are fetched from beside the script.
 */
export function init(source?: WasmSource): Promise<void>;
