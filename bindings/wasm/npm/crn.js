// `kmsguard/crn` in browsers and workers: `await init()` first.

import { instance } from './lib/crn-module.js';

export { crn, parseCrn, isKeyCrn, crns, crnKinds } from './lib/crn-module.js';

export function init(source = new URL('./crn.wasm', import.meta.url)) {
  return instance.init(source);
}
