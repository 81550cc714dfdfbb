// One instance of a WebAssembly module: made once, and made anew after a trap.

import { misuse } from './errors.js';

export class Instance {
  #glue;
  #ready = false;
  #broken = false;
  #starting;
  #age = 0;

  /** @param glue what wasm-bindgen wrote for the module */
  constructor(glue) {
    this.#glue = glue;
  }

  /** Starts with the bytes that `read` gives, without waiting. */
  start(read) {
    if (this.#ready) return;
    this.#glue.initSync({ module: read() });
    this.#ready = true;
  }

  /** Starts with bytes, a module, a response or an address. A second call waits for the first and does no more. */
  async init(source) {
    if (this.#ready) return;
    this.#starting ??= this.#glue.default({ module_or_path: source });
    try {
      await this.#starting;
      this.#ready = true;
    } finally {
      // A failed start can be tried again.
      this.#starting = undefined;
    }
  }

  /** Runs `work` on what the module exports, and on how often it was made anew: what an earlier one made is gone with it. */
  call(work) {
    if (!this.#ready) {
      throw misuse(new Error('kmsguard is not ready'), 'JS001', 'call `await init()` once before anything else');
    }
    if (this.#broken) {
      this.#glue.__wbg_reset_state();
      this.#broken = false;
      this.#age += 1;
    }
    try {
      return work(this.#glue, this.#age);
    } catch (error) {
      // A trap, or a stack that ran out: the memory may be half written, so nothing may use it again.
      this.#broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
      throw error;
    }
  }
}
