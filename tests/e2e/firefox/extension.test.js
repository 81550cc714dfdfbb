// The same extension in Firefox, which is driven another way: the main flows, on a page with a strict policy.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { key, withSites, withoutPrefix } from '../lib/extension.js';

// The tools of the npm package have it already.
const puppeteer = createRequire(join(process.env.KMSGUARD_TARGET, 'npm/package.json'))('puppeteer-core');
const strict = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': "default-src 'none'; script-src 'self'" };

const folder = mkdtempSync(join(tmpdir(), 'kmsguard-firefox-'));
let browser;
let server;
let address;

before(async () => {
  server = createServer(({ url }, response) => {
    if (url === '/favicon.ico') response.writeHead(204).end();
    else response.writeHead(200, strict).end(`<!doctype html><title>A page</title><p>${withoutPrefix}</p><a href="#x">${key}</a>`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${server.address().port}/`;
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.KMSGUARD_FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    enableExtensions: true,
  });
  await browser.installExtension(withSites(join(folder, 'extension'), ['http://127.0.0.1/*']));
});
after(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const textOfCard = (page) =>
  page.evaluate(() => document.querySelector('kmsguard-card')?.shadowRoot.querySelector('.card:popover-open')?.textContent ?? '');

test('on a site that a person allowed wrong CRNs are underlined, and the page stays as it is', async () => {
  const page = await browser.newPage();
  // What is registered takes effect with the next page that is loaded.
  for (let tries = 0; tries < 10; tries += 1) {
    await page.goto(address);
    const marked = page.waitForFunction(() => CSS.highlights.get('kmsguard-wrong')?.size === 1, { timeout: 3_000 });
    if (await marked.then(() => true, () => false)) break;
  }
  const [text] = await page.evaluate(() =>
    [...CSS.highlights.get('kmsguard-wrong')].map((range) => range.startContainer.data.slice(range.startOffset, range.endOffset)),
  );
  assert.equal(text, withoutPrefix);
  assert.equal(await page.evaluate(() => document.querySelector('p').innerHTML), withoutPrefix);
});

test('a card for what has the focus', async () => {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => CSS.highlights.get('kmsguard-wrong')?.size === 1, { timeout: 20_000 });
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.querySelector('kmsguard-card')?.shadowRoot.querySelector('.card:popover-open'), { timeout: 20_000 });
  assert.match(await textOfCard(page), /^A KMS key nothing is wrong with it/);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('kmsguard-card').shadowRoot.querySelector('.card:popover-open'), { timeout: 20_000 });
});
