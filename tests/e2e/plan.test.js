import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertAccessible, assertNoSideways, keep, onPage } from './lib/page.js';

const view = 'plan';
const account = '0123456789abcdef0123456789abcdef';
const instance = '44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4';
const key = `crn:v1:bluemix:public:kms:us-south:a/${account}:${instance}:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320`;

const keyField = (page) => page.getByRole('combobox', { name: 'CRN of the key', exact: true }).or(
  page.getByRole('textbox', { name: 'CRN of the key', exact: true }),
);
const service = (page) => page.getByRole('combobox', { name: 'Service', exact: true });
const steps = (page) => page.locator('plan-step');
const shows = (page, form) => page.getByRole('radio', { name: form, exact: true }).check();

test('Event Streams Gen 2: five steps, the roles and the place of the key that its documentation names', () =>
  onPage({ view, permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await keyField(page).pressSequentially(key);
    await page.getByRole('heading', { name: /^5 steps/ }).waitFor();
    await page.getByText('Reader, AuthorizationDelegator').waitFor();
    await shows(page, 'REST');
    const body = JSON.parse((await steps(page).nth(3).locator('pre').textContent()).split('\n\n')[1]);
    assert.equal(body.parameters.dataservices.encryption.disk, key);
    await shows(page, 'CLI');
    const cli = await steps(page).nth(3).locator('pre').textContent();
    assert.match(cli, /ibmcloud resource service-instance-create event-streams-gen2 messagehub/);
    await page.getByRole('button', { name: /^Copy step 4, CLI$/ }).click();
    await page.getByRole('button', { name: /^Copied/ }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), cli);
    for (const [form, begins] of [['curl', 'curl '], ['Terraform', 'resource "ibm_iam_authorization_policy"']]) {
      await shows(page, form);
      const text = await steps(page).nth(1).locator('pre').textContent();
      assert.ok(text.includes(begins), text);
    }
    await shows(page, 'Console');
    assert.match(await steps(page).nth(1).locator('pre').textContent(), /Authorizations/);
  }));

test('a problem is underlined beside its field, and no plan is shown', () =>
  onPage({ view }, async (page) => {
    await keyField(page).fill(key.replace('a/', ''));
    await page.getByRole('heading', { name: 'No plan yet: 1 error' }).waitFor();
    const field = page.locator('form-field').filter({ has: keyField(page) });
    assert.equal(await field.locator('mark.error').textContent(), account);
    await field.getByText('CRN008', { exact: true }).waitFor();
    assert.equal(await keyField(page).getAttribute('aria-invalid'), 'true');
    assert.equal(await steps(page).count(), 0);
    await keyField(page).fill(key);
    await page.getByRole('heading', { name: /^5 steps/ }).waitFor();
    assert.equal(await field.locator('problem-list').count(), 0);
  }));

test('marks count as the browser does', () =>
  onPage({ view }, async (page) => {
    // Four bytes, two UTF-16 units: the mark begins where the answer's bytes say.
    await keyField(page).fill(`crn:v1:bluemix:public:kms:us-south:a/${account}:${instance}:key:😀x`);
    assert.equal(await page.locator('form-field mark').first().textContent(), '😀x');
  }));

test('every service has a form in which each problem has its field', () =>
  onPage({ view }, async (page) => {
    await keyField(page).fill(key);
    const services = await service(page).locator('option').evaluateAll((all) => all.map(({ value }) => value));
    assert.ok(services.length > 25);
    for (const id of services) {
      await service(page).selectOption(id);
      await page.getByRole('heading', { level: 2, name: /steps|No plan yet/ }).waitFor();
      assert.equal(await page.locator('plan-answer > problem-list').count(), 0, id);
      assert.equal(await keyField(page).inputValue(), key, id);
      assert.equal((await page.getByText('The request, for').count()) > 0, true, id);
    }
  }));

