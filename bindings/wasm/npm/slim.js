// `kmsguard/slim`: the caller brings the bytes, so that no bundler looks for a file.

import { misuse } from './lib/errors.js';
import { instance } from './lib/full-instance.js';

export * from './lib/full.js';

export async function init(source) {
  if (source === undefined) throw misuse(new TypeError('`init` was given no bytes'), 'JS003', 'give the bytes of `kmsguard/kmsguard.wasm`');
  return instance.init(source);
}
