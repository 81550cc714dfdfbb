// Browsers load no modules from a folder on disk. A classic script runs from there as well as from a site.

export function classicScript() {
  return {
    name: 'classic-script',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
      if (chunks.length !== 1) this.error(`one script is wanted, not ${chunks.length}: a classic script imports nothing`);
      const [chunk] = chunks;
      // A module has its names for itself, and is strict.
      chunk.code = `(()=>{"use strict";${chunk.code}})();\n`;
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html) =>
        html
          .replaceAll('<script type="module" crossorigin', '<script defer')
          .replaceAll('<link rel="stylesheet" crossorigin', '<link rel="stylesheet"'),
    },
  };
}
