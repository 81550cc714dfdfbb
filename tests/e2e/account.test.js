import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertAccessible, assertNoSideways, keep, onPage } from './lib/page.js';

const example = join(process.env.KMSGUARD_ROOT, 'tests/accounts/example');
const view = 'account';

const shared = (page) => page.locator('finding-card').filter({ hasText: 'SHARE001' });

async function seeFindings(page) {
  await page.getByRole('tab', { name: /^Findings/ }).click();
  await shared(page).waitFor();
}

async function loadExample(page) {
  await page.getByRole('button', { name: 'Load the example' }).click();
  await seeFindings(page);
}

/** What is shown is asked of the worker, and comes when it comes. */
async function untilCount(locator, count) {
  if (count > 0) await locator.nth(count - 1).waitFor();
  await locator.nth(count).waitFor({ state: 'detached' });
}

test('the keys come first: what each protects, and then what is missing', () =>
  onPage({ view }, async (page) => {
    await page.getByRole('button', { name: 'Load the example' }).click();
    // By the README of the example: six keys, of which `payments` alone is shared.
    await page.getByRole('heading', { name: '6 keys, 1 shared by several deployments' }).waitFor();
    const first = page.getByRole('table', { name: 'Keys' }).getByRole('row').nth(1);
    await first.getByText('payments', { exact: true }).waitFor();
    const tabs = await page.getByRole('tablist', { name: 'Parts of the answer' }).getByRole('tab').allTextContents();
    assert.deepEqual(tabs.map((title) => title.trim().replace(/ \d+$/, '')).slice(0, 3), ['Keys', 'Missing exports', 'Findings']);
    // The count of a severity leads to its findings.
    await page.getByRole('button', { name: /high$/ }).click();
    await shared(page).waitFor();
    await untilCount(page.locator('finding-card').filter({ hasNot: page.locator('.severity.high') }), 0);
  }));

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

async function saved(page, what) {
  await page.getByRole('combobox', { name: 'What to save' }).selectOption(what);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save' }).click()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('the findings are saved in every form that they have', () =>
  onPage({ view }, async (page) => {
    await loadExample(page);
    const json = await saved(page, 'audit json');
    assert.equal(json.name, 'kmsguard-audit.json');
    assert.ok(json.text.endsWith('}\n'));
    const answer = JSON.parse(json.text);
    assert.equal(answer.schema_version, 1);
    assert.ok(answer.findings.some(({ rule }) => rule === 'SHARE001'));
    const sarif = JSON.parse((await saved(page, 'audit sarif')).text);
    assert.equal(sarif.version, '2.1.0');
    const begins = {
      'audit html': /^<!doctype html>/i,
      'audit markdown': /^#/,
      'audit csv': /^fingerprint,severity,rule,/,
      'audit junit': /^<\?xml/,
      'audit svg': /<svg/,
      'audit github': /^::/,
      'audit mermaid': /^(flowchart|graph)/m,
    };
    for (const [what, begin] of Object.entries(begins)) assert.match((await saved(page, what)).text, begin, what);
    assert.ok((await saved(page, 'audit concise')).text.length > 100);
  }));

// A browser gives one page ten files in a row.
test('what was read and who may use which key are saved too', () =>
  onPage({ view }, async (page) => {
    await loadExample(page);
    for (const what of ['inventory csv', 'inventory markdown', 'authz csv', 'authz markdown']) {
      assert.ok((await saved(page, what)).text.length > 100, what);
    }
  }));

test('a snapshot under pseudonyms holds no name of the example, and is read like the exports', () =>
  onPage({ view }, async (page) => {
    await loadExample(page);
    const { name, text } = await saved(page, 'snapshot redacted');
    assert.equal(name, 'kmsguard-snapshot-redacted.json');
    for (const known of ['payments', 'orders-europe', 'ledger']) assert.ok(!text.includes(known), known);
    const count = await page.locator('finding-card').count();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('#files').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await seeFindings(page);
    await untilCount(page.locator('finding-card'), count);
    const all = await saved(page, 'snapshot');
    assert.equal(all.name, 'kmsguard-snapshot.json');
  }));

