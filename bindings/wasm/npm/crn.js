// `kmsguard/crn` in browsers and workers: `await init()` first.

import { instance } from './lib/crn-instance.js';

export * from './lib/crn.js';

export function init(source = new URL('./crn.wasm', import.meta.url)) {
  return instance.init(source);
}
