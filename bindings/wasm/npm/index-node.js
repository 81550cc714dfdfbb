// `kmsguard` in Node: ready on import.

import { readFileSync } from 'node:fs';
import { instance } from './lib/full-instance.js';

instance.start(() => readFileSync(new URL('./kmsguard.wasm', import.meta.url)));

export * from './lib/full.js';

/** There is nothing to wait for; it is here so that the same code runs everywhere. */
export async function init() {}
