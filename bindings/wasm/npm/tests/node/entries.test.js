import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const folder = dirname(fileURLToPath(import.meta.resolve('kmsguard/package.json')));
const KEY =
  'crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:' +
  '44f9c10d-99f5-4547-9e9f-2a1c84b5f0a4:key:f6c9f6d0-92f6-437a-b97c-4b617cb3d320';

test('slim says what to do before init, and takes bytes or a module, once', async () => {
  const slim = await import('kmsguard/slim');
  // Node's own entry has not been imported in this process: they share an instance.
  assert.throws(() => slim.isKeyCrn(KEY), { code: 'JS001' });
  await assert.rejects(slim.init(), TypeError);
  await assert.rejects(slim.init(new Uint8Array([1, 2, 3])));
  const bytes = readFileSync(fileURLToPath(import.meta.resolve('kmsguard/kmsguard.wasm')));
  await Promise.all([slim.init(bytes), slim.init(new WebAssembly.Module(bytes))]);
  await slim.init(bytes);
  assert.equal(slim.isKeyCrn(KEY), true);
});

test('CommonJS gives the same names as ES modules, and works', async () => {
  for (const entry of ['kmsguard', 'kmsguard/crn', 'kmsguard/node']) {
    const [common, module] = [require(entry), await import(entry)];
    assert.match(require.resolve(entry), /\.cjs$/);
    assert.deepEqual(Object.keys(common).sort(), Object.keys(module).sort());
    assert.equal(common.isKeyCrn(KEY), true);
    await common.init();
  }
  for (const entry of ['kmsguard/slim', 'kmsguard/cli']) {
    const [common, module] = [require(entry), await import(entry)];
    assert.match(require.resolve(entry), /\.cjs$/);
    assert.deepEqual(Object.keys(common).sort(), Object.keys(module).sort());
  }
  assert.equal(require('kmsguard/cli').run(['--version'], { ...require('kmsguard/cli').nodeHost, stdout() {} }), 0);
  // All of them share one instance.
  for (const entry of ['kmsguard/node', 'kmsguard/slim']) assert.equal(require(entry).Inventory, require('kmsguard').Inventory);
  assert.equal(require('kmsguard/slim').isKeyCrn(KEY), true);
});

test('the browser entry takes bytes too', async () => {
  const { init, crn } = await import(join(folder, 'crn.js'));
  await init(readFileSync(join(folder, 'crn.wasm')));
  assert.equal(crn(KEY).outcome, 'fine');
});

test('every WebAssembly file is exported by its path, and is there once', () => {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.wasm')).sort();
  for (const file of files) assert.equal(fileURLToPath(import.meta.resolve(`kmsguard/${file}`)), join(folder, file));
  assert.ok(files.includes('crn.wasm') && files.includes('kmsguard.wasm'));
});

test('the catalogue of services is data, and says which fields a plan for each may have', async () => {
  const { plan } = await import('kmsguard');
  const services = require('kmsguard/services.json');
  const { default: imported } = await import('kmsguard/services.json', { with: { type: 'json' } });
  assert.deepEqual(imported, services);
  const gen2 = services.find(({ id }) => id === 'event-streams-gen2');
  // The members of Gen 2's call, by its documentation.
  assert.ok(gen2.members.some(({ json }) => json === '/parameters/dataservices/encryption/disk'));
  for (const { id, fields } of services) {
    const { problems } = plan({ ...Object.fromEntries(fields.map((field) => [field, null])), service: id });
    assert.deepEqual(problems.filter(({ code }) => ['PLAN002', 'PLAN003'].includes(code)), [], id);
  }
});

test('CRNs alone stay small', () => {
  assert.ok(gzipSync(readFileSync(join(folder, 'crn.wasm')), { level: 9 }).length <= 40_000);
});

test('the manifest', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.devDependencies, undefined);
  assert.equal(manifest.scripts, undefined);
  const conditions = (entry) => {
    if (typeof entry === 'string') return [];
    const names = Object.keys(entry);
    if (names.includes('types')) assert.equal(names.indexOf('types') < names.indexOf('default'), true);
    return Object.values(entry).flatMap((inner) => [inner, ...conditions(inner)]);
  };
  const all = Object.values(manifest.exports).flatMap((entry) => [entry, ...conditions(entry)]);
  const files = readdirSync(folder, { recursive: true });
  for (const path of new Set(all.filter((entry) => typeof entry === 'string'))) {
    assert.ok(files.includes(path.slice(2)), path);
  }
});

test('what the types declare is there, and nothing else', async () => {
  const declared = (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const own = [...text.matchAll(/^export (?:function|const|class) (\w+)/gm)].map(([, name]) => name);
    const others = [...text.matchAll(/^export \* from '\.\/([\w-]+)\.js'/gm)].flatMap(([, other]) => declared(`${other}.d.ts`));
    return [...own, ...others];
  };
  const entries = { kmsguard: 'index', 'kmsguard/crn': 'crn', 'kmsguard/slim': 'slim', 'kmsguard/node': 'node', 'kmsguard/cli': 'cli' };
  for (const [entry, file] of Object.entries(entries)) {
    const names = [...new Set(declared(`${file}.d.ts`))];
    assert.deepEqual(names.sort(), Object.keys(await import(entry)).sort(), entry);
  }
});

test('after a trap the next call gets a fresh instance', async () => {
  const { Instance } = await import(join(folder, 'lib/instance.js'));
  let resets = 0;
  const glue = { initSync() {}, __wbg_reset_state: () => (resets += 1) };
  const instance = new Instance(glue);
  instance.start(() => new Uint8Array());
  const trap = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  assert.throws(() => instance.call(trap), WebAssembly.RuntimeError);
  assert.equal(instance.call(() => 7), 7);
  assert.equal(instance.call(() => 8), 8);
  assert.equal(resets, 1);
  assert.throws(() => instance.call(() => assert.fail('misuse')));
  instance.call(() => 9);
  assert.equal(resets, 1);
});

test('a fresh instance answers as the first did', async () => {
  const glue = await import(join(folder, 'lib/crn-glue.js'));
  glue.initSync({ module: readFileSync(join(folder, 'crn.wasm')) });
  assert.equal(glue.isKeyCrn(KEY), true);
  glue.__wbg_reset_state();
  assert.equal(glue.isKeyCrn(KEY), true);
});
