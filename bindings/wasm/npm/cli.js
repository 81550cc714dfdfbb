// `kmsguard/cli`: the command, over Node or over a host of the caller's.

import { readFileSync } from 'node:fs';
import * as glue from './lib/kmsguard-cli-glue.js';
import { Instance } from './lib/instance.js';
import { nodeHost } from './lib/node-host.js';

const instance = new Instance(glue);

/** Runs the command; `words` are without the program's name. Gives its exit code. */
export function run(words, host = nodeHost) {
  instance.start(() => readFileSync(new URL('./kmsguard-cli.wasm', import.meta.url)));
  return instance.call((module) => module.run(words, host));
}

export { nodeHost };
