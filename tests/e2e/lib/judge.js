// What every page is held to, whoever opened it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** All of axe's rules, of the page as it stands. */
export async function assertAccessible(page) {
  // Past the policy of the page, as an extension of the browser would run it.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    const place = ({ html, failureSummary }) => `${html} ${failureSummary}`;
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(place).join('\n')}`);
  });
  assert.deepEqual(found, []);
}

export async function assertNoSideways(page) {
  const { shown, wide } = await page.evaluate(() => ({
    shown: document.documentElement.clientWidth,
    wide: document.documentElement.scrollWidth,
  }));
  assert.ok(wide <= shown, `${wide} pixels of content in ${shown}`);
}
