import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertAccessible, assertNoSideways, keep, onPage } from './lib/page.js';

const example = join(process.env.KMSGUARD_ROOT, 'tests/accounts/example');
const view = 'account';

const shared = (page) => page.locator('finding-card').filter({ hasText: 'SHARE001' });

async function loadExample(page) {
  await page.getByRole('button', { name: 'Load the example' }).click();
  await shared(page).waitFor();
}

test('the example: the shared key, its deployments, the evidence and the fix', () =>
  onPage({ view }, async (page) => {
    await loadExample(page);
    const finding = shared(page);
    assert.equal(await finding.locator('.severity').textContent(), 'high');
    assert.equal(await finding.locator('.key .resource-name').textContent(), 'payments');
    // By the README of the example: an Event Streams, a PostgreSQL and an Object Storage instance.
    const services = await finding.locator('li').allTextContents();
    assert.equal(services.length, 3);
    for (const service of ['messagehub', 'databases-for-postgresql', 'cloud-object-storage']) {
      assert.ok(services.some((text) => text.includes(service)), service);
    }
    await finding.getByText('Where it was read').click();
    await finding.getByRole('cell', { name: 'example/kms-production/registrations.json' }).first().waitFor();
    await finding.getByRole('button', { name: 'Copy the command' }).first().waitFor();
    await page.getByRole('tab', { name: 'Files' }).click();
    const inputs = page.getByRole('table', { name: 'What was read' });
    await inputs.getByRole('row').filter({ hasText: 'kms-production/keys.json' }).getByText('kms-keys').waitFor();
  }));

test('the answer is downloaded as JSON', () =>
  onPage({ view }, async (page) => {
    await loadExample(page);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as JSON' }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    assert.ok(text.endsWith('}\n'));
    const answer = JSON.parse(text);
    assert.equal(answer.schema_version, 1);
    assert.ok(answer.findings.some(({ rule }) => rule === 'SHARE001'));
  }));

test('chosen files', () =>
  onPage({ view }, async (page) => {
    const files = ['kms-production/keys.json', 'kms-production/registrations.json'];
    await page.locator('#files').setInputFiles(files.map((file) => join(example, file)));
    await shared(page).waitFor();
    await page.getByText('2 files, as of').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await shared(page).waitFor({ state: 'detached' });
  }));

test('a chosen folder, by its paths', () =>
  onPage({ view }, async (page) => {
    await page.locator('#folder').setInputFiles(example);
    await shared(page).waitFor();
    await page.getByRole('tab', { name: 'Files' }).click();
    await page.getByRole('cell', { name: 'example/kms-europe/keys.json' }).first().waitFor();
  }));

test('dropped files', () =>
  onPage({ view }, async (page) => {
    const texts = ['keys.json', 'registrations.json'].map((name) => ({
      name,
      text: readFileSync(join(example, 'kms-production', name), 'utf8'),
    }));
    const transfer = await page.evaluateHandle((files) => {
      const made = new DataTransfer();
      for (const { name, text } of files) made.items.add(new File([text], name));
      return made;
    }, texts);
    await page.locator('drop-zone section').dispatchEvent('drop', { dataTransfer: transfer });
    await shared(page).waitFor();
  }));

for (const [where, opened, target] of [
  ['in its place', 'account', 'drop-zone section'],
  ['beside it', 'crn', 'h1'],
]) {
  test(`a folder dropped ${where}, by its paths`, () =>
    onPage({ view: opened }, async (page, context) => {
      const box = await page.locator(target).boundingBox();
      const session = await context.newCDPSession(page);
      // Only the browser itself can drop a folder.
      for (const type of ['dragEnter', 'dragOver', 'drop']) {
        const data = { items: [], files: [example], dragOperationsMask: 1 };
        await session.send('Input.dispatchDragEvent', { type, x: box.x + 20, y: box.y + 20, data });
      }
      await shared(page).waitFor();
      await page.getByRole('tab', { name: 'Files' }).click();
      await page.getByRole('cell', { name: 'example/kms-europe/keys.json' }).first().waitFor();
    }));
}

