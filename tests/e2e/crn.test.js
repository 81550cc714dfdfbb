import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, assertNoSideways, keep, onPage } from './lib/page.js';

const account = '0123456789abcdef0123456789abcdef';
const instance = '44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4';
const key = `crn:v1:bluemix:public:kms:us-south:a/${account}:${instance}:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320`;
const withoutPrefix = key.replace('a/', '');

const input = (page) => page.getByRole('textbox', { name: 'CRN, or one a line' });
const segments = (page) =>
  page.locator('crn-card .segments > div').evaluateAll((all) =>
    all.map((one) => [one.querySelector('dt').textContent.trim(), one.querySelector('dd').textContent.trim()]),
  );

test('a CRN is shown in its named segments', () =>
  onPage({}, async (page) => {
    await input(page).pressSequentially(key);
    await page.getByRole('heading', { name: 'A KMS key' }).waitFor();
    assert.deepEqual(await segments(page), [
      ['prefix', 'crn'],
      ['version', 'v1'],
      ['cloud', 'bluemix'],
      ['cloud type', 'public'],
      ['service', 'kms'],
      ['location', 'us-south'],
      ['account', `a/${account}`],
      ['instance', instance],
      ['resource type', 'key'],
      ['resource', 'f6c9f6d0-92f6-437a-b97c-4b617cb3d320'],
    ]);
    await page.getByText('Nothing is wrong with it.').waitFor();
  }));

test('a problem is underlined where it stands, and the right form is one click away', () =>
  onPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await input(page).fill(withoutPrefix);
    assert.equal(await page.locator('crn-card mark.error').textContent(), account);
    await page.getByText('CRN008', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Copy the right form' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), key);
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByText('Nothing is wrong with it.').waitFor();
    assert.equal(await input(page).inputValue(), key);
  }));

test('marks count as the browser does', () =>
  onPage({}, async (page) => {
    // An emoji is one character, two UTF-16 units and four bytes.
    await input(page).fill(`crn:v1:bluemix:public:kms:us-south:a/${account}:${instance}:key:😀x`);
    const marks = await page.locator('crn-card mark').allTextContents();
    assert.equal(marks.join(''), '😀x');
  }));

test('many lines: each has its card, and a fix mends its own line', () =>
  onPage({}, async (page) => {
    await input(page).fill(`${key}\n\n${withoutPrefix}\n${key}`);
    await page.getByText('3 CRNs: 1 wrong').waitFor();
    assert.equal(await page.locator('crn-card').count(), 3);
    await page.getByRole('button', { name: 'Use it in line 3' }).click();
    await page.getByText('3 CRNs: all right').waitFor();
    assert.equal(await input(page).inputValue(), `${key}\n\n${key}\n${key}`);
  }));

test('each segment is explained', () =>
  onPage({}, async (page) => {
    await input(page).fill(withoutPrefix.replace(':key:', ':'));
    await page.getByText('What each segment is').click();
    const explained = page.locator('crn-card .explained > div');
    assert.equal(await explained.count(), 10);
    await explained.filter({ hasText: 'By its name in the catalogue' }).getByText('kms', { exact: true }).waitFor();
    await explained.getByText('It is missing.').first().waitFor();
  }));

test('of a thousand lines only the wrong ones are shown, and all are mended at once', () =>
  onPage({}, async (page) => {
    const lines = Array.from({ length: 1_000 }, (_, place) => (place % 100 === 7 ? withoutPrefix : key));
    await input(page).fill(lines.join('\n'));
    await page.getByText('1,000 CRNs: 10 wrong').waitFor();
    await page.getByRole('checkbox', { name: 'Only those with problems' }).check();
    assert.equal(await page.locator('crn-card').count(), 10);
    await page.getByRole('article', { name: 'Line 108' }).waitFor();
    await page.getByRole('button', { name: 'Use all right forms (10)' }).click();
    await page.getByText('1,000 CRNs: all right').waitFor();
    assert.equal(await input(page).inputValue(), lines.map(() => key).join('\n'));
  }));

test('of very many pasted lines the first are shown', () =>
  onPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    const lines = Array.from({ length: 2_000 }, () => key).join('\n');
    await page.evaluate((text) => navigator.clipboard.writeText(text), lines);
    await input(page).click();
    await page.keyboard.press('Control+V');
    await page.getByText('2,000 CRNs: all right').waitFor();
    assert.equal(await page.locator('crn-card').count(), 50);
    await page.getByRole('button', { name: 'Show more of 2,000' }).click();
    assert.equal(await page.locator('crn-card').count(), 100);
  }));

test('what it should be is asked', () =>
  onPage({}, async (page) => {
    await input(page).fill(`crn:v1:bluemix:public:kms:us-south:a/${account}:${instance}::`);
    await page.getByText('Nothing is wrong with it.').waitFor();
    await page.getByRole('radio', { name: 'a key' }).check();
    await page.getByText('CRN010', { exact: true }).waitFor();
    await page.getByRole('radio', { name: 'an instance' }).check();
    await page.getByText('Nothing is wrong with it.').waitFor();
  }));

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 320, height: 640 } }],
]) {
  test(`samples, ${name}: accessible, and not wider than the screen`, () =>
    onPage(options, async (page) => {
      await page.getByRole('button', { name: 'Show samples' }).click();
      await page.locator('crn-card').nth(4).waitFor();
      await keep(page, `crn-${name}`);
      await assertNoSideways(page);
      await assertAccessible(page);
    }));
}
