// The exports of an account that does not exist, bundled with the page.

import type { Source } from './worker/questions.js';

const files = import.meta.glob<string>('#example/**/*.json', { query: '?raw', import: 'default', eager: true });

export function exampleSources(): Source[] {
  const paths = Object.keys(files).sort();
  const folder = paths.map((path) => path.lastIndexOf('example/') + 'example/'.length).at(0) ?? 0;
  return paths.map((path) => ({ name: `example/${path.slice(folder)}`, named: false, data: files[path] ?? '' }));
}