test('chosen files', () =>
  onPage({ view }, async (page) => {
    const files = ['kms-production/keys.json', 'kms-production/registrations.json'];
    await page.locator('#files').setInputFiles(files.map((file) => join(example, file)));
    await seeFindings(page);
    await page.getByText('2 files, as of').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await shared(page).waitFor({ state: 'detached' });
  }));

test('a chosen folder, by its paths', () =>
  onPage({ view }, async (page) => {
    await page.locator('#folder').setInputFiles(example);
    await seeFindings(page);
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
    await seeFindings(page);
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
      await seeFindings(page);
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
    const button = page.getByRole('group', { name: 'Show only' }).getByRole('button', { name: /^high/ });
    await button.click();
    await untilCount(cards, high);
    await button.click();
    await untilCount(cards, all);
  }));

test('findings are found by words, and stand in groups', () =>
  onPage({ view }, async (page) => {
    await loadExample(page);
    const cards = page.locator('finding-card');
    const all = await cards.count();
    await page.getByRole('textbox', { name: 'Only with these words' }).fill('PAYMENTS share001');
    await untilCount(cards, 1);
    await page.getByRole('textbox', { name: 'Only with these words' }).fill('');
    await untilCount(cards, all);
    await page.getByRole('combobox', { name: 'In groups by' }).selectOption('rule');
    await page.getByRole('group', { name: /^SHARE001/ }).locator('finding-card').first().waitFor();
    const titles = await page.locator('finding-list .group > h3').allTextContents();
    assert.deepEqual(titles, titles.toSorted());
    // A group closes and opens by itself.
    const rule = page.getByRole('group', { name: /^SHARE001/ });
    await rule.getByRole('button', { name: /^SHARE001/ }).click();
    await untilCount(rule.locator('finding-card'), 0);
    await rule.getByRole('button', { name: /^SHARE001/ }).click();
    await rule.locator('finding-card').first().waitFor();
    await page.getByRole('combobox', { name: 'In groups by' }).selectOption('key');
    await page.getByRole('group', { name: /^payments/ }).locator('finding-card').first().waitFor();
  }));

