// The licence of the fonts goes where they go. The list of licences that Vite writes knows scripts only.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export function fontLicense() {
  return {
    name: 'font-license',
    apply: 'build',
    generateBundle() {
      const path = createRequire(import.meta.url).resolve('@fontsource/ibm-plex-sans/LICENSE');
      this.emitFile({ type: 'asset', fileName: 'licenses-fonts.txt', source: readFileSync(path) });
    },
  };
}
