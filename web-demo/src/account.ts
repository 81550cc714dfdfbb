// What was read of an account, and the answers about it. Views listen for `change`.

import type { AuditAnswer, InventoryAnswer, MigrateAnswer } from 'kmsguard/slim';
import { Inventory, ready } from './engine.js';
import type { FileSource } from './files.js';

export class Account extends EventTarget {
  /** What is being done at the moment, in words; empty when nothing is. */
  busy = '';
  /** Why the last reading failed, if it did. */
  failure = '';
  audit: AuditAnswer | undefined;
  tables: InventoryAnswer | undefined;
  migration: MigrateAnswer | undefined;
  /** Kept so that other questions can be asked of it. */
  inventory: Inventory | undefined;
  #sources = new Map<string, FileSource>();

  get isEmpty(): boolean {
    return this.#sources.size === 0;
  }

  /** Reads these beside what is there. A name that comes again takes the place of the older one. */
  add(sources: readonly FileSource[]): Promise<void> {
    for (const source of sources) this.#sources.set(source.name, source);
    return this.#read();
  }

  /** Reads these alone. */
  replace(sources: readonly FileSource[]): Promise<void> {
    this.#sources.clear();
    return this.add(sources);
  }

  clear(): void {
    this.#sources.clear();
    this.#hold(undefined);
    this.failure = '';
    this.#changed();
  }

  async #read(): Promise<void> {
    const sources = [...this.#sources.values()];
    this.failure = '';
    this.#say(`Reading ${sources.length.toLocaleString('en')} ${sources.length === 1 ? 'file' : 'files'}…`);
    try {
      await ready;
      const given = await Promise.all(
        sources.map(async ({ name, named, read }) => ({ name, named, data: await read() })),
      );
      await painted();
      this.#hold(Inventory.read(given));
      // One moment for all answers.
      const now = new Date();
      this.audit = this.inventory?.audit({ now });
      this.tables = this.inventory?.inventory({ now });
      this.migration = this.inventory?.migrate({ now });
    } catch (error) {
      this.#hold(undefined);
      this.failure = String(error);
    }
    this.#say('');
  }

  #hold(inventory: Inventory | undefined): void {
    this.inventory?.free();
    this.inventory = inventory;
    this.audit = undefined;
    this.tables = undefined;
    this.migration = undefined;
  }

  #say(busy: string): void {
    this.busy = busy;
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** Lets the browser show what was said before it is busy. A page in the background is not drawn at all. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });
}