test('only findings of one severity', () =>
  onPage({ view }, async (page) => {
    await loadExample(page);
    const cards = page.locator('finding-card');
    const all = await cards.count();
    const high = await cards.filter({ has: page.locator('.severity.high') }).count();
    const button = page.getByRole('button', { name: /^high/ });
    await button.click();
    assert.equal(await cards.count(), high);
    await button.click();
    assert.equal(await cards.count(), all);
  }));

test('what a key holds up, and whose key a deployment has', () =>
  onPage({ view }, async (page) => {
    await loadExample(page);
    await page.getByRole('tab', { name: 'Keys' }).click();
    const payments = page.getByRole('table', { name: 'Keys' }).getByRole('row').nth(1);
    // By the README of the example it protects three deployments, more than any other key.
    assert.match(await payments.textContent(), /payments/);
    await payments.getByText('3 deployments').click();
    await payments.getByText('orders', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Deployments' }).click();
    const orders = page.getByRole('table', { name: 'Deployments' }).getByRole('row').filter({ hasText: 'orders-europe' });
    await orders.getByText('your key').waitFor();
  }));

test('what was not decided, and what is missing, each with the command that would tell', () =>
  onPage({ view }, async (page) => {
    await page.locator('#files').setInputFiles(join(example, 'kms-production/keys.json'));
    await page.getByRole('heading', { name: /^No findings, \d+ rules not decided$/ }).waitFor();
    const command = 'ibmcloud kp registrations --instance-id 6f3f4c1e-2f0a-4a55-8f0e-0d9c1b7a5e21 --output json';
    await page.locator('undetermined-list').getByText(command).first().waitFor();
    await page.getByRole('tab', { name: 'Missing exports' }).click();
    await page.locator('gap-list').getByText(command).waitFor();
    await keep(page, 'account-undecided');
    await assertAccessible(page);
  }));

test('what breaks if a key is deleted', () =>
  onPage({ view }, async (page) => {
    await loadExample(page);
    await page.getByRole('tab', { name: 'What if' }).click();
    // By the README of the example: deleting `payments` takes the data of two of its three deployments for good.
    const answer = page.locator('impact-answer');
    await answer.getByRole('heading', { name: 'It will be refused', exact: true }).waitFor();
    // Two people must ask for it, which force does not replace.
    await answer.getByRole('heading', { name: 'With force: it will be refused' }).waitFor();
    const lost = answer.locator('.affected > li').filter({ hasText: 'data lost for good' });
    const names = await lost.locator('.resource-name').allTextContents();
    assert.deepEqual(names.sort(), ['ledger', 'orders']);
    await page.getByRole('combobox').selectOption({ label: 'token-signing (0 deployments)' });
    await lost.first().waitFor({ state: 'detached' });
  }));

test('a file that cannot be read is said beside the file', () =>
  onPage({ view }, async (page) => {
    await page.locator('#files').setInputFiles({ name: 'cut.json', mimeType: 'application/json', buffer: Buffer.from('[{') });
    await page.getByRole('heading', { name: 'Something could not be read' }).waitFor();
    await page.getByRole('tab', { name: 'Files' }).click();
    const row = page.getByRole('row').filter({ hasText: 'cut.json' });
    await row.getByText('IN003', { exact: true }).waitFor();
  }));

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 320, height: 640 } }],
]) {
  test(`the example, ${name}: accessible, and not wider than the screen`, () =>
    onPage({ view, ...options }, async (page) => {
      await keep(page, `account-empty-${name}`);
      await loadExample(page);
      await shared(page).getByText('Where it was read').click();
      await keep(page, `account-${name}`);
      await assertNoSideways(page);
      await assertAccessible(page);
      for (const part of ['Keys', 'What if', 'Deployments', 'Missing exports', 'Files']) {
        await page.getByRole('tab', { name: part }).click();
        for (const details of await page.locator('account-view summary').all()) await details.click();
        await keep(page, `account-${part.split(' ')[0].toLowerCase()}-${name}`);
        await assertNoSideways(page);
        await assertAccessible(page);
      }
    }));
}
