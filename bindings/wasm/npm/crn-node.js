// `kmsguard/crn` in Node: ready on import.

import { readFileSync } from 'node:fs';
import { instance } from './lib/crn-instance.js';

instance.start(() => readFileSync(new URL('./crn.wasm', import.meta.url)));

export * from './lib/crn.js';

/** There is nothing to wait for; it is here so that the same code runs everywhere. */
export async function init() {}
