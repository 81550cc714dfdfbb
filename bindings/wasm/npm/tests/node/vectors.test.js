import { test } from 'node:test';
import * as kmsguard from 'kmsguard';
import { ask } from '#lib/ask.js';
import { assertHolds, assertSame, cases, nativeAnswers } from '#lib/vectors.js';

const native = nativeAnswers();

for (const { operation, name, request, expect } of cases()) {
  test(name, () => {
    const json = ask(kmsguard, operation, request);
    assertHolds(JSON.parse(json), expect);
    assertSame(json, native.get(name));
  });
}
