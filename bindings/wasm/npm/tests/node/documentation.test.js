import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = process.env.KMSGUARD_ROOT;
const chapters = readdirSync(join(root, 'web-demo/docs')).filter((name) => name.endsWith('.md'));
const pages = ['README.md', ...chapters.map((name) => `web-demo/docs/${name}`)];

const examples = pages.flatMap((page) => {
  const found = readFileSync(join(root, page), 'utf8').matchAll(/^```js\n(.*?)^```/gms);
  return Array.from(found, ([, text], number) => ({ name: `${page}, example ${number + 1}`, text }));
});

test('there are examples', () => assert.ok(examples.length >= 2));

for (const { name, text } of examples) {
  test(`${name} runs as it stands`, () => {
    // Below this file, so that the package is found as an installed one.
    const folder = mkdtempSync(join(dirname(fileURLToPath(import.meta.url)), 'example-'));
    try {
      cpSync(join(root, 'tests/accounts/example'), join(folder, 'exports'), { recursive: true });
      writeFileSync(join(folder, 'example.mjs'), text);
      const { status, stderr } = spawnSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
