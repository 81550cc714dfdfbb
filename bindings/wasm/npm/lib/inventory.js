// Exports, read once and asked often.

import { moment } from './moment.js';
import { toInputs } from './sources.js';

export function inventoryClass(instance) {
  class Inventory {
    #held;

    /** @hidden use `Inventory.read` */
    constructor(held) {
      this.#held = held;
    }

    static read(sources) {
      const inputs = toInputs(sources);
      return new Inventory(
        instance.call((module) => {
          const given = new module.Inputs();
          for (const { name, bytes, named, unread } of inputs) {
            if (unread === undefined) given.add(name, bytes, named);
            else given.addUnread(name, unread);
          }
          return module.Inventory.read(given);
        }),
      );
    }

    inventory(options) {
      return this.#ask('inventory', options);
    }

    audit(options) {
      return this.#ask('audit', options);
    }

    /** Gives the memory back at once; without it that happens when nothing refers to the inventory any more. */
    free() {
      const held = this.#held;
      this.#held = undefined;
      if (held) instance.call(() => held.free());
    }

    #ask(question, { now, ...options } = {}) {
      const held = this.#held;
      if (!held) throw Object.assign(new Error('this inventory was freed'), { code: 'REQ004', help: 'read it again' });
      const request = JSON.stringify({ ...options, now: moment(now) });
      return JSON.parse(instance.call(() => held[question](request)));
    }
  }
  if (Symbol.dispose) Inventory.prototype[Symbol.dispose] = Inventory.prototype.free;
  return Inventory;
}
