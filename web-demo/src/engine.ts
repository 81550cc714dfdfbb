// kmsguard itself. Its WebAssembly is part of the script, so that the page asks nobody for anything.

import { init } from 'kmsguard/slim';
import packed from 'kmsguard/kmsguard.wasm?embedded';

export { crn, Inventory, plan } from 'kmsguard/slim';

/** Settles when questions can be asked. */
export const ready: Promise<void> = start();

async function start(): Promise<void> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  await init(await new Response(unpacked).arrayBuffer());
}