test('Schematics asks for what only its settings have', () =>
  onPage({ view }, async (page) => {
    await service(page).selectOption({ label: 'Schematics' });
    await keyField(page).fill(key);
    await page.getByRole('heading', { name: 'No plan yet: 2 errors' }).waitFor();
    await page.getByRole('textbox', { name: 'Location of the settings' }).fill('US');
    await page.getByRole('combobox', { name: 'Scheme' }).selectOption('byok');
    await page.getByRole('heading', { level: 2, name: /steps/ }).waitFor();
    await page.getByText('more fields').click();
    await page.getByRole('textbox', { name: 'CRN of a second key' }).fill(key);
    await page.getByText('PLAN015', { exact: true }).waitFor();
  }));

test('parameters are JSON, and what is not is said beside them', () =>
  onPage({ view }, async (page) => {
    await keyField(page).fill(key);
    await page.getByText('more fields').click();
    const parameters = page.getByRole('textbox', { name: 'More parameters' });
    await parameters.fill('{"dataservices": {"kafka": {"storage_gb": "many"}}}');
    await page.locator('form-field').filter({ has: parameters }).getByText('PLAN005', { exact: true }).waitFor();
    await parameters.fill('{"dataservices"');
    await page.getByText('Expected an object').waitFor();
    await parameters.fill('');
    await page.getByRole('heading', { name: /^5 steps/ }).waitFor();
  }));

test('the plan is checked against exports that were dropped in Account', () =>
  onPage({ view }, async (page) => {
    await page.getByRole('link', { name: 'Account', exact: true }).click();
    await page.getByRole('button', { name: 'Load the example' }).click();
    await page.locator('key-table summary').first().waitFor();
    await page.getByRole('tab', { name: 'Plan' }).click();
    const keys = JSON.parse(readFileSync(join(process.env.KMSGUARD_ROOT, 'tests/accounts/example/kms-production/keys.json'), 'utf8'));
    // By the README of the example three deployments use `payments` already.
    const payments = keys.resources.find(({ name }) => name === 'payments').crn;
    await keyField(page).fill(payments);
    const checks = page.locator('preflight-list');
    await checks.getByRole('heading', { name: /^By the exports/ }).waitFor();
    await checks.locator('li').filter({ hasText: '3 deployments' }).or(checks.locator('li').filter({ hasText: 'orders' })).first().waitFor();
    const offered = await page.locator('form-field').first().locator('option').evaluateAll((all) => all.map(({ value }) => value));
    assert.ok(offered.includes(payments));
    await keep(page, 'plan-preflight');
    await assertAccessible(page);
  }));

test('a plan begins at a key that a CRN named', () =>
  onPage({ view: 'crn' }, async (page) => {
    await page.getByRole('textbox', { name: 'CRN, or one a line' }).fill(key);
    await page.getByRole('button', { name: 'Plan with this key' }).click();
    await page.getByRole('heading', { name: /^5 steps/ }).waitFor();
    assert.equal(await keyField(page).inputValue(), key);
    assert.ok(page.url().endsWith('#plan'), 'nothing of the key is in the address');
  }));

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 320, height: 640 } }],
]) {
  test(`a plan, ${name}: accessible, and not wider than the screen`, () =>
    onPage({ view, ...options }, async (page) => {
      await keep(page, `plan-empty-${name}`);
      await assertAccessible(page);
      await page.getByRole('button', { name: 'Fill in a key as an example' }).click();
      await page.getByText('more fields').click();
      for (const form of ['CLI', 'curl', 'REST', 'Terraform', 'Console']) {
        await shows(page, form);
        await assertNoSideways(page);
      }
      await page.locator('plan-step summary').first().click();
      await keep(page, `plan-${name}`);
      await assertAccessible(page);
      await keyField(page).fill(key.slice(0, -4));
      await page.getByRole('heading', { name: /^No plan yet/ }).waitFor();
      await keep(page, `plan-wrong-${name}`);
      await assertNoSideways(page);
      await assertAccessible(page);
    }));
}
