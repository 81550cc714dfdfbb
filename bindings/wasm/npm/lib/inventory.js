// What only the whole module can answer: plans, policies, and exports that are read once and asked often.

import { misuse } from './errors.js';
import { moment } from './moment.js';
import { toInputs } from './sources.js';

export function planFunction(instance) {
  return function plan(document, { inventory, now, ...options } = {}) {
    if (inventory !== undefined) return inventory.plan(document, { ...options, now });
    const request = JSON.stringify({ document, ...options, now: moment(now) });
    return JSON.parse(instance.call((module) => module.plan(request)));
  };
}

export function policyFunction(instance) {
  return function policy(document, { now, ...options } = {}) {
    const request = JSON.stringify({ document, ...options, now: moment(now) });
    return JSON.parse(instance.call((module) => module.policy(request)));
  };
}

export function diffFunction(instance) {
  return function diff(old, later, { now, ...options } = {}) {
    const request = JSON.stringify({ old, new: later, ...options, now: moment(now) });
    return JSON.parse(instance.call((module) => module.diff(request)));
  };
}

export function inventoryClass(instance) {
  class Inventory {
    #held;
    #age;
    #tables = {};

    /** @hidden use `Inventory.read` */
    constructor(held, age) {
      this.#held = held;
      this.#age = age;
    }

    static read(sources) {
      const inputs = toInputs(sources);
      return new Inventory(
        ...instance.call((module, age) => {
          const given = new module.Inputs();
          for (const { name, bytes, named, unread } of inputs) {
            if (unread === undefined) given.add(name, bytes, named);
            else given.addUnread(name, unread);
          }
          return [module.Inventory.read(given), age];
        }),
      );
    }

    get keys() {
      return this.#table('keys');
    }

    get deployments() {
      return this.#table('deployments');
    }

    get uses() {
      return this.#table('uses');
    }

    get authorizations() {
      return this.#table('authorizations');
    }

    get gaps() {
      return this.#table('gaps');
    }

    plan(document, options) {
      return this.#ask('plan', { ...options, document });
    }

    inventory(options) {
      return this.#ask('inventory', options);
    }

    authz(options) {
      return this.#ask('authz', options);
    }

    tighten(options) {
      return this.#ask('tighten', options);
    }

    impact(options) {
      return this.#ask('impact', options);
    }

    migrate(options) {
      return this.#ask('migrate', options);
    }

    audit(options) {
      return this.#ask('audit', options);
    }

    baseline(options) {
      return this.#ask('baseline', options);
    }

    report(kind, format, { now, ...options } = {}) {
      return this.#text('report', { kind, format, request: { ...options, now: moment(now) } });
    }

    snapshot(options = {}) {
      return this.#put('snapshot', options);
    }

    /** Gives the memory back at once; without it that happens when nothing refers to the inventory any more. */
    free() {
      const held = this.#held;
      this.#held = undefined;
      // In a module that was made anew something else may stand in its place.
      if (held) instance.call((_module, age) => age === this.#age && held.free());
    }

    #ask(question, { now, ...options } = {}) {
      return this.#put(question, { ...options, now: moment(now) });
    }

    #put(question, request) {
      return JSON.parse(this.#text(question, request));
    }

    /** The rows of a table, the same whenever one asks. */
    #table(name) {
      this.#tables[name] ??= Object.freeze(JSON.parse(this.#given('table', name)));
      return this.#tables[name];
    }

    #text(question, request) {
      return this.#given(question, JSON.stringify(request));
    }

    #given(question, text) {
      const held = this.#held;
      if (!held) throw gone('this inventory was freed');
      return instance.call((_module, age) => {
        if (age !== this.#age) throw gone('this inventory was lost when the module failed');
        return held[question](text);
      });
    }
  }
  function gone(message) {
    return misuse(new Error(message), 'JS002', 'read it again');
  }
  if (Symbol.dispose) Inventory.prototype[Symbol.dispose] = Inventory.prototype.free;
  return Inventory;
}
