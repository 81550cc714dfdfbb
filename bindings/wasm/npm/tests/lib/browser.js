// A real browser, and what a page in it gives.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

export function launch() {
  const executablePath = process.env.KMSGUARD_CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Opens a page and waits for its `globalThis.result`. Fails on any error, and on any request that leaves the site. */
export async function resultOf(browser, address) {
  const { origin } = new URL(address);
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => request.url().startsWith(origin) || complaints.push(`request to ${request.url()}`));
  try {
    await page.goto(address);
    const handle = await page.waitForFunction(() => globalThis.result).catch((error) => {
      throw new Error(`${error.message}\n${complaints.join('\n')}`);
    });
    const result = await handle.jsonValue();
    assert.deepEqual(complaints, []);
    return result;
  } finally {
    await page.close();
  }
}
