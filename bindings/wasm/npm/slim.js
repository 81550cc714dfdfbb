// `kmsguard/slim`: the caller brings the bytes, so that no bundler looks for a file.

import { instance } from './lib/full-instance.js';

export * from './lib/full.js';

export async function init(source) {
  if (source === undefined) throw new TypeError('init() needs the bytes of `kmsguard/kmsguard.wasm`');
  return instance.init(source);
}
