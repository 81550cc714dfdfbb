import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onPage } from './lib/page.js';

const background = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
/** Carbon's g10 and g100. */
const [light, dark] = ['rgb(244, 244, 244)', 'rgb(22, 22, 22)'];

test('the theme is that of the system, until another is chosen', () =>
  onPage({ colorScheme: 'dark' }, async (page) => {
    assert.equal(await background(page), dark);
    await page.emulateMedia({ colorScheme: 'light' });
    assert.equal(await background(page), light);
    await page.getByRole('button', { name: 'Switch to dark theme' }).click();
    assert.equal(await background(page), dark);
    await page.getByRole('button', { name: 'Switch to light theme' }).waitFor();
  }));

test('a chosen theme is there the next time', () =>
  onPage({ colorScheme: 'light' }, async (page, context) => {
    await page.getByRole('button', { name: 'Switch to dark theme' }).click();
    const next = await context.newPage();
    await next.goto(page.url());
    assert.equal(await background(next), dark);
  }));

test('by keyboard alone: theme, tabs, example, evidence', () =>
  onPage({}, async (page) => {
    const focused = () =>
      page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return (at?.getAttribute('aria-label') ?? at?.getRootNode().host?.textContent ?? '').trim() || at?.textContent.trim();
      });
    const tabTo = async (name) => {
      const seen = [];
      for (let presses = 0; presses < 30; presses += 1) {
        await page.keyboard.press('Tab');
        const at = await focused();
        if (at?.startsWith(name)) return;
        seen.push(at);
      }
      assert.fail(`never came to ${name}: ${seen.join(' | ')}`);
    };
    await tabTo('Switch to');
    await page.keyboard.press('Enter');
    await tabTo('CRN');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'Plan' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'Account' }).waitFor();
    await tabTo('Load the example');
    await page.keyboard.press('Enter');
    await page.locator('key-table summary').first().waitFor();
    // The focus is on what came out.
    assert.match(await focused(), /^\d+ keys?, /);
    await tabTo('3 deployments');
    await page.keyboard.press('Enter');
    await page.locator('key-table details[open]').waitFor();
  }));

test('the page works from a folder on disk', () =>
  onPage({ fromDisk: true, view: 'account' }, async (page) => {
    await page.getByRole('button', { name: 'Load the example' }).click();
    await page.locator('key-table summary').first().waitFor();
    assert.equal(await page.evaluate(() => document.fonts.check('1rem "IBM Plex Sans"')), true);
  }));

test('nothing may be fetched, styled or run that is not of the page', () =>
  onPage({}, async (page) => {
    const policy = await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
    const rules = Object.fromEntries(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));
    assert.equal(rules['default-src'], "'none'");
    assert.equal(rules['connect-src'], "'none'");
    assert.equal(rules['script-src'], "'self' 'wasm-unsafe-eval'");
    assert.equal(rules['style-src'], "'self'");
  }));

test('the worker that reads the exports may fetch nothing either', () =>
  onPage({ view: 'account' }, async (page) => {
    await page.getByRole('button', { name: 'Load the example' }).click();
    await page.locator('key-table summary').first().waitFor();
    const [worker] = page.workers();
    assert.match(worker.url(), /^blob:/);
    const refused = (address) =>
      worker.evaluate(async (address) => {
        const refusal = new Promise((resolve) =>
          addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true }),
        );
        const said = await fetch(address).then(() => 'fetched', (error) => error.name);
        return [said, await refusal];
      }, address);
    for (const address of ['https://example.com/', new URL('licenses.md', page.url()).href]) {
      assert.deepEqual(await refused(address), ['TypeError', 'connect-src'], address);
    }
    await assert.rejects(worker.evaluate((address) => importScripts(address), 'https://example.com/script.js'));
  }));

test('what was read stands neither in the address nor in what the browser keeps', () =>
  onPage({ view: 'account' }, async (page, context) => {
    await page.getByRole('button', { name: 'Load the example' }).click();
    await page.locator('key-table summary').first().waitFor();
    for (const part of ['Findings', 'Graph', 'What if']) await page.getByRole('tab', { name: part }).click();
    assert.equal(new URL(page.url()).hash, '#account');
    assert.equal(new URL(page.url()).search, '');
    const { cookies, origins } = await context.storageState({ indexedDB: true });
    assert.deepEqual([cookies, origins], [[], []]);
  }));
