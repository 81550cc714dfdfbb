// The package as a registry would hold it, by the tools that find out what is wrong with packages.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const tarball = readFileSync(process.env.KMSGUARD_TARBALL);

test('publint finds nothing', async () => {
  const data = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: data }, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
});

test('the types are right, in every resolution that knows of entries', async () => {
  // A WebAssembly file is data: what an import of it gives is the bundler's to say.
  const excludeEntrypoints = [/\.wasm$/];
  const { problems, types } = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)), { excludeEntrypoints });
  assert.ok(types, 'there are types');
  // Resolutions older than entries see the main one alone, which is all that they can.
  const told = problems.filter(({ resolutionKind }) => resolutionKind !== 'node10');
  assert.deepEqual(told.map(({ kind, entrypoint, resolutionKind }) => [kind, entrypoint, resolutionKind]), []);
});
