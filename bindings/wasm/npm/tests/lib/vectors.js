// The language-neutral cases, and what they expect.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(process.env.KMSGUARD_ROOT, 'tests/vectors');
const answersFile = join(process.env.KMSGUARD_TARGET, 'vectors/answers.jsonl');

/** @returns {{operation: string, name: string, request: object, expect: object}[]} */
export function cases() {
  const operations = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return operations.flatMap(({ name: operation }) => {
    const files = readdirSync(join(folder, operation)).filter((file) => file.endsWith('.json'));
    return files.sort().flatMap((file) => {
      const { cases } = JSON.parse(readFileSync(join(folder, operation, file), 'utf8'));
      const stem = file.slice(0, -'.json'.length);
      return cases.map((one) => ({
        ...one,
        request: sorted(one.request),
        operation,
        name: `${operation}/${stem}: ${one.name}`,
      }));
    });
  });
}

/** The same with the members of objects in the order of their names, as every runner writes them: answers echo inputs. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}

/** The bytes that the native core gave, by the name of the case; empty where it has not run. */
export function nativeAnswers() {
  if (!existsSync(answersFile)) return new Map();
  const lines = readFileSync(answersFile, 'utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const { case: name, json } = JSON.parse(line);
      return [name, json];
    }),
  );
}

/** Every field of `expect` must be equal in `actual`; lists have the same length. */
export function assertHolds(actual, expect, place = 'answer') {
  if (Array.isArray(expect)) {
    assert.ok(Array.isArray(actual), `${place} is no list: ${JSON.stringify(actual)}`);
    assert.equal(actual.length, expect.length, `length of ${place}: ${JSON.stringify(actual)}`);
    expect.forEach((item, index) => assertHolds(actual[index], item, `${place}[${index}]`));
  } else if (expect !== null && typeof expect === 'object') {
    assert.ok(actual !== null && typeof actual === 'object', `${place} is no object: ${JSON.stringify(actual)}`);
    for (const [field, value] of Object.entries(expect)) assertHolds(actual[field], value, `${place}.${field}`);
  } else {
    assert.deepEqual(actual, expect, place);
  }
}

/** An answer has the native one's bytes; a refused request has no bytes, only the same code, message and help. */
export function assertSame(json, native) {
  if (native === undefined) return;
  if (native.startsWith('{"request_error"')) assert.deepEqual(JSON.parse(json), JSON.parse(native));
  else assert.equal(json, native, 'the native core answers with other bytes');
}
