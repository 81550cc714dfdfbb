// kmsguard itself. Its WebAssembly is part of the script, so that the page asks nobody for anything.

import { init } from 'kmsguard/slim';
import packed from 'kmsguard/kmsguard.wasm?embedded';

export { crn, plan } from 'kmsguard/slim';

/** Settles when questions can be asked, with what a worker is given so that it need not make it again. */
export const ready: Promise<WebAssembly.Module> = start();

async function start(): Promise<WebAssembly.Module> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const module = await WebAssembly.compile(await new Response(unpacked).arrayBuffer());
  await init(module);
  return module;
}
