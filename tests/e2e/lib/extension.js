// The extension in a real browser, on pages that a site of the console, or another, would give. Every test also fails for an error
// of the extension and for any request but those for the pages themselves.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const built = process.env.KMSGUARD_EXTENSION;
export const shots = join(process.env.KMSGUARD_TARGET, 'web/screenshots');

export const account = '0123456789abcdef0123456789abcdef';
export const instance = '44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4';
export const keyId = 'f6c9f6d0-92f6-437a-b97c-4b617cb3d320';
export const key = `crn:v1:bluemix:public:kms:us-south:a/${account}:${instance}:key:${keyId}`;
export const withoutPrefix = key.replace('a/', '');

/** As strict as a page can be: an extension that put anything but a highlight and a shadow into it would be seen. */
const policy = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/**
 * Starts a browser with the extension, and works with it.
 *
 * @param work gets `open`, which gives a page of this text at this address, the extension's worker and address, and the context
 * @param allowed sites that a person has allowed: the browser's own question cannot be answered from here
 */
export async function withExtension(work, allowed = []) {
  mkdirSync(shots, { recursive: true });
  const profile = mkdtempSync(join(tmpdir(), 'kmsguard-profile-'));
  const folder = allowed.length ? withSites(join(profile, 'extension'), allowed) : built;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.KMSGUARD_CHROMIUM ?? '/usr/bin/chromium',
    headless: false,
    args: ['--no-sandbox', '--headless=new', `--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
    ignoreDefaultArgs: ['--disable-extensions'],
    viewport: { width: 1000, height: 700 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(20_000);
  const complaints = [];
  const watch = (page) => {
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  };
  context.on('page', watch);
  const pages = new Map();
  /** Pages without a policy, which axe can be run on. */
  const lenient = new Set();
  await context.route(/^https?:/, (route) => {
    const body = pages.get(route.request().url());
    if (body === undefined) {
      complaints.push(`request to ${route.request().url()}`);
      return route.abort();
    }
    const headers = lenient.has(route.request().url()) ? {} : { 'Content-Security-Policy': policy };
    return route.fulfill({ body, headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' } });
  });
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    const address = `chrome-extension://${new URL(worker.url()).host}/`;
    const open = async (body, url = 'https://cloud.ibm.com/resources', isStrict = true) => {
      if (!isStrict) lenient.add(url);
      pages.set(url, `<!doctype html><html lang="en"><title>A page</title><body>${body}</body></html>`);
      const page = await context.newPage();
      await page.goto(url);
      return page;
    };
    await work({ open, worker, address, context });
    assert.deepEqual(complaints, []);
  } catch (error) {
    error.message += complaints.map((complaint) => `\n${complaint}`).join('');
    throw error;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** A copy of the extension to which these sites are allowed. */
export function withSites(folder, allowed) {
  cpSync(built, folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, host_permissions: allowed }));
  return folder;
}

/** The texts that are underlined, by how they are. What is found on the page is known in the page's own world too. */
export function underlined(page) {
  return page.evaluate(() =>
    Object.fromEntries(
      ['wrong', 'doubtful'].map((standing) => {
        const ranges = [...(CSS.highlights.get(`kmsguard-${standing}`) ?? [])];
        const textOf = ({ startContainer, startOffset, endContainer, endOffset }) => {
          const range = document.createRange();
          range.setStart(startContainer, startOffset);
          range.setEnd(endContainer, endOffset);
          return range.toString();
        };
        return [standing, ranges.map(textOf)];
      }),
    ),
  );
}

export async function untilUnderlined(page, count, standing = 'wrong') {
  await page.waitForFunction(([standing, count]) => CSS.highlights.get(`kmsguard-${standing}`)?.size === count, [standing, count]);
}
