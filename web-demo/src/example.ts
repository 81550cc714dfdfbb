// The exports of an account that does not exist, bundled with the page.

import { sourceOfText, type FileSource } from './files.js';

const files = import.meta.glob<string>('#example/**/*.json', { query: '?raw', import: 'default', eager: true });

export function exampleSources(): FileSource[] {
  const paths = Object.keys(files).sort();
  const folder = paths.map((path) => path.lastIndexOf('example/') + 'example/'.length).at(0) ?? 0;
  return paths.map((path) => sourceOfText(`example/${path.slice(folder)}`, files[path] ?? ''));
}
