// Reports, read by those who will show them: a validator of HTML, and Mermaid itself.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { parseHTML } from 'linkedom';
import { Inventory } from 'kmsguard';
import { readPaths } from 'kmsguard/node';

const now = '2026-11-21T12:00:00Z';
const written = join(process.env.KMSGUARD_TARGET, 'vectors/reports.jsonl');

/** What the core's own tests wrote of hostile names and any findings, and the accounts of the repository. */
function samples(format) {
  const lines = existsSync(written) ? readFileSync(written, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];
  const texts = lines.filter((line) => line.format === format).map(({ text }) => text);
  const accounts = ['clean', 'example'].map((account) => join(process.env.KMSGUARD_ROOT, 'tests/accounts', account));
  return [...texts, ...accounts.map((account) => Inventory.read(readPaths(account)).report('audit', format, { now }))];
}

/** The same of what actions break. */
function samplesOfImpact(format) {
  const path = join(process.env.KMSGUARD_TARGET, 'vectors/reports-of-impact.jsonl');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];
  const texts = lines.filter((line) => line.format === format).map(({ text }) => text);
  const inventory = Inventory.read(readPaths(join(process.env.KMSGUARD_ROOT, 'tests/accounts/example')));
  const actions = [{ kind: 'delete-key', target: 'payments' }];
  return [...texts, inventory.report('impact', format, { actions, now })];
}

/** The same of how ready keys are to move. */
function samplesOfMigrate(format) {
  const path = join(process.env.KMSGUARD_TARGET, 'vectors/reports-of-migrate.jsonl');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];
  const texts = lines.filter((line) => line.format === format).map(({ text }) => text);
  const inventory = Inventory.read(readPaths(join(process.env.KMSGUARD_ROOT, 'tests/accounts/example')));
  return [...texts, inventory.report('migrate', format, { now })];
}

test('the page is right HTML that reaches everybody', async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:recommended', 'html-validate:a11y'] });
  for (const page of [...samples('html'), ...samplesOfImpact('html'), ...samplesOfMigrate('html')]) {
    const report = await validator.validateString(page);
    const faults = report.results.flatMap(({ messages }) => messages.map((one) => `${one.line}:${one.column} ${one.ruleId} ${one.message}`));
    assert.deepEqual(faults, []);
  }
  const wrong = await validator.validateString('<p><div></p>');
  assert.equal(wrong.valid, false);
});

test('the page reaches for nothing beside itself', () => {
  for (const page of [...samples('html'), ...samplesOfMigrate('html')]) {
    const { document } = parseHTML(page);
    assert.deepEqual([...document.querySelectorAll('[src], link, iframe, object, a[href]')].map(String), []);
    assert.equal(document.querySelectorAll('script').length, 1);
  }
});

test('the page of an impact reaches for nothing and runs nothing', () => {
  for (const page of samplesOfImpact('html')) {
    const { document } = parseHTML(page);
    assert.deepEqual([...document.querySelectorAll('[src], link, iframe, object, a[href], script')].map(String), []);
  }
});

test('Mermaid reads the graph', async () => {
  // It cleans texts with the help of a page.
  const { window } = parseHTML('<!doctype html><html><body></body></html>');
  const names = ['Element', 'HTMLTemplateElement', 'Node', 'NodeFilter', 'NamedNodeMap', 'HTMLFormElement', 'DOMParser', 'DocumentFragment'];
  Object.assign(globalThis, { window, document: window.document });
  for (const name of names) globalThis[name] ??= window[name];
  const { default: mermaid } = await import('mermaid');
  for (const graph of [...samples('mermaid'), ...samplesOfImpact('mermaid')]) {
    assert.equal((await mermaid.parse(graph)).diagramType, 'flowchart-v2', graph);
  }
  await assert.rejects(mermaid.parse('flowchart LR\n  a["x\n'));
});

test('a report of an inventory that was read is a text', () => {
  const inventory = Inventory.read({ 'keys.json': [] });
  assert.match(inventory.report('audit', 'markdown', { now }), /^## kmsguard audit\n/);
  assert.throws(() => inventory.report('authz', 'sarif', { now }), { code: 'REQ007', message: /expected one of `json`, `csv`, `markdown`/ });
});
