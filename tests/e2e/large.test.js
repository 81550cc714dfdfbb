// An account of a hundred thousand registrations: the page answers while it is read, and afterwards.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, keep, onPage } from './lib/page.js';

/** By `cargo xtask gen-account`: of a thousand registrations there are a hundred deployments and fifty keys. */
const folder = process.env.KMSGUARD_LARGE_ACCOUNT;

/**
 * Nothing a person does waits longer than this, in milliseconds. It is far more than it takes, for the machine may be busy, and far
 * less than what the reading takes, which is several seconds.
 */
const longest = 1_000;

test('the page answers while it reads, scrolls, looks for words, and draws', (t) =>
  onPage({ view: 'account' }, async (page) => {
    page.setDefaultTimeout(120_000);
    await page.evaluate(() => {
      globalThis.long = [];
      new PerformanceObserver((list) => globalThis.long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    });
    await page.locator('#folder').setInputFiles(folder);
    // It says how far it is, and the other views can be used meanwhile.
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('tab', { name: 'CRN', exact: true }).click();
    await page.getByRole('button', { name: 'Show samples' }).click();
    await page.locator('crn-card').first().waitFor({ timeout: 5_000 });
    await page.getByRole('tab', { name: 'Account', exact: true }).click();
    const keys = page.getByRole('table', { name: 'Keys' });
    await keys.getByRole('row').nth(1).waitFor();
    const tab = (name) => page.getByRole('tab', { name });
    assert.match(await tab(/^Keys/).textContent(), /4,9\d\d/);
    await keep(page, 'large-keys');
    // Whoever is in a row stays there, wherever the page is scrolled.
    await keys.locator('summary').first().focus();
    for (const share of [0.25, 0.5, 1]) {
      await page.evaluate((share) => scrollTo(0, share * document.documentElement.scrollHeight), share);
      await page.waitForFunction(() => {
        const at = (root, ...names) => names.reduce((at, name) => at?.shadowRoot?.querySelector(name), { shadowRoot: root });
        const rows = [...at(document, 'kmsguard-page', 'account-view', 'key-table').shadowRoot.querySelectorAll('tr[data-index]')];
        return rows.length > 0 && rows.every((row) => row.querySelector('.resource-name'));
      });
    }
    assert.ok((await keys.locator('tr[data-index]').count()) < 60);
    assert.equal(await keys.locator('tr:has(summary:focus)').getAttribute('data-index'), '0');
    await page.evaluate(() => scrollTo(0, 0));
    await tab(/^Deployments/).click();
    const deployments = page.getByRole('table', { name: 'Deployments' });
    await deployments.getByRole('row').nth(1).waitFor();
    await page.getByRole('textbox', { name: 'Only deployments with these words' }).fill('messagehub');
    await page.getByText(/^[\d,]+ of [\d,]+$/).filter({ hasNotText: /^([\d,]+) of \1$/ }).waitFor();
    await tab(/^Findings/).click();
    await page.locator('finding-card').first().waitFor();
    await page.getByRole('combobox', { name: 'In groups by' }).selectOption('rule');
    await page.getByRole('group', { name: /^SHARE001/ }).first().waitFor();
    await keep(page, 'large-findings');
    // Few nodes for many things: they open, down to a key.
    await tab(/^Graph/).click();
    const nodes = page.locator('account-graph .node');
    await nodes.first().waitFor();
    assert.ok((await nodes.count()) <= 90);
    await keep(page, 'large-graph');
    await assertAccessible(page);
    await page.locator('account-graph section.keys button').first().click();
    await page.locator('account-graph section.keys button:not(.several)').first().click();
    await page.getByRole('button', { name: 'Delete this key' }).click();
    await page.locator('account-graph impact-answer h3').first().waitFor();
    await keep(page, 'large-graph-key');
    await tab(/^What if/).click();
    await page.locator('impact-view impact-answer h3').first().waitFor();
    const long = await page.evaluate(() => globalThis.long);
    t.diagnostic(`the longest time that the page did not answer: ${Math.max(0, ...long)} ms`);
    assert.ok(Math.max(0, ...long) < longest, `${long}`);
  }));

test('a reading that takes too long is given up', () =>
  onPage({ view: 'account' }, async (page) => {
    await page.locator('#folder').setInputFiles(folder);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    // It is told to end, and ends.
    for (const worker of page.workers()) await worker.waitForEvent('close');
    assert.equal(page.workers().length, 0);
    await page.getByRole('button', { name: 'Load the example' }).click();
    await page.locator('key-table summary').first().waitFor();
  }));
