// The page in a real browser. Every test also fails for an error on the page and for a request after it has loaded.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './site.js';

export { assertAccessible, assertNoSideways } from './judge.js';

const folder = process.env.KMSGUARD_PAGE;
const shots = join(process.env.KMSGUARD_TARGET, 'web/screenshots');

let browser;
let site;
before(async () => {
  mkdirSync(shots, { recursive: true });
  const executablePath = process.env.KMSGUARD_CHROMIUM ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  site = await serve(folder);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/**
 * Opens the page, works on it, and checks that it was quiet.
 *
 * @param options Playwright's, and `view`, and `fromDisk` for a page that no server gives
 */
export async function onPage({ view = 'crn', fromDisk = false, ...options }, work) {
  const address = fromDisk ? pathToFileURL(join(folder, 'index.html')).href : site.address;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints = [];
  let isLoaded = false;
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('request', (request) => {
    // What the page itself made in memory goes nowhere.
    if (request.url().startsWith('blob:')) return;
    const inside = request.url().startsWith(address.slice(0, address.lastIndexOf('/') + 1));
    if (!inside || isLoaded) complaints.push(`request to ${request.url()}`);
  });
  try {
    await page.goto(`${address}#${view}`);
    await page.evaluate(() => document.fonts.ready);
    isLoaded = true;
    const result = await work(page, context);
    assert.deepEqual(complaints, []);
    return result;
  } catch (error) {
    // What failed is told in any case.
    await page.screenshot({ path: join(shots, 'failed.png') }).catch(() => undefined);
    error.message += complaints.map((complaint) => `\n${complaint}`).join('');
    throw error;
  } finally {
    await context.close();
  }
}

/** For a person to look at. */
export async function keep(page, name) {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
