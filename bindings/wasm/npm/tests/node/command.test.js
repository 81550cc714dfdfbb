import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Inventory } from 'kmsguard';
import { run } from 'kmsguard/cli';
import { readPaths } from 'kmsguard/node';
import { assertHolds, assertSame, cases, nativeAnswers } from '#lib/vectors.js';

const folder = dirname(fileURLToPath(import.meta.resolve('kmsguard/package.json')));
const bin = join(folder, 'bin.js');
const now = '2026-11-21T12:00:00Z';
const ROLE = 'crn:v1:bluemix:public:iam::::role:Viewer';
const EXIT = { fine: 0, bad: 1, incomplete: 2, empty: 3, unknown: 4 };
const native = nativeAnswers();

/** A machine in memory. */
function memory(files) {
  const said = { stdout: '', stderr: '' };
  let read = 0;
  const fail = (code) => {
    throw Object.assign(new Error(code), { code });
  };
  const inside = (path) => Object.keys(files).filter((file) => file.startsWith(`${path}/`));
  return {
    said,
    read: (path) => (path in files ? Buffer.from(files[path]) : fail('ENOENT')),
    kind: (path) => (path in files ? 'file' : inside(path).length > 0 ? 'folder' : fail('ENOENT')),
    list: (path) => {
      const names = new Map(inside(path).map((file) => file.slice(path.length + 1).split('/')).map(([name, ...rest]) => [name, rest.length > 0]));
      return [...names].map(([name, isFolder]) => ({ name, kind: isFolder ? 'folder' : 'file' }));
    },
    readStdin: () => Buffer.from(files['-'] ?? ''),
    readStdinPart: () => Buffer.from(files['-'] ?? '').subarray(read, (read += 1000)),
    write: (path, bytes) => (files[path] = Buffer.from(bytes).toString()),
    stdout: (bytes) => (said.stdout += Buffer.from(bytes)),
    stderr: (bytes) => (said.stderr += Buffer.from(bytes)),
    isTerminal: () => false,
    width: () => undefined,
    variable: () => undefined,
    unixSeconds: () => Date.parse(now) / 1000,
  };
}

/** The documents of a request that a command reads from files of these names. */
const DOCUMENTS = { plan: ['check', 'into', 'verify'], audit: ['baseline'], migrate: ['since'] };

for (const { operation, name, request, expect } of cases()) {
  const words = wordsOf(operation, request);
  if (words === undefined) continue;
  test(name, () => {
    const host = memory(filesOf(operation, request));
    const code = run(words, host);
    if (expect.request_error) {
      assert.deepEqual([code, host.said.stdout], [2, '']);
      assert.ok(host.said.stderr.includes(expect.request_error.code));
      return;
    }
    const answer = JSON.parse(host.said.stdout);
    assertHolds(answer, expect);
    assert.equal(code, EXIT[answer.outcome]);
    assertSame(host.said.stdout, native.get(name));
  });
}

/** The files of a request. */
function filesOf(operation, { document, inputs = {}, ...options }) {
  const text = (data) => (typeof data === 'string' ? data : JSON.stringify(data));
  const named = (DOCUMENTS[operation] ?? []).filter((name) => name in options).map((name) => [name, text(options[name])]);
  const read = Object.entries(inputs).map(([name, data]) => [name, text(data)]);
  return Object.fromEntries([...read, ...named, ...(operation === 'plan' ? [['-', JSON.stringify(document)]] : [])]);
}

/** The command line of a request; some have none. */
function wordsOf(operation, { now, inputs, named = true, texts, encoding, document, actions = [], ...options }) {
  // A configuration is read from TOML, which nothing here writes; the native runner does.
  if ('config' in options) return undefined;
  const given = Object.entries(options).map(([field, value]) => [field, DOCUMENTS[operation]?.includes(field) ? field : value]);
  const flags = [...actions.map(({ kind, target }) => [kind, target]), ...given].flatMap(flagsOf);
  const words = [operation, '--json', '--now', now, ...flags];
  if (operation === 'crn') return encoding === 'utf-16' || texts.length === 0 ? undefined : [...words, '--', ...texts];
  if (operation === 'plan') return [...words, '-', ...(inputs ? ['--inventory', ...Object.keys(inputs)] : [])];
  if (!['audit', 'authz', 'inventory', 'impact', 'migrate'].includes(operation)) return undefined;
  if (operation === 'impact' && actions.length === 0) return undefined;
  const names = Object.keys(inputs);
  if (named) return [...words, ...names];
  const folders = new Set(names.map((name) => name.split('/')[0]));
  return folders.size === 1 && names.every((name) => name.includes('/')) ? [...words, ...folders] : undefined;
}

/** `keep_going: true` is `--keep-going`; a list is its flag once for each. */
function flagsOf([field, value]) {
  const flag = `--${field.replaceAll('_', '-')}`;
  if (typeof value === 'boolean') return value ? [flag] : [];
  return [value].flat().flatMap((one) => [flag, one]);
}

const command = (...words) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], { input: '[]' });
  return { status, stdout: String(stdout), stderr: String(stderr) };
};

test('the program of the package answers and exits', () => {
  const fine = command('crn', '--json', '--now', now, ROLE);
  assert.deepEqual([fine.status, fine.stderr], [0, '']);
  assert.equal(JSON.parse(fine.stdout).outcome, 'fine');
  assert.equal(command('crn', '?').status, 1);
  assert.equal(command('fly').status, 2);
  assert.notEqual(command('fly').stderr, '');
  assert.match(command('--version').stdout, /^kmsguard \d/);
  assert.equal(command('audit', '-').status, 3);
});

test('the program is in the manifest, and npm links it', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  assert.equal(manifest.bin.kmsguard.replace(/^\.\//, ''), 'bin.js');
  assert.ok(existsSync(join(folder, '../.bin/kmsguard')));
});

test('a large answer goes whole through a pipe', () => {
  const texts = Array.from({ length: 3_000 }, () => ROLE);
  const { stdout } = command('crn', '--json', '--now', now, ...texts);
  assert.ok(stdout.length > 500_000);
  assert.equal(JSON.parse(stdout).crns.length, texts.length);
});

test('files of this machine: the command and readPaths answer alike', () => {
  const exports = mkdtempSync(join(tmpdir(), 'kmsguard-'));
  try {
    writeFileSync(join(exports, 'cut.json'), '[{"keyId": "1"');
    writeFileSync(join(exports, 'notes.txt'), 'remember the milk');
    for (const paths of [[exports], [join(exports, 'notes.txt'), join(exports, 'none.json')], [`${exports}/`, `${exports}/cut.json`]]) {
      const { stdout, status } = command('audit', '--json', '--now', now, ...paths);
      assert.equal(status, 2);
      assert.equal(stdout, `${JSON.stringify(Inventory.read(readPaths(paths)).audit({ now }))}\n`);
    }
  } finally {
    rmSync(exports, { recursive: true });
  }
});
