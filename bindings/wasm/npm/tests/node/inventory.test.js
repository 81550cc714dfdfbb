import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Inventory } from 'kmsguard';
import { readPaths } from 'kmsguard/node';

const now = '2026-11-21T12:00:00Z';
const KEY =
  'crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:' +
  '44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320';
const keys = [{ id: 'f6c9f6d0-92f6-437a-b97c-4b617cb3d320', extractable: false, state: 1, crn: KEY }];
const audit = (sources, options = { now }) => Inventory.read(sources).audit(options);
const inputs = (sources) => audit(sources).inputs.map(({ name, kind, records }) => `${name} ${kind} ${records}`);

test('data are bytes, text or objects, and all read the same', () => {
  const text = JSON.stringify(keys);
  const bytes = new TextEncoder().encode(text);
  const wide = new Uint8Array([32, ...bytes, 32]);
  for (const data of [keys, text, bytes, bytes.buffer, Buffer.from(text), wide.subarray(1, -1), new DataView(bytes.buffer)]) {
    assert.deepEqual(inputs({ 'keys.json': data }), ['keys.json kms-keys 1']);
  }
});

test('sources are an object or a list; objects without a name are counted', () => {
  assert.deepEqual(inputs([{ data: keys }, { name: 'a.json', data: keys }, { data: keys }]), [
    'a.json kms-keys 1',
    'objects[0] kms-keys 1',
    'objects[2] kms-keys 1',
  ]);
  assert.deepEqual(inputs([]), []);
  assert.equal(audit({}).outcome, 'empty');
});

test('the answer does not depend on the order of the sources', () => {
  const [one, other] = [{ name: 'a', data: keys }, { name: 'b', data: '[' }];
  assert.deepEqual(audit([one, other]), audit([other, one]));
});

test('what is wrong with an input is in the answer', () => {
  const answer = audit({ 'cut.json': '[{' });
  assert.equal(answer.outcome, 'incomplete');
  assert.equal(answer.problems[0].input, 'cut.json');
  assert.equal(audit({ 'cut.json': '[{', 'keys.json': keys }, { now, keep_going: true }).outcome, 'fine');
});

test('misuse is an error', () => {
  for (const sources of [undefined, 'keys.json', { a: undefined }, [{ name: 'a' }], { a: new Blob(['[]']) }]) {
    assert.throws(() => Inventory.read(sources), (error) => error instanceof TypeError && error.code === 'JS003' && error.help.length > 0);
  }
  assert.throws(() => audit({}, { now, keepGoing: true }), (error) => error.code === 'REQ007' && error.help.length > 0);
  assert.throws(() => audit({}, { now: 'today' }), { code: 'REQ001', span: [0, 5] });
});

test('the tables of an inventory are those of its answer, and stay as they are', () => {
  const inventory = Inventory.read({ 'keys.json': keys });
  const answer = inventory.inventory({ now });
  assert.equal(inventory.keys.length, 1);
  for (const name of ['keys', 'deployments', 'gaps']) assert.deepEqual([...inventory[name]], answer[name], name);
  assert.deepEqual([...inventory.uses], answer.keys.flatMap(({ uses }) => uses));
  assert.deepEqual([...inventory.authorizations], []);
  assert.equal(inventory.keys, inventory.keys);
  assert.ok(Object.isFrozen(inventory.keys));
  inventory.free();
  const freed = Inventory.read({ 'keys.json': keys });
  freed.free();
  assert.throws(() => freed.keys, { code: 'JS002' });
});

test('one inventory is asked many times, and freed once', () => {
  const inventory = Inventory.read({ 'keys.json': keys });
  assert.deepEqual(inventory.audit({ now }), inventory.audit({ now }));
  assert.equal(inventory.audit().now.length, now.length);
  inventory.free();
  inventory.free();
  assert.throws(() => inventory.audit({ now }), { code: 'JS002' });
  assert.equal(inventory[Symbol.dispose], inventory.free);
});

test('after the stack ran out, everything is answered as before; what was read before is lost, and freeing it harms nothing', () => {
  const old = Inventory.read({ 'keys.json': keys });
  const before = old.audit({ now });
  let failures = 0;
  let answer;
  // From the deepest call upwards, until there is room enough: on the way the stack runs out in the middle of an answer.
  const dive = () => {
    try {
      dive();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      failures += 1;
      answer = Inventory.read({ 'keys.json': keys }).audit({ now });
    }
  };
  dive();
  assert.ok(failures > 1);
  assert.deepEqual(answer, before);
  const fresh = Inventory.read({ 'keys.json': keys });
  assert.throws(() => old.audit({ now }), { code: 'JS002', message: /lost/ });
  old.free();
  assert.deepEqual(fresh.audit({ now }), before);
  assert.throws(() => old.audit({ now }), { code: 'JS002', message: /freed/ });
});

test('readPaths names files as they are given, folders by what is in them, and follows no links', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kmsguard-'));
  try {
    mkdirSync(join(folder, 'exports/inner'), { recursive: true });
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'exports/keys.json'), JSON.stringify(keys));
    writeFileSync(join(folder, 'exports/inner/notes.txt'), 'remember the milk');
    symlinkSync(join(folder, 'exports/keys.json'), join(folder, 'exports/link.json'));
    const exports = join(folder, 'exports');
    const named = (sources) => sources.map(({ name, named, unread }) => [name.slice(folder.length), named, unread]);
    assert.deepEqual(named(readPaths(`${exports}/`)).sort(), [
      ['/exports/inner/notes.txt', false, undefined],
      ['/exports/keys.json', false, undefined],
      ['/exports/link.json', true, 'passed-over'],
    ]);
    assert.deepEqual(named(readPaths([join(exports, 'link.json'), join(folder, 'none'), join(folder, 'empty')])), [
      ['/exports/link.json', true, 'link'],
      ['/none', true, 'not-found'],
      ['/empty', true, 'empty-folder'],
    ]);
    assert.equal(audit(readPaths(exports)).outcome, 'fine');
    assert.equal(audit(readPaths([exports, join(folder, 'none')])).outcome, 'incomplete');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
