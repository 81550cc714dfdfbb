// `kmsguard` in browsers and workers: `await init()` first.

import { instance } from './lib/full-instance.js';

export * from './lib/full.js';

export function init(source = new URL('./kmsguard.wasm', import.meta.url)) {
  return instance.init(source);
}
