// The graph of an account: what hangs on what, and what breaks if one of it goes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertAccessible, assertNoSideways, keep, onPage } from './lib/page.js';

const example = join(process.env.KMSGUARD_ROOT, 'tests/accounts/example');
const column = (page, name) => page.locator(`account-graph section.${name}`);
const node = (page, of, name) => column(page, of).getByRole('button', { name: new RegExp(`^${name} `) });
const about = (page) => page.getByRole('complementary', { name: 'About the chosen node' });

async function openGraph(page) {
  await page.getByRole('button', { name: 'Load the example' }).click();
  await page.getByRole('tab', { name: 'Graph' }).click();
  await node(page, 'keys', 'payments').waitFor();
}

test('what hangs on a key, and what its deletion takes, where it stands', () =>
  onPage({ view: 'account', viewport: { width: 1440, height: 900 } }, async (page) => {
    await openGraph(page);
    await node(page, 'keys', 'payments').click();
    assert.equal(await node(page, 'keys', 'payments').getAttribute('aria-pressed'), 'true');
    // By the README of the example: an Event Streams, a PostgreSQL and an Object Storage instance.
    const near = column(page, 'deployments').locator('.node:not(.far)');
    assert.deepEqual((await near.locator('.title').allTextContents()).sort(), ['archive', 'ledger', 'orders']);
    await about(page).getByRole('button', { name: 'Delete this key' }).click();
    await about(page).getByRole('heading', { name: 'It will be refused', exact: true }).waitFor();
    // Deleting it would take the data of two of them for good.
    const lost = column(page, 'deployments').locator('.lit').filter({ hasText: 'data lost for good' });
    assert.deepEqual((await lost.locator('.title').allTextContents()).sort(), ['ledger', 'orders']);
    await about(page).getByRole('heading', { name: /^What happens when/ }).waitFor();
    await about(page).locator('.timeline time').first().waitFor();
    assert.ok((await page.locator('account-graph path.lit').count()) >= 2);
    await keep(page, 'graph-delete-key');
    await assertAccessible(page);
  }));

test('an authorization is revoked, and a deployment deleted, in question only', () =>
  onPage({ view: 'account' }, async (page) => {
    await openGraph(page);
    const { policies } = JSON.parse(readFileSync(join(example, 'iam-authorizations.json'), 'utf8'));
    const shown = await column(page, 'policies').getByRole('button').allTextContents();
    assert.ok(shown.every((text) => policies.some(({ id }) => text.includes(id))));
    await column(page, 'policies').getByRole('button').first().click();
    await about(page).getByRole('button', { name: 'Revoke this policy' }).click();
    await about(page).locator('impact-answer h3').first().waitFor();
    await node(page, 'deployments', 'orders').click();
    await about(page).getByRole('button', { name: 'Delete this deployment' }).click();
    await about(page).locator('impact-answer h3').first().waitFor();
    await assertAccessible(page);
  }));

test('one key by itself, by its name, and everything again', () =>
  onPage({ view: 'account' }, async (page) => {
    await openGraph(page);
    await node(page, 'keys', 'payments').click();
    await about(page).getByRole('button', { name: 'Show only this' }).click();
    await page.getByRole('navigation', { name: 'What is shown' }).getByText('payments').waitFor();
    await column(page, 'keys').locator('.node').nth(1).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Everything' }).click();
    await node(page, 'keys', 'sessions').waitFor();
    const { resources } = JSON.parse(readFileSync(join(example, 'kms-production/keys.json'), 'utf8'));
    const { crn } = resources.find((key) => key.name === 'sessions');
    await page.getByRole('combobox', { name: 'Show one key' }).fill(crn);
    await column(page, 'keys').locator('.node').nth(1).waitFor({ state: 'detached' });
    await about(page).getByRole('heading', { name: 'sessions' }).waitFor();
  }));

test('by keyboard alone: a key, its deletion, the answer', () =>
  onPage({ view: 'account' }, async (page) => {
    await openGraph(page);
    await node(page, 'keys', 'payments').focus();
    await page.keyboard.press('Enter');
    await about(page).getByRole('button', { name: 'Delete this key' }).focus();
    await page.keyboard.press('Enter');
    await about(page).getByRole('heading', { name: 'It will be refused', exact: true }).waitFor();
    // Whoever does not see the graph is told.
    await about(page).getByRole('status').filter({ hasText: /^\s*Delete this key: It will be refused\. \d+ nodes of the graph affected/ }).waitFor();
  }));

for (const [name, options] of [
  ['light', { colorScheme: 'light', viewport: { width: 768, height: 900 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 1440, height: 900 } }],
  ['narrow', { viewport: { width: 320, height: 640 } }],
]) {
  test(`the graph, ${name}: accessible, and not wider than the screen`, () =>
    onPage({ view: 'account', ...options }, async (page) => {
      await openGraph(page);
      await keep(page, `graph-${name}`);
      await assertNoSideways(page);
      await assertAccessible(page);
      await node(page, 'keys', 'payments').click();
      await about(page).getByRole('button', { name: 'Delete this key' }).click();
      await about(page).locator('.timeline time').first().waitFor();
      await keep(page, `graph-asked-${name}`);
      await assertNoSideways(page);
      await assertAccessible(page);
    }));
}
