// `kmsguard` in browsers and workers: `await init()` first.

import { instance } from './lib/full-module.js';

export { crn, parseCrn, isKeyCrn, crns, crnKinds, Inventory, plan } from './lib/full-module.js';

export function init(source = new URL('./kmsguard.wasm', import.meta.url)) {
  return instance.init(source);
}
