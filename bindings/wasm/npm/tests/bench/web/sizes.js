// Bytes of what people load, part by part.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const MODULES = { 'crn.wasm': 40_000, 'kmsguard.wasm': 450_000, 'kmsguard-cli.wasm': 750_000 };

export function sizes() {
  const folder = dirname(fileURLToPath(import.meta.resolve('kmsguard/package.json')));
  const modules = Object.entries(MODULES).map(([name, most]) => ({ ...size(name, [join(folder, name)]), most }));
  const loaders = readdirSync(join(folder, 'lib')).filter((file) => file.endsWith('.js'));
  return [
    ...modules,
    size('loaders of the package', loaders.map((file) => join(folder, 'lib', file))),
    ...kinds('page', process.env.KMSGUARD_PAGE),
    ...kinds('extension', process.env.KMSGUARD_EXTENSION, 'page'),
  ];
}

/** The files of a folder by what they are. */
function kinds(what, folder, without) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  const own = paths.filter((path) => without === undefined || !path.startsWith(join(folder, without, '/')));
  const of = (kind) => own.filter((path) => extname(path) === `.${kind}`);
  const shown = ['html', 'css', 'js', 'wasm', 'woff2'].filter((kind) => of(kind).length > 0);
  return shown.map((kind) => size(`${what}: ${kind}`, of(kind)));
}

function size(name, files) {
  const all = files.map((file) => readFileSync(file));
  const raw = all.reduce((sum, { length }) => sum + length, 0);
  return { name, raw, gzipped: all.reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0) };
}
