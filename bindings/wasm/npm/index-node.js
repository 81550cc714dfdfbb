// `kmsguard` in Node: ready on import.

import { readFileSync } from 'node:fs';
import { instance } from './lib/full-module.js';

instance.start(() => readFileSync(new URL('./kmsguard.wasm', import.meta.url)));

export { crn, parseCrn, isKeyCrn, crns, crnKinds, Inventory, plan } from './lib/full-module.js';

/** There is nothing to wait for; it is here so that the same code runs everywhere. */
export async function init() {}
