// Every host runs its own tiny project, with the package as it is published.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { launch, resultOf } from '#lib/browser.js';
import { serve } from '#lib/site.js';
import webpack from 'webpack';

const here = import.meta.dirname;
const tools = join(process.env.KMSGUARD_TARGET, 'npm/node_modules/.bin');
const run = async (host, program, ...words) => {
  const { stdout } = await promisify(execFile)(program, words, { cwd: join(here, host) }).catch((error) => {
    throw new Error(`${error.message}\n${error.stdout}`);
  });
  return stdout;
};

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const host of ['node-esm', 'node-cjs']) {
  test(host, async () => {
    const said = JSON.parse(await run(host, process.execPath, 'main.js'));
    assert.deepEqual(said, { outcome: 'fine', parts: ['function', 'function', false, true] });
  });
}

test('node-worker', async () => {
  assert.deepEqual(JSON.parse(await run('node-worker', process.execPath, 'main.js')), ['fine', 'fine']);
});

for (const host of ['node-typescript', 'typescript-bundler']) {
  test(host, async () => {
    assert.equal(await run(host, join(tools, 'tsc'), '--noEmit'), '');
  });
}

test('vite', async () => {
  await run('vite', join(tools, 'vite'), 'build', '--logLevel', 'warn');
  const site = await serve({ '/': join(here, 'vite/dist') }, { '/favicon.ico': '' });
  try {
    assert.deepEqual(await resultOf(browser, `${site.address}/index.html`), ['fine', 'fine']);
  } finally {
    await site.close();
  }
});

test('webpack', async () => {
  const settings = {
    mode: 'production',
    context: join(here, 'webpack'),
    entry: './main.js',
    output: { path: join(here, 'webpack/dist'), filename: 'main.js' },
    // Warned of is what every page that holds this much WebAssembly is warned of.
    performance: { hints: false },
  };
  const stats = await promisify(webpack)(settings);
  assert.deepEqual(stats.toJson().errors.concat(stats.toJson().warnings), []);
  const site = await serve({ '/': join(here, 'webpack/dist') }, { '/index.html': '<script src="main.js"></script>', '/favicon.ico': '' });
  try {
    assert.deepEqual(await resultOf(browser, `${site.address}/index.html`), ['fine', 'fine']);
  } finally {
    await site.close();
  }
});

test('plain-page', async () => {
  const folders = { '/node_modules/': join(here, '../node_modules'), '/': join(here, 'plain-page') };
  const site = await serve(folders, { '/favicon.ico': '' });
  try {
    assert.equal(await resultOf(browser, `${site.address}/index.html`), 'fine');
  } finally {
    await site.close();
  }
});
