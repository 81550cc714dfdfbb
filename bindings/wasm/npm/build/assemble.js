// Puts the package together: node assemble.js FOLDER
// KMSGUARD_VERSION is the version; KMSGUARD_GLUE holds the WebAssembly files and their glue; KMSGUARD_TARGET the tools.

import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, relative } from 'node:path';

const { KMSGUARD_VERSION: version, KMSGUARD_GLUE: built, KMSGUARD_TARGET: target, KMSGUARD_ROOT: root } = process.env;
const source = join(import.meta.dirname, '..');
const out = process.argv[2];
const esbuild = createRequire(join(target, 'npm/package.json'))('esbuild');

mkdirSync(join(out, 'lib'), { recursive: true });
for (const file of readdirSync(source)) {
  if (/\.(js|d\.ts|md)$/.test(file)) copyFileSync(join(source, file), join(out, file));
}
cpSync(join(source, 'lib'), join(out, 'lib'), { recursive: true });
copyFileSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
for (const file of readdirSync(built)) {
  if (file.endsWith('.wasm')) copyFileSync(join(built, file), join(out, file));
  if (file.endsWith('.js')) copyFileSync(join(built, file), join(out, 'lib', file));
}

// What several entries have in common is a file of its own, or there would be two instances in a program that requires both.
const common = { 'index-node.js': 'index.cjs', 'full.js': 'lib/full.cjs', 'full-instance.js': 'lib/full-instance.cjs' };
const oneInstance = {
  name: 'one-instance',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/(index-node|full|full-instance)\.js$/ }, ({ kind, path, resolveDir }) => {
      if (kind === 'entry-point') return undefined;
      const file = join(out, common[basename(path)]);
      return { path: `./${relative(resolveDir, file).replaceAll('\\', '/')}`, external: true };
    }),
};

// CommonJS: the same loaders in one file each, reading the same WebAssembly files.
await esbuild.build({
  absWorkingDir: out,
  entryPoints: {
    index: './index-node.js',
    crn: './crn-node.js',
    node: './node.js',
    slim: './slim.js',
    cli: './cli.js',
    'lib/full': './lib/full.js',
    'lib/full-instance': './lib/full-instance.js',
  },
  outdir: out,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  define: { 'import.meta.url': 'importMetaUrl' },
  plugins: [oneInstance],
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  logLevel: 'warning',
});

// A declaration file says by its name whether it is of an ES module: the same ones serve both.
for (const file of readdirSync(out)) {
  if (!file.endsWith('.d.ts')) continue;
  const text = readFileSync(join(out, file), 'utf8');
  writeFileSync(join(out, file.replace(/\.d\.ts$/, '.d.cts')), text.replaceAll(/(from '\.\/[\w-]+)\.js'/g, "$1.cjs'"));
}

const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
delete manifest.devDependencies;
delete manifest.scripts;
manifest.version = version;
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
