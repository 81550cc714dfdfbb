// Builds the browser extension: node extension.js FOLDER
// KMSGUARD_VERSION is its version. The page, built before, goes into it as it is.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const out = process.argv[2];
const root = join(import.meta.dirname, '../extension');
const settings = {
  configFile: false,
  root,
  base: './',
  logLevel: 'warn',
  build: { outDir: out, emptyOutDir: false, target: 'es2022', modulePreload: false, assetsInlineLimit: 0, minify: false },
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

// The worker and the popup are modules, and share what they have in common.
await build({
  ...settings,
  build: {
    ...settings.build,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: { worker: join(root, 'src/worker.ts'), popup: join(root, 'popup.html') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
});

// What runs on a page is one script: it cannot import.
await build({
  ...settings,
  build: {
    ...settings.build,
    rolldownOptions: { input: join(root, 'src/content.ts'), output: { format: 'iife', entryFileNames: 'content.js' } },
  },
});

const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
manifest.version = process.env.KMSGUARD_VERSION;
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
cpSync(join(root, 'marks.css'), join(out, 'marks.css'));
cpSync(join(root, 'icons'), join(out, 'icons'), { recursive: true });
cpSync(join(root, '../dist'), join(out, 'page'), { recursive: true });
cpSync(join(process.env.KMSGUARD_ROOT, 'LICENSE'), join(out, 'LICENSE'));
