// `FILE?script`: a script of its own as a text, for a worker that begins from memory. The same text becomes `NAME.js` beside the page:
// an extension of a browser lets no worker begin any other way than from a file.

import { basename } from 'node:path';
import { build } from 'vite';

const mark = '?script';

export function workerScript() {
  return {
    name: 'worker-script',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!id.endsWith(mark)) return undefined;
      const found = await this.resolve(id.slice(0, -mark.length), importer, { skipSelf: true });
      return found ? `\0${found.id}${mark}` : undefined;
    },
    async load(id) {
      if (!id.startsWith('\0') || !id.endsWith(mark)) return undefined;
      const input = id.slice(1, -mark.length);
      const { output } = await build({
        configFile: false,
        logLevel: 'warn',
        build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input, output: { format: 'iife' } } },
      });
      const [{ code, moduleIds }] = output;
      for (const file of moduleIds) this.addWatchFile(file);
      const fileName = `${basename(input, '.ts')}.js`;
      if (this.meta.watchMode === false) this.emitFile({ type: 'asset', fileName, source: code });
      return `export const name = ${JSON.stringify(fileName)};\nexport default ${JSON.stringify(code)};`;
    },
  };
}
