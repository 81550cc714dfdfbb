// `FILE?embedded`: the bytes of a file inside the script, so that the page fetches nothing.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const mark = '?embedded';

export function embedded() {
  return {
    name: 'embedded',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!id.endsWith(mark)) return undefined;
      const found = await this.resolve(id.slice(0, -mark.length), importer, { skipSelf: true });
      return found ? `\0${found.id}${mark}` : undefined;
    },
    load(id) {
      if (!id.startsWith('\0') || !id.endsWith(mark)) return undefined;
      const file = id.slice(1, -mark.length);
      this.addWatchFile(file);
      // Packed first: base64 makes it a third longer, whatever it is.
      const packed = gzipSync(readFileSync(file), { level: 9 }).toString('base64');
      return `export default ${JSON.stringify(packed)};`;
    },
  };
}