test('of a hundred thousand resources the first are shown, and any is found by its name', () =>
  onPage({ view }, async (page) => {
    const account = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
    const resources = Array.from({ length: 100_000 }, (_, place) => {
      const guid = `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;
      const crn = `crn:v1:bluemix:public:messagehub:us-south:a/${account}:${guid}::`;
      return { guid, id: crn, crn, name: `stream-${place}`, account_id: account, region_id: 'us-south', type: 'service_instance', state: 'active', resource_id: 'messagehub', resource_plan_id: 'lite' };
    });
    // Playwright sends no file of this size: the page makes it.
    await page.locator('drop-zone section').dispatchEvent('drop', {
      dataTransfer: await page.evaluateHandle((text) => {
        const made = new DataTransfer();
        made.items.add(new File([text], 'resource-instances.json'));
        return made;
      }, JSON.stringify({ resources })),
    });
    await page.getByRole('tab', { name: /^Deployments 100,000/ }).click({ timeout: 60_000 });
    const table = page.getByRole('table', { name: 'Deployments' });
    await table.getByText('stream-0', { exact: true }).waitFor();
    assert.equal(await table.getAttribute('aria-rowcount'), '100001');
    const rows = table.locator('tr[data-index]');
    assert.ok((await rows.count()) < 60, `${await rows.count()} rows`);
    // The end is as near as the beginning.
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await table.getByText('stream-99999', { exact: true }).waitFor();
    assert.ok((await rows.count()) < 60, `${await rows.count()} rows`);
    assert.equal(await rows.last().getAttribute('aria-rowindex'), '100001');
    await assertAccessible(page);
    await page.getByRole('textbox', { name: 'Only deployments with these words' }).fill('stream-98765');
    await page.getByText('1 of 100,000').waitFor();
    await untilCount(rows, 1);
    assert.match(await rows.first().textContent(), /stream-98765/);
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
    await page.getByText('No findings', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^\d+ rules not decided$/ }).click();
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
    // What happens when: of which kind, and to what.
    const first = answer.locator('.timeline li').first();
    assert.match(await first.locator('.label').textContent(), /^\s*key-deleted\s+· payments\s*$/);
    await answer.getByText('As a picture').click();
    const picture = answer.getByRole('img', { name: /^What happens when/ });
    assert.ok(await picture.evaluate((image) => image.complete && image.naturalWidth > 0));
    // With data lost for good there is no safe order; of a key that nothing uses, its deletion is one.
    await page.getByRole('checkbox', { name: 'with a safe order' }).check();
    await answer.getByRole('heading', { name: 'There is no safe order' }).waitFor();
    await page.getByRole('combobox', { name: 'Which' }).selectOption({ label: 'token-signing (0 deployments)' });
    await lost.first().waitFor({ state: 'detached' });
    await answer.getByRole('heading', { name: /order/ }).waitFor();
    await answer.locator('.steps > li').first().waitFor();
  }));

test('what breaks if an authorization is removed, or an instance goes', () =>
  onPage({ view }, async (page) => {
    await loadExample(page);
    await page.getByRole('tab', { name: 'What if' }).click();
    const action = page.getByRole('combobox', { name: 'What breaks if' });
    const which = page.getByRole('combobox', { name: 'Which' });
    const policies = JSON.parse(readFileSync(join(example, 'iam-authorizations.json'), 'utf8'));
    const ids = policies.policies.filter((policy) => JSON.stringify(policy.resources).includes('"kms"')).map(({ id }) => id);
    await action.selectOption('revoke-policy');
    const offered = await which.locator('option').evaluateAll((all) => all.map(({ value }) => value));
    assert.deepEqual(offered.toSorted(), ids.toSorted());
    await page.locator('impact-answer h3').first().waitFor();
    for (const kind of ['disable-key', 'rotate-key', 'delete-instance']) {
      await action.selectOption(kind);
      await page.locator('impact-answer h3').first().waitFor();
      await assertAccessible(page);
    }
  }));

test('migration: the end of Hyper Protect Crypto Services, each key with what comes next, and the way ahead', () =>
  onPage({ view }, async (page) => {
    const { cases } = JSON.parse(readFileSync(join(process.env.KMSGUARD_ROOT, 'tests/vectors/migrate/pairs.json'), 'utf8'));
    const { request, expect } = cases.find(({ name }) => name.startsWith('a pair the wrong way round'));
    const files = Object.entries(request.inputs).map(([name, data]) => ({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)),
    }));
    await page.locator('#files').setInputFiles(files);
    await page.getByRole('tab', { name: `Migration ${expect.rows.length}` }).click();
    // Of the two days that pages name, the earlier.
    await page.getByRole('heading', { name: /^Hyper Protect Crypto Services ends on 2027-03-20\. (\d+ days? left|It has ended)\.$/ }).waitFor();
    const row = page.getByRole('table', { name: 'Keys to move' }).getByRole('row').nth(1);
    assert.match(await row.textContent(), /payments/);
    await row.getByText('not ready').waitFor();
    await page.getByText('What no export shows').waitFor();
    for (const details of await page.locator('migration-view summary').all()) await details.click();
    await page.getByText('MIG003', { exact: true }).waitFor();
    await keep(page, 'account-migration');
    await assertNoSideways(page);
    await assertAccessible(page);
    assert.match((await saved(page, 'migrate csv')).text, /hs-crypto/);
    assert.match((await saved(page, 'migrate pairs')).text, /^crn:v1:bluemix:public:hs-crypto:/m);
    assert.match((await saved(page, 'migrate html')).text, /^<!doctype html>/i);
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
      for (const part of ['Keys', 'Missing exports', 'What if', 'Graph', 'Deployments', 'Files']) {
        await page.getByRole('tab', { name: part }).click();
        for (const details of await page.locator('account-view summary').all()) await details.click();
        await keep(page, `account-${part.split(' ')[0].toLowerCase()}-${name}`);
        await assertNoSideways(page);
        await assertAccessible(page);
      }
    }));
}
