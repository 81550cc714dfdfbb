// All vectors on a page and in a worker, the same in every browser.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { resultOf } from './browser.js';
import { serve } from './site.js';
import { assertHolds, assertSame, cases, nativeAnswers } from './vectors.js';

const here = join(import.meta.dirname, '..');
const all = cases();
const native = nativeAnswers();

// The same code on a page and in a worker.
const run = `
  import * as kmsguard from '/kmsguard/index.js';
  import { ask } from '/lib/ask.js';
  export async function answers() {
    await Promise.all([kmsguard.init(), kmsguard.init()]);
    await kmsguard.init();
    const cases = await (await fetch('/cases.json')).json();
    return cases.map(({ operation, request }) => {
      try { return ask(kmsguard, operation, request); } catch (error) { return String(error); }
    });
  }`;
const page = (script) => `<!doctype html><script type="module" src="${script}"></script>`;
const pages = {
  '/cases.json': JSON.stringify(all.map(({ operation, request }) => ({ operation, request }))),
  '/run.js': run,
  '/page.html': page('/page.js'),
  '/page.js': `import { answers } from '/run.js'; globalThis.result = await answers();`,
  '/worker.html': page('/start.js'),
  '/start.js': `new Worker('/worker.js', { type: 'module' }).onmessage = ({ data }) => { globalThis.result = data; };`,
  '/worker.js': `import { answers } from '/run.js'; postMessage(await answers());`,
  '/favicon.ico': '',
};

/** @param {() => Promise<object>} launch starts the browser */
export function testVectors(launch) {
  let browser;
  let site;
  before(async () => {
    browser = await launch();
    site = await serve({ '/kmsguard/': join(here, 'node_modules/kmsguard'), '/lib/': join(here, 'lib') }, pages);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  for (const place of ['page', 'worker']) {
    test(`all vectors in a ${place}`, async (t) => {
      const answers = await resultOf(browser, `${site.address}/${place}.html`);
      assert.equal(answers.length, all.length);
      for (const [index, { name, expect }] of all.entries()) {
        await t.test(name, () => {
          assert.ok(answers[index].startsWith('{'), answers[index]);
          assertHolds(JSON.parse(answers[index]), expect);
          assertSame(answers[index], native.get(name));
        });
      }
    });
  }
}
