// What was read of an account. The exports and the answers about them are the worker's; here is what the page shows of them first.
// Views listen for `change`.

import { ready } from './engine.js';
import { Reader } from './reader.js';
import type { Overview, Progress, Source } from './worker/questions.js';

/** What was read, and whom to ask about it. */
export interface Read {
  overview: Overview;
  reader: Reader;
}

export class Account extends EventTarget {
  /** How far a reading is, while there is one. */
  progress: Progress | undefined;
  /** Why the last reading failed, if it did. */
  failure = '';
  read: Read | undefined;
  #reader: Reader | undefined;
  /** Begun ahead, so that the first reading need not wait for it. */
  #spare: Reader | undefined;
  #sources = new Map<string, Source>();

  constructor() {
    super();
    // Where it cannot begin, the page says so.
    ready.then((module) => (this.#spare ??= this.#begin(module))).catch(() => undefined);
  }

  /** Reads these beside what is there. A name that comes again takes the place of the older one. */
  add(sources: readonly Source[]): Promise<void> {
    for (const source of sources) this.#sources.set(source.name, source);
    return this.#readAll();
  }

  /** Reads these alone. */
  replace(sources: readonly Source[]): Promise<void> {
    this.#sources.clear();
    return this.add(sources);
  }

  /** Forgets everything, also what is being read. */
  clear(): void {
    this.#sources.clear();
    this.#end();
    this.failure = '';
    this.#changed();
  }

  async #readAll(): Promise<void> {
    this.#end();
    this.failure = '';
    this.#tell({ step: 1, steps: 1, what: 'Beginning' });
    const module = await ready.catch(() => undefined);
    // It may have been given up before it began.
    if (!module || this.#sources.size === 0) return this.#end();
    // Memory that WebAssembly took is given back with its worker alone: each reading has its own.
    const reader = this.#spare ?? this.#begin(module);
    this.#spare = undefined;
    this.#reader?.end();
    this.#reader = reader;
    try {
      const overview = await reader.ask('read', { sources: [...this.#sources.values()] });
      if (reader !== this.#reader) return;
      this.read = { overview, reader };
    } catch (error) {
      if (reader !== this.#reader) return;
      this.#end();
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.progress = undefined;
    this.#changed();
  }

  #begin(module: WebAssembly.Module): Reader {
    const reader: Reader = new Reader(module, (progress) => reader === this.#reader && this.#tell(progress));
    return reader;
  }

  #end(): void {
    const reader = this.#reader;
    this.#reader = undefined;
    this.read = undefined;
    this.progress = undefined;
    reader?.end();
  }

  #tell(progress: Progress): void {
    this.progress = progress;
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
